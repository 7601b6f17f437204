package org.coffer.window.kit.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;

/**
 * News of what finished elsewhere, bottom right. Good news goes by itself after 6 seconds, or 10 if it offers an act,
 * and waits while the mouse is on it; errors stay until they are closed, and can be copied. At most four are seen.
 */
public final class Toasts extends VBox implements News {
    private static final Duration BRIEF = Duration.seconds(6);
    private static final Duration WITH_ACT = Duration.seconds(10);
    private static final int SEEN = 4;

    private final Supplier<Kit> kit;

    /** Nothing to tell yet. */
    public Toasts(Supplier<Kit> kit) {
        this.kit = kit;
        getStyleClass().add("toasts");
        setPickOnBounds(false);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    }

    @Override
    public void tell(Sentence news, Optional<Act> act) {
        HBox toast = toast(
                Icon.OK, Tone.SUCCESS, kit.get().say(news), act.map(List::of).orElse(List.of()));
        var leave = new PauseTransition(act.isPresent() ? WITH_ACT : BRIEF);
        leave.setOnFinished(event -> getChildren().remove(toast));
        toast.setOnMouseEntered(event -> leave.pause());
        toast.setOnMouseExited(event -> leave.play());
        leave.play();
    }

    @Override
    public void error(Problem problem, Optional<Act> show) {
        Kit now = kit.get();
        var acts = new ArrayList<Act>();
        show.ifPresent(acts::add);
        acts.add(Act.of(
                "kit.copy.details",
                () -> Details.copy(
                        Details.of(now.text(), problem, "", now.clock().instant()))));
        toast(Icon.ERROR, Tone.DANGER, now.text().explain(problem).what(), acts);
    }

    private HBox toast(Icon icon, Tone tone, String words, List<Act> acts) {
        Kit now = kit.get();
        var toast = new HBox();
        toast.getStyleClass().addAll("toast", tone.styleClass());
        Label label = now.label(words);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        toast.getChildren().addAll(icon.node(), label);
        for (Act act : acts) {
            var link = now.link(act);
            link.setMinWidth(USE_PREF_SIZE);
            toast.getChildren().add(link);
        }
        toast.getChildren()
                .add(now.small(now.iconButton(
                        Act.of("kit.close", () -> getChildren().remove(toast)).with(Icon.CLOSE))));
        getChildren().add(toast);
        if (getChildren().size() > SEEN) {
            getChildren().removeFirst();
        }
        return toast;
    }
}
