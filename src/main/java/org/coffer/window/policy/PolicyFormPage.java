package org.coffer.window.policy;

import javafx.scene.Node;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Page;

/** The form of a policy. */
final class PolicyFormPage implements Page {
    private final PolicyFormModel model;

    PolicyFormPage(PolicyFormModel model) {
        this.model = model;
    }

    @Override
    public Node view(Kit kit) {
        return new PolicyFormView(kit, model).page();
    }

    @Override
    public void shown() {
        model.check();
    }
}
