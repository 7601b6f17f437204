package org.coffer.window.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.coffer.text.Language;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/** A view inside the window's frame, for pictures: navigation at the left, strip below. */
public final class Framed {
    private record Entry(String id, String english, String chinese, Group group, Icon icon) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("overview", "Overview", "概览", Group.TOP, Icon.OVERVIEW),
            new Entry("disk", "Disk backup", "磁盘备份", Group.BACKUP, Icon.DISK),
            new Entry("tasks", "Tasks", "任务", Group.OPERATION, Icon.TASK),
            new Entry("locations", "Storage locations", "存储位置", Group.MANAGEMENT, Icon.LOCATION),
            new Entry("audit", "Audit", "审计", Group.MANAGEMENT, Icon.AUDIT),
            new Entry("settings", "Settings", "设置", Group.MANAGEMENT, Icon.SETTINGS));

    private Framed() {}

    /**
     * Puts {@code view} into the frame.
     *
     * @param page which entry of the navigation is marked: overview, disk, tasks, locations, audit, settings
     */
    public static Parent around(Kit kit, String page, Function<Kit, ? extends Node> view) {
        boolean chinese = kit.text().language() == Language.CHINESE;
        var pages = new Pages();
        for (Entry entry : ENTRIES) {
            PageEntry made = PageEntry.top(
                    entry.id(),
                    "=" + (chinese ? entry.chinese() : entry.english()),
                    entry.group(),
                    entry.icon(),
                    route -> view::apply);
            pages.add(entry.id().equals("tasks") ? made.badge(new SimpleObjectProperty<>(2)) : made);
        }
        var history = new History(pages);
        history.open(Route.to(page));
        var strip = new Strip();
        strip.runningProperty()
                .set(Optional.of(new Strip.Running(
                        Sentence.data(
                                chinese
                                        ? "正在运行 1 个任务：web-data → vault_f61e  62%  180 MB/s  剩余 2 分钟"
                                        : "1 running: web-data → vault_f61e  62 %  180 MB/s  2 min left"),
                        0.62,
                        () -> {})));
        return new Frame(
                kit, pages, history, strip, Optional.of(Act.of(chinese ? "=恢复数据" : "=Restore data", () -> {})));
    }
}
