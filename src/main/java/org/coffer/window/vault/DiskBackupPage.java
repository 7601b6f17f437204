package org.coffer.window.vault;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.disk.DiskTab;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.shell.Page;

/** The page <em>Disk backup</em>: vaults, backups, disks. */
final class DiskBackupPage implements Page {
    private final List<PageTab> tabs;
    private final ObjectProperty<String> chosen;

    /** A page at {@code desk}, opened at the tab called {@code first}. */
    DiskBackupPage(DiskDesk desk, String first) {
        this(
                List.of(
                        VaultTab.over(new VaultListModel(desk)),
                        desk.elsewhere().backups(Optional.empty()),
                        DiskTab.at(desk)),
                first);
    }

    DiskBackupPage(List<PageTab> tabs, String first) {
        this.tabs = List.copyOf(tabs);
        boolean known = tabs.stream().anyMatch(tab -> tab.id().equals(first));
        this.chosen = new SimpleObjectProperty<>(known ? first : VaultTab.ID);
    }

    @Override
    public Node view(Kit kit) {
        return new PageFrame(kit, "nav.disk-backup").tabs(chosen, tabs);
    }

    @Override
    public void shown() {
        tabs.forEach(PageTab::shown);
    }

    @Override
    public void close() {
        tabs.forEach(PageTab::close);
    }
}
