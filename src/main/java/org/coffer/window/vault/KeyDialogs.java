package org.coffer.window.vault;

import java.util.Optional;
import org.coffer.console.vault.Vault;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;

/** The sheets about who can open a vault (B12). */
public final class KeyDialogs {
    private final DiskDesk desk;

    /** Sheets that work at {@code desk}. */
    public KeyDialogs(DiskDesk desk) {
        this.desk = desk;
    }

    /** Shows the recovery sheet, to be saved or printed. Showing it is recorded. */
    public void sheet(Vault vault) {
        desk.background()
                .work(() -> desk.services().vaults().keys().sheet(vault.id()))
                .then(made -> {
                    var model = new RecoveryModel(desk, made);
                    var sheet = new Sheet(
                                    Sentence.of("recovery.title", "vault", vault.name()),
                                    640,
                                    kit -> new RecoveryView(kit, model))
                            .icon(Icon.KEY)
                            .cancel("kit.close");
                    sheet.act(Act.of("recovery.save", model::save).with(Icon.SAVE));
                    desk.dialogs().show(sheet);
                })
                .onError(desk.dialogs()::error)
                .start();
    }

    /** Sets another passphrase. */
    void passphrase(Vault vault) {
        var model = new PassphraseModel(desk, vault);
        var sheet = new Sheet(
                        Sentence.of("vault.passphrase.title", "vault", vault.name()),
                        480,
                        kit -> SecretView.passphrase(kit, model))
                .icon(Icon.LOCKED);
        sheet.act(Act.of(
                "vault.passphrase.act",
                () -> model.save(() -> {
                    desk.elsewhere()
                            .tell(Sentence.of("vault.passphrase.done", "vault", vault.name()), Optional.empty());
                    sheet.done();
                })));
        desk.dialogs().show(sheet);
    }

    /** Opens a vault whose key this computer does not have. */
    public void unlock(Vault vault) {
        var model = new UnlockModel(desk, vault);
        var sheet = new Sheet(
                        Sentence.of("vault.unlock.title", "vault", vault.name()),
                        480,
                        kit -> SecretView.unlock(kit, model))
                .icon(Icon.KEY);
        sheet.act(Act.of(
                "vault.unlock",
                () -> model.unlock(() -> {
                    desk.elsewhere().tell(Sentence.of("vault.unlock.done", "vault", vault.name()), Optional.empty());
                    sheet.done();
                })));
        desk.dialogs().show(sheet);
    }
}
