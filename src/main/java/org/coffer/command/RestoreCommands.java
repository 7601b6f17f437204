package org.coffer.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: getting disks back, and opening backups as disks. */
@Command(name = "restore")
final class RestoreCommands {
    /** What new disk images can be. */
    enum Format {
        RAW
    }

    private static final int MOST_PORT = 65_535;

    private final Context context;
    private final Text text;
    private final Lookup lookup;

    RestoreCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
    }

    @Command(name = "run")
    int run(
            @Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Option(names = "--to", paramLabel = "DISK") @Nullable String to,
            @Option(names = "--no-verify") boolean noVerify,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Backup backup = lookup.backup(typed);
        Target target = to == null
                ? new Target.Original()
                : new Target.OtherDisk(lookup.disk(to).id());
        NewRestore wanted = new NewRestore(backup.id(), target, !noVerify);
        Plan plan = possible(wanted);
        context.confirm(
                yes,
                text.get(
                        plan.overwritesSystem() ? "command.restore.confirm.system" : "command.restore.confirm",
                        "target",
                        plan.targetName(),
                        "path",
                        plan.path().toString(),
                        "backup",
                        backup.name(),
                        "time",
                        backup.createdAt()));
        return start(wanted, plan, noWait);
    }

    @Command(name = "disk")
    int disk(
            @Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Option(names = "--file", paramLabel = "PATH", required = true) Path file,
            @Option(names = "--format", paramLabel = "raw", defaultValue = "raw") Format format,
            @Option(names = "--no-verify") boolean noVerify,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Backup backup = lookup.backup(typed);
        NewRestore wanted = new NewRestore(backup.id(), new Target.NewFile(file), !noVerify);
        return start(wanted, possible(wanted), noWait);
    }

    @Command(name = "open")
    int open(
            @Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Option(names = "--write") boolean write,
            @ArgGroup @Nullable Door door) {
        Backup backup = lookup.backup(typed);
        NewOpening.Address address = door == null ? new NewOpening.Address.Anywhere() : door.address(context);
        OpenDisk disk = context.services().openDisks().open(new NewOpening(backup.id(), write, address));
        new OpenDiskView(context).opened(disk);
        return ExitStatus.DONE;
    }

    /** Where clients find an open disk: a socket or a port. */
    static final class Door {
        @Option(names = "--socket", paramLabel = "PATH")
        @Nullable
        Path socket;

        @Option(names = "--port", paramLabel = "N")
        @Nullable
        Integer port;

        NewOpening.Address address(Context context) {
            if (socket != null) {
                return new NewOpening.Address.Socket(context.path(socket));
            }
            int number = port == null ? 0 : port;
            if (number < 0 || number > MOST_PORT) {
                throw new ProblemException(
                        Problem.of("open.port", "port", String.valueOf(number), "most", String.valueOf(MOST_PORT)));
            }
            return new NewOpening.Address.Port(number);
        }
    }

    @Command(name = "close")
    int close(
            @Parameters(paramLabel = "ID", descriptionKey = "open-id") String typed,
            @Option(names = "--discard") boolean discard,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        OpenDisk disk = lookup.openDisk(typed);
        if (discard && disk.writable()) {
            context.confirm(yes, text.get("command.restore.close.confirm", "backup", disk.name()));
        }
        context.services().openDisks().close(disk.id(), !discard);
        new OpenDiskView(context).closed(disk, disk.writable() && !discard);
        return ExitStatus.DONE;
    }

    @Command(name = "mount")
    int mount(
            @Parameters(paramLabel = "ID", descriptionKey = "open-id") String typed,
            @Option(names = "--into", paramLabel = "DIR") @Nullable Path into) {
        OpenDisk disk = lookup.openDisk(typed);
        List<Problem> refused = context.services()
                .openDisks()
                .mount(disk.id(), Optional.ofNullable(into).map(context::path));
        refused.forEach(problem -> context.output().note(text.explain(problem).line()));
        new OpenDiskView(context).mounted(context.services().openDisks().get(disk.id()));
        return ExitStatus.DONE;
    }

    @Command(name = "unmount")
    int unmount(@Parameters(paramLabel = "ID", descriptionKey = "open-id") String typed) {
        OpenDisk disk = lookup.openDisk(typed);
        context.services().openDisks().unmount(disk.id());
        new OpenDiskView(context).unmounted(context.services().openDisks().get(disk.id()));
        return ExitStatus.DONE;
    }

    @Command(name = "opened")
    int opened() {
        new OpenDiskView(context).list(context.services().openDisks().list());
        return ExitStatus.DONE;
    }

    private Plan possible(NewRestore wanted) {
        Plan plan = context.services().restores().plan(wanted);
        plan.blocking().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        plan.warnings()
                .forEach(problem -> context.output().note(text.explain(problem).line()));
        return plan;
    }

    private int start(NewRestore wanted, Plan plan, boolean noWait) {
        Task task = context.services().restores().start(wanted);
        if (noWait) {
            return new TaskView(context).started(task);
        }
        Task ended = new Waits(context).succeed(task);
        long compared = Waits.number(ended, "compared");
        long written = Waits.number(ended, "written");
        context.output()
                .show(
                        new Fields()
                                .with("task", ended.id())
                                .with("target", plan.path())
                                .with("bytesCompared", compared)
                                .with("bytesWritten", written)
                                .with("bytesVerified", Waits.number(ended, "verified"))
                                .with("seconds", Waits.seconds(ended)),
                        text.get(
                                wanted.verify() ? "command.restore.done" : "command.restore.unverified",
                                "target",
                                plan.targetName(),
                                "written",
                                written,
                                "took",
                                ended.took(context.clock().instant())));
        return ExitStatus.DONE;
    }
}
