package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.coffer.ChildJava;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.Round;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two consoles on one vault: two homes in two real processes, which back up, delete what either has made, and clean up, all at
 * the same time, knowing of each other only what lies in the vault. At the end every backup that was reported and that nobody
 * deleted is there and right to the last byte.
 */
@Timeout(1200)
class NeighboursTest {
    @TempDir
    private Path root;

    private final Set<String> stored = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private final List<String> failed = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void nothingIsLostWhenBothWorkInABucket() throws Exception {
        bothWork(KilledUploadTest.place(LocalBucket.shared().fresh()), 4);
    }

    @Test
    void nothingIsLostWhenBothWorkInAFolder() throws Exception {
        bothWork(new NewLocation("shared", Files.createDirectories(root.resolve("shared")), ""), 4);
    }

    @Test
    @Tag("long")
    void nothingIsLostWhenBothWorkInABucketForLong() throws Exception {
        bothWork(KilledUploadTest.place(LocalBucket.shared().fresh()), 60);
    }

    @Test
    @Tag("long")
    void nothingIsLostWhenBothWorkInAFolderForLong() throws Exception {
        bothWork(new NewLocation("shared", Files.createDirectories(root.resolve("shared")), ""), 60);
    }

    private void bothWork(NewLocation where, int rounds) throws Exception {
        String code;
        try (TestHome one = new TestHome(root.resolve("one"))) {
            Disk disk = disk(one);
            Location place = one.console().locations().add(where);
            Vault made = one.console()
                    .vaults()
                    .create(new NewVault(
                            "v", "", place.id(), 100, List.of(disk.id()), true, Optional.empty(), false, "", Map.of()));
            code = one.console().vaults().keys().sheet(made.id()).code();
        }
        try (TestHome two = new TestHome(root.resolve("two"))) {
            Disk disk = disk(two);
            Vault same = KilledUploadTest.attach(two, where, code, false).vault();
            two.console().vaults().bindings().bind(same.id(), List.of(disk.id()));
        }
        Neighbour first = new Neighbour("one", rounds, 1);
        Neighbour second = new Neighbour("two", rounds, 2);
        first.ready();
        second.ready();
        first.go();
        second.go();
        first.ended();
        second.ended();
        assertThat(failed).isEmpty();
        assertThat(stored).hasSize(2 * rounds);
        check(where, code);
    }

    private static Disk disk(TestHome home) throws IOException {
        Path file = home.root().resolve("disk.img");
        Files.write(file, NeighbourProcess.disk(0));
        return home.console().disks().addImage(new NewImage(file, Optional.of("disk"), Disk.Role.DATA));
    }

    private void check(NewLocation where, String code) throws Exception {
        try (TestHome third = new TestHome(root.resolve("three"))) {
            Vault vault = KilledUploadTest.attach(third, where, code, true).vault();
            var open = third.console().vaults().open().get(vault.id());
            assertThat(open.damaged()).isEmpty();
            Set<String> left = open.backups().stream()
                    .map(commit -> commit.id().toString())
                    .collect(Collectors.toSet());
            assertThat(left).containsAll(kept());
            third.done(third.console().cleaning().start(vault.id()));
            assertThat(open.verify(
                                    open.backups().stream().map(Commit::id).collect(Collectors.toSet()),
                                    Round.everything(),
                                    Work.quiet())
                            .damaged())
                    .isEmpty();
            for (Backup backup : third.console().backups().ofVault(vault.id())) {
                int moment = Integer.parseInt(backup.name().substring("m-".length()));
                assertThat(third.restored(backup)).isEqualTo(NeighbourProcess.disk(moment));
            }
        }
    }

    private Set<String> kept() {
        Set<String> kept = new HashSet<>(stored);
        kept.removeAll(deleted);
        return kept;
    }

    private synchronized void note(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "stored" -> stored.add(words[1]);
            case "deleting" -> deleted.add(words[1]);
            case "failed" -> failed.add(line);
            default -> {
                // That it is open, that it ended, and what it could not delete because the other one just did.
            }
        }
    }

    /** One of the processes, and what it says. */
    private final class Neighbour {
        private final Process process;
        private final BufferedReader said;
        private final Thread listener;

        Neighbour(String home, int rounds, int seed) throws IOException {
            List<String> command = new ArrayList<>(ChildJava.command("-Xmx256m"));
            command.addAll(List.of(
                    NeighbourProcess.class.getName(),
                    root.resolve(home).resolve("home").toString(),
                    root.resolve(home).resolve("disk.img").toString(),
                    String.valueOf(rounds),
                    String.valueOf(seed)));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            processes.add(process);
            said = process.inputReader(StandardCharsets.UTF_8);
            listener = Thread.ofPlatform().unstarted(() -> said.lines().forEach(NeighboursTest.this::note));
        }

        /** Both begin when both are ready. */
        void ready() throws IOException {
            assertThat(said.readLine()).isEqualTo("open");
        }

        void go() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            listener.start();
        }

        void ended() throws InterruptedException {
            listener.join();
            assertThat(process.waitFor()).isZero();
        }
    }
}
