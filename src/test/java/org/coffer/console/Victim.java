package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.ChildJava;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.VaultStatus;

/** Runs a {@link VictimProcess} over a home, to its end or until it is killed, and looks at what it left behind. */
public final class Victim {
    private Victim() {}

    /** Says whether the moment to kill has come; asked again and again while the child works. */
    @FunctionalInterface
    public interface Moment {
        boolean hasCome() throws IOException;
    }

    /** The names of the whole objects in a folder, which need not be there yet. */
    static Set<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.contains(".tmp-"))
                    .collect(Collectors.toSet());
        }
    }

    /** So many milliseconds after the work began. */
    public static Moment after(long millis) {
        long[] began = {0};
        return () -> {
            began[0] = began[0] == 0 ? System.nanoTime() : began[0];
            return System.nanoTime() - began[0] >= TimeUnit.MILLISECONDS.toNanos(millis);
        };
    }

    /** Lets a child do its work. */
    static void runs(Path root, String act, String what) throws Exception {
        Process child = child(root, act, what);
        try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("open");
            assertThat(said.readLine()).isEqualTo("ended");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /**
     * Lets a child begin and kills it at some moment, with SIGKILL: nothing in the process gets a chance to tidy up.
     *
     * @return false if it had ended before
     */
    static boolean killed(Path root, String act, String what, Moment moment) throws Exception {
        return killed(child(root, act, what), moment);
    }

    /**
     * Lets a child do what is due in a home at a moment, and kills it with SIGKILL at some moment of that.
     *
     * @return false if it had ended before
     */
    public static boolean killedAtSlot(Path root, Instant now, ZoneId zone, Moment moment) throws Exception {
        return killed(child(root, "slot", now.toString(), zone.getId()), moment);
    }

    /** The same for a child that finds the programs in a folder before all others. */
    static boolean killed(Path root, Path programs, String act, String what, Moment moment) throws Exception {
        return killed(child(root, programs + ":" + System.getenv("PATH"), new String[] {act, what}), moment);
    }

    /** Lets a child begin and kills it when the row of its task says that it runs, and nothing else was done yet. */
    static void killedWhenBegun(Path root, String act, String what) throws Exception {
        assertThat(killed(child(root, act, what, "held"), () -> true)).isTrue();
    }

    /** Lets a child begin a restore and kills it when its safety copy is made and nothing is overwritten yet. */
    static void killedWhenCopied(Path root, String what) throws Exception {
        assertThat(killed(child(root, "undoable", what, "copied"), () -> true)).isTrue();
    }

    /** Lets a child check the only vault and kills it when it has read two packs. */
    static void killedWhenPassed(Path root) throws Exception {
        assertThat(killed(child(root, "verify", "-", "passed"), () -> true)).isTrue();
    }

    /** Lets a child begin some restore and kills it when the disk bears its mark. */
    static void killedWhenMarked(Path root, String act, String what) throws Exception {
        assertThat(killed(child(root, act, what, "marked"), () -> true)).isTrue();
    }

    /**
     * Lets a child attach the only vault in a place, and kills it at some moment.
     *
     * @param place as {@link VictimProcess#place} is told
     * @param where {@code held} where its backups came, or {@code -}
     */
    static boolean killedInAttaching(Path base, String place, String where, Moment moment) throws Exception {
        return killed(child(base, "attach", place, where), moment);
    }

    private static boolean killed(Process child, Moment moment) throws Exception {
        try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("open");
            while (child.isAlive() && !moment.hasCome()) {
                // Often enough for any moment, and the child has both cores.
                LockSupport.parkNanos(500_000);
            }
            boolean alive = child.isAlive();
            assertThat(alive || child.exitValue() == 0).as("died by itself").isTrue();
            return alive;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static Process child(Path root, String... act) throws IOException {
        return child(root, String.valueOf(System.getenv("PATH")), act);
    }

    private static Process child(Path root, String path, String[] act) throws IOException {
        List<String> command = new ArrayList<>(ChildJava.command("-Xmx384m"));
        command.addAll(
                List.of(VictimProcess.class.getName(), root.resolve("home").toString()));
        command.addAll(List.of(act));
        ProcessBuilder child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        child.environment().put("PATH", path);
        return child.start();
    }

    /** No row is in the middle of something, every trouble says why, and the audit record is whole (T4). */
    static void leftNothingStuck(TestHome home) {
        assertThat(home.console().tasks().open()).isEmpty();
        for (Backup backup : home.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 100)) {
            assertThat(backup.status()).as(backup.name()).isIn(BackupStatus.AVAILABLE, BackupStatus.ERROR);
            assertThat(backup.status() == BackupStatus.AVAILABLE
                            || backup.problem().isPresent())
                    .as(backup.name() + " says why")
                    .isTrue();
            backup.problem().ifPresent(Refusals::spoken);
            assertThat(backup.damaged()).as(backup.name()).isFalse();
        }
        for (Vault vault : home.console().vaults().list(VaultFilter.ALL)) {
            assertThat(vault.status()).isEqualTo(VaultStatus.AVAILABLE);
        }
        for (Task task : home.console().tasks().list(TaskFilter.ALL, 0, 100)) {
            assertThat(task.status()).isIn(TaskStatus.SUCCEEDED, TaskStatus.FAILED);
            task.problem().ifPresent(Refusals::spoken);
        }
        assertThat(home.console().audit().firstBrokenLine()).isEmpty();
    }
}
