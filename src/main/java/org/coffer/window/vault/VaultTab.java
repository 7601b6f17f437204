package org.coffer.window.vault;

import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.page.PageTab;

/** The tab <em>Vaults</em> of the page <em>Disk backup</em>. */
final class VaultTab implements PageTab {
    static final String ID = "vaults";

    private final VaultListModel model;

    VaultTab(VaultListModel model) {
        this.model = model;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String titleKey() {
        return "vaults.tab";
    }

    @Override
    public ObservableValue<? extends Number> count() {
        return model.count();
    }

    @Override
    public StringProperty query() {
        return model.query();
    }

    @Override
    public Act refresh() {
        return model.refresh();
    }

    @Override
    public Optional<Act> primary() {
        return Optional.of(model.create());
    }

    @Override
    public Node content(Kit kit) {
        return new VaultListView(kit, model);
    }

    @Override
    public void shown() {
        model.load();
    }

    @Override
    public void close() {
        model.close();
    }
}
