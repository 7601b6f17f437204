package org.coffer.engine.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that share one piece of work step by step. The first that fails ends all; when the crew returns, no
 * thread of it is left, so what they used may be closed.
 */
final class Crew {
    /** What one thread does again and again; made once a thread, so it may own a buffer. */
    interface Worker {
        /** Does the next step; false when nothing is left. */
        boolean step() throws IOException;
    }

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Work work;

    private Crew(Work work) {
        this.work = work;
    }

    /**
     * Runs until every worker has nothing left to do.
     *
     * @param threads at least 1
     * @param eachThread what every thread does before its first step
     * @throws org.coffer.engine.work.CanceledException if the work was canceled, or the calling thread interrupted
     */
    static void run(int threads, Runnable eachThread, Work work, Supplier<Worker> workers) throws IOException {
        Crew crew = new Crew(work);
        List<Thread> members = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            members.add(
                    Thread.ofPlatform().name("disk-", i).start(() -> work.part(() -> crew.work(eachThread, workers))));
        }
        crew.await(members);
        Throwable failure = crew.failure.get();
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }

    private void work(Runnable eachThread, Supplier<Worker> workers) {
        try {
            eachThread.run();
            Worker worker = workers.get();
            do {
                work.checkpoint();
            } while (failure.get() == null && worker.step());
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        }
    }

    /** An interrupt cancels the work; the threads are waited for all the same. */
    private void await(List<Thread> members) {
        boolean interrupted = false;
        for (Thread member : members) {
            while (member.isAlive()) {
                try {
                    member.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    work.cancel();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
