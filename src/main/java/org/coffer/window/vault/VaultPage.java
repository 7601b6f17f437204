package org.coffer.window.vault;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.shell.Page;
import org.coffer.window.shell.Route;

/** The page about one vault. */
final class VaultPage implements Page {
    private final VaultModel model;
    private final Runnable up;
    private final List<PageTab> lists;

    VaultPage(VaultModel model, DiskDesk desk) {
        this(
                model,
                List.of(
                        desk.elsewhere().backups(Optional.of(model.id())),
                        desk.elsewhere().tasks(model.id())),
                () -> desk.navigator().open(Route.to(DiskDesk.DISK_BACKUP)));
    }

    VaultPage(VaultModel model, List<PageTab> lists, Runnable up) {
        this.model = model;
        this.lists = List.copyOf(lists);
        this.up = up;
    }

    @Override
    public Node view(Kit kit) {
        return new VaultView(kit, model, lists, up).frame();
    }

    @Override
    public void shown() {
        model.load();
        lists.forEach(PageTab::shown);
    }

    @Override
    public void close() {
        model.close();
        lists.forEach(PageTab::close);
    }
}
