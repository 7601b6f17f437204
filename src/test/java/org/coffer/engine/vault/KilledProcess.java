package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.coffer.engine.disk.BackupCopy;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.disk.DiskRestore;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;
import org.coffer.machine.Machine;
import org.coffer.problem.ProblemException;

/**
 * A process that works on the vaults in two folders until somebody kills it, and says on its standard output what it did: what
 * {@link KillTest} starts.
 */
public final class KilledProcess {
    static final int BLOCKS = 40;

    private static final Repacking GREEDY = new Repacking(20, Long.MAX_VALUE);
    /** The console whose sessions are in the second vault; in the first they are those of {@link Lab#CONSOLE}. */
    static final ConsoleId MOVER = new ConsoleId(3, 3);

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

    /** The vault that all work on. */
    static FolderStore first(Path root) throws IOException {
        return store(root.resolve("first"));
    }

    /** The vault to which backups are migrated. */
    static FolderStore second(Path root) throws IOException {
        return store(root.resolve("second"));
    }

    private static FolderStore store(Path folder) throws IOException {
        return new FolderStore(folder, FolderStore.identify(folder).orElseThrow());
    }

    /**
     * Works for ever.
     *
     * @param arguments the folder of both vaults, {@code writer}, {@code collector}, {@code keeper} or {@code mover}, and a number
     *     to begin with
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]));
        try (FolderStore store = first(root);
                Vault vault = Lab.open(store);
                FolderStore other = second(root);
                Vault target = Lab.open(other)) {
            while (Files.exists(root)) {
                switch (arguments[1]) {
                    case "writer" -> write(vault, random);
                    case "keeper" -> {
                        restore(vault, random, root.resolve("restored.img"));
                        verify(vault);
                        heal(store, vault, random);
                    }
                    case "mover" -> migrate(vault, target, random);
                    default -> {
                        CollectReport report = vault.collect(new ConsoleId(7, 7), GREEDY, Work.quiet());
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

    /** Restores a backup to an image, over what the last one left there. */
    private static void restore(Vault vault, SplittableRandom random, Path target) throws IOException {
        vault.refresh();
        List<Commit> backups = vault.backups();
        if (backups.isEmpty()) {
            say("restored 0");
            return;
        }
        Commit commit = backups.get(random.nextInt(backups.size()));
        try {
            DiskReader reader = vault.disk(commit, 0);
            if (Files.exists(target) && Files.size(target) != reader.size()) {
                Files.delete(target); // Its maker died before it had its size.
            }
            Machine machine = Machine.here(target.resolveSibling("known-disks"));
            try (BlockTarget image = Files.exists(target)
                    ? machine.target(machine.inspect(target))
                    : machine.newImage(target, reader.size())) {
                DiskRestore.run(reader, image, DiskRestore.Options.standard(), Work.quiet());
            }
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

    /** Moves a backup into the other vault: copies it, reads the copy back, and only then deletes it here. */
    private static void migrate(Vault vault, Vault target, SplittableRandom random) throws IOException {
        Settlement settled = target.settle(MOVER);
        vault.refresh();
        List<Commit> backups = vault.backups();
        if (backups.isEmpty()) {
            say("migrated 0");
            return;
        }
        Commit original = backups.get(random.nextInt(backups.size()));
        try (Session session = target.begin(MOVER, settled.adoptable())) {
            List<Commit> there = target.backups();
            Optional<Commit> parent = there.isEmpty() ? Optional.empty() : Optional.of(there.getLast());
            BackupCopy.run(
                    new BackupCopy.From(vault, original, Optional.empty()),
                    new BackupCopy.Into(session, parent),
                    BackupCopy.Options.standard(),
                    Work.quiet());
            Commit copy = session.commit(Lab.facts(original.facts().name(), parent.orElse(null)));
            VerifyReport report = target.verify(Set.of(copy.id()), Round.everything(), Work.quiet());
            say(
                    report.damaged().isEmpty()
                            ? "migrated " + copy.id() + " " + original.facts().name()
                            : "wrong " + report.damaged());
        } catch (ProblemException e) {
            vault.refresh();
            say((vault.purged(original.id()) ? "failed " : "wrong ") + e.problem());
            return;
        }
        say("deleting " + original.id());
        vault.purge(MOVER, original.id());
        List<Commit> now = new ArrayList<>(target.backups());
        while (now.size() > 3) {
            Commit victim = now.remove(random.nextInt(now.size()));
            say("deleting " + victim.id());
            target.purge(MOVER, victim.id());
        }
        CollectReport report = target.collect(MOVER, GREEDY, Work.quiet());
        say("collected " + report.packs() + " " + report.repacked());
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
            if (!settled.adoptable().isEmpty()) {
                say("adopted " + settled.adoptable().size());
            }
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
