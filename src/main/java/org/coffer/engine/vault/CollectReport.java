package org.coffer.engine.vault;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.problem.Problem;

/**
 * What collecting achieved.
 *
 * @param freed bytes of the objects that were deleted, without those of the copies that were written instead
 * @param packs packs that were deleted
 * @param repacked packs that were rewritten without what is dead in them
 * @param later bytes that a next collection can free: sessions have to end first, or this one's budget was used up
 * @param held bytes of packs that no backup uses and that stay because somebody means to go on with the run that wrote them
 * @param waiting sessions that must end first; collect again after that, nothing done is lost
 * @param blocking what cannot be read, and so forbids deleting anything; empty if nothing
 * @param unread what cannot be read, and so only forbids repacking; empty if nothing
 * @param touched backups that share packs with what was deleted, so that they may hold more alone now; empty if nobody
 *     can say which
 * @param vault the vault's name, for the message
 */
public record CollectReport(
        long freed,
        int packs,
        int repacked,
        long later,
        long held,
        List<SessionId> waiting,
        List<Damage> blocking,
        List<Damage> unread,
        Optional<Set<SessionId>> touched,
        String vault) {
    /** Keeps unmodifiable copies. */
    public CollectReport {
        waiting = List.copyOf(waiting);
        blocking = List.copyOf(blocking);
        unread = List.copyOf(unread);
        touched = touched.map(Set::copyOf);
    }

    /**
     * What forbade deleting, if anything did: {@code collect.blocked} by something of a backup that can be deleted,
     * {@code collect.marker} by what consoles tell each other, which nobody can, {@code collect.lost} by backups that are gone,
     * {@code collect.newer} by what is not understood, {@code collect.lag} by a place whose lists nobody knows.
     */
    public Optional<Problem> problem() {
        return blocking.stream().findFirst().map(damage -> {
            ObjectType type = Names.type(damage.object());
            boolean ofBackup = type == ObjectType.COMMIT || type == ObjectType.USES;
            boolean newer = damage.reason() == Damage.Reason.NEWER;
            if (damage.reason() == Damage.Reason.VANISHED) {
                return Problem.of("collect.lost", "vault", vault, "names", damage.object());
            }
            if (damage.reason() == Damage.Reason.UNBOUNDED) {
                return Problem.of("collect.lag", "vault", vault, "place", damage.object());
            }
            return Problem.of(
                    newer ? "collect.newer" : ofBackup ? "collect.blocked" : "collect.marker",
                    "vault",
                    vault,
                    "object",
                    damage.object(),
                    "details",
                    damage.detail());
        });
    }
}
