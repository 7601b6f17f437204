package org.coffer.window.wizard;

import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.coffer.console.file.FilePath;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Plan;
import org.coffer.problem.Problem;
import org.coffer.text.Printable;
import org.coffer.window.files.FilePlaceModel;
import org.coffer.window.files.FileSummary;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** Check: what will happen, in sentences that could be read aloud; what stands in the way, with the buttons that mend it. */
final class CheckView extends VBox {
    private final Kit kit;
    private final WizardModel model;
    private final RestoreWizard.Ways ways;
    private final Runnable otherMoment;
    private final VBox words = new VBox(8);
    private final VBox troubles = new VBox(8);
    private final VBox count = new VBox(4);
    private final VBox grow = new VBox(2);
    private final VBox name = new VBox(4);

    /**
     * The step.
     *
     * @param otherMoment goes back to the question from when
     */
    CheckView(Kit kit, WizardModel model, RestoreWizard.Ways ways, Runnable otherMoment) {
        super(16);
        this.kit = kit;
        this.model = model;
        this.ways = ways;
        this.otherMoment = otherMoment;
        getChildren().addAll(words, grow, troubles, count, name);
        fillName();
        fillGrow();
        DiskPlaceModel disk = model.diskPlace();
        FilePlaceModel files = model.filePlace();
        WhileShown.of(this)
                .watch(model.scopeProperty(), now -> paint())
                .watch(disk.summary(), now -> paint())
                .watch(disk.failureProperty(), now -> paint())
                .watch(disk.unmountable(), now -> paint())
                .watch(files.planProperty(), now -> paint())
                .watch(files.failureProperty(), now -> paint());
    }

    private boolean isDisk() {
        return model.scopeProperty().get() == WizardModel.Scope.DISK;
    }

    private void paint() {
        troubles.getChildren().clear();
        count.getChildren().clear();
        List<Sentence> lines = isDisk() ? model.diskPlace().summary().getValue() : FileSummary.of(model.filePlace());
        words.getChildren().clear();
        if (lines.isEmpty()) {
            words.getChildren().add(kit.label(kit.say("wizard.check.looking"), "muted"));
        }
        for (int i = 0; i < lines.size(); i++) {
            Label line = kit.prose(kit.say(lines.get(i)));
            if (i == 0) {
                line.getStyleClass().add("section");
            }
            words.getChildren().add(line);
        }
        if (isDisk()) {
            paintDisk();
        } else {
            paintFiles();
        }
        see(troubles, !troubles.getChildren().isEmpty());
        see(count, !count.getChildren().isEmpty());
        see(grow, isDisk() && model.diskPlace().grow().offered().isPresent());
        see(
                name,
                isDisk()
                        && model.diskPlace()
                                .planProperty()
                                .get()
                                .filter(Plan::overwritesSystem)
                                .isPresent());
    }

    // ---- A disk

    private void paintDisk() {
        DiskPlaceModel place = model.diskPlace();
        place.failureProperty().get().ifPresent(why -> red(why, place.again()));
        place.planProperty().get().ifPresent(plan -> {
            plan.blocking().forEach(why -> red(why, mending(why, place)));
            plan.warnings().stream()
                    .filter(why -> !isOffered(why, place))
                    .forEach(why -> troubles.getChildren().add(new Trouble(kit, why, Tone.ATTENTION)));
            if (holdsNothingWhole(plan)) {
                troubles.getChildren()
                        .add(new Trouble(
                                kit,
                                Sentence.of("wizard.check.copy.nothing", "target", plan.targetName()),
                                Tone.ATTENTION));
            } else if (place.withoutWayBack()) {
                troubles.getChildren()
                        .add(new Trouble(kit, Sentence.of("wizard.check.no-copy"), Tone.ATTENTION, place.withCopy()));
            }
            if (place.countProperty().get() instanceof Counting.Count.Done done) {
                done.room()
                        .ifPresent(why ->
                                troubles.getChildren().add(new Trouble(kit, why, Tone.ATTENTION, mending(why, place))));
            }
            // That a new file leaves all disks alone is said already.
            if (plan.targetDisk().isPresent()) {
                others("wizard.check.untouched", plan.preview().untouched());
                others("wizard.check.missing", plan.preview().missing());
            }
            if (plan.possible() && plan.targetDisk().isPresent()) {
                paintCount(place);
            }
        });
    }

    /** Of what an earlier restore left half written no copy is made, and none is kept of what was there before. */
    private static boolean holdsNothingWhole(Plan plan) {
        return plan.preview()
                .safetyCopy()
                .filter(safety -> safety.refusal().isEmpty())
                .filter(safety -> safety.until().isEmpty() && safety.kept().isEmpty())
                .isPresent();
    }

    /** What stays unused is said where it can be chosen to be used. */
    private static boolean isOffered(Problem warning, DiskPlaceModel place) {
        return warning.code().equals("restore.larger") && place.grow().offered().isPresent();
    }

    private void others(String key, List<Disk> disks) {
        if (!disks.isEmpty()) {
            words.getChildren()
                    .add(muted(
                            kit.say(key, "disks", disks.stream().map(Disk::name).toList())));
        }
    }

    private Label muted(String sentence) {
        Label label = kit.prose(sentence);
        label.getStyleClass().add("muted");
        return label;
    }

    /** The buttons that put this out of the way. */
    private Act[] mending(Problem why, DiskPlaceModel place) {
        return switch (why.code()) {
            case "restore.mounted" ->
                place.unmountable().get() ? new Act[] {place.unmount(), place.again()} : new Act[] {place.again()};
            case "restore.full", "restore.room", "restore.no-copy" -> new Act[] {place.withoutCopy(), place.again()};
            case "vault.no-key" -> new Act[] {unlock(place::replan)};
            default -> new Act[] {place.again()};
        };
    }

    private Act unlock(Runnable after) {
        return Act.of(
                        "wizard.check.unlock",
                        () -> model.moment()
                                .chosenProperty()
                                .get()
                                .ifPresent(backup -> ways.unlock(backup.vaultId(), after)))
                .with(Icon.KEY);
    }

    private void red(Problem why, Act... acts) {
        troubles.getChildren().add(new Trouble(kit, why, Tone.DANGER, acts));
    }

    private void paintCount(DiskPlaceModel place) {
        switch (place.countProperty().get()) {
            case Counting.Count.NotAsked() ->
                count.getChildren()
                        .addAll(
                                kit.row(kit.small(kit.button(place.compare()))),
                                muted(kit.say("wizard.check.compare.help")));
            case Counting.Count.Running() ->
                count.getChildren()
                        .add(kit.row(kit.label(kit.say("wizard.check.comparing")), kit.link(place.stopComparing())));
            case Counting.Count.Done done -> {}
        }
    }

    /** Made once, so that it keeps the focus while everything around it is said anew. */
    private void fillGrow() {
        DiskPlaceModel place = model.diskPlace();
        CheckBox box = kit.checkBox("");
        box.selectedProperty().bindBidirectional(place.grow().chosenProperty());
        Label help = muted("");
        help.setPadding(new Insets(0, 0, 0, 26));
        grow.getChildren().addAll(box, help);
        WhileShown.of(box)
                .watch(
                        place.planProperty(),
                        plan -> plan.ifPresent(now -> {
                            box.setText(kit.say("wizard.check.grow", "target", now.targetName()));
                            long rest =
                                    now.targetCapacity() - now.backup().sizes().capacity();
                            help.setText(kit.say(
                                    place.isUndoable(now) ? "wizard.check.grow.help" : "wizard.check.grow.help.no-copy",
                                    "target",
                                    now.targetName(),
                                    "rest",
                                    rest));
                            box.setAccessibleHelp(help.getText());
                        }));
    }

    private void fillName() {
        TextField field = kit.field("");
        field.textProperty().bindBidirectional(model.diskPlace().typedProperty());
        Label title = kit.label("", "strong");
        WhileShown.of(title).watch(model.diskPlace().planProperty(), plan -> {
            String say = kit.say(
                    "kit.confirm.type", "name", plan.map(Plan::targetName).orElse(""));
            title.setText(say);
            field.setAccessibleText(say);
        });
        name.getChildren().addAll(title, field);
    }

    // ---- Files

    private void paintFiles() {
        FilePlaceModel place = model.filePlace();
        Act again = Act.of("wizard.check.again", place::replan).with(Icon.REFRESH);
        place.failureProperty().get().ifPresent(why -> red(why, fileMending(why, again)));
        place.planProperty().get().ifPresent(plan -> {
            plan.blocking().forEach(why -> red(why, fileMending(why, again)));
            plan.warnings().forEach(why -> troubles.getChildren().add(new Trouble(kit, why, Tone.ATTENTION)));
            if (!plan.unreadable().isEmpty()) {
                troubles.getChildren()
                        .add(new Trouble(
                                kit,
                                Sentence.of(
                                        "browse.check.unreadable",
                                        "n",
                                        plan.unreadableCount(),
                                        "name",
                                        Printable.line(FilePath.parse(plan.unreadable()
                                                        .getFirst()
                                                        .path())
                                                .name())),
                                Tone.ATTENTION,
                                Act.of("wizard.check.other-moment", otherMoment)));
            }
        });
    }

    private Act[] fileMending(Problem why, Act again) {
        return switch (why.code()) {
            case "vault.no-key" -> new Act[] {unlock(model.filePlace()::replan)};
            case "files.missing" -> new Act[] {Act.of("wizard.check.other-moment", otherMoment)};
            default -> new Act[] {again};
        };
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
