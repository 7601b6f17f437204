package org.coffer.window.kit.dialog;

import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/**
 * One question of a wizard. All steps share one model.
 *
 * @param titleKey the question, as the step's heading and in the rail
 * @param view makes the answer's controls
 * @param answer what was chosen, for the rail; data of no words while nothing is
 * @param valid whether the wizard may go on
 */
public record Step(
        String titleKey, Function<Kit, Node> view, ObservableValue<Sentence> answer, ObservableValue<Boolean> valid) {}
