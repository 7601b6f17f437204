package org.coffer.window.vault;

import javafx.scene.Node;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Page;

/** The form for a new vault. */
final class NewVaultPage implements Page {
    private final NewVaultModel model;

    NewVaultPage(NewVaultModel model) {
        this.model = model;
    }

    @Override
    public Node view(Kit kit) {
        return new NewVaultView(kit, model).page();
    }

    @Override
    public void shown() {
        model.check();
    }
}
