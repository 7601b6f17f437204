package org.coffer.window.start;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.coffer.console.location.Address;
import org.coffer.console.vault.Places;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;

/** Where should the backups be kept? The places, and under them what the chosen one is good for. */
final class PlaceStepView extends VBox {
    private final Kit kit;
    private final StartModel model;
    private final VBox places = new VBox(8);
    private final Label judgement;
    private final VBox failure = new VBox();
    private final Runnable goOn;

    /**
     * The step.
     *
     * @param goOn what a double click on a place does
     */
    PlaceStepView(Kit kit, StartModel model, Runnable goOn) {
        super(12);
        this.kit = kit;
        this.model = model;
        this.goOn = goOn;
        judgement = kit.prose("");
        judgement.setGraphicTextGap(8);
        getChildren().addAll(places, kit.row(kit.button(model.otherFolder())), judgement, failure);
        WhileShown.of(this)
                .watch(model.choicesProperty(), this::show)
                .watch(model.chosenProperty(), chosen -> judge())
                .watch(model.problemProperty(), this::tell);
    }

    private void show(List<PlaceChoice> choices) {
        ObjectProperty<Optional<Address>> chosen =
                new SimpleObjectProperty<>(model.chosenProperty().get());
        var list = new Choices<>(kit, chosen).onGoOn(goOn);
        for (PlaceChoice choice : choices) {
            Places.Place place = choice.place();
            list.choice(
                    Optional.of(place.address()),
                    place.kind() == Places.PlaceKind.READY ? Icon.COMPUTER : Icon.DISK,
                    kit.say(StartModel.name(place)),
                    details(place));
        }
        WhileShown.of(list).watch(model.chosenProperty(), chosen::set).watch(chosen, now -> {
            if (!now.equals(model.chosenProperty().get())) {
                now.ifPresent(model::choose);
            }
        });
        places.getChildren().setAll(list);
        judge();
    }

    private String details(Places.Place place) {
        return place.free() < 0
                ? place.address().text()
                : kit.say("start.where.details", "folder", place.address().text(), "free", place.free());
    }

    private void judge() {
        Optional<PlaceChoice> choice = model.choice();
        judgement.setManaged(choice.isPresent());
        judgement.getStyleClass().removeIf(name -> name.startsWith("tone-") || name.equals("state"));
        choice.ifPresent(now -> {
            judgement.setText(words(now));
            Tone tone = now.refusal().isPresent() ? Tone.DANGER : now.safe() ? Tone.SUCCESS : Tone.ATTENTION;
            Icon icon = now.refusal().isPresent() ? Icon.ERROR : now.safe() ? Icon.OK : Icon.WARN;
            judgement.setGraphic(icon.node());
            judgement.getStyleClass().addAll("state", tone.styleClass());
        });
    }

    private String words(PlaceChoice choice) {
        if (choice.refusal().isPresent()) {
            return kit.say(
                    "start.where.refused", "disk", choice.refusal().get().args().getOrDefault("disk", ""));
        }
        if (choice.warning().isPresent()) {
            return kit.text().explain(choice.warning().get()).line();
        }
        return choice.place().free() < 0
                ? kit.say("start.where.good")
                : kit.say("start.where.good.free", "free", choice.place().free());
    }

    private void tell(Optional<Problem> problem) {
        failure.getChildren().clear();
        problem.map(this::banner).ifPresent(failure.getChildren()::add);
    }

    private Node banner(Problem problem) {
        return Banner.of(
                kit,
                problem,
                Act.of("kit.retry", model::look),
                Act.of(
                        "kit.copy.details",
                        () -> Details.copy(
                                Details.of(kit.text(), problem, "", kit.clock().instant()))));
    }
}
