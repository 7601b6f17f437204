package org.coffer.window.wizard;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.EmptyState;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** What do you want back? Files by search or through folders, or a whole disk; without any backup, what to do then. */
final class WhatView extends VBox {
    private final Kit kit;
    private final WizardModel model;
    private final RestoreWizard.Ways ways;
    private final Runnable leave;
    private final Node files;
    private final Node disks;

    /**
     * The step.
     *
     * @param next what a click on a disk does
     * @param picked what follows when a file was picked
     * @param leave closes the wizard
     */
    WhatView(Kit kit, WizardModel model, RestoreWizard.Ways ways, Runnable next, Runnable picked, Runnable leave) {
        super(12);
        this.kit = kit;
        this.model = model;
        this.ways = ways;
        this.leave = leave;
        this.files = new FindView(kit, model, ways, picked);
        this.disks = new DisksView(kit, model.disks(), next);
        WhileShown.of(this)
                .watch(model.scopeProperty(), scope -> show())
                .watch(model.disks().lookedProperty(), looked -> show())
                .watch(model.disks().problemProperty(), problem -> show());
    }

    private void show() {
        Optional<Problem> problem = model.disks().problemProperty().get();
        if (problem.isPresent()) {
            getChildren().setAll(new Trouble(kit, problem.get(), Tone.DANGER));
            return;
        }
        if (!model.disks().lookedProperty().get()) {
            getChildren().setAll(kit.label(kit.say("wizard.what.looking"), "muted"));
            return;
        }
        if (model.disks().disksProperty().get().isEmpty()) {
            getChildren()
                    .setAll(EmptyState.withPrimary(
                            kit, Icon.SHIELD, kit.say("wizard.what.nothing"), Act.of("wizard.what.protect", () -> {
                                leave.run();
                                ways.protect();
                            })));
            return;
        }
        boolean disk = model.scopeProperty().get() == WizardModel.Scope.DISK;
        Node content = disk ? disks : files;
        VBox.setVgrow(content, Priority.ALWAYS);
        getChildren().setAll(content, kit.row(kit.link(other(disk))));
    }

    private Act other(boolean disk) {
        return disk
                ? Act.of("wizard.what.files", () -> model.scopeProperty().set(WizardModel.Scope.FILES))
                : Act.of("wizard.what.disk", () -> model.scopeProperty().set(WizardModel.Scope.DISK));
    }
}
