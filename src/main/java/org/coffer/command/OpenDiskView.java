package org.coffer.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.opened.OpenDisk;
import org.coffer.problem.Problem;
import org.coffer.text.Text;

/** Backups that are open as disks, as the command line shows them. */
final class OpenDiskView {
    private static final int SHORT = 8;

    private final Context context;
    private final Text text;

    OpenDiskView(Context context) {
        this.context = context;
        this.text = context.text();
    }

    /** Says where a disk is, and how it is used. */
    void opened(OpenDisk disk) {
        String uri = disk.uri().orElse("");
        context.output()
                .show(
                        fields(disk),
                        text.get(
                                disk.writable() ? "command.restore.opened.writable" : "command.restore.opened",
                                "backup",
                                disk.name(),
                                "uri",
                                uri));
        context.output().note(text.get("command.restore.opened.copy", "uri", uri));
        context.output().note(text.get("command.restore.opened.close", "id", shortId(disk)));
    }

    /** Says where the files of a disk are. */
    void mounted(OpenDisk disk) {
        context.output()
                .show(fields(disk), text.get("command.restore.mounted", "backup", disk.name(), "paths", paths(disk)));
        context.output().note(text.get("command.restore.mounted.end", "id", shortId(disk)));
    }

    void unmounted(OpenDisk disk) {
        context.output().show(fields(disk), text.get("command.restore.unmounted", "backup", disk.name()));
    }

    private static List<String> paths(OpenDisk disk) {
        return disk.mounted().stream().map(Path::toString).toList();
    }

    void closed(OpenDisk disk, boolean kept) {
        context.output()
                .show(
                        fields(disk).with("uri", null).with("kept", kept),
                        text.get(
                                kept ? "command.restore.closed.kept" : "command.restore.closed",
                                "backup",
                                disk.name()));
    }

    void list(List<OpenDisk> all) {
        Table table = new Table()
                .words(text.get("command.column.id"))
                .words(text.get("command.column.backup"))
                .words(text.get("command.column.disk"))
                .words(text.get("command.column.writable"))
                .words(text.get("command.column.since"))
                .words(text.get("command.column.address"))
                .words(text.get("command.column.mounted"));
        all.forEach(disk -> table.row(
                shortId(disk),
                disk.name(),
                disk.diskName(),
                text.get(disk.writable() ? "command.yes" : "command.no"),
                text.formats().time(disk.openedAt()),
                address(disk),
                disk.mounted().isEmpty() ? "—" : text.formats().list(paths(disk))));
        context.output()
                .show(all.stream().map(OpenDiskView::fields).toList(), table, text.get("command.restore.none-open"));
    }

    private String address(OpenDisk disk) {
        Optional<String> problem = disk.problem().map(why -> text.explain(why).line());
        return disk.uri()
                .or(() -> disk.kept() && problem.isEmpty() ? Optional.of(text.get("command.restore.kept")) : problem)
                .orElse("—");
    }

    private static String shortId(OpenDisk disk) {
        return disk.id().toString().substring(0, SHORT);
    }

    private static Fields fields(OpenDisk disk) {
        return new Fields()
                .with("id", disk.id())
                .with("uri", disk.uri().orElse(null))
                .with("backup", disk.backup())
                .with("name", disk.name())
                .with("disk", disk.diskName())
                .with("writable", disk.writable())
                .with("kept", disk.kept())
                .with("openedAt", disk.openedAt())
                .with("clients", disk.clients())
                .with("mounted", disk.mounted())
                .with("problem", disk.problem().map(Problem::code).orElse(null));
    }
}
