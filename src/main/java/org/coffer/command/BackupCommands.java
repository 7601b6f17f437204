package org.coffer.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.BackupTrash;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Deletion;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.backup.NewReplica;
import org.coffer.console.backup.Replicas;
import org.coffer.console.name.Names;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup}: making, listing and deleting backups. */
@Command(name = "backup", addMethodSubcommands = false)
final class BackupCommands {
    /** How a list is exported. */
    enum Format {
        CSV,
        JSON
    }

    private static final int PAGE = 500;

    private final Context context;
    private final Text text;
    private final Lookup lookup;
    private final BackupView view;

    BackupCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
        this.view = new BackupView(context);
    }

    private Backups backups() {
        return context.services().backups();
    }

    @Command(name = "run")
    int run(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--resource", paramLabel = "DISK", arity = "1..*") @Nullable List<String> resources,
            @Option(names = "--name", paramLabel = "NAME") @Nullable String name,
            @Option(names = "--description", paramLabel = "TEXT", defaultValue = "") String description,
            @Option(names = "--full") boolean full,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Vault vault = lookup.vault(typed);
        List<Task> started = backups()
                .start(new NewBackup(
                        vault.id(),
                        resources == null ? List.of() : lookup.disks(resources),
                        name == null ? Names.suggest(Backups.MANUAL_PREFIX, context.random()) : name,
                        description,
                        full));
        List<Task> shown = noWait ? started : new Waits(context).all(started);
        view.made(shown, noWait);
        shown.stream()
                .filter(task -> task.status().ended())
                .flatMap(task -> Waits.failure(task).stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        return ExitStatus.DONE;
    }

    @Command(name = "copy")
    int copy(
            @Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Option(names = "--to", paramLabel = "VAULT", required = true) String to,
            @Option(names = "--name", paramLabel = "NAME") @Nullable String name,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Backup backup = lookup.backup(typed);
        Replicas replicas = context.services().replicas();
        Task task = replicas.start(
                new NewReplica(backup.id(), lookup.vault(to).id(), name == null ? replicas.suggestName() : name));
        if (noWait) {
            return new TaskView(context).started(task);
        }
        Task ended = new Waits(context).all(List.of(task)).getFirst();
        Waits.failure(ended).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        view.copied(ended, backup);
        return ExitStatus.DONE;
    }

    @Command(name = "verify")
    int verify(
            @Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Option(names = "--data") boolean data,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Backup backup = lookup.backup(typed);
        Task task = context.services().verification().startBackup(backup.id(), data);
        if (noWait) {
            return new TaskView(context).started(task);
        }
        return new VerifyView(context).show(task, backup.name());
    }

    /** The conditions that lists of backups share. */
    static final class Conditions {
        @Option(names = "--vault", paramLabel = "VAULT", descriptionKey = "filter.vault")
        @Nullable
        String vault;

        @Option(names = "--resource", paramLabel = "DISK", descriptionKey = "filter.resource")
        @Nullable
        String resource;

        @Option(names = "--status", paramLabel = "STATUS", descriptionKey = "filter.status")
        @Nullable
        BackupStatus status;

        @Option(names = "--since", paramLabel = "TIME", descriptionKey = "filter.since")
        @Nullable
        Instant since;

        @Option(names = "--until", paramLabel = "TIME", descriptionKey = "filter.until")
        @Nullable
        Instant until;

        @Option(names = "--trash", descriptionKey = "filter.trash")
        boolean trash;
    }

    private List<Backup> matching(Conditions wanted) {
        BackupFilter filter = BackupFilter.ALL
                .withStatuses(wanted.status == null ? Set.of() : Set.of(wanted.status))
                .between(Optional.ofNullable(wanted.since), Optional.ofNullable(wanted.until));
        if (wanted.vault != null) {
            filter = filter.inVault(lookup.vault(wanted.vault).id());
        }
        if (wanted.resource != null) {
            filter = filter.ofDisk(lookup.disk(wanted.resource).id());
        }
        if (wanted.trash) {
            filter = filter.inTrash();
        }
        List<Backup> found = new ArrayList<>();
        List<Backup> page;
        do {
            page = backups().list(filter, BackupSort.NEWEST, found.size(), PAGE);
            found.addAll(page);
        } while (page.size() == PAGE);
        return found;
    }

    @Command(name = "list")
    int list(@Mixin Conditions wanted, @Option(names = "--csv") boolean csv) {
        List<Backup> found = matching(wanted);
        if (csv) {
            view.csv(found);
        } else {
            view.list(found);
        }
        return ExitStatus.DONE;
    }

    @Command(name = "export-list")
    int exportList(
            @Mixin Conditions wanted,
            @Option(names = "--format", paramLabel = "csv|json", defaultValue = "csv") Format format) {
        List<Backup> found = matching(wanted);
        if (format == Format.CSV) {
            view.csv(found);
        } else {
            context.output().useJson();
            view.list(found);
        }
        return ExitStatus.DONE;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed) {
        view.details(lookup.backup(typed));
        return ExitStatus.DONE;
    }

    @Command(name = "rename")
    int rename(
            @Parameters(index = "0", paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Parameters(index = "1", paramLabel = "NAME", descriptionKey = "NAME") String name,
            @Option(names = "--description", paramLabel = "TEXT") @Nullable String description) {
        Backup backup = lookup.backup(typed);
        backups().rename(backup.id(), name, description == null ? backup.description() : description);
        view.show(
                backups().get(backup.id()), text.get("command.backup.renamed", "before", backup.name(), "name", name));
        return ExitStatus.DONE;
    }

    @Command(name = "delete")
    int delete(
            @Parameters(arity = "1..*", paramLabel = "BACKUP", descriptionKey = "BACKUP") List<String> typed,
            @Option(names = "--trash") boolean trash,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        List<Backup> chosen = typed.stream().map(lookup::backup).distinct().toList();
        List<UUID> ids = chosen.stream().map(Backup::id).toList();
        Deletion deletion = context.services().deletion();
        if (trash) {
            deletion.trash().put(ids);
            context.output()
                    .show(
                            new Fields().with("trashed", ids.size()),
                            text.get("command.backup.trashed", "n", ids.size(), "days", BackupTrash.DAYS));
            return ExitStatus.DONE;
        }
        if (!yes) {
            context.confirm(false, question(deletion.preview(ids)));
        }
        List<Task> started = deletion.delete(ids);
        List<Task> ended = noWait ? started : new Waits(context).all(started);
        long freed =
                ended.stream().mapToLong(task -> Waits.number(task, "freed")).sum();
        if (!noWait) {
            ended.stream()
                    .flatMap(task -> Waits.failure(task).stream())
                    .findFirst()
                    .ifPresent(problem -> {
                        throw new ProblemException(problem);
                    });
        }
        context.output()
                .show(
                        new Fields()
                                .with("deleted", ids.size())
                                .with("freedBytes", noWait ? null : freed)
                                .with("tasks", ended.stream().map(Task::id).toList()),
                        noWait
                                ? text.get("command.backup.deleting", "n", ids.size())
                                : text.get("command.backup.deleted", "n", ids.size(), "freed", freed));
        return ExitStatus.DONE;
    }

    private String question(Deletion.Preview preview) {
        preview.problems().values().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Backup first = preview.backups().getFirst();
        return text.get(
                preview.others() == 0 ? "command.backup.delete.confirm.last" : "command.backup.delete.confirm",
                "n",
                preview.backups().size(),
                "disk",
                first.diskName(),
                "frees",
                preview.frees()
                        .map(frees -> text.get("command.backup.delete.frees", "now", frees.now()))
                        .orElseGet(() -> text.get("backup.delete.frees.unknown")),
                "others",
                preview.others());
    }

    @Command(name = "expire")
    int expire(
            @Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed,
            @Option(names = "--at", paramLabel = "TIME|never", required = true) String at) {
        Backup backup = lookup.backup(typed);
        Optional<Instant> moment =
                at.equalsIgnoreCase("never") ? Optional.empty() : Optional.of(Times.moment(at, context.clock()));
        backups().expire(backup.id(), moment);
        view.show(
                backups().get(backup.id()),
                moment.map(when -> text.get("command.backup.expires", "name", backup.name(), "at", when))
                        .orElseGet(() -> text.get("command.backup.expires.never", "name", backup.name())));
        return ExitStatus.DONE;
    }

    @Command(name = "restore-from-trash")
    int restoreFromTrash(@Parameters(paramLabel = "BACKUP", descriptionKey = "BACKUP") String typed) {
        Backup backup = lookup.backupInTrash(typed);
        context.services().deletion().trash().takeBack(backup.id());
        view.show(backups().get(backup.id()), text.get("command.backup.untrashed", "name", backup.name()));
        return ExitStatus.DONE;
    }
}
