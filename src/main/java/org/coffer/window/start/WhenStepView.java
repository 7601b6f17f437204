package org.coffer.window.start;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;

/** When should it run? Three choices; the second one opens two fields. */
final class WhenStepView extends VBox {
    private static final double TIMES = 200;
    private static final double COUNT = 72;

    private final Kit kit;
    private final WhenModel model;
    private final Runnable goOn;
    private final VBox choices = new VBox();

    /**
     * The step.
     *
     * @param goOn what a double click on a choice does
     */
    WhenStepView(Kit kit, WhenModel model, Runnable goOn) {
        super(12);
        this.kit = kit;
        this.model = model;
        this.goOn = goOn;
        Label help = kit.prose(kit.say("start.when.help"));
        help.setGraphic(Icon.INFO.node());
        help.setGraphicTextGap(8);
        Node typed = typed();
        getChildren().addAll(choices, typed, help);
        WhileShown.of(this).watch(model.policy(), now -> show()).watch(model.kind(), now -> {
            see(typed, now == WhenModel.Kind.OTHER);
            see(help, now != WhenModel.Kind.ONCE);
        });
    }

    private void show() {
        var words = new PolicyWords(kit.text());
        PolicyPlan usual = model.usual();
        choices.getChildren()
                .setAll(new Choices<>(kit, model.kind())
                        .onGoOn(goOn)
                        .choice(
                                WhenModel.Kind.USUAL,
                                Icon.POLICY,
                                words.schedule(usual.schedule()),
                                words.retention(usual.retention()))
                        .choice(
                                WhenModel.Kind.OTHER,
                                Icon.WAITING,
                                kit.say("start.when.other"),
                                kit.say("start.when.other.help"))
                        .choice(
                                WhenModel.Kind.ONCE,
                                Icon.OFF,
                                kit.say("start.when.once"),
                                kit.say("start.when.once.help")));
    }

    private Node typed() {
        TextField times = field("start.when.times", TIMES);
        times.textProperty().bindBidirectional(model.times());
        TextField count = field("policy.form.keep.count", COUNT);
        count.textProperty().bindBidirectional(model.count());
        Label wrong = kit.label("", "state", Tone.DANGER.styleClass());
        wrong.setGraphic(Icon.ERROR.node());
        wrong.setWrapText(true);
        wrong.setMinHeight(USE_PREF_SIZE);
        WhileShown.of(wrong).watch(model.problem(), now -> {
            wrong.setText(now.map(why -> kit.text().explain(why).line()).orElse(""));
            see(wrong, now.isPresent());
        });
        return kit.column(
                8,
                kit.row(
                        kit.label(kit.say("start.when.times")),
                        times,
                        kit.label(kit.say("start.when.keep")),
                        count,
                        kit.label(kit.say("policy.form.per-disk"))),
                wrong);
    }

    private TextField field(String key, double width) {
        TextField field = kit.field("");
        field.setPrefWidth(width);
        field.setMaxWidth(width);
        field.setAccessibleText(kit.say(key));
        return field;
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
