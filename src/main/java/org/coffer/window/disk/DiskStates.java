package org.coffer.window.disk;

import java.util.Optional;
import java.util.Set;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;

/** How the states of disks look everywhere (R2). */
public final class DiskStates {
    private static final Set<String> NO_RIGHT = Set.of("disk.permission", "disk.refused", "image.unreadable");

    private DiskStates() {}

    /** The state of a disk, with its cause and the way out as detail. */
    public static State of(Disk disk) {
        if (disk.unfinishedRestore().isPresent()) {
            return new State(
                    Icon.WARN,
                    Tone.DANGER,
                    Sentence.of("disks.state.unfinished"),
                    Optional.of(Sentence.explaining(Problem.of("disk.unfinished", "disk", disk.name()))));
        }
        return switch (disk.state()) {
            case AVAILABLE -> State.of(Icon.OK, Tone.SUCCESS, "word.resource.state.available");
            case IN_USE -> inUse(disk);
            case FAULTY ->
                new State(
                        Icon.ERROR,
                        noRight(disk) ? Tone.ATTENTION : Tone.DANGER,
                        Sentence.of(noRight(disk) ? "disks.state.permission" : "word.resource.state.faulty"),
                        disk.cause().map(Sentence::explaining));
            case MISSING ->
                State.of(Icon.OFF, Tone.MUTED, "word.resource.state.missing")
                        .because("disks.state.missing.why", "at", disk.lastSeen());
        };
    }

    private static State inUse(Disk disk) {
        State state = State.of(Icon.IN_USE, Tone.PLAIN, "word.resource.state.in-use");
        return disk.mounts().isEmpty()
                ? state.because("disks.state.held")
                : state.because("disks.state.mounted", "path", disk.mounts());
    }

    /** Whether a disk cannot be read only because this account, or whatever encloses this process, may not. */
    static boolean noRight(Disk disk) {
        return disk.cause().map(Problem::code).filter(NO_RIGHT::contains).isPresent();
    }

    /** Why a disk cannot be protected now, if it cannot. */
    static Optional<Problem> hindrance(Disk disk) {
        if (disk.unfinishedRestore().isPresent()) {
            return Optional.of(Problem.of("disk.unfinished", "disk", disk.name()));
        }
        return switch (disk.state()) {
            case AVAILABLE, IN_USE -> Optional.empty();
            case FAULTY -> Optional.of(disk.cause().orElse(Problem.of("disk.faulty", "disk", disk.name())));
            case MISSING -> Optional.of(Problem.of("disk.missing", "disk", disk.name()));
        };
    }
}
