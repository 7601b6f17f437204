package org.coffer.window.kit;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.coffer.problem.Problem;

/**
 * From events to what the window shows. Events only say <em>something changed</em>; the bridge then loads one
 * snapshot, however many events came, and hands it to the model. While a snapshot is being loaded further events lead
 * to exactly one more. A model that is told of a thousand events therefore paints twice, not a thousand times.
 *
 * @param <S> the snapshot
 */
public final class Bridge<S> {
    private final Background background;
    private final Background.Line line;
    private final Callable<S> snapshot;
    private final Consumer<? super S> apply;
    private final Consumer<? super Problem> onError;
    private final AtomicBoolean dirty = new AtomicBoolean();
    private boolean loading;
    private boolean again;

    /**
     * Wires one snapshot to one model.
     *
     * @param background where the snapshot is loaded
     * @param snapshot loads the present state; runs off the window's thread
     * @param apply makes the smallest change to the model; runs on the window's thread
     * @param onError takes a failed load, on the window's thread; the next event tries again
     */
    public Bridge(
            Background background, Callable<S> snapshot, Consumer<? super S> apply, Consumer<? super Problem> onError) {
        this.background = background;
        this.line = background.line();
        this.snapshot = snapshot;
        this.apply = apply;
        this.onError = onError;
    }

    /** Says that something changed. Cheap; may be called on any thread, as often as one likes. */
    public void changed() {
        if (dirty.compareAndSet(false, true)) {
            background.onWindow(this::load);
        }
    }

    private void load() {
        dirty.set(false);
        if (loading) {
            again = true;
            return;
        }
        loading = true;
        line.work(snapshot)
                .then(state -> {
                    done();
                    apply.accept(state);
                })
                .onError(problem -> {
                    done();
                    onError.accept(problem);
                })
                .start();
    }

    private void done() {
        loading = false;
        if (again) {
            again = false;
            changed();
        }
    }
}
