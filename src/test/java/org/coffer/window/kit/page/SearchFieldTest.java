package org.coffer.window.kit.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Theme;
import org.coffer.window.picture.Fx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Searching while an input method composes. */
class SearchFieldTest {
    private final SimpleStringProperty query = new SimpleStringProperty("");
    private final List<String> queries = new ArrayList<>();
    private final Kit kit =
            new Kit(Text.of(Language.CHINESE, Clock.systemUTC()), LayoutMemory.shortLived(), Clock.systemUTC());
    private final SearchField field = Fx.call(() -> new SearchField(kit, query));
    private final Stage stage = Fx.call(() -> {
        query.addListener((property, old, now) -> queries.add(now));
        var made = new Stage(StageStyle.UNDECORATED);
        var scene = new Scene(new VBox(field), 400, 200);
        Theme.dress(scene, false);
        made.setScene(scene);
        made.show();
        return made;
    });

    @AfterEach
    void close() {
        Fx.close(stage);
    }

    @Test
    void theQueryFollowsWhenTheKeysRest() {
        // Both in one go, or on a busy machine the keys would rest between them.
        Fx.run(() -> {
            field.setText("w");
            field.setText("web");
        });
        Fx.pulses(25);
        assertThat(queries).containsExactly("web");
    }

    @Test
    void halfAWordOfAnInputMethodIsNotSearched() {
        Fx.run(() -> compose("ci pan", ""));
        Fx.run(() -> key(KeyCode.ENTER));
        Fx.pulses(25);
        assertThat(queries).isEmpty();
        Fx.run(() -> compose("", "磁盘"));
        Fx.pulses(25);
        assertThat(queries).containsExactly("磁盘");
    }

    @Test
    void enterSearchesAtOnceAndEscClears() {
        Fx.run(() -> {
            field.setText("web");
            key(KeyCode.ENTER);
            assertThat(queries).containsExactly("web");
            key(KeyCode.ESCAPE);
            assertThat(queries).containsExactly("web", "");
        });
    }

    private void compose(String composed, String committed) {
        Event.fireEvent(
                field,
                new InputMethodEvent(
                        InputMethodEvent.INPUT_METHOD_TEXT_CHANGED,
                        composed.isEmpty()
                                ? List.of()
                                : List.of(new InputMethodTextRun(composed, InputMethodHighlight.UNSELECTED_RAW)),
                        committed,
                        0));
    }

    private void key(KeyCode code) {
        Event.fireEvent(field, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }
}
