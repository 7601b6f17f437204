package org.coffer.console;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.home.Home;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.VaultFilter;

/** A process that begins one piece of work in a home, says so, and is meant to be killed in the middle of it. */
final class VictimProcess {
    private VictimProcess() {}

    /**
     * Does one piece of work.
     *
     * @param args the home's folder; {@code backup}, {@code delete} or {@code restore}; the backup's ID, or for a new
     *     one its name
     */
    public static void main(String[] args) throws InterruptedException {
        try (Console console = Console.open(new Home(Path.of(args[0])), Clock.systemUTC())) {
            System.out.println("open");
            Task task = begin(console, args[1], args[2]);
            console.tasks().await(task.id());
            System.out.println("ended");
        }
    }

    private static Task begin(Console console, String act, String what) {
        return switch (act) {
            case "backup" ->
                console.backups()
                        .start(new NewBackup(
                                console.vaults()
                                        .list(VaultFilter.ALL)
                                        .getFirst()
                                        .id(),
                                List.of(),
                                what,
                                "",
                                false))
                        .getFirst();
            case "delete" ->
                console.deletion().delete(List.of(UUID.fromString(what))).getFirst();
            case "restore" ->
                console.restores().start(new NewRestore(UUID.fromString(what), new Target.Original(), true));
            default -> throw new IllegalArgumentException(act);
        };
    }
}
