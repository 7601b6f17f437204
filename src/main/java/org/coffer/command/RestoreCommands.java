package org.coffer.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.Conflict;
import org.coffer.console.file.FileReceipt;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.restore.Difference;
import org.coffer.console.restore.Growth;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Receipt;
import org.coffer.console.restore.Target;
import org.coffer.console.restore.Undoable;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.text.restore.ReceiptWords;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: getting disks and files back, and opening backups as disks. */
@Command(name = "restore", addMethodSubcommands = false)
final class RestoreCommands {
    private static final int MOST_PORT = 65_535;

    private final Context context;
    private final Text text;
    private final Lookup lookup;

    RestoreCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
    }

    /** Where {@code restore run} writes to: another disk, named alone or beside the disk of the backup. */
    static final class Where {
        @Option(names = "--to", paramLabel = "DISK")
        @Nullable
        String to;

        @Option(names = "--map", paramLabel = "DISK=TARGET")
        @Nullable
        Map<String, String> map;
    }

    @Command(name = "run")
    int run(
            @Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @ArgGroup @Nullable Where where,
            @Option(names = "--compare") boolean compare,
            @Option(names = "--no-safety-copy") boolean noSafetyCopy,
            @Option(names = "--no-verify") boolean noVerify,
            @Option(names = "--grow") boolean grow,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Backup backup = lookup.backup(typed);
        NewRestore wanted = new NewRestore(backup.id(), target(backup, where), !noVerify, !noSafetyCopy, grow);
        Plan plan = possible(wanted);
        RestoreView view = new RestoreView(context);
        view.preview(plan);
        Optional<Growth.Offered> growth = growth(plan, wanted);
        if (!grow) {
            growth.ifPresent(offer -> view.growable(plan, offer));
        }
        Optional<Difference> counted = compare ? Optional.of(new Comparing(context).run(wanted)) : Optional.empty();
        counted.filter(found -> wanted.safetyCopy())
                .flatMap(found -> context.services().restores().room(plan, found))
                .ifPresent(
                        problem -> context.output().note(text.explain(problem).line()));
        context.confirm(yes, view.question(plan, wanted, counted, growth.filter(offer -> grow)));
        return start(wanted, plan, counted, noWait);
    }

    /** What can grow. @throws ProblemException why not, if it is to */
    private Optional<Growth.Offered> growth(Plan plan, NewRestore wanted) {
        Optional<Growth> found = context.services().restores().growth(plan);
        if (found.isPresent() && found.get() instanceof Growth.Offered offer) {
            return Optional.of(offer);
        }
        if (wanted.grow()) {
            throw new ProblemException(
                    found.isPresent() && found.get() instanceof Growth.Refused refused
                            ? refused.why()
                            : Problem.of("grow.same"));
        }
        return Optional.empty();
    }

    private Target target(Backup backup, @Nullable Where where) {
        if (where == null) {
            return new Target.Original();
        }
        if (where.to != null) {
            return new Target.OtherDisk(lookup.disk(where.to).id());
        }
        Map<String, String> map = where.map == null ? Map.of() : where.map;
        if (map.size() == 1) {
            Map.Entry<String, String> only = map.entrySet().iterator().next();
            if (isOf(backup, only.getKey())) {
                return new Target.OtherDisk(lookup.disk(only.getValue()).id());
            }
        }
        throw new ProblemException(Problem.of(
                "restore.map", "backup", backup.name(), "disk", backup.diskName(), "map", List.copyOf(map.keySet())));
    }

    private static boolean isOf(Backup backup, String disk) {
        return disk.equals(backup.diskName()) || backup.diskId().toString().startsWith(disk);
    }

    @Command(name = "undo")
    int undo(
            @Parameters(paramLabel = "TASK", descriptionKey = "TASK") String typed,
            @Option(names = "--safety-copy") boolean safetyCopy,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Task restore = lookup.task(typed);
        Plan plan = context.services().restores().undoPlan(restore.id());
        refuse(plan);
        Optional<Undoable> found = context.services().restores().undoable(restore.id());
        found.ifPresent(one -> one.warnings()
                .forEach(problem -> context.output().note(text.explain(problem).line())));
        context.confirm(
                yes,
                text.get(
                        found.filter(Undoable::again).isPresent()
                                ? "command.restore.undo.again"
                                : "command.restore.undo.confirm",
                        "target",
                        plan.targetName(),
                        "path",
                        plan.path().toString(),
                        "time",
                        plan.backup().createdAt()));
        return finish(
                context.services().restores().undo(restore.id(), safetyCopy, plan),
                plan,
                true,
                Optional.empty(),
                noWait);
    }

    @Command(name = "receipt")
    int receipt(
            @Parameters(paramLabel = "TASK", descriptionKey = "TASK") String typed,
            @Option(names = "--file", paramLabel = "PATH") @Nullable Path file) {
        Task task = lookup.task(typed);
        RestoreView view = new RestoreView(context);
        ReceiptWords words = new ReceiptWords(text);
        if (task.type() == TaskType.RESTORE_FILES) {
            FileReceipt receipt = context.services().files().receipt(task.id());
            view.receipt(FileView.fields(receipt), kept(words.sheet(receipt), file), Optional.ofNullable(file));
        } else {
            Receipt receipt = context.services().restores().receipt(task.id());
            view.receipt(RestoreView.fields(receipt), kept(words.sheet(receipt), file), Optional.ofNullable(file));
        }
        return ExitStatus.DONE;
    }

    /** Writes a receipt into the file that was named, if one was. */
    private ReceiptSheet kept(ReceiptSheet sheet, @Nullable Path file) {
        if (file != null) {
            context.writeSecret(file, sheet.content(file.toString()));
        }
        return sheet;
    }

    @Command(name = "disk")
    int disk(
            @Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Option(names = "--file", paramLabel = "PATH", required = true) Path file,
            @Option(names = "--format", paramLabel = "raw|qcow2", defaultValue = "raw") Target.Format format,
            @Option(names = "--no-verify") boolean noVerify,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Backup backup = lookup.backup(typed);
        NewRestore wanted = new NewRestore(backup.id(), new Target.NewFile(file, format), !noVerify);
        return start(wanted, possible(wanted), Optional.empty(), noWait);
    }

    @Command(name = "browse")
    int browse(
            @Parameters(index = "0", paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", descriptionKey = "path") @Nullable
                    String place) {
        return new FileCommands(context).browse(lookup.backup(typed), Optional.ofNullable(place));
    }

    @Command(name = "search")
    int search(
            @Parameters(index = "0", paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Parameters(index = "1", paramLabel = "TEXT", descriptionKey = "text") String wanted,
            @Option(names = "--all") boolean all) {
        return new FileCommands(context).search(lookup.backup(typed), wanted, all);
    }

    @Command(name = "files")
    int files(
            @Parameters(index = "0", paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", descriptionKey = "path")
                    List<String> places,
            @Option(names = "--into", paramLabel = "DIR", required = true) Path into,
            @Option(names = "--conflict", paramLabel = "keep|replace|skip", defaultValue = "keep") Conflict conflict,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        return new FileCommands(context).restore(lookup.backup(typed), places, into, conflict, noWait);
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
        refuse(plan);
        plan.warnings().stream()
                .filter(problem -> !(wanted.grow() && problem.code().equals("restore.larger")))
                .forEach(problem -> context.output().note(text.explain(problem).line()));
        return plan;
    }

    private static void refuse(Plan plan) {
        plan.blocking().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }

    private int start(NewRestore wanted, Plan plan, Optional<Difference> counted, boolean noWait) {
        return finish(context.services().restores().start(wanted, plan), plan, wanted.verify(), counted, noWait);
    }

    private int finish(Task task, Plan plan, boolean verified, Optional<Difference> counted, boolean noWait) {
        if (noWait) {
            return new TaskView(context).started(task);
        }
        new RestoreView(context).done(new Waits(context).succeed(task), plan, verified, counted);
        return ExitStatus.DONE;
    }
}
