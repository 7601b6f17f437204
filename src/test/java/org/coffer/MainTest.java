package org.coffer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.coffer.Started.End;
import org.coffer.console.Console;
import org.coffer.console.EmptyCatalog;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.NewVault;
import org.coffer.engine.store.HollowReserve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as users start it: real processes, one home. */
@Timeout(180)
class MainTest {
    @TempDir
    Path folder;

    private End run(String... words) throws Exception {
        try (Started started = Started.coffer(folder, words)) {
            return started.end();
        }
    }

    private Map<String, Object> json(String... words) throws Exception {
        End end = run(words);
        assertThat(end.status()).as(end.err() + end.out()).isZero();
        return JSON.std.mapFrom(end.out().lines().toList().getLast());
    }

    private List<Object> jsonList(String... words) throws Exception {
        End end = run(words);
        assertThat(end.status()).as(end.err() + end.out()).isZero();
        return JSON.std.listFrom(end.out().lines().toList().getLast());
    }

    /** Makes a home with a vault that the disk is bound to, in this process, which is quicker. */
    private void prepare(int megabytes) throws Exception {
        disk(megabytes);
        Home home = new Home(folder.resolve("home"));
        home.create();
        EmptyCatalog.in(home.directory());
        try (Console console = Console.open(home, Clock.systemUTC())) {
            Path vaults = Files.createDirectory(folder.resolve("vaults"));
            HollowReserve.in(vaults);
            Location shelf = console.locations().add(new NewLocation("shelf", vaults, ""));
            Disk web = console.disks()
                    .addImage(new NewImage(folder.resolve("disk.img"), Optional.of("web"), Disk.Role.DATA));
            console.vaults()
                    .create(new NewVault(
                            "office",
                            "",
                            shelf.id(),
                            100,
                            List.of(web.id()),
                            true,
                            Optional.empty(),
                            false,
                            "",
                            Map.of()));
        }
    }

    /** MB a second. What does not fit into the buffers, about 100 MB, is read no faster: for many seconds, on any machine. */
    private static final long SLOW = 4;

    private void limit(long megabytes) throws Exception {
        try (Console console = Console.open(new Home(folder.resolve("home")), Clock.systemUTC())) {
            console.locations().limit(console.locations().list().getFirst().id(), megabytes);
        }
    }

    /** Noise, in which no two blocks are alike. */
    private void disk(int megabytes) throws IOException {
        byte[] noise = new byte[1 << 20];
        new SplittableRandom(7).nextBytes(noise);
        ByteBuffer numbers = ByteBuffer.wrap(noise);
        try (OutputStream out = Files.newOutputStream(folder.resolve("disk.img"))) {
            for (int i = 0; i < megabytes; i++) {
                for (int block = 0; block < noise.length; block += 4096) {
                    numbers.putInt(block, i);
                }
                out.write(noise);
            }
        }
    }

    @Test
    void aCommandSaysTheSameWhetherItsOwnProcessOrAnotherCarriesItOut() throws Exception {
        prepare(4);
        End alone = run("vault", "list", "--json");
        try (Started daemon = Started.coffer(folder, "daemon")) {
            daemon.awaitError("Ctrl+C");
            assertThat(run("vault", "list", "--json").out())
                    .isEqualTo(alone.out())
                    .isNotBlank();
            End chinese = run("vault", "show", "missing", "--lang", "zh");
            assertThat(chinese.status()).isEqualTo(1);
            assertThat(chinese.err()).contains("missing", "存储库");
            assertThat(Files.readString(folder.resolve("home/lock"))).contains("pid=" + daemon.pid());
            End second = run("daemon");
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).contains("already holds " + folder.resolve("home"), Long.toString(daemon.pid()));
        }
        assertThat(run("vault", "list", "--json").out()).isEqualTo(alone.out()).isNotBlank();
    }

    @Test
    void aHomeWhoseOwnerWasKilledWorksAtTheNextStart() throws Exception {
        prepare(4);
        try (Started daemon = Started.coffer(folder, "daemon")) {
            daemon.awaitError("Ctrl+C");
            daemon.signal("KILL");
            daemon.end();
        }
        assertThat(folder.resolve("home/owner.sock")).exists();
        assertThat(jsonList("backup", "run", "office", "--json")).hasSize(1);
    }

    @Test
    void theDaemonEndsCleanlyWhenItIsAskedTo() throws Exception {
        try (Started daemon = Started.coffer(folder, "daemon")) {
            daemon.awaitError("Ctrl+C");
            daemon.signal("TERM");
            daemon.end();
        }
        assertThat(folder.resolve("home/owner.sock")).doesNotExist();
        assertThat(folder.resolve("home/catalog.mv.db")).exists();
    }

    @Test
    void workThatNobodyWaitsForGoesOnInTheBackground() throws Exception {
        prepare(64);
        List<Object> started = jsonList("backup", "run", "office", "--name", "later", "--no-wait", "--json");
        assertThat(started).hasSize(1);
        // Another owner has the home now; asking it again and again is what a script would do.
        Map<String, Object> task;
        do {
            task = JSON.std.mapFrom(
                    JSON.std.asString(jsonList("task", "list", "--json").getFirst()));
        } while (!"succeeded".equals(task.get("status")) && !"failed".equals(task.get("status")));
        assertThat(task).containsEntry("status", "succeeded").containsEntry("type", "backup");
        assertThat(json("backup", "show", "later", "--json")).containsEntry("status", "available");
    }

    @Test
    void askedToEndACommandStopsItsTaskAndTheNextOneWorks() throws Exception {
        prepare(300);
        limit(SLOW);
        try (Started backup = Started.coffer(
                folder, List.of("-Dcoffer.terminal=2"), "backup", "run", "office", "--name", "stopped")) {
            backup.awaitError("Copying");
            // Ctrl+C goes the same way; but a process that was itself started in the background ignores that signal.
            backup.signal("TERM");
            assertThat(backup.end().status()).isEqualTo(128 + 15);
        }
        Map<String, Object> task = JSON.std.mapFrom(JSON.std.asString(
                jsonList("task", "list", "--type", "backup", "--json").getFirst()));
        assertThat(task).containsEntry("status", "canceled");
        limit(0);
        assertThat(jsonList("backup", "run", "office", "--name", "whole", "--json"))
                .hasSize(1);
        assertThat(json("backup", "show", "whole", "--json")).containsEntry("status", "available");
    }

    @Test
    void aCallerThatIsKilledTakesItsTaskWithIt() throws Exception {
        prepare(300);
        limit(SLOW);
        try (Started daemon = Started.coffer(folder, "daemon")) {
            daemon.awaitError("Ctrl+C");
            try (Started backup = Started.coffer(
                    folder, List.of("-Dcoffer.terminal=2"), "backup", "run", "office", "--name", "stopped")) {
                backup.awaitError("Copying");
                backup.signal("KILL");
                backup.end();
            }
            Map<String, Object> task;
            do {
                task = JSON.std.mapFrom(JSON.std.asString(
                        jsonList("task", "list", "--type", "backup", "--json").getFirst()));
            } while ("running".equals(task.get("status")));
            assertThat(task).containsEntry("status", "canceled");
        }
    }

    @Test
    void aHomeThatCannotBeUsedIsExplained() throws Exception {
        Files.writeString(folder.resolve("home"), "in the way");
        End end = run("vault", "list");
        assertThat(end.status()).isEqualTo(1);
        assertThat(end.err()).contains("cannot be the data directory");
    }

    @Test
    void helpAndMistakesTouchNoHome() throws Exception {
        assertThat(run("--help").status()).isZero();
        assertThat(run("vault", "--nonsense").status()).isEqualTo(2);
        assertThat(run("completion", "bash").out()).contains("complete -F");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void theDemonstrationBringsEverythingBackAndLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        for (String language : List.of("en", "zh")) {
            try (Started demo =
                    Started.coffer(folder, List.of("-Djava.io.tmpdir=" + temporary), "demo", "--lang", language)) {
                End end = demo.end();
                assertThat(end.status()).as(end.out() + end.err()).isZero();
                assertThat(end.out())
                        .contains("$ coffer restore run second --yes")
                        .contains(
                                language.equals("en")
                                        ? "not one byte differs, and e2fsck finds the file system sound"
                                        : "逐字节比较完全一致，e2fsck 检查文件系统无误");
            }
            assertThat(temporary).isEmptyDirectory();
        }
        assertThat(folder.resolve("home")).doesNotExist();
    }
}
