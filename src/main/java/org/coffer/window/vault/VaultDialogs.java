package org.coffer.window.vault;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.Vault;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.dialog.Sheet;

/** The sheets about a vault, its size and its disks. */
public final class VaultDialogs {
    private final DiskDesk desk;

    /** Sheets that work at {@code desk}. */
    public VaultDialogs(DiskDesk desk) {
        this.desk = desk;
    }

    /** Binds disks to a vault. */
    void bind(Vault vault) {
        var model = new BindModel(desk, vault);
        var sheet = new Sheet(
                        Sentence.of("vault.bind.title", "vault", vault.name()),
                        880,
                        kit -> new DiskChooserView(kit, model.chooser()))
                .tall();
        sheet.act(Act.of(
                        model.title(),
                        () -> model.bind(() -> {
                            tell("vault.bind.done", "vault", vault.name());
                            sheet.done();
                        }))
                .unless(model.whyNot()));
        desk.dialogs().show(sheet);
    }

    /** Unbinds disks and asks what becomes of their backups. */
    void unbind(Vault vault, List<BoundDisk> disks) {
        var model = new UnbindModel(desk, vault, disks);
        var sheet = new Sheet(model.title(), 560, kit -> UnbindView.of(kit, model)).icon(Icon.OFF);
        sheet.act(Act.of(model.act(), () -> model.unbind(sheet::done)));
        desk.dialogs().show(sheet);
    }

    /** Moves disks with all their backups to another vault; without any, everything. */
    void migrate(Vault vault, List<UUID> disks) {
        var model = new MigrateModel(desk, vault, disks);
        var sheet = new Sheet(model.title(), 560, kit -> MigrateView.of(kit, model)).icon(Icon.MIGRATE);
        sheet.act(Act.of(model.act(), () -> model.migrate(sheet::done)).unless(model.whyNot()));
        desk.dialogs().show(sheet);
    }

    /** Expands a vault. */
    public void expand(Vault vault) {
        var model = new ExpandModel(desk, vault);
        var sheet = new Sheet(
                        Sentence.of("vault.expand.title", "vault", vault.name()), 480, kit -> ExpandView.of(kit, model))
                .icon(Icon.EXPAND);
        sheet.act(Act.of(
                "vault.expand",
                () -> model.expand(() -> {
                    tell("vault.expand.done", "vault", vault.name(), "gb", model.target());
                    sheet.done();
                })));
        desk.dialogs().show(sheet);
    }

    /** Changes name and description. */
    void rename(Vault vault) {
        var model = new RenameModel(desk, vault);
        var sheet = new Sheet(
                        Sentence.of("vault.rename.title", "vault", vault.name()), 480, kit -> RenameView.of(kit, model))
                .icon(Icon.EDIT);
        sheet.act(Act.of("vault.save", () -> model.save(sheet::done)));
        desk.dialogs().show(sheet);
    }

    /** Changes the tags. */
    void tags(Vault vault) {
        var model = new TagsModel(desk, vault);
        var sheet = new Sheet(
                        Sentence.of("vault.tags.title", "vault", vault.name()), 560, kit -> TagsView.of(kit, model))
                .icon(Icon.TAG);
        sheet.act(Act.of("vault.save", () -> model.save(sheet::done)));
        desk.dialogs().show(sheet);
    }

    /** Lets disks bind themselves, or no longer; {@code done} is called when that is decided. */
    void autoBind(Vault vault, Optional<AutoBindRule> rule, Runnable done) {
        var model = new AutoBindModel(desk, vault, rule);
        var sheet = new Sheet(
                        Sentence.of("vault.auto-bind.title", "vault", vault.name()),
                        560,
                        kit -> AutoBindView.of(kit, model))
                .icon(Icon.BIND);
        sheet.act(Act.of(
                "vault.save",
                () -> model.save(() -> {
                    sheet.done();
                    done.run();
                })));
        desk.dialogs().show(sheet);
    }

    /** Frees what no backup uses any more. */
    void clean(Vault vault) {
        boolean wanted = desk.dialogs()
                .confirm(Question.plain(
                        Sentence.of("vault.clean.title", "vault", vault.name()),
                        Sentence.of("vault.clean"),
                        Sentence.of("vault.clean.line")));
        if (wanted) {
            desk.background()
                    .act(() -> desk.services().cleaning().start(vault.id()))
                    .then(done -> tell("vault.clean.started", "vault", vault.name()))
                    .onError(desk.dialogs()::error)
                    .start();
        }
    }

    private void tell(String key, Object... namesAndValues) {
        desk.elsewhere().tell(Sentence.of(key, namesAndValues), Optional.empty());
    }
}
