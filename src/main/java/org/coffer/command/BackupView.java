package org.coffer.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.CopyOf;
import org.coffer.console.backup.Origin;
import org.coffer.console.policy.Verdict;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.text.policy.PolicyWords;
import org.jspecify.annotations.Nullable;

/** Backups as the command line shows them: in a list, in full, and for scripts. */
final class BackupView {
    private final Context context;
    private final Text text;

    BackupView(Context context) {
        this.context = context;
        this.text = context.text();
    }

    void show(Backup backup, String sentence) {
        context.output().show(fields(backup), sentence);
    }

    void list(List<Backup> backups) {
        Table table = new Table()
                .words(text.get("command.column.id"))
                .words(text.get("command.column.name"))
                .words(text.get("command.column.status"))
                .words(text.get("command.column.disk"))
                .words(text.get("command.column.vault"))
                .words(text.get("command.column.created"))
                .numbers(text.get("command.column.added"))
                .words(text.get("command.column.consistency"));
        backups.forEach(backup -> table.row(
                backup.id().toString().substring(0, 8),
                backup.name(),
                status(backup),
                backup.diskName(),
                backup.vaultName(),
                text.formats().time(backup.createdAt()),
                text.formats().size(backup.sizes().added()),
                text.word(backup.consistency())));
        context.output().show(backups.stream().map(this::fields).toList(), table, text.get("command.backup.none"));
    }

    private String status(Backup backup) {
        return text.word(backup.status()) + (backup.damaged() ? " !" : "");
    }

    void details(Backup backup) {
        Backup.Sizes sizes = backup.sizes();
        Optional<Verdict> verdict = verdict(backup);
        Table details = new Table().words("").words("");
        details.row(text.get("command.column.name"), backup.name())
                .row(text.get("command.column.id"), backup.id().toString())
                .row(text.get("command.column.status"), status(backup))
                .row(text.get("command.column.disk"), backup.diskName())
                .row(text.get("command.column.vault"), backup.vaultName())
                .row(text.get("command.column.kind"), text.word(backup.kind()))
                .row(text.get("command.column.consistency"), consistency(backup))
                .row(text.get("command.column.created"), text.formats().fullTime(backup.createdAt()))
                .row(
                        text.get("command.column.goes"),
                        verdict.map(Verdict::until)
                                .orElse(backup.expiresAt())
                                .map(text.formats()::fullTime)
                                .orElse("—"))
                .row(
                        text.get("command.column.size"),
                        text.get(
                                "command.backup.sizes",
                                "capacity",
                                sizes.capacity(),
                                "logical",
                                sizes.logical(),
                                "added",
                                sizes.added(),
                                "frees",
                                sizes.freesNow()));
        verdict.ifPresent(found ->
                details.row(text.get(found.due() ? "command.column.due" : "command.column.kept-by"), kept(found)));
        Optional<CopyOf> of = context.services().replicas().copied(backup.id());
        List<Backup> replicas = context.services().replicas().of(backup);
        replication(details, of, replicas);
        context.output()
                .show(
                        fields(backup)
                                .with("copyOf", of.map(BackupView::source))
                                .with(
                                        "replicas",
                                        replicas.stream()
                                                .map(BackupView::replica)
                                                .toList())
                                .with("due", verdict.map(Verdict::due))
                                .with(
                                        "keptBy",
                                        verdict.map(Verdict::reasons).orElse(List.of()).stream()
                                                .map(PolicyView::fields)
                                                .toList()),
                        details);
        backup.problem()
                .ifPresent(
                        problem -> context.output().note(text.explain(problem).line()));
    }

    /** What keeps it; nothing is known about one in the trash or on its way. */
    private Optional<Verdict> verdict(Backup backup) {
        Map<UUID, Verdict> all = context.services()
                .histories()
                .verdicts(backup.vaultId(), context.services().clock().instant());
        return Optional.ofNullable(all.get(backup.id()));
    }

    private String kept(Verdict verdict) {
        return verdict.due() ? text.get("command.backup.due") : new PolicyWords(text).reasons(verdict.reasons());
    }

    /** What was promised about the moment, and why it was not more. */
    private String consistency(Backup backup) {
        String reason = "consistency.reason." + backup.reason();
        String promise = text.word(backup.consistency());
        return text.has(reason) ? promise + ": " + text.get(reason) : promise;
    }

    /** What a copy into another vault became. */
    void copied(Task task, Backup source) {
        Backup replica =
                context.services().backups().get(task.subject().backupId().orElseThrow());
        context.output()
                .show(
                        madeFields(task, replica)
                                .with("vault", replica.vaultName())
                                .with("readBytes", Waits.number(task, "read"))
                                .with("copyOf", source.id()),
                        text.get(
                                "command.backup.copied",
                                "backup",
                                source.name(),
                                "vault",
                                replica.vaultName(),
                                "name",
                                replica.name(),
                                "added",
                                replica.sizes().added()));
    }

    /** What it is a copy of, and which copies there are of it. */
    private void replication(Table details, Optional<CopyOf> of, List<Backup> replicas) {
        of.ifPresent(source -> details.row(
                text.get("command.column.copy-of"),
                text.get("command.backup.copy-of", "name", source.name(), "vault", source.vault())));
        for (int i = 0; i < replicas.size(); i++) {
            Backup replica = replicas.get(i);
            details.row(
                    i == 0 ? text.get("command.column.replicas") : "",
                    text.get(
                            "command.backup.replica",
                            "name",
                            replica.name(),
                            "vault",
                            replica.vaultName(),
                            "status",
                            status(replica)));
        }
    }

    private static Fields source(CopyOf of) {
        return new Fields().with("name", of.name()).with("vault", of.vault()).with("session", of.session());
    }

    private static Fields replica(Backup replica) {
        return new Fields()
                .with("id", replica.id())
                .with("name", replica.name())
                .with("vault", replica.vaultName())
                .with("status", replica.status())
                .with("finishedAt", replica.finishedAt())
                .with("task", replica.taskId())
                .with("error", replica.problem().map(Problem::code));
    }

    /** What a run made: one line a disk. */
    void made(List<Task> tasks, boolean started) {
        List<Fields> rows = new ArrayList<>();
        Table table = new Table()
                .words(text.get("command.column.name"))
                .words(text.get("command.column.disk"))
                .words(text.get("command.column.status"))
                .numbers(text.get("command.column.size"))
                .numbers(text.get("command.column.added"))
                .numbers(text.get("command.column.took"));
        for (Task task : tasks) {
            @Nullable
            Backup backup = task.subject()
                    .backupId()
                    .flatMap(context.services().backups()::find)
                    .orElse(null);
            rows.add(madeFields(task, backup));
            table.row(
                    backup == null ? "—" : backup.name(),
                    task.subject().resourceName(),
                    text.word(task.status()),
                    backup == null || started
                            ? "—"
                            : text.formats().size(backup.sizes().logical()),
                    backup == null || started
                            ? "—"
                            : text.formats().size(backup.sizes().added()),
                    started
                            ? "—"
                            : text.formats().duration(task.took(context.clock().instant())));
        }
        context.output().show(rows, table, "");
    }

    private Fields madeFields(Task task, @Nullable Backup backup) {
        Fields fields = new Fields()
                .with("id", task.subject().backupId())
                .with("name", backup == null ? null : backup.name())
                .with("status", backup == null ? task.status() : backup.status())
                .with("resource", task.subject().resourceName());
        if (backup != null) {
            fields.with("kind", backup.kind())
                    .with("logicalBytes", backup.sizes().logical())
                    .with("addedBytes", backup.sizes().added())
                    .with("storedBytes", backup.sizes().added())
                    .with("consistency", backup.consistency());
        }
        return fields.with("seconds", task.status().ended() ? Waits.seconds(task) : null)
                .with("task", task.id());
    }

    /** All fields, one backup a line, as RFC 4180 writes them. */
    void csv(List<Backup> backups) {
        List<String> names = new ArrayList<>(List.of(
                "id",
                "name",
                "status",
                "resource",
                "vault",
                "kind",
                "origin",
                "logicalBytes",
                "addedBytes",
                "uniqueBytes",
                "consistency",
                "createdAt",
                "expiresAt"));
        context.terminal().out().println(String.join(",", names));
        backups.forEach(backup -> {
            var values = fields(backup).map();
            context.terminal()
                    .out()
                    .println(names.stream()
                            .map(name -> cell(Objects.toString(values.get(name), "")))
                            .collect(Collectors.joining(",")));
        });
    }

    /** A value in quotes where it needs them; one that a spreadsheet would take for a formula is made harmless. */
    private static String cell(String value) {
        String safe = !value.isEmpty() && "=+-@".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.matches("(?s).*[\",\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private Fields fields(Backup backup) {
        return new Fields()
                .with("id", backup.id())
                .with("name", backup.name())
                .with("status", backup.status())
                .with("resource", backup.diskName())
                .with("resourceId", backup.diskId())
                .with("vault", backup.vaultName())
                .with("kind", backup.kind())
                .with("origin", backup.origin())
                .with("capacity", backup.sizes().capacity())
                .with("logicalBytes", backup.sizes().logical())
                .with("addedBytes", backup.sizes().added())
                .with("uniqueBytes", backup.sizes().onlyHere())
                .with("consistency", backup.consistency())
                .with("consistencyReason", backup.reason())
                .with("createdAt", backup.createdAt())
                .with("expiresAt", backup.expiresAt())
                .with("marks", marks(backup))
                .with("description", backup.description())
                .with("task", backup.taskId())
                .with("error", backup.problem().map(Problem::code));
    }

    private static List<String> marks(Backup backup) {
        List<String> marks = new ArrayList<>();
        if (backup.damaged()) {
            marks.add("damaged");
        }
        if (backup.origin() == Origin.REPLICA) {
            marks.add("replica");
        }
        if (backup.verifiedAt().isPresent()) {
            marks.add("verified");
        }
        return marks;
    }
}
