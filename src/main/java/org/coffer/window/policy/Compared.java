package org.coffer.window.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.policy.Simulation;

/**
 * A real backup as a policy is, and as an edit would have it (P15).
 *
 * @param changed whether anything becomes of it that would not otherwise
 */
record Compared(Simulation.Entry before, Simulation.Entry after, boolean changed) {
    private static final Comparator<Compared> CHANGED_FIRST = Comparator.comparing(Compared::changed)
            .reversed()
            .thenComparing(one -> one.after().created(), Comparator.reverseOrder());

    /** All that are in both, those that change first, then the newest first. */
    static List<Compared> of(Simulation before, Simulation after) {
        Map<UUID, Simulation.Entry> old = real(before);
        return real(after).entrySet().stream()
                .flatMap(now -> Stream.ofNullable(old.get(now.getKey())).map(then -> of(then, now.getValue())))
                .sorted(CHANGED_FIRST)
                .toList();
    }

    private static Compared of(Simulation.Entry before, Simulation.Entry after) {
        boolean same =
                before.reasons().equals(after.reasons()) && before.goesAt().equals(after.goesAt());
        return new Compared(before, after, !same);
    }

    private static Map<UUID, Simulation.Entry> real(Simulation simulation) {
        return simulation.entries().stream()
                .filter(entry -> entry.backup().isPresent())
                .collect(
                        Collectors.toMap(entry -> entry.backup().map(Backup::id).orElseThrow(), Function.identity()));
    }
}
