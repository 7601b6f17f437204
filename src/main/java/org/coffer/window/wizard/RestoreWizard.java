package org.coffer.window.wizard;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.event.Events;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.Restores;
import org.coffer.console.task.Tasks;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Step;
import org.coffer.window.kit.dialog.Wizard;
import org.coffer.window.shell.Desk;

/** Asks what happened and gets the data back (S9): one question a step, then progress, verdict and receipt. */
public final class RestoreWizard {
    private static final int WHAT = 1;
    private static final int WHEN = 2;
    private static final int WHERE = 3;
    private static final int CHECK = 4;
    private static final int VERDICT = 6;

    private final Services services;
    private final Desk desk;
    private final Ways ways;

    /** The services that the wizard works with. */
    public record Services(
            Backups backups, Disks disks, Restores restores, BackupFiles files, Tasks tasks, Events events) {}

    /** Where the wizard leads besides. */
    public interface Ways {
        /**
         * Asks for the passphrase of a vault whose key is missing.
         *
         * @param after is called when that has been answered, or left
         */
        void unlock(UUID vault, Runnable after);

        /** Begins to protect disks, where there is no backup yet. */
        void protect();

        /** Opens a backup as a disk, where its files cannot be read. */
        void openAsDisk(Backup backup);

        /** Shows a folder in the system's own window. */
        void openFolder(Path folder);
    }

    /** A wizard over these services. */
    public RestoreWizard(Services services, Desk desk, Ways ways) {
        this.services = services;
        this.desk = desk;
        this.ways = ways;
    }

    /** Asks from the beginning, and stays until the user leaves. On the window's thread. */
    public void show() {
        try (WizardModel model = model()) {
            desk.dialogs().show(over(model));
        }
    }

    /** Lets somebody try a restore who has just made a first backup: one file, beside the original. */
    public void tryOut(UUID disk) {
        try (WizardModel model = model()) {
            model.happenedProperty().set(Happened.LOOK);
            model.disks().choose(disk);
            model.find().modeProperty().set(FindModel.Mode.BROWSE);
            Wizard wizard = over(model);
            wizard.atProperty().set(WHAT);
            desk.dialogs().show(wizard);
        }
    }

    /** All answers, none given yet. */
    WizardModel model() {
        return new WizardModel(services, desk, ways::openFolder);
    }

    /** The wizard over {@code model}. */
    Wizard over(WizardModel model) {
        var self = new Wizard[1];
        var happened = new Step(
                "wizard.happened",
                kit -> new HappenedView(kit, model, () -> self[0].next()),
                model.happenedAnswer(),
                new SimpleBooleanProperty(true));
        var what = new Step(
                "wizard.what",
                kit -> new WhatView(
                        kit, model, ways, () -> self[0].next(), () -> picked(self[0], model), leaving(self)),
                model.whatAnswer(),
                model.whatChosen());
        var when = new Step(
                "wizard.when", kit -> new MomentView(kit, model, ways), model.momentAnswer(), model.momentChosen());
        var where = new Step(
                "wizard.where",
                kit -> new PlaceView(kit, model, () -> self[0].next()),
                model.placeAnswer(),
                model.placeChosen());
        var check = new Step(
                "wizard.check",
                kit -> new CheckView(
                        kit, model, ways, () -> self[0].atProperty().set(WHEN)),
                new SimpleObjectProperty<>(Sentence.data("")),
                new SimpleBooleanProperty(true));
        self[0] = new Wizard(
                        "wizard.title",
                        List.of(happened, what, when, where, check),
                        model.restore(() -> self[0].begun()))
                .dangerousWhile(model.dangerous())
                .followedBy(
                        after("wizard.progress", kit -> new ProgressStepView(kit, model.outcome())),
                        after("wizard.verdict", kit -> new VerdictView(kit, model.outcome())))
                .full();
        self[0].atProperty().subscribe((was, now) -> model.planFrom(now.intValue() >= WHERE));
        model.outcome().stateProperty().subscribe(state -> follow(self[0], state));
        return self[0];
    }

    private static Runnable leaving(Wizard[] wizard) {
        return () -> wizard[0].leave();
    }

    /** A file was picked: everything else is answered already, unless the day matters on which harm began. */
    private static void picked(Wizard wizard, WizardModel model) {
        wizard.atProperty().set(model.happenedProperty().get().beganUnseen() ? WHEN : CHECK);
    }

    private static void follow(Wizard wizard, OutcomeModel.State state) {
        if (state instanceof OutcomeModel.State.Ended) {
            wizard.atProperty().set(VERDICT);
        } else if (state instanceof OutcomeModel.State.Running
                && wizard.atProperty().get() == VERDICT) {
            wizard.begun();
        }
    }

    private static Step after(String titleKey, Function<Kit, Node> view) {
        return new Step(titleKey, view, new SimpleObjectProperty<>(Sentence.data("")), new SimpleBooleanProperty(true));
    }
}
