package org.coffer.window.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import org.coffer.problem.Problem;
import org.coffer.window.fixture.AtOnce;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.page.Tabs;
import org.coffer.window.kit.table.FilterBar;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.kit.table.SelectionBar;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** A page of vaults, as the real one will look. */
final class VaultTable {
    record Row(String id, String name, State state, double share, String used, String policy, int disks, String last) {}

    private final Kit kit;
    private final Say say;
    final ListRows<Row> rows;

    VaultTable(Kit kit) {
        this.kit = kit;
        this.say = new Say(kit);
        this.rows = new ListRows<>(background(), Row::id, this::vaults);
    }

    static Background background() {
        return AtOnce.background(problem -> {
            throw new AssertionError(problem);
        });
    }

    PageFrame page() {
        rows.sortedBy("name", java.util.Comparator.comparing(Row::name));
        rows.sortProperty().set(Optional.of(org.coffer.window.kit.table.Sort.up("name")));
        rows.refresh();
        var tab = new SimpleObjectProperty<>("vaults");
        TablePane<Row> table = table();
        return new PageFrame(kit, say.key("Disk backup", "磁盘备份"))
                .search(new SimpleStringProperty(""))
                .refresh(Act.of(say.key("Refresh", "刷新"), rows::refresh))
                .primary(Act.of(say.key("Create vault", "创建存储库"), () -> {}))
                .tabs(new Tabs(kit, tab)
                        .tab("vaults", say.key("Vaults", "存储库"), rows.totalProperty())
                        .tab("backups", say.key("Backups", "备份副本"), new SimpleObjectProperty<>(10204))
                        .tab("disks", say.key("Disks", "磁盘"), new SimpleObjectProperty<>(6)))
                .filters(filters(table))
                .content(table);
    }

    private Node filters(TablePane<Row> table) {
        var states = FXCollections.observableSet(say.of("Available", "可用"));
        var bar = new FilterBar(kit)
                .filter(
                        say.key("State", "状态"),
                        states,
                        new SimpleObjectProperty<>(List.of(say.of("Available", "可用"), say.of("Frozen", "冻结"))),
                        word -> word)
                .filter(
                        say.key("Location", "位置"),
                        FXCollections.observableSet(),
                        new SimpleObjectProperty<>(List.of("a")),
                        word -> word)
                .columns(table);
        return bar.orSelection(new SelectionBar(
                kit,
                rows,
                List.of(
                        Act.of(say.key("Back up", "执行备份"), () -> {}).with(Icon.BACKUP),
                        Act.of(say.key("Bind policy", "绑定备份策略"), () -> {}),
                        Act.of(say.key("Delete…", "删除…"), () -> {})
                                .with(Icon.DELETE)
                                .asDangerous())));
    }

    TablePane<Row> table() {
        return new TableBuilder<>(kit, "gallery", rows)
                .rowHeight(52)
                .ticks()
                .link("name", 196, Row::name, row -> row.id() + " · " + say.of("Backup drive", "备份硬盘"), row -> {})
                .title(say.key("Name / ID", "名称/ID"))
                .grows()
                .sortable()
                .state("state", 120, Row::state)
                .title(say.key("State", "状态"))
                .meter("used", 184, Row::share, Row::used)
                .title(say.key("Used / capacity", "已用/总容量"))
                .twoLines("policy", 140, Row::policy, row -> say.of("Enabled", "启用"))
                .title(say.key("Policy", "备份策略"))
                .number("disks", 56, row -> kit.formats().count(row.disks()))
                .title(say.key("Disks", "磁盘"))
                .text("last", 112, Row::last)
                .title(say.key("Last backup", "最近备份"))
                .actions(172, 2, this::acts)
                .title(say.key("Actions", "操作"))
                .empty(
                        Icon.VAULT,
                        say.key("A vault keeps the backups of your disks.", "存储库用来存放磁盘的备份。"),
                        Act.of(say.key("Create vault", "创建存储库"), () -> {}))
                .onClearFilters(() -> {})
                .build();
    }

    private List<Act> acts(Row row) {
        Optional<Sentence> frozen = row.state().tone() == Tone.ATTENTION
                ? Optional.of(Sentence.data(say.of(
                        "The drive is not connected. Connect it; work goes on by itself.", "移动硬盘未连接，重新连接后自动继续。")))
                : Optional.empty();
        return List.of(
                Act.of(say.key("Back up", "执行备份"), () -> {}).with(Icon.BACKUP).unless(frozen),
                Act.of(say.key("Bind disks", "绑定磁盘"), () -> {}).with(Icon.BIND),
                Act.of(say.key("Expand", "扩容"), () -> {}).with(Icon.EXPAND).unless(frozen),
                Act.of(say.key("Verify", "校验"), () -> {}).with(Icon.VERIFY),
                Act.of(say.key("Delete", "删除"), () -> {}).with(Icon.DELETE).asDangerous());
    }

    List<Row> vaults() {
        State available = State.of(Icon.OK, Tone.SUCCESS, say.key("Available", "可用"));
        var list = new ArrayList<Row>();
        list.add(row("vault_f61e", available, 0.2, "20 / 100 GB", "daily_02", 3, say.of("2 hours ago", "2 小时前")));
        list.add(row(
                "web_data",
                State.of(Icon.BUSY, Tone.ACCENT, say.key("Deleting 40 %", "正在删除 40%")),
                0.93,
                "465 / 500 GB",
                "Policy-7f3a",
                12,
                say.of("3 days ago", "3 天前")));
        list.add(row(
                say.of("photos_archive", "照片归档"),
                State.of(Icon.FROZEN, Tone.ATTENTION, say.key("Frozen", "冻结"))
                        .because(say.key("drive not connected", "移动硬盘未连接")),
                0.61,
                "1.2 / 2 TB",
                say.of("weekly", "每周"),
                1,
                say.of("6 days ago", "6 天前")));
        list.add(row(
                "finance",
                State.of(Icon.ERROR, Tone.DANGER, say.key("Error", "错误")),
                1.08,
                "216 / 200 GB",
                "daily_02",
                2,
                say.of("20 minutes ago", "20 分钟前")));
        list.add(row(
                say.of("office", "办公室"),
                State.of(Icon.LOCKED, Tone.MUTED, say.key("Locked", "锁定")),
                0.02,
                "8 / 400 GB",
                "—",
                4,
                "—"));
        return list;
    }

    private static Row row(String name, State state, double share, String used, String policy, int disks, String last) {
        String id = "va-" + Integer.toHexString(name.hashCode()).substring(0, 6);
        return new Row(id, name, state, share, used, policy, disks, last);
    }

    static Problem unreachable() {
        return Problem.of("bug", "details", "The catalog is locked by another process.");
    }

    static Set<String> some(ListRows<Row> rows) {
        return Set.of(rows.items().get(1).id(), rows.items().get(2).id());
    }
}
