package org.coffer.window.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.location.Location;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.Candidate;
import org.coffer.text.Text;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;
import org.coffer.window.kit.form.FormPage;

/** The form for a new vault: one page at 1280×720, with what will happen beside it. */
final class NewVaultView {
    private static final double DISKS = 104;

    private final Kit kit;
    private final NewVaultModel model;

    NewVaultView(Kit kit, NewVaultModel model) {
        this.kit = kit;
        this.model = model;
    }

    FormPage page() {
        Act second = Act.of("vault.create.and-back-up", model::createAndBackUp)
                .when(model.disks().map(disks -> !disks.isEmpty()), Sentence.of("vault.create.and-back-up.nothing"));
        return new FormPage(
                kit,
                "vault.create.title",
                Act.of("nav.disk-backup", model::cancel),
                form(),
                model.summary(),
                Act.of("vault.create.act", model::create),
                Optional.of(second));
    }

    private Form form() {
        TextField name = kit.field("");
        name.textProperty().bindBidirectional(model.name());
        var form = new Form(kit)
                .field("vault.name", name, "vault.name.help", model.problem("name"))
                .field("vault.create.location", location(), model.problem("location"))
                .sideBySide(2)
                .field("vault.create.disks", disks(), model.problem("disks"))
                .field("vault.create.capacity", capacity(), model.problem("capacity"))
                .field("vault.create.policy", policy())
                .sideBySide(2)
                .add(encryption())
                .add(protection())
                .sideBySide(2);
        Form secrets = secrets();
        form.include(secrets);
        WhileShown.of(secrets).watch(model.encrypted(), on -> {
            secrets.setVisible(on);
            secrets.setManaged(on);
        });
        return form.more(rare());
    }

    // ---- Where

    private Node location() {
        ObservableList<Location> known = FXCollections.observableArrayList();
        ComboBox<Location> box = kit.choice(known, this::named);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setPromptText(kit.say("vault.create.location.prompt"));
        box.setAccessibleText(kit.say("vault.create.location"));
        HBox.setHgrow(box, Priority.ALWAYS);
        box.setOnAction(event -> {
            if (box.getValue() != null) {
                model.location().set(Optional.of(box.getValue()));
            }
        });
        WhileShown.of(box)
                .watch(model.locations(), all -> {
                    known.setAll(all);
                    select(box);
                })
                .watch(model.location(), now -> select(box));
        Node folder = kit.iconButton(
                Act.of("vault.create.location.choose", model::newLocation).with(Icon.ADD));
        Hyperlink ready = kit.link(Act.of(
                "vault.create.location.ready", () -> model.readyLocation(kit.say("vault.create.location.ready.name"))));
        WhileShown.of(ready).watch(model.locations(), all -> {
            ready.setVisible(all.isEmpty());
            ready.setManaged(all.isEmpty());
        });
        return kit.column(2, kit.row(box, folder), ready);
    }

    private void select(ComboBox<Location> box) {
        model.location()
                .get()
                .ifPresent(now -> box.getItems().stream()
                        .filter(place -> place.id().equals(now.id()))
                        .findFirst()
                        .ifPresent(box::setValue));
    }

    private String named(Location place) {
        return place.freeBytes() < 0
                ? place.name()
                : kit.say("vault.create.location.named", "name", place.name(), "bytes", place.freeBytes());
    }

    // ---- What

    private Node disks() {
        var lines = new VBox();
        var scroll = new ScrollPane(lines);
        scroll.getStyleClass().add("box");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(DISKS);
        scroll.setPrefHeight(DISKS);
        scroll.setMaxHeight(DISKS);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        WhileShown.of(lines)
                .watch(model.disks(), now -> paint(lines))
                .watch(model.candidates(), now -> paint(lines))
                .watch(model.replication(), now -> paint(lines));
        var choose = kit.button(Act.of("vault.create.disks.open", model::chooseDisks)
                .when(model.replication().map(copies -> !copies), Sentence.of("vault.create.replication.nothing")));
        HBox row = kit.row(scroll, choose);
        row.setAlignment(javafx.geometry.Pos.TOP_LEFT);
        return row;
    }

    private void paint(VBox lines) {
        List<Candidate> chosen = model.chosen();
        if (chosen.isEmpty()) {
            String why = model.replication().get() ? "vault.create.replication.nothing" : "vault.create.disks.none";
            Label none = kit.label(kit.say(why), "muted");
            none.setPadding(new javafx.geometry.Insets(8, 12, 8, 12));
            lines.getChildren().setAll(none);
        } else {
            lines.getChildren().setAll(chosen.stream().map(this::line).toList());
        }
    }

    private Node line(Candidate row) {
        Label name = kit.label(row.disk().name(), "may-clip");
        Label about = kit.caption(row.whyNot()
                .map(why -> kit.text().explain(why).what())
                .orElse(row.disk().path().toString()));
        about.getStyleClass().add("may-clip");
        about.setMinWidth(0);
        name.setMinWidth(0);
        HBox line = kit.row(name, about, kit.spacer());
        if (row.whyNot().isPresent()) {
            line.getChildren().addFirst(kit.icon(Icon.ERROR, Tone.DANGER));
        } else if (!row.warnings().isEmpty()) {
            line.getChildren().addFirst(kit.icon(Icon.WARN, Tone.ATTENTION));
        }
        Label size = kit.label(kit.formats().size(row.disk().capacity()));
        size.setMinWidth(Label.USE_PREF_SIZE);
        line.getChildren()
                .addAll(
                        size,
                        kit.small(kit.iconButton(Act.of(
                                        "bind.remove",
                                        () -> model.remove(row.disk().id()))
                                .with(Icon.CLOSE))));
        line.getStyleClass().add("box-line");
        return line;
    }

    // ---- How much

    private Node capacity() {
        TextField field = kit.field("");
        field.setPrefWidth(120);
        field.setMaxWidth(120);
        field.textProperty().bindBidirectional(model.capacity());
        Label advice = kit.caption("");
        advice.setWrapText(true);
        advice.setMinHeight(Label.USE_PREF_SIZE);
        WhileShown.of(advice).watch(model.summary(), now -> advice.setText(advice()));
        return kit.column(4, kit.row(field, kit.label(kit.say("unit.gb"))), advice);
    }

    private String advice() {
        Optional<Long> free = model.location().get().map(Location::freeBytes).filter(bytes -> bytes >= 0);
        String advised = model.disks().get().isEmpty()
                ? kit.say("vault.create.capacity.any")
                : kit.say("vault.create.capacity.suggested", "gb", model.suggested());
        return free.map(bytes -> Text.joined(advised, kit.say("vault.create.capacity.free", "bytes", bytes)))
                .orElse(advised);
    }

    // ---- When

    private Node policy() {
        var words = new PolicyWords(kit.text());
        ObservableList<Optional<Policy>> offered = FXCollections.observableArrayList();
        ComboBox<Optional<Policy>> box = kit.choice(
                offered,
                choice -> choice.map(policy -> policy.name() + " · "
                                + words.schedule(policy.plan().schedule()))
                        .orElseGet(() -> kit.say("vault.create.policy.later")));
        box.setMaxWidth(Double.MAX_VALUE);
        box.setOnAction(event -> {
            if (box.getValue() != null) {
                model.policy().set(box.getValue());
            }
        });
        WhileShown.of(box)
                .watch(model.policies(), all -> {
                    List<Optional<Policy>> choices = new ArrayList<>();
                    choices.add(Optional.empty());
                    all.forEach(policy -> choices.add(Optional.of(policy)));
                    offered.setAll(choices);
                    box.setValue(model.policy().get());
                })
                .watch(model.policy(), box::setValue);
        box.setAccessibleText(kit.say("vault.create.policy"));
        HBox.setHgrow(box, Priority.ALWAYS);
        box.setMinWidth(0);
        HBox own = kit.row(
                box,
                kit.iconButton(
                        Act.of("vault.create.policy.new", model::newPolicy).with(Icon.ADD)));
        Label none = kit.caption(kit.say("vault.create.replication.no-policy"));
        none.setWrapText(true);
        none.setMinHeight(Label.USE_PREF_SIZE);
        VBox either = kit.column(0, own, none);
        WhileShown.of(either).watch(model.replication(), copies -> {
            own.setVisible(!copies);
            own.setManaged(!copies);
            none.setVisible(copies);
            none.setManaged(copies);
        });
        return either;
    }

    // ---- What for

    private Node protection() {
        CheckBox box = kit.checkBox(kit.say("vault.create.replication"));
        box.selectedProperty().bindBidirectional(model.replication());
        return box;
    }

    // ---- Who can open it

    private Node encryption() {
        CheckBox box = kit.checkBox(kit.say("vault.create.encryption"));
        box.selectedProperty().bindBidirectional(model.encrypted());
        return box;
    }

    private Form secrets() {
        TextField passphrase = kit.secret(kit.say("vault.passphrase.optional"));
        passphrase.textProperty().bindBidirectional(model.passphrase());
        TextField repeated = kit.secret("");
        repeated.textProperty().bindBidirectional(model.repeated());
        return new Form(kit)
                .field("vault.passphrase.field", passphrase, model.problem("passphrase"))
                .field("vault.passphrase.repeat", repeated, model.problem("repeated"))
                .sideBySide(2);
    }

    // ---- Rarely

    private Form rare() {
        TextField description = kit.field("");
        description.textProperty().bindBidirectional(model.description());
        TextField prefix = kit.field("");
        prefix.textProperty().bindBidirectional(model.prefix());
        CheckBox grows = kit.checkBox(kit.say("vault.card.auto-expand"));
        grows.selectedProperty().bindBidirectional(model.autoExpand());
        return new Form(kit)
                .field("vault.description", description, model.problem("description"))
                .field("vault.create.prefix", prefix, model.problem("backupPrefix"))
                .sideBySide(2)
                .add(grows);
    }
}
