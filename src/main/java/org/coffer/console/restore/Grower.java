package org.coffer.console.restore;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.coffer.console.catalog.Json;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.TaskRun;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.disk.DiskRestore;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.volume.Header;
import org.coffer.engine.volume.LastVolume;
import org.coffer.engine.volume.SourceBytes;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Lets what comes last on a restored disk use all of it (S1). The disk is held and still bears the mark of its restore, so whatever
 * happens here, it is either as it was restored, or grown and checked, or marked.
 *
 * <p><b>Failure.</b> The way back is the restore itself: run again, it compares the disk with the backup and writes what the tools
 * changed. What lay behind the end of the backup, which the restore does not know, is taken from the safety copy, which does; only where
 * none was wanted it may be changed then. So nothing has to be remembered of what they did, nor is there anything that a crash could
 * lose: the mark stands, and who finishes the restore, growing or not, begins with the {@linkplain #endBack end} and the same comparison.
 *
 * <p><b>Pause, stop, death.</b> The tools cannot be paused, only stopped: by whoever cancels, by a clean stop of Coffer, after which the
 * restore goes on at the next start, and by its death, after which it can be finished or undone. However it comes, they end with it.
 *
 * <p><b>Undo.</b> The safety copy was made of the whole larger disk, its end included; undoing compares with that.
 */
final class Grower {
    /** The step that a task takes before the first tool changes anything. */
    static final String BEGUN = "growing";

    private final Disks disks;

    Grower(Disks disks) {
        this.disks = disks;
    }

    /**
     * Grows, or puts back what was restored.
     *
     * @param held the disk, right after {@code reader} was restored onto it and verified
     * @param before opens the safety copy of what it held before; empty if there is none
     * @throws IOException if it could neither be grown nor put back
     */
    Receipt.Grown grow(
            TaskRun run, UUID disk, BlockTarget held, DiskReader reader, Optional<Supplier<DiskReader>> before)
            throws IOException {
        run.work().stage(Stage.GROWING);
        LastVolume last;
        try {
            last = find(held, reader);
        } catch (ProblemException e) {
            return ended(run, new Receipt.Grown(0, 0, Optional.of(e.problem())));
        }
        long from = last.volume().size();
        run.step(BEGUN, "format", Header.title(last.volume().content()), "from", from, "to", last.size());
        Receipt.Grown grown;
        try {
            // Tools that work on a disk are not held still: whoever sees that something is paused may unplug it.
            long to = run.work().whole(() -> disks.grow(disk, held, last, run.work()));
            grown = new Receipt.Grown(from, to, Optional.empty());
        } catch (ProblemException e) {
            putBack(run, held, reader, before);
            grown = new Receipt.Grown(from, from, Optional.of(e.problem()));
        }
        held.settle(held.size());
        return ended(run, grown);
    }

    /** What comes last on the disk as it is now, which may be another than it was when somebody asked. */
    private LastVolume find(BlockTarget held, DiskReader reader) throws IOException {
        LastVolume last = LastVolume.on(new SourceBytes(held).part(0, reader.size()), held.size());
        disks.ungrowable(last.volume()).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return last;
    }

    /** The end first: the restore that follows makes the tables fit the larger disk again. */
    private static void putBack(TaskRun run, BlockTarget held, DiskReader reader, Optional<Supplier<DiskReader>> before)
            throws IOException {
        run.step("grow-undoing", "target", run.task().subject().name());
        if (before.isPresent()) {
            DiskRestore.end(before.get().get(), held, reader.size(), DiskRestore.Options.standard(), run.work());
        }
        DiskRestore.run(reader, held, DiskRestore.Options.standard(), run.work());
    }

    /**
     * Makes what lies behind the end of a backup what it was before a restore that died while it grew; what lies before it the restore
     * that follows does.
     *
     * @param before the safety copy of what the disk held before
     */
    static void endBack(TaskRun run, BlockTarget held, DiskReader reader, DiskReader before) throws IOException {
        run.step("grow-end-back", "target", run.task().subject().name());
        DiskRestore.end(before, held, reader.size(), DiskRestore.Options.standard(), run.work());
    }

    private static Receipt.Grown ended(TaskRun run, Receipt.Grown grown) {
        run.outcome(Receipts.GROWN_FROM, grown.from());
        run.outcome(Receipts.GROWN_TO, grown.to());
        grown.problem().ifPresentOrElse(problem -> failed(run, problem), () -> run.step("grown", "to", grown.to()));
        return grown;
    }

    private static void failed(TaskRun run, Problem problem) {
        run.outcome(Receipts.GROW_PROBLEM, Objects.requireNonNull(Json.problem(problem)));
        run.step("grow-failed", "cause", String.valueOf(problem.args().getOrDefault("cause", problem.code())));
    }
}
