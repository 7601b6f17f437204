package org.coffer.window.policy;

import javafx.scene.Node;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Page;

/** The list of policies. */
final class PoliciesPage implements Page {
    private final PolicyListModel model;
    private final MissedRuns missed;

    PoliciesPage(PolicyListModel model, MissedRuns missed) {
        this.model = model;
        this.missed = missed;
    }

    @Override
    public Node view(Kit kit) {
        return PolicyListView.of(kit, model, missed);
    }

    @Override
    public void shown() {
        model.rows().refresh();
        missed.refresh();
    }

    @Override
    public void close() {
        model.close();
        missed.close();
    }
}
