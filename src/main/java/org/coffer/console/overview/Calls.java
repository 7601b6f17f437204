package org.coffer.console.overview;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.problem.Problem;

/**
 * What somebody is told of by itself while no window shows it: a missed run that waits for an answer, because it goes by itself at
 * the next one (P11), and a backup that failed, because somebody believes to have it. Each cause is told once as long as it lasts,
 * not each run that fails for it. Used by one thread at a time.
 */
public final class Calls {
    /** What is told once, as long as it lasts. */
    private record Cause(Attention.Kind kind, String name, Optional<UUID> vault, Optional<String> code) {
        static Cause of(Attention need) {
            return new Cause(
                    need.kind(), need.name(), need.vault(), need.problem().map(Problem::code));
        }
    }

    /**
     * What a look found.
     *
     * @param open all that somebody is to know of and did not see
     * @param fresh those of them that the look before did not find
     */
    public record Found(List<Attention> open, List<Attention> fresh) {}

    /** Whether what the first look finds was to be seen. */
    private boolean seenSoFar;
    /** What nobody is told of, because it was to be seen. */
    private final Set<Cause> old = new HashSet<>();

    private Set<Cause> told = Set.of();

    /**
     * Begins anew.
     *
     * @param seen whether what is there already was to be seen elsewhere
     */
    public void begin(boolean seen) {
        seenSoFar = seen;
        old.clear();
        told = Set.of();
    }

    /** Looks at what needs somebody now. */
    public Found look(List<Attention> needs) {
        Map<Cause, Attention> open = new LinkedHashMap<>();
        needs.stream().filter(Calls::tells).forEach(need -> open.putIfAbsent(Cause.of(need), need));
        if (seenSoFar) {
            old.addAll(open.keySet());
            seenSoFar = false;
        }
        old.retainAll(open.keySet());
        open.keySet().removeAll(old);
        List<Attention> fresh = open.entrySet().stream()
                .filter(each -> !told.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        told = Set.copyOf(open.keySet());
        return new Found(List.copyOf(open.values()), fresh);
    }

    private static boolean tells(Attention need) {
        return need.kind() == Attention.Kind.RUN_ASKED || need.kind() == Attention.Kind.BACKUP_FAILED;
    }
}
