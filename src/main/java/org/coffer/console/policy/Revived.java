package org.coffer.console.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Kept;
import org.coffer.problem.Problem;

/**
 * What came back of the policies of a vault that was attached (V17).
 *
 * @param policy the policy that makes its backups
 * @param notes what is not as it was: {@code attach.policy}, {@code attach.policy-changed}, {@code attach.policy-many}, {@code
 *     attach.policy-off}, {@code attach.policy-renamed}, {@code attach.policy-twice}
 * @param later what is bound once the vault's backups are here, so that they are left: the policies have other rules by now
 */
public record Revived(Optional<Policy> policy, List<Problem> notes, List<Bond> later) {
    /** What is left to do once all was done. */
    public static final Map<String, Object> SETTLED = Map.of("settled", true);

    /** Keeps unmodifiable copies. */
    public Revived {
        notes = List.copyOf(notes);
        later = List.copyOf(later);
    }

    /** What is left to do, to be kept until {@link Revival#settle} does it. */
    public Map<String, Object> rest() {
        return Map.of("later", later.stream().map(Revived::write).toList());
    }

    private static Map<String, Object> write(Bond bond) {
        return Map.of(
                "policy",
                bond.policy().toString(),
                "kind",
                bond.kind().name(),
                "since",
                bond.since().toString());
    }

    /** The bonds of a vault that {@link #rest} kept. */
    static List<Bond> later(UUID vault, Map<String, Object> rest) {
        return new Kept(rest)
                .inners("later").stream()
                        .map(Kept::new)
                        .flatMap(one -> one
                                .id("policy")
                                .flatMap(policy -> one.word("kind", PolicyKind.class)
                                        .flatMap(kind ->
                                                one.moment("since").map(since -> new Bond(policy, vault, kind, since))))
                                .stream())
                        .toList();
    }

    /** Whether nothing is left to do. */
    static boolean settled(Map<String, Object> rest) {
        return new Kept(rest).flag("settled");
    }

    static Revived nothing(Problem... notes) {
        return new Revived(Optional.empty(), List.of(notes), List.of());
    }
}
