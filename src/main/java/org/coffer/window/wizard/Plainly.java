package org.coffer.window.wizard;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.coffer.console.file.FileFailure;
import org.coffer.console.file.FilePath;
import org.coffer.problem.Problem;
import org.coffer.text.Printable;
import org.coffer.window.kit.Sentence;

/**
 * Says problems in the wizard's plain words. What it has no words for is said as everywhere; those sentences are short
 * too, but some name things that only experts know.
 */
final class Plainly {
    /** The problems that people meet on the way and that have words of their own here. */
    static final Set<String> CODES = Set.of(
            "backup.busy",
            "backup.damaged",
            "disk.failed",
            "disk.missing",
            "disk.not-mounted",
            "disk.permission",
            "disk.read",
            "disk.refused",
            "disk.unmount-busy",
            "disk.unmount-denied",
            "disk.write",
            "file.unwritable",
            "files.broken",
            "files.cut",
            "files.deep",
            "files.denied",
            "files.encrypted",
            "files.full",
            "files.gone",
            "files.in-way",
            "files.journal",
            "files.large",
            "files.link",
            "files.missing",
            "files.moved",
            "files.name",
            "files.no-origin",
            "files.nothing",
            "files.own",
            "files.pool",
            "files.readonly",
            "files.room",
            "files.seconds",
            "files.swap",
            "files.target",
            "files.unknown",
            "files.unlike",
            "files.unread",
            "files.unsupported",
            "image.denied",
            "image.exists",
            "image.missing",
            "image.readonly",
            "location.copies",
            "location.denied",
            "location.marker",
            "location.missing",
            "location.unreachable",
            "migrate.running",
            "mount.busy",
            "restore.attached",
            "restore.carries-home",
            "restore.carries-location",
            "restore.carries-unknown",
            "restore.carries-vault",
            "restore.differs",
            "restore.exchanged",
            "restore.full",
            "restore.held",
            "restore.larger",
            "restore.mounted",
            "restore.no-copy",
            "restore.other-disk",
            "restore.room",
            "restore.running",
            "restore.system",
            "restore.system-copy",
            "storage.damaged",
            "storage.denied.list",
            "storage.denied.read",
            "storage.denied.write",
            "storage.endpoint",
            "storage.full",
            "storage.token",
            "task.interrupted",
            "task.not-now",
            "undo.done",
            "undo.none",
            "undo.over",
            "undo.running",
            "undo.untouched",
            "vault.damaged",
            "vault.no-key");

    /** Why all of a larger disk cannot be used has many names, and one way out. */
    private static final String GROWING = "grow.";

    /** Why what is kept in object storage is not to be had has more names than anybody wants to hear of; whoever set it up finds them. */
    private static final String STORAGE = "storage.";

    /** Of these, what anybody can put right. */
    private static final Set<String> CLOCK = Set.of(
            "storage.certificate.early", "storage.certificate.expired", "storage.clock.ahead", "storage.clock.behind");

    private static final String PREFIX = "wizard.why.";
    /** How a place in a backup begins: with the number of a part of the disk, which says nothing to anybody here. */
    private static final Pattern IN_BACKUP = Pattern.compile("[0-9]{1,4}:/.*", Pattern.DOTALL);

    private Plainly() {}

    /** The sentence of a problem, in plain words if there are any. */
    static Sentence why(Problem problem) {
        if (problem.code().startsWith(GROWING)) {
            return Sentence.of("wizard.grow.not");
        }
        if (CODES.contains(problem.code())) {
            return Sentence.of(PREFIX + problem.code(), flat(problem));
        }
        if (problem.code().startsWith(STORAGE)) {
            return Sentence.of(CLOCK.contains(problem.code()) ? "wizard.storage.clock" : "wizard.storage.unreached");
        }
        return Sentence.explaining(problem);
    }

    /** Why a file is not back. */
    static Sentence why(FileFailure failure) {
        String name = name(failure.path());
        return switch (failure.problem().code()) {
            case "vault.damaged", "files.broken" -> Sentence.of("wizard.done.damaged", "name", name);
            case "files.unsupported", "files.unread" -> Sentence.of("wizard.done.unreadable", "name", name);
            case "files.cut",
                    "files.deep",
                    "files.denied",
                    "files.in-way",
                    "files.large",
                    "files.link",
                    "files.missing",
                    "files.moved",
                    "files.name",
                    "files.own",
                    "files.unlike" -> why(failure.problem());
            default -> Sentence.of("wizard.done.not-back", "name", name);
        };
    }

    private static Object[] flat(Problem problem) {
        return problem.args().entrySet().stream()
                .flatMap(entry -> Stream.of(
                        entry.getKey(),
                        entry.getValue() instanceof String text
                                        && IN_BACKUP.matcher(text).matches()
                                ? name(text)
                                : entry.getValue()))
                .toArray();
    }

    private static String name(String path) {
        FilePath place = FilePath.parse(path);
        return Printable.line(place.isRoot() ? place.text() : place.name());
    }
}
