package org.coffer.window.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import org.coffer.console.Console;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Kind;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.History;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.page.Tabs;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.picture.Pictures;
import org.coffer.window.restore.RestoreSheets;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of everything about backups, and fails where words are clipped in either language. */
@Tag("pictures")
class BackupPicturesTest {
    @TempDir
    static Path root;

    private static History history;
    private static Pictures pictures;

    @BeforeAll
    static void twoWeeks() throws Exception {
        history = new History(root);
        pictures = new Pictures(history.clock());
    }

    @AfterAll
    static void close() {
        history.close();
    }

    private static BackupActs acts(Desk desk) {
        return new BackupActs(
                history.days().services(),
                desk,
                new RestoreSheets(
                        history.console().restores(),
                        history.console().files(),
                        history.console().disks(),
                        desk),
                new OpenDiskSheets(
                        history.console().openDisks(), history.console().events(), desk));
    }

    private static BackupListModel list(Desk desk) {
        return new BackupListModel(history.days().services(), desk, acts(desk), Optional.empty());
    }

    /** The tab as its page frames it. */
    private static Function<Kit, Node> page(BackupListModel model) {
        var tab = BackupsTab.over(model);
        return kit -> new PageFrame(kit, "backups.tab")
                .search(tab.query())
                .refresh(tab.refresh())
                .primary(tab.primary().orElseThrow())
                .tabs(new Tabs(kit, new SimpleObjectProperty<>(tab.id())).tab(tab.id(), tab.titleKey(), tab.count()))
                .content(tab.content(kit));
    }

    private static Function<Desk, Function<Kit, ? extends Node>> details(Backup backup) {
        return desk -> kit -> {
            var model = new BackupDetailsModel(history.days().services(), desk, acts(desk), backup.id());
            return new BackupPage(model).view(kit);
        };
    }

    private static List<String> take(String name, Function<Desk, Function<Kit, ? extends Node>> view) {
        return pictures.take(name, kit -> history.framed(kit, "disk", view));
    }

    private static List<String> over(String name, BiConsumer<Desk, Kit> open) {
        return pictures.take(name, kit -> history.hosted(kit, "disk", desk -> page(list(desk)), Optional.of(open)));
    }

    @Test
    void theListFits() {
        assertThat(take("backups", desk -> page(list(desk)))).isEmpty();
    }

    @Test
    void chosenFiltersStandInTheirRow() {
        assertThat(take("backups-filtered", desk -> {
                    BackupListModel model = list(desk);
                    model.statuses().add(BackupStatus.AVAILABLE);
                    model.diskProperty().set(Optional.of(new Named(history.web().id(), "web-data")));
                    model.advancedProperty()
                            .set(new Advanced(
                                    "manual",
                                    "",
                                    "",
                                    "",
                                    "",
                                    Optional.of(Kind.INCREMENTAL),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()));
                    return page(model);
                }))
                .isEmpty();
    }

    @Test
    void tickedBackupsReplaceTheFilters() {
        assertThat(take("backups-ticked", desk -> {
                    BackupListModel model = list(desk);
                    model.refresh();
                    model.rows()
                            .ticks()
                            .setAll(
                                    List.of(
                                            history.ofWeb().get(7).id().toString(),
                                            history.ofWeb().get(8).id().toString()),
                                    true);
                    return page(model);
                }))
                .isEmpty();
    }

    @Test
    void theTrashFits() {
        assertThat(take("backups-trash", desk -> {
                    BackupListModel model = list(desk);
                    model.trashProperty().set(true);
                    return page(model);
                }))
                .isEmpty();
    }

    @Test
    void detailsFit() {
        assertThat(take("backup", details(history.ofWeb().getLast()))).isEmpty();
    }

    @Test
    void aBackupInErrorSaysWhy() {
        assertThat(take("backup-error", details(history.broken()))).isEmpty();
    }

    @Test
    void aDamagedBackupSaysWhatElseIsHitAndWhereASoundOneIs() {
        assertThat(take(
                        "backup-damaged",
                        details(history.console()
                                .backups()
                                .get(history.ofWeb().get(2).id()))))
                .isEmpty();
    }

    @Test
    void theDialogThatReplicatesSaysWhereItCannotGo() {
        assertThat(over(
                        "replicate",
                        (desk, kit) ->
                                acts(desk).sheets().replicate(history.ofWeb().getLast())))
                .isEmpty();
    }

    @Test
    void aReplicaNamesWhatItIsACopyOf() {
        assertThat(take(
                        "replica",
                        details(history.console()
                                .replicas()
                                .of(history.ofWeb().getLast())
                                .getFirst())))
                .isEmpty();
    }

    @Test
    void theDialogThatVerifiesAVaultFits() {
        assertThat(over(
                        "verify-vault",
                        (desk, kit) -> acts(desk)
                                .sheets()
                                .verify(history.console()
                                        .vaults()
                                        .get(history.vault().id()))))
                .isEmpty();
    }

    @Test
    void theDialogThatVerifiesABackupFits() {
        assertThat(over(
                        "verify-backup",
                        (desk, kit) ->
                                acts(desk).sheets().verify(history.ofWeb().getLast())))
                .isEmpty();
    }

    @Test
    void theBackUpSheetFits() {
        assertThat(over(
                        "back-up",
                        (desk, kit) -> acts(desk)
                                .sheets()
                                .backUp(Optional.of(history.vault().id()), Set.of())))
                .isEmpty();
    }

    @Test
    void theDeleteDialogFits() {
        assertThat(over(
                        "backup-delete",
                        (desk, kit) -> acts(desk)
                                .sheets()
                                .delete(
                                        List.of(
                                                history.ofWeb().get(1).id(),
                                                history.ofWeb().get(2).id(),
                                                history.ofWeb().get(3).id()),
                                        false)))
                .isEmpty();
    }

    @Test
    void theDialogThatDeletesForEverFits() {
        assertThat(over(
                        "backup-delete-now",
                        (desk, kit) -> acts(desk)
                                .sheets()
                                .delete(List.of(history.ofWeb().get(1).id()), true)))
                .isEmpty();
    }

    @Test
    void theDeleteDialogWhereDamageKeepsSizesUnknownFits(@TempDir Path other) throws Exception {
        try (TestHome home = new TestHome(other)) {
            Disk disk = home.image("web-data", 2);
            Vault vault = home.vault("vault_f61e", disk);
            Backup one = home.backUp(vault, disk, "manualbk_51b2");
            home.change(disk, 0, 500_000, 1);
            Backup two = home.backUp(vault, disk, "manualbk_740b");
            Path maps = home.objects(vault).resolve("map").resolve(two.session().orElseThrow());
            home.restart(() -> {
                for (String pack : Objects.requireNonNull(maps.toFile().list())) {
                    TestHome.flip(maps.resolve(pack), Files.size(maps.resolve(pack)) / 2);
                }
            });
            Console console = home.console();
            var services = new BackupServices(
                    console.backups(),
                    console.deletion(),
                    console.verification(),
                    console.replicas(),
                    console.vaults(),
                    console.disks(),
                    console.tasks(),
                    console.histories(),
                    console.events());
            assertThat(over(
                            "backup-delete-unknown",
                            (desk, kit) -> new BackupActs(
                                            services,
                                            desk,
                                            new RestoreSheets(
                                                    console.restores(), console.files(), console.disks(), desk),
                                            new OpenDiskSheets(console.openDisks(), console.events(), desk))
                                    .sheets()
                                    .delete(List.of(one.id()), true)))
                    .isEmpty();
        }
    }

    @Test
    void theDeleteDialogOfABackupThatStoredNothingFits() {
        assertThat(over(
                        "backup-delete-broken",
                        (desk, kit) -> acts(desk)
                                .sheets()
                                .delete(List.of(history.broken().id()), false)))
                .isEmpty();
    }

    @Test
    void theEditDialogFits() {
        assertThat(over(
                        "backup-edit",
                        (desk, kit) -> acts(desk).sheets().edit(history.ofWeb().getLast())))
                .isEmpty();
    }

    @Test
    void advancedSearchFits() {
        assertThat(over(
                        "backups-advanced",
                        (desk, kit) -> acts(desk).sheets().advanced(new SimpleObjectProperty<>(Advanced.NONE))))
                .isEmpty();
    }

    @Test
    void storageUsedFits() {
        assertThat(over("backups-stored", (desk, kit) -> acts(desk).sheets().stored(Optional.empty())))
                .isEmpty();
    }
}
