package org.coffer.window.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.util.Subscription;

/**
 * A bag of subscriptions that are open while a node is in a scene and closed when it leaves, so that a page that was
 * left costs nothing and is never kept alive by a service. A node that comes back subscribes again.
 */
public final class WhileShown {
    private final List<Supplier<Subscription>> openers = new ArrayList<>();
    private final List<Subscription> open = new ArrayList<>();
    private boolean shown;

    private WhileShown() {}

    /** The bag of {@code node}; made at the first call. */
    public static WhileShown of(Node node) {
        if (node.getProperties().get(WhileShown.class) instanceof WhileShown bag) {
            return bag;
        }
        var bag = new WhileShown();
        node.getProperties().put(WhileShown.class, bag);
        node.sceneProperty().subscribe(scene -> bag.show(scene != null));
        return bag;
    }

    /** Subscribes now if the node is shown, and whenever it is shown later. */
    public WhileShown add(Supplier<Subscription> opener) {
        openers.add(opener);
        if (shown) {
            open.add(opener.get());
        }
        return this;
    }

    /** Calls {@code reaction} with the value, now and whenever it changes, while the node is shown. */
    public <T> WhileShown watch(ObservableValue<T> value, java.util.function.Consumer<? super T> reaction) {
        return add(() -> value.subscribe(reaction));
    }

    private void show(boolean now) {
        if (now == shown) {
            return;
        }
        shown = now;
        if (now) {
            openers.forEach(opener -> open.add(opener.get()));
        } else {
            open.forEach(Subscription::unsubscribe);
            open.clear();
        }
    }
}
