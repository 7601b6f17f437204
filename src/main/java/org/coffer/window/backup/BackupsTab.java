package org.coffer.window.backup;

import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.page.ListTab;
import org.coffer.window.kit.page.PageTab;

/** The list of backups as a tab: of the Disk backup page for all vaults, of a vault's page for one. */
public final class BackupsTab {
    private BackupsTab() {}

    /** A tab over {@code model}. */
    public static PageTab over(BackupListModel model) {
        return new ListTab(
                        "backups",
                        "backups.tab",
                        model.rows().totalProperty(),
                        model.queryProperty(),
                        Act.of("backups.refresh", model::refresh).with(Icon.REFRESH),
                        kit -> model.ofOneVault()
                                ? BackupListView.withSearch(kit, model)
                                : BackupListView.of(kit, model))
                .primary(Act.of("backups.back-up", model::backUp).with(Icon.BACKUP))
                .onShown(model::refresh);
    }
}
