package org.coffer.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.home.Home;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.VaultFilter;
import org.coffer.problem.ProblemException;

/** A console in a process of its own that backs up, deletes and cleans up in a vault, as {@link NeighboursTest} wants it. */
final class NeighbourProcess {
    private static final int BLOCK = 64 << 10;
    private static final int BLOCKS = 24;
    private static final int KEPT = 2;

    private NeighbourProcess() {}

    /** What a disk holds at one moment: neighbouring moments, and both neighbours' disks, share most blocks. */
    static byte[] disk(int moment) {
        byte[] disk = new byte[BLOCKS * BLOCK];
        byte[] content = new byte[BLOCK];
        for (int block = 0; block < BLOCKS; block++) {
            new SplittableRandom(1_000_003L * (moment / (block % 5 + 1)) + block).nextBytes(content);
            System.arraycopy(content, 0, disk, block * BLOCK, BLOCK);
        }
        return disk;
    }

    /**
     * Works for some rounds, and says what it stored and what it deletes.
     *
     * @param args the home's folder, its disk, rounds, and a number to begin with
     */
    public static void main(String[] args) throws Exception {
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[3]));
        try (Console console = Console.open(new Home(Path.of(args[0])), Clock.systemUTC())) {
            UUID vault = console.vaults().list(VaultFilter.ALL).getFirst().id();
            UUID disk = console.disks().listed(Path.of(args[1])).orElseThrow().id();
            say("open");
            if (System.in.read() < 0) {
                return;
            }
            for (int round = 0; round < Integer.parseInt(args[2]); round++) {
                backUp(console, vault, disk, Path.of(args[1]), random.nextInt(30));
                delete(console, vault, random);
                ended(console, console.cleaning().start(vault));
            }
        }
        say("ended");
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static Task ended(Console console, Task task) throws InterruptedException {
        return console.tasks().await(task.id());
    }

    private static void backUp(Console console, UUID vault, UUID disk, Path file, int moment)
            throws IOException, InterruptedException {
        Files.write(file, disk(moment));
        Task task = ended(
                console,
                console.backups()
                        .start(new NewBackup(vault, List.of(disk), "m-" + moment, "", false))
                        .getFirst());
        if (task.status() == TaskStatus.SUCCEEDED) {
            Backup made = console.backups().get(task.subject().backupId().orElseThrow());
            say("stored " + made.session().orElseThrow() + ' ' + moment);
        } else {
            say("failed " + task.problem().orElseThrow());
        }
    }

    /** Cleans up, by which it learns what the other one has made, and lets something go that either of them has. */
    private static void delete(Console console, UUID vault, SplittableRandom random) throws InterruptedException {
        ended(console, console.cleaning().start(vault));
        List<Backup> all = new ArrayList<>(console.backups().ofVault(vault).stream()
                .filter(backup -> backup.status() == BackupStatus.AVAILABLE)
                .toList());
        while (all.size() > KEPT) {
            Backup victim = all.remove(random.nextInt(all.size()));
            say("deleting " + victim.session().orElseThrow());
            try {
                Task task = ended(
                        console, console.deletion().delete(List.of(victim.id())).getFirst());
                if (task.status() != TaskStatus.SUCCEEDED) {
                    say("kept " + task.problem().orElseThrow());
                }
            } catch (ProblemException e) {
                // The deletion before this one may have learned that the other one has deleted this.
                if (!e.problem().code().equals("backup.missing")) {
                    throw e;
                }
                say("kept " + e.problem());
            }
        }
    }
}
