package org.coffer.window.kit.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.window.kit.Act;

/**
 * A row of questions with one act at the end. The frame owns Back, Continue and the rail; every answer can be changed by
 * clicking it there. The last act calls {@link #finish()} when it has succeeded, or {@link #begun()} where steps follow
 * that show what the act does: nothing can be answered any more there, and the one button left closes the wizard.
 */
public final class Wizard {
    private final String titleKey;
    private final List<Step> steps;
    private final List<Step> after = new ArrayList<>();
    private final Act act;
    private final IntegerProperty at = new SimpleIntegerProperty();
    private Optional<Act> aside = Optional.empty();
    private Optional<ObservableValue<Boolean>> dangerous = Optional.empty();
    private boolean full;
    private boolean finished;
    private Runnable closer = () -> {};

    /**
     * A wizard.
     *
     * @param act what the last step's button does, named by its verb
     */
    public Wizard(String titleKey, List<Step> steps, Act act) {
        this.titleKey = titleKey;
        this.steps = List.copyOf(steps);
        this.act = act;
    }

    /** Another way, bottom left on every step, such as <em>I already have backups</em>. */
    public Wizard aside(Act other) {
        aside = Optional.of(other);
        return this;
    }

    /**
     * What is shown once the act has {@linkplain #begun() begun}, in this order; a model moves from one to the next by
     * {@link #atProperty()}. Their views are made when they are first shown.
     */
    public Wizard followedBy(Step... results) {
        after.addAll(List.of(results));
        return this;
    }

    /** Takes the whole window, as at the first start. */
    public Wizard full() {
        full = true;
        return this;
    }

    /** The act is dangerous only while {@code now} holds true, as when what is chosen decides it: red, and not the default. */
    public Wizard dangerousWhile(ObservableValue<Boolean> now) {
        dangerous = Optional.of(now);
        return this;
    }

    /** The index of the step that is shown. A model may set it, to skip what is already known. */
    public IntegerProperty atProperty() {
        return at;
    }

    /** Goes to the next step, if this one's answer is valid. */
    public void next() {
        if (!isAfter() && !isLast() && mayGoOn()) {
            at.set(at.get() + 1);
        }
    }

    /** Goes back a step. */
    public void back() {
        if (!isAfter()) {
            at.set(Math.max(0, at.get() - 1));
        }
    }

    /** Goes on to the first of the steps that follow the act. */
    public void begun() {
        at.set(steps.size());
    }

    /** Closes it: it was finished. */
    public void finish() {
        finished = true;
        closer.run();
    }

    /** Closes it: it was left. */
    public void leave() {
        closer.run();
    }

    /** Whether the act has begun, so that no answer can be changed any more. */
    boolean isAfter() {
        return at.get() >= steps.size();
    }

    /** Whether {@code index} is a question that can be changed, and every one before it has a valid answer. */
    boolean reachable(int index) {
        return !isAfter()
                && index < steps.size()
                && steps.stream().limit(index).allMatch(step -> step.valid().getValue());
    }

    boolean mayGoOn() {
        return isAfter() || steps.get(at.get()).valid().getValue();
    }

    boolean isLast() {
        return at.get() == steps.size() - 1;
    }

    String titleKey() {
        return titleKey;
    }

    /** The questions. */
    public List<Step> steps() {
        return steps;
    }

    /** The questions, and what follows the act. */
    List<Step> all() {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(after);
        return all;
    }

    /** What the last button does. */
    public Act act() {
        return act;
    }

    Optional<ObservableValue<Boolean>> dangerous() {
        return dangerous;
    }

    Optional<Act> aside() {
        return aside;
    }

    boolean isFull() {
        return full;
    }

    boolean isFinished() {
        return finished;
    }

    void opened(Runnable close) {
        finished = false;
        closer = close;
    }
}
