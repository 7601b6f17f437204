package org.coffer.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.audit.Caller;
import org.coffer.console.restore.Difference;
import org.coffer.console.restore.NewRestore;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Counts what a restore would overwrite, and draws how far that is. Ctrl+C ends it. */
final class Comparing {
    private static final long LOOK = 200;

    private final Context context;

    Comparing(Context context) {
        this.context = context;
    }

    Difference run(NewRestore wanted) {
        Work work = new Work();
        CompletableFuture<Difference> counted = new CompletableFuture<>();
        Caller caller = Caller.current();
        Thread.ofVirtual()
                .name("compare")
                .start(() -> caller.run(() -> {
                    try {
                        counted.complete(context.services().restores().compare(wanted, work));
                    } catch (RuntimeException e) {
                        counted.completeExceptionally(e);
                    }
                }));
        Terminal.Interest interest = context.terminal().onInterrupt(work::cancel);
        try (ProgressBar bar = new ProgressBar(context.terminal(), context.clock())) {
            return await(counted, work, bar);
        } finally {
            interest.close();
        }
    }

    private Difference await(CompletableFuture<Difference> counted, Work work, ProgressBar bar) {
        while (true) {
            try {
                return counted.get(LOOK, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                Work.Snapshot now = work.snapshot();
                bar.show(now.percent(), context.text().word(now.stage()));
            } catch (InterruptedException e) {
                work.cancel();
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof CanceledException) {
                    throw new ProblemException(Problem.of("restore.compare-canceled"), e);
                }
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
            }
        }
    }
}
