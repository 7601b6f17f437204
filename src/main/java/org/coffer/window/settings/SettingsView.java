package org.coffer.window.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.animation.PauseTransition;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.coffer.console.vault.Vault;
import org.coffer.text.Language;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Look;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.shell.Scale;

/** The page of settings: its parts at the left, one of them at the right. */
final class SettingsView {
    private static final double FORM = 640;
    /** What is offered of the days that a restore can be undone; another number is shown if it was set elsewhere. */
    private static final List<Integer> UNDO_DAYS = List.of(1, 3, 7, 14, 30, 60, 90);

    private final Kit kit;
    private final SettingsModel model;

    private SettingsView(Kit kit, SettingsModel model) {
        this.kit = kit;
        this.model = model;
    }

    /** Makes the page. */
    static Node of(Kit kit, SettingsModel model) {
        return new SettingsView(kit, model).page();
    }

    private Node page() {
        var place = new VBox();
        place.setMaxWidth(FORM + 200);
        HBox.setHgrow(place, Priority.ALWAYS);
        WhileShown.of(place).watch(model.section(), section -> {
            Node part = switch (section) {
                case GENERAL -> general();
                case SECURITY -> security();
                case ABOUT -> about();
            };
            VBox.setVgrow(part, Priority.ALWAYS);
            place.getChildren().setAll(part);
        });
        var content = new HBox(32, list(), place);
        return new PageFrame(kit, "settings.title").beside(saved()).content(content);
    }

    private Node list() {
        var list = new VBox(2);
        list.getStyleClass().add("settings-list");
        list.setMinWidth(184);
        var group = new ToggleGroup();
        for (SettingsModel.Section section : SettingsModel.Section.values()) {
            ToggleButton button = kit.toggle(kit.say(section.key()));
            button.setGraphic(section.icon().node());
            button.getStyleClass().setAll("nav-entry");
            button.setMaxWidth(Double.MAX_VALUE);
            button.setToggleGroup(group);
            button.setOnAction(event -> {
                button.setSelected(true);
                model.section().set(section);
            });
            WhileShown.of(button).watch(model.section(), now -> button.setSelected(now == section));
            list.getChildren().add(button);
        }
        return list;
    }

    /** Says for two seconds that something was kept. */
    private Node saved() {
        Label label = kit.label(kit.say("settings.saved"), "state", Tone.SUCCESS.styleClass());
        label.setGraphic(Icon.DONE.node());
        label.setVisible(false);
        var gone = new PauseTransition(Duration.seconds(2));
        gone.setOnFinished(event -> label.setVisible(false));
        int before = model.savedProperty().get();
        WhileShown.of(label)
                .watch(model.savedProperty(), count -> {
                    if (count.intValue() != before) {
                        label.setVisible(true);
                        gone.playFromStart();
                    }
                })
                .add(() -> gone::stop);
        return label;
    }

    private Node general() {
        ComboBox<Language> languages =
                kit.choice(FXCollections.observableArrayList(Language.values()), Language::ownName);
        languages.setValue(model.language().get());
        languages.setPrefWidth(240);
        languages.valueProperty().subscribe((old, now) -> model.choose(now));
        var looks = new VBox(4);
        var group = new ToggleGroup();
        for (Look look : Look.values()) {
            RadioButton radio = kit.radio(
                    kit.say("settings.look." + look.name().toLowerCase(Locale.ROOT)), () -> model.choose(look));
            radio.setToggleGroup(group);
            radio.setSelected(look == model.look().get());
            looks.getChildren().add(radio);
        }
        ComboBox<Scale> scales = kit.choice(FXCollections.observableArrayList(Scale.values()), this::percent);
        scales.setValue(model.scale().get());
        scales.setPrefWidth(240);
        scales.valueProperty().subscribe((old, now) -> model.choose(now));
        var form = new Form(kit)
                .field("settings.language", languages, "settings.language.help")
                .field("settings.look", looks)
                .field("settings.scale", scales, "settings.scale.help")
                .field("settings.undo", undo(), "settings.undo.help");
        form.setMaxWidth(FORM);
        if (model.about().autostart().isPresent()) {
            form.add(login());
        }
        return form;
    }

    private Node undo() {
        ComboBox<Integer> days =
                kit.choice(FXCollections.observableArrayList(UNDO_DAYS), n -> kit.say("settings.undo.days", "n", n));
        days.setPrefWidth(240);
        WhileShown.of(days).watch(model.undoDays(), now -> {
            days.setDisable(now.isEmpty());
            now.ifPresent(days::setValue);
        });
        days.valueProperty().subscribe((old, now) -> {
            if (now != null) {
                model.keepUndo(now);
            }
        });
        return days;
    }

    /** The tick follows the system, and is set again where the system did not follow it. */
    private Node login() {
        CheckBox box = kit.checkBox(kit.say("settings.login"));
        WhileShown.of(box).watch(model.autostart(), now -> {
            box.setSelected(now.orElse(false));
            box.setDisable(now.isEmpty());
        });
        box.setOnAction(event -> model.startAtLogin(box.isSelected()));
        Label help = kit.caption(kit.say("settings.login.help"));
        help.setWrapText(true);
        help.setMinHeight(Region.USE_PREF_SIZE);
        box.setAccessibleHelp(help.getText());
        return kit.column(4, box, help);
    }

    private String percent(Scale scale) {
        return scale == Scale.SYSTEM
                ? kit.say("settings.scale.system")
                : kit.formats().percent(scale.percent());
    }

    private Node security() {
        var box = new VBox(16);
        box.setMaxWidth(FORM);
        var rows = new VBox();
        WhileShown.of(rows).watch(model.keysProperty(), vaults -> {
            rows.getChildren().clear();
            for (Vault vault : vaults) {
                rows.getChildren().add(row(vault));
            }
            if (vaults.isEmpty()) {
                rows.getChildren().add(kit.label(kit.say("settings.keys.none"), "muted"));
            }
        });
        box.getChildren().addAll(kit.section(kit.say("settings.keys")), kit.prose(kit.say("settings.keys.help")), rows);
        return box;
    }

    private Node row(Vault vault) {
        Label name = kit.label(vault.name(), "strong", "may-clip");
        Label where = kit.label(vault.locationName(), "caption", "may-clip");
        var names = new VBox(2, name, where);
        names.setAlignment(Pos.CENTER_LEFT);
        names.setMinWidth(200);
        names.setMaxWidth(200);
        Label state = kit.state(state(vault));
        state.setMinWidth(Region.USE_PREF_SIZE);
        var act = kit.small(kit.button(model.sheet(vault)));
        act.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(16, names, state, kit.spacer(), act);
        row.getStyleClass().add("key-row");
        return row;
    }

    private State state(Vault vault) {
        if (!vault.encrypted()) {
            return State.of(Icon.OFF, Tone.MUTED, "settings.keys.open");
        }
        return vault.sheetSaved()
                .map(at -> State.of(
                        Icon.OK,
                        Tone.SUCCESS,
                        "settings.keys.saved",
                        "day",
                        kit.formats().date(at)))
                .orElse(State.of(Icon.WARN, Tone.ATTENTION, "settings.keys.unsaved"));
    }

    private Node about() {
        var box = new VBox(12);
        // The longest line of the licences fits.
        box.setMaxWidth(FORM + 200);
        Label name = kit.section(
                kit.say("settings.about.name", "version", model.about().version()));
        box.getChildren()
                .addAll(
                        name,
                        kit.prose(kit.say("settings.about.what")),
                        fact("settings.about.home", model.about().home().toString()),
                        fact("settings.about.log", model.about().log().toString()),
                        kit.label(kit.say("settings.about.licences"), "strong"));
        Label licences = kit.label(licences(), "mono", "may-clip");
        licences.setMinHeight(Region.USE_PREF_SIZE);
        licences.setMinWidth(Region.USE_PREF_SIZE);
        var scroll = new ScrollPane(licences);
        scroll.getStyleClass().add("licences");
        scroll.setFitToWidth(true);
        scroll.setAccessibleText(kit.say("settings.about.licences"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        box.getChildren().add(scroll);
        return box;
    }

    private Node fact(String key, String value) {
        Label label = kit.label(kit.say(key), "fact-name");
        label.setMinWidth(120);
        return kit.row(label, kit.copyable(value));
    }

    private static String licences() {
        String name = "/assets/licences.txt";
        try (var in = Objects.requireNonNull(SettingsView.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
