package org.coffer.window.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.console.location.Location;
import org.coffer.console.vault.Candidate;
import org.coffer.window.kit.Sentence;

/** Says what a form for a new vault will bring about, a sentence per paragraph. */
final class NewVaultSummary {
    private NewVaultSummary() {}

    static List<Sentence> of(NewVaultModel model) {
        var lines = new ArrayList<Sentence>();
        lines.add(purpose(model));
        lines.add(Sentence.of(
                "vault.create.summary.capacity",
                "gb",
                Gigabytes.read(model.capacity().get()).orElse(0)));
        model.firstRun()
                .filter(run -> !model.chosen().isEmpty())
                .ifPresent(run -> lines.add(Sentence.of("vault.create.summary.first", "time", run.at())));
        if (model.autoExpand().get()) {
            lines.add(Sentence.of("vault.create.summary.grows"));
        }
        if (!model.encrypted().get()) {
            lines.add(Sentence.of("vault.create.summary.plain"));
        } else if (model.passphrase().get().isEmpty()) {
            lines.add(Sentence.of("vault.create.summary.key"));
        } else {
            lines.add(Sentence.of("vault.create.summary.passphrase"));
        }
        lines.addAll(Warnings.of(model.chosen()));
        return lines;
    }

    private static Sentence purpose(NewVaultModel model) {
        Optional<Location> place = model.location().get();
        String name = model.name().get();
        List<Candidate> chosen = model.chosen();
        long bytes = chosen.stream().mapToLong(row -> row.disk().capacity()).sum();
        String key = "vault.create.summary." + (model.encrypted().get() ? "sealed" : "open");
        if (place.isEmpty()) {
            return Sentence.of("vault.create.summary.nowhere", "name", name);
        }
        if (model.replication().get()) {
            return Sentence.of(
                    key + ".copies", "name", name, "location", place.get().name());
        }
        return chosen.isEmpty()
                ? Sentence.of(
                        key + ".none", "name", name, "location", place.get().name())
                : Sentence.of(
                        key + ".disks",
                        "name",
                        name,
                        "location",
                        place.get().name(),
                        "n",
                        chosen.size(),
                        "bytes",
                        bytes);
    }
}
