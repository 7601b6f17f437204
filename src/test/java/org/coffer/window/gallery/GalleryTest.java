package org.coffer.window.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.kit.dialog.Step;
import org.coffer.window.kit.dialog.Toasts;
import org.coffer.window.kit.dialog.Wizard;
import org.coffer.window.kit.form.Choices;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Framed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Takes pictures of every part of the kit, and fails where words are clipped in either language. */
@Tag("pictures")
class GalleryTest {
    private final Pictures pictures =
            new Pictures(Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Asia/Shanghai")));

    @Test
    void aTableOfVaultsFitsItsFrame() {
        assertThat(pictures.take("table", kit -> Framed.around(kit, "disk", own -> new VaultTable(own).page())))
                .isEmpty();
    }

    @Test
    void theNavigationFoldsInANarrowWindow() {
        assertThat(pictures.take(
                        "narrow",
                        1024,
                        640,
                        kit -> Framed.around(kit, "disk", own -> new VaultTable(own).page()),
                        scene -> {}))
                .isEmpty();
    }

    @Test
    void tickedRowsReplaceTheFilters() {
        assertThat(pictures.take("ticked", kit -> {
                    var vaults = new VaultTable(kit);
                    var page = vaults.page();
                    vaults.rows.ticks().setAll(VaultTable.some(vaults.rows), true);
                    vaults.rows
                            .selectedProperty()
                            .set(Optional.of(vaults.rows.items().getFirst().id()));
                    return Framed.around(kit, "disk", own -> page);
                }))
                .isEmpty();
    }

    @Test
    void allControlsFit() {
        assertThat(pictures.take("controls", kit -> new Parts(kit).controls())).isEmpty();
    }

    @Test
    void aDetailsPageFits() {
        assertThat(pictures.take("details", kit -> Framed.around(kit, "disk", own -> new Parts(own).details())))
                .isEmpty();
    }

    @Test
    void aFormPageFits() {
        assertThat(pictures.take("form", kit -> Framed.around(kit, "disk", own -> new Parts(own).formPage())))
                .isEmpty();
    }

    @Test
    void anEmptyPageSaysHowToBegin() {
        assertThat(pictures.take("empty", kit -> Framed.around(kit, "disk", own -> new Parts(own).empty(true, false))))
                .isEmpty();
    }

    @Test
    void aFailedLoadSaysWhyAboveTheTable() {
        assertThat(pictures.take("failed", kit -> Framed.around(kit, "disk", own -> new Parts(own).empty(false, true))))
                .isEmpty();
    }

    @Test
    void theFirstLoadShowsGreyRows() {
        assertThat(pictures.take(
                        "loading", kit -> Framed.around(kit, "disk", own -> new Parts(own).empty(false, false))))
                .isEmpty();
    }

    @Test
    void aDangerousQuestionFits() {
        assertThat(pictures.take(
                        "question",
                        kit -> hosted(
                                kit,
                                (say, dialogs) -> dialogs.confirmByName(
                                        Question.dangerous(
                                                Sentence.data(say.of("Delete vault vault_f61e?", "删除存储库 vault_f61e？")),
                                                Sentence.data(say.of("Delete vault", "删除存储库")),
                                                Sentence.data(say.of(
                                                        "12 backups of 3 disks go with it. 8.1 GB becomes free.",
                                                        "3 个磁盘的 12 个备份会一起删除，释放 8.1 GB。")),
                                                Sentence.data(say.of(
                                                        "It rests in the trash until 5 December.",
                                                        "在回收站保留到 12 月 5 日。"))),
                                        "vault_f61e"))))
                .isEmpty();
    }

    @Test
    void aSheetWithAFormFits() {
        assertThat(pictures.take(
                        "sheet",
                        kit -> hosted(kit, (say, dialogs) -> {
                            var form = new Parts(kit).form(true);
                            form.judge();
                            var sheet = new Sheet(Sentence.data(say.of("Create vault", "创建存储库")), 640, shown -> form)
                                    .act(Act.of(say.key("Create vault", "创建存储库"), () -> {}));
                            dialogs.show(sheet);
                        })))
                .isEmpty();
    }

    @Test
    void anErrorFits() {
        assertThat(pictures.take(
                        "error",
                        kit -> hosted(
                                kit,
                                (say, dialogs) ->
                                        dialogs.error(Problem.of("location.missing", "path", "/mnt/backup")))))
                .isEmpty();
    }

    @Test
    void aWizardFits() {
        assertThat(pictures.take("wizard", kit -> hosted(kit, (say, dialogs) -> dialogs.show(wizard(say)))))
                .isEmpty();
    }

    @Test
    void toastsFit() {
        assertThat(pictures.take("toasts", kit -> {
                    var say = new Say(kit);
                    var host = host(kit);
                    var toasts = new Toasts(() -> kit);
                    host.addFloating(toasts, Pos.BOTTOM_RIGHT);
                    toasts.tell(
                            Sentence.data(say.of("web-data is protected again.", "web-data 已重新受到保护。")),
                            Optional.of(Act.of(say.key("Show", "查看"), () -> {})));
                    toasts.error(
                            Problem.of("location.missing", "path", "/mnt/backup"),
                            Optional.of(Act.of(say.key("Show", "查看"), () -> {})));
                    return host;
                }))
                .isEmpty();
    }

    private static Wizard wizard(Say say) {
        var what = new SimpleObjectProperty<>("a");
        var step = new Step(
                say.key("What happened?", "发生了什么？"),
                kit -> new Choices<>(kit, what)
                        .choice(
                                "a",
                                Icon.FILE,
                                say.of("A file is gone or spoiled", "文件丢失或损坏"),
                                say.of("Find it by name and put it back.", "按名称查找并恢复。"))
                        .choice(
                                "b",
                                Icon.DISK,
                                say.of("A disk or computer is broken", "磁盘或电脑坏了"),
                                say.of("Bring a whole disk back to a moment.", "把整个磁盘恢复到某一时刻。"))
                        .choice(
                                "c",
                                Icon.SHIELD,
                                say.of("Virus or ransomware", "中了病毒或勒索软件"),
                                say.of("Go back to before it began.", "回到中毒之前。")),
                new SimpleObjectProperty<>(Sentence.data(say.of("A file", "文件"))),
                new SimpleObjectProperty<>(true));
        var second = new Step(
                say.key("What do you want back?", "要找回什么？"),
                step.view(),
                new SimpleObjectProperty<>(Sentence.data("")),
                new SimpleObjectProperty<>(true));
        var third = new Step(
                say.key("From when?", "恢复到什么时候？"),
                step.view(),
                new SimpleObjectProperty<>(Sentence.data("")),
                new SimpleObjectProperty<>(false));
        var wizard = new Wizard(
                        say.key("Restore data", "恢复数据"),
                        List.of(step, second, third),
                        Act.of(say.key("Restore 1 file", "恢复 1 个文件"), () -> {}))
                .aside(Act.of(say.key("I already have backups", "我已经有备份"), () -> {}));
        wizard.atProperty().set(1);
        return wizard;
    }

    private static DialogHost host(Kit kit) {
        var host = new DialogHost();
        host.setPage(Framed.around(kit, "disk", own -> new VaultTable(own).page()));
        return host;
    }

    private static Parent hosted(Kit kit, BiConsumer<Say, ModalDialogs> open) {
        var host = host(kit);
        var dialogs = new ModalDialogs(() -> kit, host);
        Platform.runLater(() -> open.accept(new Say(kit), dialogs));
        return host;
    }
}
