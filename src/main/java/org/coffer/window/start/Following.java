package org.coffer.window.start;

import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Step;
import org.coffer.window.kit.dialog.Wizard;

/**
 * What comes after the first start's questions: the backup from the moment it was begun, as the wizard's last two steps,
 * running and done. One that fails stays at the first of them and says why.
 */
final class Following implements AutoCloseable {
    private static final int DONE = 1;

    private final Function<Started, FirstBackupModel> follow;
    private Optional<FirstBackupModel> model = Optional.empty();
    private Optional<Wizard> wizard = Optional.empty();

    /** Follows the backup that is begun later by the model that {@code follow} makes. */
    Following(Function<Started, FirstBackupModel> follow) {
        this.follow = follow;
    }

    /** Moves on in {@code wizard}. */
    void over(Wizard its) {
        wizard = Optional.of(its);
    }

    /** A step that shows the backup. */
    Step step(String titleKey) {
        return new Step(
                titleKey, this::view, new SimpleObjectProperty<>(Sentence.data("")), new SimpleBooleanProperty(true));
    }

    /** Begins to follow, and goes on to the steps that show it. */
    void begin(Started started) {
        FirstBackupModel made = follow.apply(started);
        model = Optional.of(made);
        wizard.ifPresent(Wizard::begun);
        made.stateProperty().subscribe(state -> {
            if (state instanceof FirstBackupModel.State.Done) {
                wizard.ifPresent(its -> its.atProperty().set(its.steps().size() + DONE));
            }
        });
    }

    private Node view(Kit kit) {
        return new FirstBackupView(
                kit,
                model.orElseThrow(() -> new IllegalStateException("nothing was begun")),
                () -> wizard.ifPresent(Wizard::finish));
    }

    @Override
    public void close() {
        model.ifPresent(FirstBackupModel::close);
    }
}
