package org.coffer.window.kit.dialog;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.coffer.window.kit.Act;

/**
 * A row of questions with one act at the end. The frame owns Back, Continue and the rail; every answer can be changed by
 * clicking it there. The last act calls {@link #finish()} when it has succeeded.
 */
public final class Wizard {
    private final String titleKey;
    private final List<Step> steps;
    private final Act act;
    private final IntegerProperty at = new SimpleIntegerProperty();
    private Optional<Act> aside = Optional.empty();
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

    /** Takes the whole window, as at the first start. */
    public Wizard full() {
        full = true;
        return this;
    }

    /** The index of the step that is shown. A model may set it, to skip what is already known. */
    public IntegerProperty atProperty() {
        return at;
    }

    /** Goes to the next step, if this one's answer is valid. */
    public void next() {
        if (at.get() + 1 < steps.size() && mayGoOn()) {
            at.set(at.get() + 1);
        }
    }

    /** Goes back a step. */
    public void back() {
        at.set(Math.max(0, at.get() - 1));
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

    /** Whether every step before {@code index} has a valid answer. */
    boolean reachable(int index) {
        return steps.stream().limit(index).allMatch(step -> step.valid().getValue());
    }

    boolean mayGoOn() {
        return steps.get(at.get()).valid().getValue();
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

    /** What the last button does. */
    public Act act() {
        return act;
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
