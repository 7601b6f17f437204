package org.coffer.window.kit;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;

/**
 * Something the user can do: its words, its icon, whether it is possible now, and if not, why. Models offer acts,
 * {@link Kit} draws them as buttons, links or menu items. An act that is not possible stays visible and can be
 * reached by keyboard, so that it can say why.
 */
public final class Act {
    private final ObservableValue<Sentence> title;
    private final Optional<Icon> icon;
    private final boolean dangerous;
    private final ObservableValue<Optional<Sentence>> whyNot;
    private final Runnable run;

    private Act(
            ObservableValue<Sentence> title,
            Optional<Icon> icon,
            boolean dangerous,
            ObservableValue<Optional<Sentence>> whyNot,
            Runnable run) {
        this.title = title;
        this.icon = icon;
        this.dangerous = dangerous;
        this.whyNot = whyNot;
        this.run = run;
    }

    /** An act that is always possible and called {@code key}. */
    public static Act of(String key, Runnable run) {
        return of(Sentence.of(key), run);
    }

    /** An act that is always possible and called {@code title}. */
    public static Act of(Sentence title, Runnable run) {
        return of(constant(title), run);
    }

    /** An act whose words change, such as <em>Back up 3 disks</em>. */
    public static Act of(ObservableValue<Sentence> title, Runnable run) {
        return new Act(title, Optional.empty(), false, constant(Optional.empty()), run);
    }

    /** The same act with an icon. */
    public Act with(Icon mark) {
        return new Act(title, Optional.of(mark), dangerous, whyNot, run);
    }

    /** The same act, drawn red. */
    public Act asDangerous() {
        return new Act(title, icon, true, whyNot, run);
    }

    /** The same act, impossible while {@code reason} holds a sentence. */
    public Act unless(ObservableValue<Optional<Sentence>> reason) {
        return new Act(title, icon, dangerous, reason, run);
    }

    /** The same act, impossible for {@code reason} if there is one. */
    public Act unless(Optional<Sentence> reason) {
        return unless(constant(reason));
    }

    /** The same act, impossible for {@code reason} while {@code possible} is false. */
    public Act when(ObservableValue<Boolean> possible, Sentence reason) {
        return unless(possible.map(yes -> yes ? Optional.<Sentence>empty() : Optional.of(reason)));
    }

    /** The words on the button. */
    public ObservableValue<Sentence> title() {
        return title;
    }

    /** The icon, if it has one. */
    public Optional<Icon> icon() {
        return icon;
    }

    /** Whether it destroys something and is drawn red. */
    public boolean dangerous() {
        return dangerous;
    }

    /** Why it is not possible now; empty when it is. */
    public ObservableValue<Optional<Sentence>> whyNot() {
        return whyNot;
    }

    /** Whether {@link #run()} would do anything. */
    public boolean possible() {
        return whyNot.getValue().isEmpty();
    }

    /** Does it, if it is possible now. */
    public void run() {
        if (possible()) {
            run.run();
        }
    }

    private static <T> ObservableValue<T> constant(T value) {
        return new ReadOnlyObjectWrapper<>(value).getReadOnlyProperty();
    }
}
