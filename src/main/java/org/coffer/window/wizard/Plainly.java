package org.coffer.window.wizard;

import java.util.Set;
import java.util.stream.Stream;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Sentence;

/**
 * Says problems in the wizard's plain words. What it has no words for is said as everywhere; those sentences are short
 * too, but some name things that only experts know.
 */
final class Plainly {
    /** The problems that people meet on the way and that have words of their own here. */
    static final Set<String> CODES = Set.of(
            "disk.missing",
            "files.broken",
            "files.encrypted",
            "files.large",
            "files.missing",
            "files.nothing",
            "files.pool",
            "files.room",
            "files.swap",
            "files.unknown",
            "files.unsupported",
            "image.exists",
            "location.unreachable",
            "mount.busy",
            "restore.attached",
            "restore.carries-home",
            "restore.carries-location",
            "restore.carries-unknown",
            "restore.carries-vault",
            "restore.held",
            "restore.larger",
            "restore.mounted",
            "restore.no-copy",
            "restore.other-disk",
            "restore.system",
            "restore.system-copy",
            "vault.damaged",
            "vault.no-key");

    private static final String PREFIX = "wizard.why.";

    private Plainly() {}

    /** The sentence of a problem, in plain words if there are any. */
    static Sentence why(Problem problem) {
        return CODES.contains(problem.code())
                ? Sentence.of(PREFIX + problem.code(), flat(problem))
                : Sentence.explaining(problem);
    }

    private static Object[] flat(Problem problem) {
        return problem.args().entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray();
    }
}
