package org.coffer.window.disk;

import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.page.PageTab;

/** The tab <em>Disks</em> of the page <em>Disk backup</em>. */
public final class DiskTab implements PageTab {
    private final DiskListModel model;
    private boolean looked;

    /** A tab that works at {@code desk}. */
    public DiskTab(DiskDesk desk) {
        this(new DiskListModel(desk));
    }

    DiskTab(DiskListModel model) {
        this.model = model;
    }

    @Override
    public String id() {
        return DiskDesk.DISKS_TAB;
    }

    @Override
    public String titleKey() {
        return "disks.tab";
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
        return Optional.of(model.addImage());
    }

    @Override
    public Node content(Kit kit) {
        return new DiskListView(kit, model);
    }

    /** Shows what is known at once; what is attached is looked at the first time, because that takes a moment. */
    @Override
    public void shown() {
        model.load();
        if (!looked) {
            looked = true;
            model.refresh().run();
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
