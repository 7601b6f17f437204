package org.coffer.window.vault;

import org.coffer.window.kit.page.ListTab;
import org.coffer.window.kit.page.PageTab;

/** The tab <em>Vaults</em> of the page <em>Disk backup</em>. */
final class VaultTab {
    static final String ID = "vaults";

    private VaultTab() {}

    static PageTab over(VaultListModel model) {
        return new ListTab(
                        ID,
                        "vaults.tab",
                        model.count(),
                        model.query(),
                        model.refresh(),
                        kit -> new VaultListView(kit, model))
                .primary(model.create())
                .onShown(model::load)
                .onClose(model::close);
    }
}
