package org.coffer.window.gallery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.ProgressView;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.form.Choices;
import org.coffer.window.kit.form.Form;
import org.coffer.window.kit.form.FormPage;
import org.coffer.window.kit.page.Card;
import org.coffer.window.kit.page.DetailsFrame;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.page.Tabs;

/** Pages of the gallery made of all parts but tables. */
final class Parts {
    private final Kit kit;
    private final Say say;

    Parts(Kit kit) {
        this.kit = kit;
        this.say = new Say(kit);
    }

    /** Buttons, links, fields, states, pills, meters, banners. */
    Parent controls() {
        Optional<Sentence> why = Optional.of(Sentence.data(say.of("Task 4711 is using it.", "任务 4711 正在使用它。")));
        Act run = Act.of(say.key("Back up", "执行备份"), () -> {}).with(Icon.BACKUP);
        var buttons = kit.row(
                kit.primary(Act.of(say.key("Create vault", "创建存储库"), () -> {})),
                kit.button(run),
                kit.button(run.unless(why)),
                kit.primary(Act.of(say.key("Delete 3 backups", "删除 3 个备份"), () -> {})
                        .asDangerous()),
                kit.flat(Act.of(say.key("Details", "详情"), () -> {})),
                kit.flat(Act.of(say.key("Delete…", "删除…"), () -> {})
                        .with(Icon.DELETE)
                        .asDangerous()),
                kit.small(kit.button(run)),
                kit.iconButton(Act.of(say.key("Refresh", "刷新"), () -> {}).with(Icon.REFRESH)),
                kit.more(List::of),
                kit.link(Act.of(say.key("Show", "查看"), () -> {})));
        var field = kit.field(say.of("Name", "名称"));
        field.setText("vault_f61e");
        var box = kit.choice(FXCollections.observableArrayList(say.of("Backup drive", "备份硬盘")), word -> word);
        box.getSelectionModel().selectFirst();
        var tick = kit.checkBox(say.of("Encrypt with key_1", "用 key_1 加密"));
        tick.setSelected(true);
        var half = kit.checkBox(say.of("Some", "部分"));
        half.setIndeterminate(true);
        var radio = kit.radio(say.of("Every day", "每天"), () -> {});
        radio.setSelected(true);
        var fields = kit.row(
                field,
                box,
                kit.menuButton(say.of("State", "状态"), List::of),
                tick,
                half,
                kit.checkBox(say.of("None", "无")),
                radio,
                kit.radio(say.of("Later", "稍后"), () -> {}));
        var states = kit.row(
                kit.state(State.of(Icon.OK, Tone.SUCCESS, say.key("Available", "可用"))),
                kit.state(State.of(Icon.BUSY, Tone.ACCENT, say.key("Running", "运行中"))),
                kit.state(State.of(Icon.FROZEN, Tone.ATTENTION, say.key("Frozen", "冻结"))),
                kit.state(State.of(Icon.ERROR, Tone.DANGER, say.key("Error", "错误"))),
                kit.state(State.of(Icon.SKIPPED, Tone.MUTED, say.key("Skipped", "已跳过"))));
        states.setSpacing(24);
        var pills = kit.row(
                kit.pill(State.of(Icon.OK, Tone.SUCCESS, say.key("Available", "可用"))),
                kit.pill(State.of(Icon.BUSY, Tone.ACCENT, say.key("Deleting 40 %", "正在删除 40%"))),
                kit.pill(State.of(Icon.FROZEN, Tone.ATTENTION, say.key("Frozen", "冻结"))),
                kit.pill(State.of(Icon.ERROR, Tone.DANGER, say.key("Error", "错误"))),
                kit.pill(State.of(Icon.LOCKED, Tone.MUTED, say.key("Locked", "锁定"))));
        var meters = kit.row(
                Meter.used(120, 0.2),
                Meter.used(120, 0.93),
                Meter.used(120, 1.1),
                new ProgressView(
                        kit,
                        120,
                        new SimpleObjectProperty<>(new ProgressView.Progress(
                                0.62,
                                Sentence.data(kit.formats().percent(62) + "  180 MB/s  "
                                        + say.of("2 min left", "剩余 2 分钟"))))));
        meters.setSpacing(16);
        var page = new VBox(
                16,
                kit.pageTitle(say.of("All parts", "全部部件")),
                kit.section(say.of("Acts", "操作")),
                buttons,
                fields,
                kit.section(say.of("States", "状态")),
                states,
                pills,
                meters,
                banner(
                        Icon.OK,
                        Tone.SUCCESS,
                        "Everything is protected.",
                        "Oldest good backup: 3 hours.",
                        "全部已受保护。",
                        "最旧的可用备份为 3 小时前。"),
                banner(
                        Icon.WARN,
                        Tone.ATTENTION,
                        "3 things need you.",
                        "2 disks have no backup · 1 vault is 96 % full",
                        "有 3 件事需要处理。",
                        "2 个磁盘没有备份 · 1 个存储库已用 96%"),
                Banner.of(
                        kit,
                        org.coffer.problem.Problem.of("location.missing", "path", "/mnt/backup"),
                        Act.of("kit.retry", () -> {}),
                        Act.of("kit.copy.details", () -> {})));
        page.getStyleClass().add("page");
        page.setSpacing(16);
        return page;
    }

    private Banner banner(Icon icon, Tone tone, String en, String enRest, String zh, String zhRest) {
        return new Banner(
                kit,
                icon,
                tone,
                say.of(en, zh),
                say.of(enRest, zhRest),
                List.of(Act.of(say.key("Show me", "查看"), () -> {})));
    }

    /** A page about one vault. */
    Parent details() {
        var tab = new SimpleObjectProperty<>("disks");
        var usage = new Card(kit, Icon.VAULT, say.key("Usage", "用量"))
                .act(Act.of(say.key("Expand", "扩容"), () -> {}))
                .add(kit.row(kit.label("20 GB", "figure"), kit.label(say.of("of 100 GB", "/ 100 GB"), "muted")))
                .add(Meter.used(220, 0.2))
                .add(kit.caption(say.of("full in 41 days", "预计 41 天后用满")));
        var policy = new Card(kit, Icon.POLICY, say.key("Policy", "策略"))
                .act(Act.of(say.key("Edit", "编辑"), () -> {}))
                .add(kit.label(say.of("Every day 02:00", "每天 02:00")))
                .add(kit.label(say.of("Newest 30 per disk", "每个磁盘保留最近 30 个"), "muted"))
                .add(kit.caption(say.of("Next: tomorrow 02:00", "下次：明天 02:00")));
        var place = new Card(kit, Icon.LOCATION, say.key("Location and key", "位置与密钥"))
                .add(kit.label(say.of("Backup drive", "备份硬盘")))
                .add(kit.caption("/mnt/backup/coffer"))
                .add(kit.state(State.of(Icon.WARN, Tone.ATTENTION, say.key("Recovery sheet not saved", "恢复密钥单未保存"))));
        var automation = new Card(kit, Icon.RUN, say.key("Automation", "自动化"))
                .fact(say.key("Auto-expand", "自动扩容"), say.of("Off", "关"))
                .fact(say.key("Auto-bind", "自动绑定"), say.of("Off", "关"));
        var cards = Card.row(usage, policy, place, automation);
        return new DetailsFrame(kit, new SimpleStringProperty("vault_f61e"))
                .crumb(say.key("Disk backup", "磁盘备份"), () -> {})
                .rename(Act.of(say.key("Rename", "修改名称"), () -> {}))
                .state(new SimpleObjectProperty<>(State.of(Icon.OK, Tone.SUCCESS, say.key("Available", "可用"))))
                .id("va-5e2ec4")
                .acts(
                        Act.of(say.key("Back up", "执行备份"), () -> {}),
                        List.of(Act.of(say.key("Bind disks", "绑定磁盘"), () -> {})),
                        List::of)
                .part(cards)
                .tabs(
                        new Tabs(kit, tab)
                                .tab("disks", say.key("Disks", "绑定的磁盘"), new SimpleObjectProperty<>(3))
                                .tab("backups", say.key("Backups", "备份副本"), new SimpleObjectProperty<>(132))
                                .tab("tasks", say.key("Tasks", "任务")),
                        tab,
                        Map.of("disks", () -> table()));
    }

    private Node table() {
        var vaults = new VaultTable(kit);
        vaults.rows.refresh();
        return vaults.table();
    }

    /** The form for a new vault, as a sheet and as a page. */
    Form form(boolean wrong) {
        ObservableValue<Optional<Sentence>> problem = new ReadOnlyObjectWrapper<>(
                        wrong
                                ? Optional.of(Sentence.data(say.of(
                                        "Use 1 to 64 Chinese characters, letters, digits, _ or -.",
                                        "请用 1–64 个中文、字母、数字、_ 或 -。")))
                                : Optional.<Sentence>empty())
                .getReadOnlyProperty();
        TextField name = kit.field("");
        name.setText(wrong ? "vault f61e" : "vault_f61e");
        var location = kit.choice(FXCollections.observableArrayList(say.of("Backup drive", "备份硬盘")), word -> word);
        location.getSelectionModel().selectFirst();
        location.setMaxWidth(Double.MAX_VALUE);
        TextField capacity = kit.field("");
        capacity.setText("480");
        capacity.setMaxWidth(160);
        return new Form(kit)
                .field(say.key("Name", "名称"), name, problem)
                .field(say.key("Location", "位置"), location)
                .sideBySide(2)
                .field(
                        say.key("Capacity (GB)", "容量（GB）"),
                        capacity,
                        say.key(
                                "Suggested 480 GB: twice the disks. Free there: 3.1 TB.",
                                "建议 480 GB（磁盘总量的 2 倍）；该位置可用 3.1 TB。"))
                .field(
                        say.key("Automatic backup", "自动备份"),
                        new Choices<>(kit, new SimpleObjectProperty<>(1))
                                .choice(
                                        1,
                                        Icon.POLICY,
                                        say.of("Every day at 02:00", "每天 02:00"),
                                        say.of("keeps the newest 30", "保留最近 30 个"))
                                .choice(2, Icon.WAITING, say.of("Later", "暂不配置"), say.of("nothing runs yet", "暂不执行")))
                .more(new Form(kit).field(say.key("Tags", "标签"), kit.field("")));
    }

    Parent formPage() {
        return new FormPage(
                kit,
                say.key("Create vault", "创建存储库"),
                Act.of(say.key("Disk backup", "磁盘备份"), () -> {}),
                form(false),
                new SimpleObjectProperty<>(List.of(
                        Sentence.data(say.of(
                                "vault_f61e will keep encrypted backups of 3 disks (240 GB) on Backup drive.",
                                "vault_f61e 将在“备份硬盘”上加密保存 3 个磁盘（240 GB）的备份。")),
                        Sentence.data(say.of("First backup: tonight 02:00.", "首次备份：今晚 02:00。")),
                        Sentence.data(say.of(
                                "The first run takes about " + kit.formats().duration(Duration.ofMinutes(24)) + ".",
                                "首次约需 " + kit.formats().duration(Duration.ofMinutes(24)) + "。")))),
                Act.of(say.key("Create vault", "创建存储库"), () -> {}),
                Optional.of(Act.of(say.key("Create and back up now", "创建并立即备份"), () -> {})));
    }

    /** An empty page. */
    Parent empty(boolean loaded, boolean failed) {
        var background = new org.coffer.window.kit.Background(
                loaded || failed ? Runnable::run : task -> {}, Runnable::run, problem -> {});
        var rows = new org.coffer.window.kit.table.ListRows<String>(background, row -> row, () -> {
            if (failed) {
                throw new org.coffer.problem.ProblemException(
                        org.coffer.problem.Problem.of("location.missing", "path", "/mnt/backup"));
            }
            return List.of();
        });
        rows.refresh();
        var table = new org.coffer.window.kit.table.TableBuilder<>(kit, "gallery", rows)
                .text("name", 200, row -> row)
                .title(say.key("Name", "名称"))
                .grows()
                .text("b", 200, row -> row)
                .title(say.key("State", "状态"))
                .number("c", 120, row -> row)
                .title(say.key("Size", "大小"))
                .empty(
                        Icon.VAULT,
                        say.key("A vault keeps the backups of your disks.", "存储库用来存放磁盘的备份。"),
                        Act.of(say.key("Create vault", "创建存储库"), () -> {}))
                .build();
        return new PageFrame(kit, say.key("Disk backup", "磁盘备份"))
                .primary(Act.of(say.key("Create vault", "创建存储库"), () -> {}))
                .content(table);
    }
}
