package org.coffer.command.terminal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who wants to know when the caller gives up. All methods may be called by any thread. */
public final class Interrupts {
    private final Set<Runnable> actions = new LinkedHashSet<>();
    private boolean interrupted;

    /** Makes one that has not been interrupted. */
    public Interrupts() {}

    /** Whether {@link #interrupt} was called. */
    public synchronized boolean interrupted() {
        return interrupted;
    }

    /** Tells everybody who asked, once. */
    public void interrupt() {
        List<Runnable> now;
        synchronized (this) {
            if (interrupted) {
                return;
            }
            interrupted = true;
            now = List.copyOf(actions);
            actions.clear();
        }
        now.forEach(Runnable::run);
    }

    /** Runs {@code action} at the interrupt, or now if it has been. */
    public Terminal.Interest add(Runnable action) {
        boolean late;
        synchronized (this) {
            late = interrupted;
            if (!late) {
                actions.add(action);
            }
        }
        if (late) {
            action.run();
        }
        return () -> {
            synchronized (this) {
                actions.remove(action);
            }
        };
    }
}
