package org.coffer.window.kit.page;

import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;

/**
 * A tab put together from a list's model and view.
 *
 * <pre>{@code
 * new ListTab("vaults", "vaults.tab", model.count(), model.query(), model.refresh(), kit -> new VaultListView(kit, model))
 *         .primary(model.create())
 *         .onShown(model::load)
 *         .onClose(model::close);
 * }</pre>
 */
public final class ListTab implements PageTab {
    private final String id;
    private final String titleKey;
    private final ObservableValue<? extends Number> count;
    private final StringProperty query;
    private final Act refresh;
    private final Function<Kit, Node> content;
    private Optional<Act> primary = Optional.empty();
    private Runnable shown = () -> {};
    private Runnable closed = () -> {};

    /** A tab without a primary act; the parts are what {@link PageTab}'s methods of the same names return. */
    public ListTab(
            String id,
            String titleKey,
            ObservableValue<? extends Number> count,
            StringProperty query,
            Act refresh,
            Function<Kit, Node> content) {
        this.id = id;
        this.titleKey = titleKey;
        this.count = count;
        this.query = query;
        this.refresh = refresh;
        this.content = content;
    }

    /** The primary act while this tab is chosen. */
    public ListTab primary(Act act) {
        primary = Optional.of(act);
        return this;
    }

    /** What is done each time the page comes to the front. */
    public ListTab onShown(Runnable load) {
        shown = load;
        return this;
    }

    /** What is done when the page was left for good. */
    public ListTab onClose(Runnable end) {
        closed = end;
        return this;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String titleKey() {
        return titleKey;
    }

    @Override
    public ObservableValue<? extends Number> count() {
        return count;
    }

    @Override
    public StringProperty query() {
        return query;
    }

    @Override
    public Act refresh() {
        return refresh;
    }

    @Override
    public Optional<Act> primary() {
        return primary;
    }

    @Override
    public Node content(Kit kit) {
        return content.apply(kit);
    }

    @Override
    public void shown() {
        shown.run();
    }

    @Override
    public void close() {
        closed.run();
    }
}
