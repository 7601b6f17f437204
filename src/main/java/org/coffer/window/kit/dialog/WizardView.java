package org.coffer.window.kit.dialog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.FirstField;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Scrolling;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/** The box of a wizard: the rail says where one is and what was chosen; the question at the right; buttons below. */
final class WizardView extends BorderPane {
    private static final PseudoClass NOW = PseudoClass.getPseudoClass("now");
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass AHEAD = PseudoClass.getPseudoClass("ahead");
    private static final double WIDTH = 960;
    private static final double HEIGHT = 600;
    /** What a rail leaves for words; the rail of a full window is wide enough for every title in one line. */
    private static final double WORDS = 148;

    private static final double WIDE_WORDS = 236;

    private final Kit kit;
    private final Wizard wizard;
    private final List<Button> rail = new ArrayList<>();
    private final List<Label> numbers = new ArrayList<>();
    private final Map<Integer, Node> views = new HashMap<>();
    private final List<Step> steps;
    private final VBox question = new VBox(16);
    private final ReadOnlyObjectWrapper<Optional<Sentence>> unanswered = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Button back;
    private final Button next;
    private final Button act;
    private final Button cancel;
    private final Button close;
    private Optional<Node> aside = Optional.empty();
    private boolean isDangerous;

    WizardView(Kit kit, Wizard wizard) {
        this.kit = kit;
        this.wizard = wizard;
        this.steps = wizard.all();
        this.isDangerous = wizard.act().dangerous();
        getStyleClass().add("sheet-box");
        if (wizard.isFull()) {
            getStyleClass().add("full");
            setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        } else {
            setMinSize(WIDTH, HEIGHT);
            setMaxSize(WIDTH, HEIGHT);
        }

        back = kit.button(Act.of("kit.back", wizard::back));
        next = kit.primary(Act.of("kit.continue", wizard::next).unless(unanswered));
        act = kit.primary(wizard.act());
        cancel = kit.flat(Act.of("kit.cancel", wizard::leave));
        // Before the last step work goes on: it is left, not finished.
        close = kit.primary(Act.of(
                wizard.atProperty()
                        .map(at -> Sentence.of(at.intValue() == steps.size() - 1 ? "kit.wizard.finish" : "kit.close")),
                wizard::finish));
        var foot = new HBox();
        foot.getStyleClass().add("sheet-foot");
        wizard.aside().ifPresent(other -> {
            Node link = kit.link(other);
            aside = Optional.of(link);
            foot.getChildren().add(link);
        });
        foot.getChildren().addAll(kit.spacer(), cancel, back, next, act, close);

        question.getStyleClass().add("sheet-body");
        question.setFillWidth(true);
        var right = new VBox(question, foot);
        VBox.setVgrow(question, Priority.ALWAYS);
        setLeft(rail());
        setCenter(right);
        WhileShown shown = WhileShown.of(this).watch(wizard.atProperty(), at -> show());
        wizard.steps().forEach(step -> shown.watch(step.valid(), valid -> allow()));
        wizard.dangerous()
                .ifPresent(now -> shown.watch(now, red -> {
                    act.getStyleClass().removeAll("accent", "danger");
                    act.getStyleClass().add(red ? "danger" : "accent");
                    isDangerous = red;
                    act.setDefaultButton(!wizard.isAfter() && wizard.isLast() && !isDangerous);
                }));
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        setAccessibleRole(javafx.scene.AccessibleRole.DIALOG);
        setAccessibleText(kit.say(wizard.titleKey()));
    }

    /** Gives the focus to the step's first field, or to the button that goes on. */
    void focusFirst() {
        if (!FirstField.focus(question)) {
            // Enter would fire a red button that has the focus.
            Button last = isDangerous ? back : act;
            (wizard.isAfter() ? close : wizard.isLast() ? last : next).requestFocus();
        }
    }

    private Node rail() {
        var box = new VBox(kit.pageTitle(kit.say(wizard.titleKey())));
        box.getStyleClass().add("wizard-rail");
        for (int i = 0; i < steps.size(); i++) {
            box.getChildren().add(railStep(i, steps.get(i)));
        }
        return box;
    }

    private Button railStep(int index, Step step) {
        Button button = kit.button(Act.of(step.titleKey(), () -> {
            if (wizard.reachable(index)) {
                wizard.atProperty().set(index);
            }
        }));
        button.getStyleClass().setAll("rail-step");
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setAccessibleText(kit.say(step.titleKey()));
        button.setMaxWidth(Double.MAX_VALUE);
        Label number = kit.label("", "rail-number");
        Label title = kit.label(kit.say(step.titleKey()), "rail-title");
        title.setPrefWidth(wizard.isFull() ? WIDE_WORDS : WORDS);
        title.setMinHeight(USE_PREF_SIZE);
        title.setWrapText(true);
        Label answer = kit.label("", "caption", "may-clip");
        answer.setMaxWidth(wizard.isFull() ? WIDE_WORDS : WORDS);
        WhileShown.of(answer).watch(step.answer(), now -> {
            answer.setText(kit.say(now));
            answer.setManaged(!answer.getText().isEmpty());
        });
        var words = new VBox(title, answer);
        words.setAlignment(Pos.CENTER_LEFT);
        button.setGraphic(new HBox(12, number, words));
        ((HBox) button.getGraphic()).setAlignment(Pos.CENTER_LEFT);
        rail.add(button);
        numbers.add(number);
        return button;
    }

    private void show() {
        int at = wizard.atProperty().get();
        Step step = steps.get(at);
        Node view = views.computeIfAbsent(at, index -> step.view().apply(kit));
        Label title = kit.pageTitle(kit.say(step.titleKey()));
        title.setWrapText(true);
        var scroll = new ScrollPane(view);
        Scrolling.fill(scroll);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        question.getChildren().setAll(title, scroll);
        boolean asking = !wizard.isAfter();
        aside.ifPresent(link -> see(link, asking));
        see(cancel, asking);
        see(back, asking && at > 0);
        see(next, asking && !wizard.isLast());
        see(act, asking && wizard.isLast());
        see(close, !asking);
        next.setDefaultButton(asking && !wizard.isLast());
        act.setDefaultButton(asking && wizard.isLast() && !isDangerous);
        close.setDefaultButton(!asking);
        allow();
        if (getScene() != null) {
            javafx.application.Platform.runLater(this::focusFirst);
        }
    }

    private void allow() {
        int at = wizard.atProperty().get();
        for (int i = 0; i < rail.size(); i++) {
            boolean done = i < at;
            Label number = numbers.get(i);
            rail.get(i).pseudoClassStateChanged(NOW, i == at);
            rail.get(i).pseudoClassStateChanged(DONE, done);
            rail.get(i).pseudoClassStateChanged(AHEAD, i > at);
            number.setText(done ? "" : kit.formats().count(i + 1));
            number.setGraphic(done ? Icon.DONE.node() : null);
        }
        unanswered.set(wizard.mayGoOn() ? Optional.empty() : Optional.of(Sentence.of("kit.wizard.unanswered")));
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            wizard.leave();
            event.consume();
        } else if (event.getCode() == KeyCode.LEFT && event.isAltDown()) {
            wizard.back();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
            if (wizard.isAfter()) {
                wizard.finish();
            } else if (wizard.isLast()) {
                wizard.act().run();
            } else {
                wizard.next();
            }
            event.consume();
        }
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
