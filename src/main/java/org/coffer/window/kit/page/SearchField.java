package org.coffer.window.kit.page;

import atlantafx.base.controls.CustomTextField;
import javafx.animation.PauseTransition;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.util.Duration;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/**
 * A search field of 240 px. The query follows the text 150 ms after the last key, and not while an input method
 * composes: half a Chinese word is not what anybody searches for. Enter searches at once, except the Enter that ends a
 * composition. Esc clears.
 */
public final class SearchField extends CustomTextField {
    private static final Duration REST = Duration.millis(150);

    private final StringProperty query;
    private final PauseTransition rest = new PauseTransition(REST);
    private boolean composing;

    /** A field whose committed text goes to {@code query}; it shows the query it is given. */
    public SearchField(Kit kit, StringProperty query) {
        super(query.get());
        this.query = query;
        setPromptText(kit.say("kit.search"));
        setAccessibleText(kit.say("kit.search"));
        setPrefWidth(240);
        setMinWidth(160);
        setLeft(Icon.SEARCH.node());
        Button clear =
                kit.small(kit.iconButton(Act.of("kit.search.clear", this::clear).with(Icon.CLOSE)));
        clear.setFocusTraversable(false);
        clear.visibleProperty().bind(textProperty().isNotEmpty());
        setRight(clear);
        rest.setOnFinished(event -> commit());
        textProperty().addListener((property, old, now) -> restart());
        addEventFilter(InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, this::compose);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        WhileShown.of(this).watch(query, this::follow).add(() -> rest::stop);
    }

    private void restart() {
        if (!composing) {
            rest.playFromStart();
        }
    }

    private void compose(InputMethodEvent event) {
        composing = !event.getComposed().isEmpty();
        if (composing) {
            rest.stop();
        } else {
            rest.playFromStart();
        }
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && !composing) {
            commit();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE && !composing && !getText().isEmpty()) {
            clear();
            commit();
            event.consume();
        }
    }

    private void commit() {
        rest.stop();
        query.set(getText().strip());
    }

    private void follow(String now) {
        if (!composing && !getText().strip().equals(now)) {
            setText(now);
        }
    }
}
