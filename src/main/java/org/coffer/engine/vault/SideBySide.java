package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/** Asks a store that is some way off several things at once, so that the way is waited for once. */
final class SideBySide {
    private SideBySide() {}

    /** One thing. */
    @FunctionalInterface
    interface Act {
        void run() throws IOException;
    }

    /**
     * Does all; the first on the calling thread, the others on threads of their own. When it returns none is running, also if
     * some failed.
     *
     * @throws IOException what one of them threw; if a store did not answer one, that
     */
    static void run(List<Act> acts) throws IOException {
        Work work = Work.current();
        List<FutureTask<Boolean>> others = new ArrayList<>();
        for (Act act : acts.subList(1, acts.size())) {
            FutureTask<Boolean> other = new FutureTask<>(() -> {
                act.run();
                return true;
            });
            others.add(other);
            Thread.ofPlatform().daemon().name("read-ahead").start(() -> work.part(other));
        }
        IOException failed = null;
        try {
            acts.getFirst().run();
        } catch (IOException e) {
            failed = e;
        } finally {
            failed = awaitAll(others, failed);
        }
        if (failed != null) {
            throw failed;
        }
    }

    /**
     * Does what asks for small objects, in any number: each that is over makes room for the next. As they fill no line, four times as
     * many at once as of those that do; from a store that is near, one after the other.
     *
     * @throws IOException what one of them threw; those that had not begun then are left out
     */
    static void small(ObjectStore store, List<Act> acts) throws IOException {
        inTurns(acts, smallAtOnce(store));
    }

    /**
     * The same where what is read gives the processors work: also from a store that is near as many at once as there are processors.
     *
     * @throws IOException as {@link #small}
     */
    static void computing(ObjectStore store, List<Act> acts) throws IOException {
        inTurns(acts, Math.max(smallAtOnce(store), Runtime.getRuntime().availableProcessors()));
    }

    private static int smallAtOnce(ObjectStore store) {
        return store.readsAtOnce() == 1 ? 1 : 4 * store.readsAtOnce();
    }

    private static void inTurns(List<Act> acts, int most) throws IOException {
        int atOnce = Math.min(acts.size(), most);
        if (atOnce == 0) {
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Act takesTurns = () -> {
            boolean done = false;
            try {
                for (int i = next.getAndIncrement(); i < acts.size(); i = next.getAndIncrement()) {
                    acts.get(i).run();
                }
                done = true;
            } finally {
                if (!done) {
                    next.set(acts.size());
                }
            }
        };
        run(Collections.nCopies(atOnce, takesTurns));
    }

    private static @Nullable IOException awaitAll(List<FutureTask<Boolean>> others, @Nullable IOException before) {
        IOException failed = before;
        boolean interrupted = false;
        for (FutureTask<Boolean> other : others) {
            boolean over = false;
            while (!over) {
                try {
                    other.get();
                    over = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    over = true;
                    failed = worse(failed, e.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failed;
    }

    /** A store that does not answer may still write to the buffers, so that this is what has to be known. */
    private static IOException worse(@Nullable IOException one, @Nullable Throwable other) {
        return switch (other) {
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case StoreException silent when silent.kind() == StoreException.Kind.SILENT -> silent;
            case IOException e -> one == null ? e : one;
            case null, default -> throw new IllegalStateException(other);
        };
    }
}
