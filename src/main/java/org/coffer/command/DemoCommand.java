package org.coffer.command;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.console.Console;
import org.coffer.console.home.Home;
import org.coffer.text.Text;
import picocli.CommandLine.Command;

/**
 * {@code demo}: the whole main job, told while it happens, in a temporary home. Every step is a command that a user
 * could type, and is shown as one; what comes back is compared byte for byte, and checked by the file system's own
 * tool.
 */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
    private final Context context;
    private final Text text;

    DemoCommand(Context context) {
        this.context = context;
        this.text = context.text();
    }

    /** A command of the story did not do what it should. */
    private static final class SpoiledException extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        SpoiledException(String what) {
            super(what);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("coffer-demo-");
        try (Console home = open(folder)) {
            say("command.demo.begin", "folder", folder.toString());
            return tell(new Story(home, folder, new DemoDisk(folder)));
        } catch (SpoiledException e) {
            context.terminal().err().println(e.getMessage());
            say("command.demo.bad");
            return ExitStatus.PROBLEM;
        } finally {
            remove(folder);
        }
    }

    private Console open(Path folder) {
        Home home = new Home(folder.resolve("home"));
        home.create();
        return Console.open(home, context.clock());
    }

    private int tell(Story story) throws IOException, InterruptedException, SpoiledException {
        story.make();
        story.protect();
        story.changeAndProtectAgain();
        story.deleteTheFirst();
        story.bringBackAsNewFile();
        story.damageAndRepair();
        say("command.demo.good");
        return ExitStatus.DONE;
    }

    private void say(String key, Object... namesAndValues) {
        context.terminal().out().println(text.get(key, namesAndValues));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The steps, in their order. */
    private final class Story implements Opened {
        private final Console home;
        private final Path folder;
        private final DemoDisk disk;
        private final Path restored;

        Story(Console home, Path folder, DemoDisk disk) {
            this.home = home;
            this.folder = folder;
            this.disk = disk;
            this.restored = folder.resolve("restored.img");
        }

        @Override
        public Console console() {
            return home;
        }

        @Override
        public Optional<Path> log() {
            return Optional.empty();
        }

        void make() throws IOException, InterruptedException {
            disk.make();
            say(disk.real() ? "command.demo.disk" : "command.demo.disk.raw", "size", disk.size());
        }

        void protect() throws IOException, SpoiledException {
            Files.createDirectory(folder.resolve("vaults"));
            type("location", "add", "shelf", "--folder", "vaults");
            type("disk", "add", "disk.img", "--name", "demo-disk");
            type("vault", "create", "demo", "--location", "shelf", "--capacity", "10GB");
            type("vault", "bind", "demo", "demo-disk");
            Map<String, Object> made = backup("first");
            say("command.demo.first", "logical", number(made, "logicalBytes"), "added", number(made, "addedBytes"));
        }

        void changeAndProtectAgain() throws IOException, InterruptedException, SpoiledException {
            disk.change();
            say(disk.real() ? "command.demo.changed" : "command.demo.changed.raw");
            Map<String, Object> made = backup("second");
            say("command.demo.second", "logical", number(made, "logicalBytes"), "added", number(made, "addedBytes"));
        }

        private Map<String, Object> backup(String name) throws IOException, SpoiledException {
            return fields(JSON.std
                    .listFrom(type("backup", "run", "demo", "--name", name))
                    .getFirst());
        }

        void deleteTheFirst() throws IOException, SpoiledException {
            Map<String, Object> deleted = JSON.std.mapFrom(type("backup", "delete", "first", "--yes"));
            Map<String, Object> collected = JSON.std.mapFrom(type("vault", "collect", "demo"));
            long freed = number(deleted, "freedBytes") + number(collected, "freedBytes");
            say(freed > 0 ? "command.demo.deleted" : "command.demo.deleted.shared", "freed", freed);
        }

        void bringBackAsNewFile() throws IOException, InterruptedException, SpoiledException {
            Map<String, Object> done = JSON.std.mapFrom(type(
                    "restore",
                    "disk",
                    "second",
                    "--file",
                    restored.getFileName().toString()));
            same(restored, disk.image(), done);
        }

        void damageAndRepair() throws IOException, InterruptedException, SpoiledException {
            disk.damage();
            say("command.demo.damaged", "bytes", DemoDisk.difference(disk.image(), restored));
            Map<String, Object> done = JSON.std.mapFrom(type("restore", "run", "second", "--yes"));
            same(disk.image(), restored, done);
        }

        private void same(Path back, Path original, Map<String, Object> done)
                throws IOException, InterruptedException, SpoiledException {
            long different = DemoDisk.difference(back, original);
            if (different != 0) {
                throw new SpoiledException(text.get("command.demo.differs", "bytes", different));
            }
            if (!disk.sound(back)) {
                throw new SpoiledException(text.get("command.demo.unsound"));
            }
            say(
                    disk.real() ? "command.demo.same" : "command.demo.same.raw",
                    "size",
                    disk.size(),
                    "written",
                    number(done, "bytesWritten"));
        }

        /** Carries out a command as if it had been typed, and returns its result as JSON. */
        private String type(String... words) throws SpoiledException {
            context.terminal().out().println("\n$ coffer " + String.join(" ", words));
            List<String> all = new ArrayList<>(List.of(words));
            all.addAll(List.of("--json", "--lang", text.language().tag()));
            DemoTerminal terminal = new DemoTerminal(context.terminal(), folder, all);
            int status = new Cli(terminal, context.clock(), this).run();
            if (status != ExitStatus.DONE) {
                throw new SpoiledException(Stream.of(terminal.output(), terminal.errors())
                        .filter(said -> !said.isBlank())
                        .collect(Collectors.joining("\n")));
            }
            return terminal.output();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object json) {
        return (Map<String, Object>) json;
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
