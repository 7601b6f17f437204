package org.coffer.window.kit.dialog;

import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/**
 * A dialog above the page: title, content, Cancel and one act. The act does not close the sheet by itself, because it
 * may fail and all input must stay; whoever carries it out calls {@link #done()}.
 *
 * <pre>{@code
 * var sheet = new Sheet(Sentence.of("backup.title"), 640, kit -> new BackUpView(kit, model));
 * sheet.act(Act.of(model.title(), () -> model.start(sheet::done)));
 * dialogs.show(sheet);
 * }</pre>
 */
public final class Sheet {
    private final Sentence title;
    private final double width;
    private final Function<Kit, Node> content;
    private Optional<Icon> icon = Optional.empty();
    private Optional<Act> act = Optional.empty();
    private Optional<ObservableValue<Boolean>> dangerous = Optional.empty();
    private Sentence cancel = Sentence.of("kit.cancel");
    private boolean tall;
    private boolean done;
    private Runnable closer = () -> {};

    /**
     * A sheet.
     *
     * @param width in px: 480 for questions, 640 for forms, 880 for lists
     * @param content made when it is shown, in the language of the moment
     */
    public Sheet(Sentence title, double width, Function<Kit, Node> content) {
        this.title = title;
        this.width = width;
        this.content = content;
    }

    /** What the button does; red and not the default if it is dangerous. */
    public Sheet act(Act what) {
        act = Optional.of(what);
        return this;
    }

    /** The act is dangerous only while {@code now} holds true, as when what is chosen decides it. */
    public Sheet dangerousWhile(ObservableValue<Boolean> now) {
        dangerous = Optional.of(now);
        return this;
    }

    /** An icon before the title. */
    public Sheet icon(Icon mark) {
        icon = Optional.of(mark);
        return this;
    }

    /** Other words for Cancel, such as Close where there is nothing to cancel. */
    public Sheet cancel(String key) {
        cancel = Sentence.of(key);
        return this;
    }

    /** Takes 560 px of height, for lists. */
    public Sheet tall() {
        tall = true;
        return this;
    }

    /** Closes it: it was done. */
    public void done() {
        done = true;
        closer.run();
    }

    /** Closes it: nothing was done. */
    public void close() {
        closer.run();
    }

    Sentence title() {
        return title;
    }

    double width() {
        return width;
    }

    Node content(Kit kit) {
        return content.apply(kit);
    }

    Optional<ObservableValue<Boolean>> dangerous() {
        return dangerous;
    }

    Optional<Icon> icon() {
        return icon;
    }

    /** What the button does, for tests. */
    public Optional<Act> act() {
        return act;
    }

    Sentence cancel() {
        return cancel;
    }

    boolean isTall() {
        return tall;
    }

    boolean isDone() {
        return done;
    }

    void opened(Runnable close) {
        done = false;
        closer = close;
    }
}
