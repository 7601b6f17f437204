package org.coffer.window.disk;

import org.coffer.window.kit.page.ListTab;
import org.coffer.window.kit.page.PageTab;

/** The tab <em>Disks</em> of the page <em>Disk backup</em>. */
public final class DiskTab {
    private DiskTab() {}

    /** A tab that works at {@code desk}. */
    public static PageTab at(DiskDesk desk) {
        return over(new DiskListModel(desk));
    }

    static PageTab over(DiskListModel model) {
        return new ListTab(
                        DiskDesk.DISKS_TAB,
                        "disks.tab",
                        model.count(),
                        model.query(),
                        model.refresh(),
                        kit -> new DiskListView(kit, model))
                .primary(model.addImage())
                .onShown(model::shown)
                .onClose(model::close);
    }
}
