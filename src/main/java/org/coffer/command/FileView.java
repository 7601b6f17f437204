package org.coffer.command;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.FileEntry;
import org.coffer.console.file.FileFailure;
import org.coffer.console.file.FileHit;
import org.coffer.console.file.FileKind;
import org.coffer.console.file.FileListing;
import org.coffer.console.file.FileOutcome;
import org.coffer.console.file.FileOwner;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileReceipt;
import org.coffer.console.file.FileVersion;
import org.coffer.console.file.FileVolume;
import org.coffer.console.file.SearchState;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;
import org.coffer.text.Text;

/** Files in backups, as the command line shows them. */
final class FileView {
    private static final String ENTRIES = "entries";
    private static final String NONE = "—";

    private final Context context;
    private final Text text;

    FileView(Context context) {
        this.context = context;
        this.text = context.text();
    }

    void volumes(Backup backup, List<FileVolume> volumes) {
        Table table = new Table()
                .words(text.get("command.column.place"))
                .words(text.get("command.column.format"))
                .words(text.get("command.column.label"))
                .numbers(text.get("command.column.size"));
        volumes.forEach(volume -> table.row(
                volume.root().text(),
                volume.format().isEmpty() ? NONE : volume.format(),
                volume.problem().map(why -> text.explain(why).line()).orElse(volume.label()),
                text.formats().size(volume.size())));
        show(backup, volumes.stream().map(FileView::fields).toList(), table);
        volumes.forEach(volume -> volume.notice()
                .ifPresent(notice -> context.output()
                        .note(volume.root().text() + ": " + text.explain(notice).line())));
    }

    private static Fields fields(FileVolume volume) {
        return new Fields()
                .with("path", volume.root().text())
                .with("kind", "volume")
                .with("format", volume.format())
                .with("label", volume.label())
                .with("size", volume.size())
                .with("problem", volume.problem().map(Problem::code))
                .with("notice", volume.notice().map(Problem::code));
    }

    private void show(Backup backup, List<Fields> rows, Table table) {
        if (context.output().json()) {
            context.output().show(new Fields().with("backup", backup.id()).with(ENTRIES, rows), "");
        } else {
            context.output().show(rows, table, text.get("command.restore.browse.empty"));
        }
    }

    void listing(Backup backup, FilePath folder, FileListing listing) {
        Table table = new Table()
                .words(text.get("command.column.name"))
                .words(text.get("command.column.kind"))
                .numbers(text.get("command.column.size"))
                .words(text.get("command.column.modified"));
        listing.entries().forEach(entry -> table.row(name(entry), kind(entry), size(entry), modified(entry)));
        show(backup, listing.entries().stream().map(FileView::fields).toList(), table);
        listing.problem()
                .ifPresent(
                        problem -> context.output().note(text.explain(problem).line()));
    }

    private static String name(FileEntry entry) {
        String more = entry.isFolder() ? "/" : "";
        return entry.name() + entry.target().map(target -> " -> " + target).orElse(more);
    }

    private String kind(FileEntry entry) {
        return entry.problem().map(problem -> text.explain(problem).what()).orElseGet(() -> text.word(entry.kind()));
    }

    private String size(FileEntry entry) {
        return entry.kind() == FileKind.FILE && entry.problem().isEmpty()
                ? text.formats().size(entry.size())
                : "";
    }

    private String modified(FileEntry entry) {
        return entry.problem().isPresent() ? "" : text.formats().time(entry.modified());
    }

    private static Fields fields(FileEntry entry) {
        Optional<FileOwner> owner = entry.owner();
        boolean known = entry.problem().isEmpty();
        return new Fields()
                .with("path", entry.path().text())
                .with("name", entry.name())
                .with("kind", entry.kind())
                .with("size", known ? entry.size() : null)
                .with("modified", known ? entry.modified() : null)
                .with("created", entry.created())
                .with("user", owner.map(FileOwner::user))
                .with("group", owner.map(FileOwner::group))
                .with("mode", owner.map(one -> String.format("%04o", one.mode())))
                .with("target", entry.target())
                .with("problem", entry.problem().map(Problem::code));
    }

    void looked(SearchState state) {
        if (!context.output().json()) {
            context.output()
                    .note(text.get(
                            "command.restore.search.looked", "looked", state.looked(), "backups", state.backups()));
        }
    }

    void found(Collection<FileHit> hits, SearchState end) {
        Table table = new Table()
                .words(text.get("command.column.place"))
                .numbers(text.get("command.column.size"))
                .words(text.get("command.column.modified"))
                .numbers(text.get("command.column.versions"))
                .words(text.get("command.column.backup"));
        hits.forEach(hit -> table.row(
                hit.path().text(),
                size(hit.newest().entry()),
                modified(hit.newest().entry()),
                String.valueOf(hit.versions().size()),
                hit.newest().newest().name()));
        if (context.output().json()) {
            context.output()
                    .show(
                            new Fields()
                                    .with(
                                            ENTRIES,
                                            hits.stream().map(FileView::fields).toList())
                                    .with("backups", end.backups())
                                    .with("looked", end.looked())
                                    .with("full", end.full())
                                    .with("damaged", end.damaged())
                                    .with(
                                            "problems",
                                            end.problems().stream()
                                                    .map(this::fields)
                                                    .toList()),
                            "");
        } else {
            context.output()
                    .show(hits.stream().map(FileView::fields).toList(), table, text.get("command.restore.search.none"));
        }
        if (end.full()) {
            context.output().note(text.get("command.restore.search.full", "n", end.hits()));
        }
        if (end.damaged() > 0) {
            context.output().note(text.get("command.restore.search.damaged", "n", end.damaged()));
            end.problems()
                    .forEach(trouble -> context.output()
                            .note("  " + trouble.backup() + ' ' + trouble.place() + ' '
                                    + text.explain(trouble.problem()).line()));
        }
    }

    private Fields fields(SearchState.Trouble trouble) {
        return Fields.of(trouble.problem(), text)
                .with("backup", trouble.backup())
                .with("place", trouble.place());
    }

    private static Fields fields(FileHit hit) {
        return fields(hit.newest().entry())
                .with("disk", hit.diskName())
                .with("versions", hit.versions().stream().map(FileView::fields).toList());
    }

    private static Fields fields(FileVersion version) {
        return new Fields()
                .with("backup", version.newest().id())
                .with("name", version.newest().name())
                .with("createdAt", version.newest().createdAt())
                .with("size", version.entry().size())
                .with("modified", version.entry().modified())
                .with("backups", version.backups());
    }

    /** What machines are told of a receipt. */
    static Fields fields(FileReceipt receipt) {
        FileOutcome done = receipt.outcome();
        return new Fields()
                .with("task", receipt.task())
                .with("verdict", receipt.verdict())
                .with("error", receipt.problem().map(problem -> problem.code()))
                .with("backup", receipt.backup())
                .with("disk", receipt.disk())
                .with("vault", receipt.vault())
                .with("moment", receipt.moment())
                .with("target", done.target())
                .with("asked", receipt.asked().stream().map(FilePath::text).toList())
                .with("askedFor", receipt.askedFor())
                .with("restored", done.restored())
                .with("skipped", done.skipped())
                .with("renamed", done.renames())
                .with("replacedKeptIn", done.kept())
                .with("failed", done.failures().stream().map(FileFailure::path).toList())
                .with("bytes", done.bytes())
                .with("ownersKept", done.ownersKept())
                .with("rightsKept", done.rightsKept())
                .with("attributesKept", done.attributesKept())
                .with("lastSecondsMissing", done.lastSecondsMissing())
                .with("who", receipt.caller().who())
                .with("startedAt", receipt.begun())
                .with("endedAt", receipt.ended());
    }

    void restored(Task ended, FileOutcome outcome) {
        outcome.failures()
                .forEach(failure -> context.output()
                        .note(failure.path() + ": "
                                + text.explain(failure.problem()).line()));
        outcome.renames()
                .forEach(place -> context.output().note(text.get("command.restore.files.renamed", "path", place)));
        outcome.kept().forEach(folder -> context.output().note(text.get("command.restore.files.kept", "path", folder)));
        if (outcome.lastSecondsMissing()) {
            context.output().note(text.explain(Problem.of("files.seconds")).line());
        }
        if (!outcome.ownersKept()) {
            context.output().note(text.get("wizard.care.owners"));
        }
        if (!outcome.rightsKept()) {
            context.output().note(text.get("wizard.care.rights"));
        }
        if (!outcome.attributesKept()) {
            context.output().note(text.get("wizard.care.attributes"));
        }
        if (outcome.failed() > 0 && context.output().json()) {
            return; // The problem is the result.
        }
        context.output()
                .show(
                        new Fields()
                                .with("task", ended.id())
                                .with("target", outcome.target())
                                .with("restored", outcome.restored())
                                .with("folders", outcome.folders())
                                .with("bytes", outcome.bytes())
                                .with("skipped", outcome.skipped())
                                .with("renamed", outcome.renames())
                                .with("replacedKeptIn", outcome.kept())
                                .with(
                                        "failed",
                                        outcome.failures().stream()
                                                .map(FileFailure::path)
                                                .toList())
                                .with("ownersKept", outcome.ownersKept())
                                .with("rightsKept", outcome.rightsKept())
                                .with("attributesKept", outcome.attributesKept())
                                .with("lastSecondsMissing", outcome.lastSecondsMissing())
                                .with("seconds", Waits.seconds(ended)),
                        text.get(
                                "command.restore.files.done",
                                "n",
                                outcome.restored(),
                                "target",
                                outcome.target(),
                                "bytes",
                                outcome.bytes(),
                                "skipped",
                                outcome.skipped()));
    }
}
