package org.coffer.window.backup;

import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.page.PageTab;

/** The list of backups as a tab: of the Disk backup page for all vaults, of a vault's page for one. */
public final class BackupsTab implements PageTab {
    private final BackupListModel model;

    /** A tab over {@code model}. */
    public BackupsTab(BackupListModel model) {
        this.model = model;
    }

    /** The model, to be filtered from elsewhere. */
    public BackupListModel model() {
        return model;
    }

    @Override
    public String id() {
        return "backups";
    }

    @Override
    public String titleKey() {
        return "backups.tab";
    }

    @Override
    public ObservableValue<? extends Number> count() {
        return model.rows().totalProperty();
    }

    @Override
    public StringProperty query() {
        return model.queryProperty();
    }

    @Override
    public Act refresh() {
        return Act.of("backups.refresh", model::refresh).with(Icon.REFRESH);
    }

    @Override
    public Optional<Act> primary() {
        return Optional.of(Act.of("backups.back-up", model::backUp).with(Icon.BACKUP));
    }

    @Override
    public Node content(Kit kit) {
        return model.ofOneVault() ? BackupListView.withSearch(kit, model) : BackupListView.of(kit, model);
    }

    @Override
    public void shown() {
        model.refresh();
    }
}
