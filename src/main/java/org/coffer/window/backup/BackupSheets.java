package org.coffer.window.backup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import javafx.beans.property.ObjectProperty;
import org.coffer.console.backup.Backup;
import org.coffer.console.vault.Vault;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.shell.Desk;

/** Opens the dialogs about backups; any page may. */
public final class BackupSheets {
    private static final double QUESTION = 560;
    private static final double FORM = 640;
    private static final double LIST = 880;

    private final BackupServices services;
    private final Desk desk;

    /** Dialogs over {@code services}. */
    public BackupSheets(BackupServices services, Desk desk) {
        this.services = services;
        this.desk = desk;
    }

    /**
     * Backs up disks by hand.
     *
     * @param vault whose disks; empty to let the user choose
     * @param disks which are ticked at first; empty for all that are idle
     */
    public void backUp(Optional<UUID> vault, Set<UUID> disks) {
        var model = new BackUpModel(services, desk, RandomGenerator.getDefault(), vault, disks);
        var sheet = new Sheet(Sentence.of("backup.title"), FORM, kit -> new BackUpView(kit, model).form())
                .icon(Icon.BACKUP);
        sheet.act(Act.of(model.title(), () -> model.start(sheet::done)).unless(model.whyNot()));
        desk.dialogs().show(sheet);
    }

    /** Changes a backup's name and description. */
    public void edit(Backup backup) {
        var model = new EditBackupModel(services.backups(), desk, backup);
        var sheet = new Sheet(
                Sentence.of("backup.edit.title", "name", backup.name()),
                QUESTION,
                kit -> new EditBackupView(kit, model).form());
        sheet.act(Act.of("backup.edit.do", () -> model.save(sheet::done)));
        desk.dialogs().show(sheet);
    }

    /** Copies a backup into a vault of another location. */
    void replicate(Backup backup) {
        var model = new ReplicateModel(services, desk, backup);
        var close = new AtomicReference<Runnable>(() -> {});
        var sheet = new Sheet(
                        Sentence.of("replicate.title", "name", backup.name()),
                        FORM,
                        kit -> new ReplicateView(
                                        kit,
                                        model,
                                        () -> Objects.requireNonNull(close.get())
                                                .run())
                                .form())
                .icon(Icon.COPY);
        close.set(sheet::close);
        sheet.act(Act.of("replicate.do", () -> model.start(sheet::done)).unless(model.whyNot()));
        desk.dialogs().show(sheet);
    }

    /** Checks a backup without restoring it. */
    public void verify(Backup backup) {
        verify(VerifyModel.of(services, desk, backup), backup.name());
    }

    /** Checks the backups of a vault without restoring them. */
    public void verify(Vault vault) {
        verify(VerifyModel.of(services, desk, vault), vault.name());
    }

    private void verify(VerifyModel model, String name) {
        var sheet = new Sheet(Sentence.of("verify.title", "name", name), QUESTION, kit -> VerifyView.of(kit, model))
                .icon(Icon.VERIFY);
        sheet.act(Act.of("verify.do", () -> model.start(sheet::done)).unless(model.whyNot()));
        desk.dialogs().show(sheet);
    }

    /** Deletes a backup, into the trash or for ever. */
    public void delete(Backup backup) {
        show(
                new DeleteModel(
                        services.deletion(),
                        desk,
                        List.of(backup.id()),
                        backup.trashedAt().isPresent()),
                Sentence.of("backup.delete.title.one", "name", backup.name(), "disk", backup.diskName()));
    }

    /**
     * Deletes several backups.
     *
     * @param trashed whether they are in the trash already
     */
    public void delete(List<UUID> ids, boolean trashed) {
        if (!ids.isEmpty()) {
            show(
                    new DeleteModel(services.deletion(), desk, ids, trashed),
                    Sentence.of("backup.delete.title", "n", ids.size()));
        }
    }

    private void show(DeleteModel model, Sentence title) {
        var sheet = new Sheet(title, QUESTION, kit -> new DeleteView(kit, model)).icon(Icon.WARN);
        Act act = Act.of(model.title(), () -> model.delete(sheet::done)).unless(model.whyNot());
        sheet.act(model.mayRest() ? act : act.asDangerous())
                .dangerousWhile(model.toTrashProperty().map(trash -> !trash));
        desk.dialogs().show(sheet);
    }

    /** Asks for search conditions; they are in force when the sheet closes. */
    void advanced(ObjectProperty<Advanced> asked) {
        var model = new AdvancedModel(asked.get());
        var sheet = new Sheet(Sentence.of("backups.advanced"), FORM, kit -> new AdvancedView(kit, model).form())
                .icon(Icon.SEARCH);
        sheet.act(Act.of("backups.advanced.do", () -> {
            asked.set(model.result());
            sheet.done();
        }));
        desk.dialogs().show(sheet);
    }

    /** Shows how much the backups of each disk stored. */
    void stored(Optional<UUID> vault) {
        var model = new StoredModel(services, desk, vault);
        desk.dialogs()
                .show(new Sheet(Sentence.of("backups.stored"), LIST, kit -> new StoredView(kit, model))
                        .icon(Icon.LOCATION)
                        .tall()
                        .cancel("kit.close"));
    }
}
