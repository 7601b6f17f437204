package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.work.Work;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a drive holds when the power goes: not what a system still had in its memory, as after a killed process. The vault is on an
 * ext4 of its own in a file on an xfs, which can copy that file as it is at one moment. A copy has what was written to the drive by
 * then and nothing else. It is mounted, which plays its journal back, and everything that was reported has to be there.
 */
class PulledPlugTest {
    private static final int BLOCKS = 24;
    private static final int KEPT = 3;

    @TempDir
    private Path root;

    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private final Set<String> toPurge = ConcurrentHashMap.newKeySet();
    private final Set<String> purged = ConcurrentHashMap.newKeySet();
    /** Whoever has it acts: the writer, or the power that goes between two of its acts. */
    private final Semaphore goOn = new Semaphore(1, true);

    @Test
    void whatWasReportedOutlivesThePower() throws Exception {
        pull(6);
    }

    @Test
    @Tag("long")
    void whatWasReportedOutlivesThePowerAHundredTimes() throws Exception {
        pull(100);
    }

    private void pull(int times) throws Exception {
        Path around = root.resolve("around.img");
        Shell.run("truncate", "-s", "900M", around.toString());
        Shell.run("mkfs.xfs", "-q", "-m", "reflink=1", around.toString());
        try (LoopDevice outer = LoopDevice.attach(around);
                var place = outer.mount(Files.createDirectory(root.resolve("around")))) {
            Path drive = place.point().resolve("drive.img");
            Shell.run("truncate", "-s", "200M", drive.toString());
            Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", drive.toString());
            try (LoopDevice inner = LoopDevice.attach(drive);
                    var mounted = inner.mount(Files.createDirectory(root.resolve("drive")))) {
                pull(times, mounted.point(), drive);
            }
        }
    }

    private void pull(int times, Path mounted, Path drive) throws Exception {
        Path folder = Files.createDirectory(mounted.resolve("vault"));
        String marker = FolderStore.initialize(folder);
        SplittableRandom random = new SplittableRandom(times);
        CountDownLatch enough = new CountDownLatch(1);
        try (FolderStore store = new FolderStore(folder, marker);
                Vault vault = Lab.create(store);
                var workers = Executors.newSingleThreadExecutor()) {
            Future<?> writing = workers.submit(() -> {
                write(vault, enough);
                return null;
            });
            try {
                for (int i = 0; i < times; i++) {
                    do {
                        Thread.sleep(random.nextInt(20, 400));
                        assertThat(writing.isDone()).as("the writer failed").isFalse();
                    } while (stored.size() <= i);
                    // Every second time right after a report, before anything else is made durable.
                    cut(drive, marker, i % 2 == 0);
                }
            } finally {
                enough.countDown();
                writing.get();
            }
        }
        assertThat(purged).isNotEmpty();
    }

    /** Backs up, deletes and collects, and says of each when it has been done. */
    private void write(Vault vault, CountDownLatch enough) throws Exception {
        Deque<Commit> kept = new ArrayDeque<>();
        byte[] disk = Lab.noise(BLOCKS * Lab.BLOCK, 1);
        for (int i = 0; enough.getCount() > 0; i++) {
            String name = "backup" + i;
            disk = Lab.changed(disk, i, i % BLOCKS, (i + 5) % BLOCKS, (i + 11) % BLOCKS);
            byte[] now = disk;
            act(() -> {
                kept.add(Lab.backUp(vault, name, now, kept.peekLast()));
                stored.put(name, now);
            });
            if (kept.size() > KEPT) {
                Commit oldest = kept.remove();
                act(() -> {
                    toPurge.add(oldest.facts().name());
                    vault.purge(Lab.CONSOLE, oldest.id());
                    purged.add(oldest.facts().name());
                });
                if (i % 2 == 0) {
                    act(() -> vault.collect(Lab.CONSOLE, Work.quiet()));
                }
            }
        }
    }

    private void act(Runnable act) throws InterruptedException {
        goOn.acquire();
        try {
            act.run();
        } finally {
            goOn.release();
        }
    }

    private void cut(Path drive, String marker, boolean betweenActs) throws Exception {
        if (betweenActs) {
            goOn.acquire();
        }
        Map<String, byte[]> reported = Map.copyOf(stored);
        Set<String> gone = Set.copyOf(purged);
        Path copy = drive.resolveSibling("copy.img");
        Shell.run("cp", "--reflink=always", drive.toString(), copy.toString());
        Set<String> perhapsGone = Set.copyOf(toPurge);
        if (betweenActs) {
            goOn.release();
        }
        Path point = Files.createDirectories(root.resolve("after"));
        try (LoopDevice loop = LoopDevice.attach(copy);
                var mounted = loop.mount(point);
                FolderStore store = new FolderStore(mounted.point().resolve("vault"), marker);
                Vault vault = Lab.open(store)) {
            assertThat(vault.damaged()).isEmpty();
            check(vault, reported, gone, perhapsGone);
            vault.settle(Lab.CONSOLE);
            Commit newest = vault.backups().getLast();
            byte[] disk = Lab.noise(BLOCKS * Lab.BLOCK, 99);
            Lab.backUp(vault, "afterwards", disk, newest);
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).blocking()).isEmpty();
            check(vault, reported, gone, perhapsGone);
            assertThat(Lab.restore(vault, Lab.named(vault, "afterwards"))).isEqualTo(disk);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void check(Vault vault, Map<String, byte[]> reported, Set<String> gone, Set<String> perhapsGone) {
        List<String> there =
                vault.backups().stream().map(commit -> commit.facts().name()).toList();
        assertThat(gone).noneMatch(there::contains);
        reported.forEach((name, disk) -> {
            if (!perhapsGone.contains(name)) {
                assertThat(Lab.restore(vault, Lab.named(vault, name))).as(name).isEqualTo(disk);
            }
        });
        List<SessionId> all = vault.backups().stream().map(Commit::id).toList();
        assertThat(vault.verify(all, Round.everything(), Work.quiet()).damaged())
                .isEmpty();
    }
}
