package org.coffer.window.policy;

import javafx.scene.Node;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Page;

/** The list of policies. */
final class PoliciesPage implements Page {
    private final PolicyListModel model;

    PoliciesPage(PolicyListModel model) {
        this.model = model;
    }

    @Override
    public Node view(Kit kit) {
        return PolicyListView.of(kit, model);
    }

    @Override
    public void shown() {
        model.rows().refresh();
    }

    @Override
    public void close() {
        model.close();
    }
}
