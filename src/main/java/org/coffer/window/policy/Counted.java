package org.coffer.window.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.console.policy.EditEffect;
import org.coffer.console.policy.Simulation;
import org.coffer.window.kit.Sentence;

/**
 * The counts below the calendar of what stays, in sentences. They are of one disk up to the moment that is shown, while an edit
 * deletes of all disks of its policy, and sooner: each says of what it is the count, so that they add up for whoever reads them.
 */
final class Counted {
    private Counted() {}

    /** How many are there now, how many of these stay and go without and with the edit, and with how many new ones. */
    static List<Sentence> lines(Stays.Outlook outlook) {
        Simulation then = outlook.then();
        Optional<Stays.Subject> subject = outlook.subject();
        if (outlook.now().isEmpty() || subject.isEmpty()) {
            return List.of(Sentence.of("policy.form.stays.only", "n", then.kept()));
        }
        List<Sentence> lines = new ArrayList<>();
        lines.add(Sentence.of(
                "policy.form.stays.there", "disk", subject.get().name(), "n", then.there(), "time", then.asOf()));
        outlook.now()
                .map(now -> line(now, now.made() == 0 ? "policy.form.stays.before" : "policy.form.stays.before-made"))
                .ifPresent(lines::add);
        lines.add(line(then, then.made() == 0 ? "policy.form.stays.after" : "policy.form.stays.after-made"));
        return lines;
    }

    private static Sentence line(Simulation simulation, String key) {
        return Sentence.of(
                key,
                "stay",
                simulation.kept() - simulation.made(),
                "gone",
                simulation.gone().size(),
                "bytes",
                simulation.frees(),
                "made",
                simulation.made(),
                "n",
                simulation.kept());
    }

    /** What saving the edit deletes, of which disks; empty if nothing. */
    static Optional<Sentence> deletes(Stays.Outlook outlook) {
        EditEffect effect = outlook.effect();
        if (effect.count() == 0) {
            return Optional.empty();
        }
        long mine = outlook.subject()
                .map(subject -> effect.all()
                        .filter(backup -> backup.diskId().equals(subject.disk()))
                        .filter(backup -> backup.vaultId().equals(subject.holder()))
                        .count())
                .orElse(0L);
        return Optional.of(
                mine == effect.count()
                        ? Sentence.of("policy.form.stays.effect", "n", effect.count(), "bytes", effect.frees())
                        : Sentence.of(
                                "policy.form.stays.effect-disks",
                                "n",
                                effect.count(),
                                "mine",
                                mine,
                                "disk",
                                outlook.subject().map(Stays.Subject::name).orElse(""),
                                "bytes",
                                effect.frees()));
    }

    /** When that is. */
    static List<Sentence> when(EditEffect effect) {
        List<Sentence> lines = new ArrayList<>();
        if (!effect.atOnce().isEmpty()) {
            lines.add(Sentence.of(
                    "policy.form.stays.at-once", "n", effect.atOnce().size()));
        }
        if (!effect.afterNext().isEmpty()) {
            lines.add(Sentence.of(
                    "policy.form.stays.after-next", "n", effect.afterNext().size()));
        }
        return lines;
    }
}
