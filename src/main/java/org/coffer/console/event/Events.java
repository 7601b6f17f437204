package org.coffer.console.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Hands events to whoever listens, on the thread that publishes. Listeners return at once (they set a flag or queue);
 * one that throws is logged and does not hold up the others.
 */
public final class Events {
    private static final System.Logger LOG = System.getLogger(Events.class.getName());
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();

    /** Ends a subscription; closing twice is harmless. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Lets {@code listener} hear every event from now on until the subscription is closed. */
    public Subscription subscribe(Consumer<Event> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells all listeners. To be called after the change is committed. */
    public void publish(Event event) {
        for (Consumer<Event> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed on " + event, e);
            }
        }
    }
}
