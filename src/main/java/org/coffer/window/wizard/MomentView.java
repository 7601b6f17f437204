package org.coffer.window.wizard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.FileVersion;
import org.coffer.text.Printable;
import org.coffer.window.backup.Timeline;
import org.coffer.window.backup.TimelineView;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** From when? The backups in time, what the chosen one is, and what has to be known about it. */
final class MomentView extends VBox {
    private static final double DAY = 140;

    private final Kit kit;
    private final WizardModel model;
    private final MomentModel moment;
    private final VBox chosen = new VBox(8);
    private final VBox states = new VBox(4);

    MomentView(Kit kit, WizardModel model, RestoreWizard.Ways ways) {
        super(12);
        this.kit = kit;
        this.model = model;
        this.moment = model.moment();
        var empty = new VBox();
        var known = new VBox(
                12, new TimelineView(kit, timeline(), "wizard.when.checked", "wizard.when.unchecked"), chosen, states);
        getChildren().addAll(noticed(), empty, known);
        WhileShown.of(this)
                .watch(moment.timelineProperty(), all -> {
                    see(known, !all.isEmpty());
                    see(empty, all.isEmpty());
                    empty.getChildren()
                            .setAll(kit.label(
                                    kit.say(moment.lookedProperty().get() ? "wizard.when.none" : "wizard.when.looking"),
                                    "muted"));
                })
                .watch(moment.chosenProperty(), now -> paint())
                .watch(model.scopeProperty(), now -> paint())
                .watch(moment.tooLate(), now -> paint())
                .watch(model.versions().versionsProperty(), now -> paintStates());
    }

    private Timeline timeline() {
        return new Timeline() {
            private final ObservableValue<Optional<Shown>> shown = Bindings.createObjectBinding(
                    () -> moment.chosenProperty()
                            .get()
                            .map(now -> new Shown(moment.timelineProperty().get(), now)),
                    moment.chosenProperty(),
                    moment.timelineProperty());

            @Override
            public ObservableValue<Optional<Shown>> shown() {
                return shown;
            }

            @Override
            public void go(Backup other) {
                moment.choose(other);
            }
        };
    }

    // ---- When harm was noticed

    private Node noticed() {
        var group = new ToggleGroup();
        var row = kit.row();
        row.setSpacing(16);
        for (Noticed one : Noticed.values()) {
            RadioButton button =
                    kit.radio(kit.say(one.key()), () -> moment.noticed().set(one));
            button.setToggleGroup(group);
            WhileShown.of(button).watch(moment.noticed(), now -> button.setSelected(now == one));
            row.getChildren().add(button);
        }
        TextField day = kit.field("2026-01-31");
        day.setPrefWidth(DAY);
        day.setMaxWidth(DAY);
        day.setAccessibleText(kit.say("wizard.noticed.day"));
        day.textProperty().bindBidirectional(moment.typedDay());
        row.getChildren().add(day);
        Label wrong = kit.label(kit.say("wizard.noticed.unreadable"), "problem-line");
        var box = kit.column(8, kit.label(kit.say("wizard.noticed"), "strong"), row, wrong);
        WhileShown.of(box)
                .watch(moment.asksNoticed(), asks -> see(box, asks))
                .watch(moment.noticed(), now -> see(day, now == Noticed.EARLIER))
                .watch(moment.dayUnreadable(), now -> see(wrong, now));
        return box;
    }

    // ---- What is chosen

    private void paint() {
        chosen.getChildren().clear();
        moment.chosenProperty().get().ifPresent(this::paint);
    }

    private void paint(Backup backup) {
        String key = backup.damaged()
                ? "wizard.when.chosen.damaged"
                : backup.verifiedAt().isPresent() ? "wizard.when.chosen.checked" : "wizard.when.chosen";
        var head = kit.label(kit.say(key, "at", backup.createdAt()), "section");
        head.setWrapText(true);
        head.setMinHeight(USE_PREF_SIZE);
        chosen.getChildren().add(head);
        boolean disk = model.scopeProperty().get() == WizardModel.Scope.DISK;
        if (backup.damaged()) {
            chosen.getChildren()
                    .add(new Trouble(
                            kit,
                            Sentence.of(disk ? "wizard.when.damaged" : "wizard.when.damaged.files"),
                            disk ? Tone.DANGER : Tone.ATTENTION,
                            moment.soundBefore()
                                    .map(other -> new Act[] {
                                        Act.of(
                                                Sentence.of("wizard.when.use", "at", other.createdAt()),
                                                () -> moment.choose(other))
                                    })
                                    .orElseGet(() -> new Act[0])));
        }
        if (moment.tooLate().getValue()) {
            chosen.getChildren().add(new Trouble(kit, Sentence.of("wizard.when.too-late"), Tone.ATTENTION));
        }
        // What cannot be chosen needs no more words; there is hardly room for them.
        if (!(disk && backup.damaged())) {
            chosen.getChildren().addAll(kit.prose(kit.say("wizard.when.later-not")), facts(backup));
        }
    }

    private Node facts(Backup backup) {
        var lines = kit.column(4);
        lines.getStyleClass().add("details");
        lines.getChildren()
                .add(kit.label(kit.say(
                        "wizard.when.facts",
                        "kind",
                        kit.say("wizard.when.kind." + backup.kind().name().toLowerCase(Locale.ROOT)),
                        "bytes",
                        backup.sizes().logical(),
                        "state",
                        kit.say("wizard.when.state."
                                + backup.consistency().name().toLowerCase(Locale.ROOT)))));
        moment.gapBefore().ifPresent(gap -> lines.getChildren().add(gap("wizard.when.gap", gap)));
        moment.gapAfter().ifPresent(gap -> lines.getChildren().add(gap("wizard.when.gap", gap)));
        return lines;
    }

    private Node gap(String key, Gap gap) {
        var line = kit.label(
                gap.first().equals(gap.last())
                        ? kit.say("wizard.when.gap.day", "day", gap.first().toString())
                        : kit.say(
                                key,
                                "from",
                                gap.first().toString(),
                                "to",
                                gap.last().toString()),
                "muted");
        line.setGraphic(Icon.INFO.node());
        return line;
    }

    // ---- The states of one file

    private void paintStates() {
        List<FileVersion> all = model.versions().versionsProperty().get();
        states.getChildren().clear();
        see(states, !all.isEmpty() && model.scopeProperty().get() == WizardModel.Scope.FILES);
        if (all.isEmpty()) {
            return;
        }
        states.getChildren()
                .add(kit.label(
                        kit.say(
                                "wizard.when.versions",
                                "name",
                                Printable.line(all.getFirst().entry().name())),
                        "strong"));
        var group = new ToggleGroup();
        for (FileVersion version : all) {
            states.getChildren().add(state(version, group));
        }
    }

    private Node state(FileVersion version, ToggleGroup group) {
        Backup newest = version.newest();
        RadioButton button = kit.radio(
                kit.say(
                        "wizard.when.version",
                        "changed",
                        version.entry().modified(),
                        "bytes",
                        version.entry().size(),
                        "at",
                        newest.createdAt()),
                () -> {
                    if (!holds(version)) {
                        moment.choose(newest);
                    }
                });
        button.setToggleGroup(group);
        WhileShown.of(button).watch(moment.chosenProperty(), now -> button.setSelected(holds(version)));
        return button;
    }

    /** Whether the chosen backup shows this state, as far as that is known: it is the newest one that has it. */
    private boolean holds(FileVersion version) {
        return moment.chosenProperty()
                .get()
                .map(now -> now.id().equals(version.newest().id()))
                .orElse(false);
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
