package org.coffer.window.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.FilePlan;
import org.coffer.text.Printable;
import org.coffer.window.kit.Sentence;

/** What a restore of files would do, in sentences that could be read aloud. */
public final class FileSummary {
    private FileSummary() {}

    /** The sentences; none while it is not known. */
    public static List<Sentence> of(FilePlaceModel place) {
        Optional<FilePlan> plan = place.planProperty().get();
        if (plan.isEmpty()) {
            return List.of();
        }
        FilePlan now = plan.get();
        var lines = new ArrayList<Sentence>();
        lines.add(first(place, now, now.backup()));
        lines.add(conflict(place, now));
        lines.add(Sentence.of("browse.check.files.count", "n", now.files(), "bytes", now.bytes(), "free", now.free()));
        return lines;
    }

    private static Sentence first(FilePlaceModel place, FilePlan plan, Backup backup) {
        String way = place.wayProperty().get().name().toLowerCase(Locale.ROOT);
        boolean one = place.paths().size() == 1;
        return Sentence.of(
                (one ? "browse.check.file." : "browse.check.files.") + way,
                "name",
                Printable.line(place.paths().getFirst().name()),
                "n",
                place.paths().size(),
                "at",
                backup.createdAt(),
                "folder",
                plan.folder().toString());
    }

    private static Sentence conflict(FilePlaceModel place, FilePlan plan) {
        if (plan.takenCount() == 0) {
            return Sentence.of("browse.check.nothing-overwritten");
        }
        return switch (place.conflict()) {
            case KEEP -> Sentence.of("browse.check.kept", "n", plan.takenCount());
            case REPLACE -> Sentence.of("browse.check.replaced", "n", plan.takenCount());
            case SKIP -> Sentence.of("browse.check.skipped", "n", plan.takenCount());
        };
    }
}
