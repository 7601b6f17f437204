package org.coffer.window.wizard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Preview;
import org.coffer.window.kit.Sentence;

/** Says what the restore of a whole disk does, in sentences that could be read aloud. */
final class DiskSummary {
    private DiskSummary() {}

    /**
     * The sentences.
     *
     * @param safetyCopy whether what is overwritten is kept
     * @param grows whether all of a larger disk is used at the end
     */
    static List<Sentence> of(
            DiskWay way, Backup backup, Plan plan, Counting.Count count, boolean safetyCopy, boolean grows) {
        var lines = new ArrayList<Sentence>();
        lines.add(Sentence.of(
                "wizard.check.disk." + way.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "disk",
                backup.diskName(),
                "target",
                plan.targetName(),
                "at",
                backup.createdAt(),
                "path",
                plan.path().toString(),
                "bytes",
                backup.sizes().logical()));
        if (count instanceof Counting.Count.Done done) {
            lines.add(
                    done.bytes() == 0
                            ? Sentence.of("wizard.check.same", "target", plan.targetName())
                            : Sentence.of("wizard.check.counted", "bytes", done.bytes()));
        }
        if (grows) {
            lines.add(Sentence.of("wizard.check.grows", "target", plan.targetName()));
        }
        // That none is made is said apart, because it cannot be undone then; with the way to change it, where there is
        // one.
        plan.preview()
                .safetyCopy()
                .filter(safety -> safetyCopy || !safety.makes())
                // Nor is one promised that cannot be made, which is said with the way on.
                .filter(safety -> safety.refusal().isEmpty())
                .flatMap(DiskSummary::safety)
                .ifPresent(lines::add);
        takes(plan.preview()).ifPresent(lines::add);
        return List.copyOf(lines);
    }

    private static Optional<Sentence> safety(Preview.Safety safety) {
        return safety.kept().isPresent()
                ? Optional.of(Sentence.of("wizard.check.copy.kept"))
                : safety.until().map(until -> Sentence.of("wizard.check.copy", "until", until));
    }

    private static Optional<Sentence> takes(Preview preview) {
        return preview.estimate().map(time -> Sentence.of("wizard.check.takes", "time", rounded(time)));
    }

    /** Seconds; whole minutes from one minute on: an estimate to the second promises too much. */
    private static long rounded(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        return seconds < 60 ? seconds : Math.round(seconds / 60.0) * 60;
    }
}
