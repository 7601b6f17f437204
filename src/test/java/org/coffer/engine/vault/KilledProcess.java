package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;

/**
 * A process that works on a vault in a folder until somebody kills it, and says on its standard output what it did: what
 * {@link KillTest} starts.
 */
public final class KilledProcess {
    static final int BLOCKS = 40;

    private KilledProcess() {}

    /** The disk as it is at one moment: neighbouring moments share most blocks. */
    static byte[] disk(int moment) {
        byte[] disk = Lab.noise(BLOCKS * Lab.BLOCK, 1);
        for (int block = 0; block < BLOCKS; block++) {
            // Block b changes at every (b % 7 + 1)-th moment.
            int version = moment / (block % 7 + 1);
            byte[] content = Lab.noise(Lab.BLOCK, 1_000_003L * version + block);
            System.arraycopy(content, 0, disk, block * Lab.BLOCK, Lab.BLOCK);
        }
        return disk;
    }

    static FolderStore store(Path folder) throws IOException {
        return new FolderStore(folder, FolderStore.identify(folder).orElseThrow());
    }

    /**
     * Works for ever.
     *
     * @param arguments the folder, {@code writer}, {@code collector} or {@code keeper}, and a number to begin with
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]));
        try (FolderStore store = store(folder);
                Vault vault = Lab.open(store)) {
            while (Files.exists(folder)) {
                switch (arguments[1]) {
                    case "writer" -> write(vault, random);
                    case "keeper" -> {
                        restore(vault, random, folder.resolveSibling(folder.getFileName() + "-restored"));
                        verify(vault);
                        heal(store, vault, random);
                    }
                    default -> {
                        CollectReport report =
                                vault.collect(new ConsoleId(7, 7), new Repacking(20, Long.MAX_VALUE), Work.quiet());
                        say("collected " + report.packs() + " " + report.repacked());
                    }
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Restores a backup to a file, over what the last one left there. */
    private static void restore(Vault vault, SplittableRandom random, Path target) throws IOException {
        vault.refresh();
        List<Commit> backups = vault.backups();
        if (backups.isEmpty()) {
            say("restored 0");
            return;
        }
        Commit commit = backups.get(random.nextInt(backups.size()));
        try {
            Files.write(target, Lab.restore(vault, commit));
            byte[] expected = disk(Integer.parseInt(commit.facts().name()));
            say((Arrays.equals(Files.readAllBytes(target), expected) ? "restored " : "wrong ") + commit.id());
        } catch (ProblemException e) {
            vault.refresh();
            say((vault.purged(commit.id()) ? "failed " : "wrong ") + e.problem());
        }
    }

    private static void verify(Vault vault) {
        List<SessionId> all = vault.backups().stream().map(Commit::id).toList();
        VerifyReport report = vault.verify(all, Round.everything(), Work.quiet());
        vault.refresh();
        boolean real = report.damaged().stream()
                .anyMatch(damage -> damage.backups().stream().anyMatch(backup -> !vault.purged(backup)));
        say(real ? "wrong " + report.damaged() : "verified " + report.objects());
    }

    /** Makes a pack anew as if it were damaged, which is put, read back, and takes the place of the one that was there. */
    private static void heal(FolderStore store, Vault vault, SplittableRandom random) throws IOException {
        List<String> packs =
                store.list("data/").stream().map(StoredObject::name).toList();
        if (!packs.isEmpty()) {
            String pack = packs.get(random.nextInt(packs.size()));
            vault.avoid(new ConsoleId(9, 9), pack);
            say("healed " + (vault.heal(pack, Work.quiet()) ? 1 : 0));
        }
    }

    private static void write(Vault vault, SplittableRandom random) {
        Settlement settled = vault.settle(Lab.CONSOLE);
        List<Commit> backups = vault.backups();
        Commit parent = backups.isEmpty() || random.nextInt(5) == 0 ? null : backups.getLast();
        int moment = random.nextInt(60);
        try (Session session = vault.begin(Lab.CONSOLE, settled.adoptable())) {
            Lab.write(session, disk(moment), parent, false);
            if (random.nextInt(6) == 0) {
                return;
            }
            Commit commit = session.commit(Lab.facts(String.valueOf(moment), parent));
            say("stored " + commit.id() + " " + moment);
        } catch (ProblemException e) {
            say("failed " + e.problem().code());
        }
        List<Commit> now = new ArrayList<>(vault.backups());
        while (now.size() > 3) {
            Commit victim = now.remove(random.nextInt(now.size()));
            say("deleting " + victim.id());
            vault.purge(Lab.CONSOLE, victim.id());
        }
    }
}
