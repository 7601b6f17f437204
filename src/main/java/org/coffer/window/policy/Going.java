package org.coffer.window.policy;

import java.util.ArrayList;
import java.util.List;
import org.coffer.console.backup.Backup;
import org.coffer.console.policy.EditEffect;
import org.coffer.window.kit.Sentence;

/** What goes by an edit of a policy, or by switching it on, in sentences: how many and when, with some of their names. */
final class Going {
    private Going() {}

    /** The lines of a question; none if nothing goes. */
    static List<Sentence> lines(EditEffect effect) {
        List<Sentence> lines = new ArrayList<>();
        if (!effect.atOnce().isEmpty()) {
            lines.add(Sentence.of(
                    "policy.form.goes.at-once", "n", effect.atOnce().size(), "names", names(effect.atOnce())));
        }
        if (!effect.afterNext().isEmpty()) {
            lines.add(Sentence.of(
                    "policy.form.goes.after-next", "n", effect.afterNext().size(), "names", names(effect.afterNext())));
        }
        if (!lines.isEmpty()) {
            lines.add(Sentence.of("policy.form.goes.frees", "bytes", effect.frees()));
        }
        return lines;
    }

    private static List<String> names(List<Backup> backups) {
        return backups.stream().map(Backup::name).toList();
    }
}
