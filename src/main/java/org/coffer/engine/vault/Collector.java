package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Frees what nothing needs any more: rules 9 to 14 of the protocol.
 *
 * <p>The order of the steps is what makes deleting safe; what is decided between them stands in {@link Protocol}, and
 * {@code docs/vault-format.md} has the argument. Any number of collectors may run at once and stop anywhere: what one
 * condemned another takes over. Nothing waits for a running session here; the report names it, and the next run goes on
 * from there.
 *
 * <p><b>Work.</b> A look at the small objects and two lists. Trees are walked only when a backup was deleted since the
 * last collection that finished, and then only those of backups that share packs with it.
 */
final class Collector {
    private static final Protocol PROTOCOL = Protocol.STANDARD;
    private static final List<ObjectType> PACKS = List.of(ObjectType.DATA, ObjectType.MAP);

    private final VaultCore core;
    private final Markers markers;
    private final Survey survey;
    private final Catalog catalog;
    private final ConsoleId console;
    private final Set<SessionId> spared;
    private final Repacking policy;
    private final Work work;
    private final Repacker repacker;

    // What the steps found out, one after the other.
    private final List<Damage> blocking = new ArrayList<>();
    private final List<Survey.Known> known = new ArrayList<>();
    private final Garbage garbage = new Garbage();
    private PackSet candidates = new PackSet();
    private final PackSet dead = new PackSet();
    private Set<SessionId> waiting = Set.of();
    private Survey.@Nullable Seen looked;
    private Survey.@Nullable Open open;
    private @Nullable Tidying tidying;
    private Optional<PackSet> usedByDeleted = Optional.empty();
    private Optional<Set<SessionId>> touched = Optional.empty();
    private long freed;
    private long held;
    private int packs;
    private int rewritten;

    Collector(
            VaultCore core,
            Markers markers,
            Catalog catalog,
            Survey survey,
            ConsoleId console,
            Set<SessionId> spared,
            Repacking policy,
            Work work) {
        this.core = core;
        this.markers = markers;
        this.catalog = catalog;
        this.survey = survey;
        this.console = console;
        this.spared = spared;
        this.policy = policy;
        this.work = work;
        this.repacker = new Repacker(core, work, core.random().nextLong());
    }

    /** Collects; once. */
    CollectReport collect() throws IOException {
        work.stage(Stage.COLLECTING);
        Optional<Duration> lag = core.store().staleness();
        if (lag.isEmpty()) {
            core.store().beneath(""); // A place that does not answer cannot say it either, and says that instead.
            blocking.add(new Damage(
                    core.store().where(),
                    Damage.Reason.UNBOUNDED,
                    List.of(),
                    "this location does not say how far its listings lag"));
            return stopped();
        }
        Protocol.@Nullable Collect goOnAt = null;
        for (Protocol.Collect step : PROTOCOL.collecting()) {
            if (goOnAt != null && step != goOnAt) {
                continue;
            }
            boolean condemned = step(step, lag.get());
            goOnAt = step == Protocol.Collect.CONDEMN && !condemned ? PROTOCOL.takingOver() : null;
            if (!blocking.isEmpty() || !waiting.isEmpty()) {
                return stopped();
            }
        }
        return new CollectReport(
                freed,
                packs,
                rewritten,
                garbage.choice.left(),
                held,
                List.of(),
                List.of(),
                garbage.unread,
                touched,
                core.place().vault());
    }

    /** Takes a step; true unless there was nothing to condemn. */
    private boolean step(Protocol.Collect step, Duration lag) throws IOException {
        switch (step) {
            case LOOK -> {
                looked = survey.look(blocking);
                usedByDeleted = survey.usedByDeleted(seen());
                touched = usedByDeleted.isEmpty()
                        ? Optional.empty()
                        : Optional.of(survey.touched(seen(), usedByDeleted.get()));
                open = survey.open(blocking);
            }
            case LIST_CONDEMNED -> {
                known.addAll(survey.condemned(blocking));
                if (blocking.isEmpty()) {
                    candidates = candidates(seen(), Objects.requireNonNull(open));
                    choose(seen());
                }
            }
            case CONDEMN -> {
                return condemn();
            }
            case DECIDE -> decide(lag);
            case DROP_INDEX -> {
                freed += tidying().dropIndex(dead);
                core.store().syncDeletes();
            }
            case DELETE_PACKS -> deletePacks();
            case REWRITE -> repack(seen());
            case LIFT -> {
                core.store().syncDeletes();
                if (!known.isEmpty()) {
                    work.rest(lag.multipliedBy(PROTOCOL.lagsBeforeLifting()));
                }
                for (Survey.Known one : known) {
                    tidying().lift(one);
                }
            }
            case TIDY -> {
                freed += tidying().tidy(garbage.finished(policy));
                tidying().sweep();
                core.store().syncDeletes();
            }
        }
        return true;
    }

    private Survey.Seen seen() {
        return Objects.requireNonNull(looked);
    }

    private Tidying tidying() {
        return Objects.requireNonNull(tidying);
    }

    /** What is told when nothing may be deleted yet. */
    private CollectReport stopped() {
        long later = waiting.isEmpty() ? 0 : size() + garbage.choice.bytes() + garbage.choice.left();
        return new CollectReport(
                0,
                0,
                0,
                later,
                held,
                List.copyOf(waiting),
                blocking,
                garbage.unread,
                touched,
                core.place().vault());
    }

    /** What was found out about packs that are dead in part. */
    private static final class Garbage {
        final List<Damage> unread = new ArrayList<>();
        Waste.Choice choice = Waste.Choice.none();

        @Nullable
        Liveness liveness;

        /** Whether no collection has to look again at what was deleted so far. */
        boolean finished(Repacking policy) {
            return policy.possible() && choice.left() == 0 && unread.isEmpty();
        }
    }

    /** Rule 9: packs that are dead as a whole, but for those that somebody means to go on with; to leave out more is always safe. */
    private PackSet candidates(Survey.Seen seen, Survey.Open open) throws IOException {
        PackSet condemned = new PackSet();
        known.forEach(one -> condemned.addAll(one.what().packs()));
        PackSet found = new PackSet();
        Set<SessionId> later = markers.withAdopted(spared);
        for (ObjectType type : PACKS) {
            for (PackId pack : seen.stored(type).ids()) {
                SessionId session = pack.session();
                boolean gone = seen.contents().gone().contains(session)
                        && !seen.contents().backups().containsKey(session)
                        && markers.gone(session);
                boolean needed =
                        open.sessions().contains(session) || open.adopted().contains(session);
                if (PROTOCOL.candidate(
                        gone, needed, seen.used().contains(type, pack), condemned.contains(type, pack))) {
                    if (later.contains(session)) {
                        held += size(seen, type, pack);
                    } else {
                        found.add(type, pack);
                    }
                }
            }
        }
        return found;
    }

    /**
     * Rule 9: packs that are dead in part, if anything was deleted since this was last looked at. Only what a deleted backup used
     * can be dead in more of its entries than then; and what a run left behind that had no backup to delete.
     */
    private void choose(Survey.Seen seen) throws IOException {
        if (!policy.possible()) {
            return;
        }
        boolean look = survey.deletedSince(seen);
        PackSet suspects = new PackSet();
        PackSet copied = new PackSet();
        for (ObjectType type : PACKS) {
            for (PackId pack : seen.stored(type).ids()) {
                StoredPacks.Stored there = seen.stored(type).get(pack);
                boolean several = there != null && there.copies().size() > 1;
                boolean over = look && seen.contents().gone().contains(pack.session()) && lost(type, pack);
                if ((several || over) && seen.used().contains(type, pack)) {
                    suspects.add(type, pack);
                    if (several) {
                        copied.add(type, pack);
                    }
                }
            }
        }
        Waste waste = new Waste(core.store(), repacker, policy);
        if (!look) {
            // Copies that a collector left behind, which stopped or met another.
            garbage.choice = waste.choose(seen, suspects, null, copied);
            return;
        }
        Liveness liveness = new Liveness(core, catalog, suspects);
        try {
            liveness.add(seen.contents().backups().values(), work::checkpoint);
        } catch (DamagedException e) {
            garbage.unread.add(Survey.damage(e, List.of()));
            return;
        }
        garbage.liveness = liveness;
        garbage.choice = waste.choose(seen, suspects, liveness.live(), copied);
    }

    private boolean lost(ObjectType type, PackId pack) throws IOException {
        return usedByDeleted.isEmpty()
                || usedByDeleted.get().contains(type, pack)
                || markers.why(pack.session()) != Markers.Why.PURGED;
    }

    /** Rule 10. Whole packs and single entries apart, because the ones are done with long before the others. */
    private boolean condemn() throws IOException {
        Condemned before = Condemned.none();
        known.forEach(one -> before.addAll(one.what()));
        EntrySet entries = new EntrySet();
        for (Waste.Wasted wasted : garbage.choice.chosen()) {
            wasted.dead().stream()
                    .filter(ordinal -> !before.contains(wasted.type(), wasted.pack(), ordinal))
                    .forEach(ordinal -> entries.add(wasted.type(), wasted.pack(), ordinal));
        }
        boolean any = false;
        for (Condemned what :
                List.of(new Condemned(candidates, new EntrySet()), new Condemned(new PackSet(), entries))) {
            if (!what.isEmpty()) {
                String object = markers.putCondemned(SessionId.random(core.random()), console, what);
                known.add(new Survey.Known(object, what));
                any = true;
            }
        }
        return any;
    }

    /** Rules 10 to 12: what is dead, of all that is condemned by whomever. */
    private void decide(Duration lag) throws IOException {
        Survey.Decision decision = survey.decide(!known.isEmpty(), lag, blocking, work);
        waiting = decision.waiting();
        if (decision.seen() == null) {
            return;
        }
        looked = decision.seen();
        for (Survey.Known one : known) {
            for (ObjectType type : PACKS) {
                for (PackId pack : one.what().packs().packs(type)) {
                    if (PROTOCOL.dead(true, seen().used().contains(type, pack))) {
                        dead.add(type, pack);
                    }
                }
            }
        }
        work.expect(size() + garbage.choice.bytes());
        tidying = new Tidying(core, markers, seen(), console, spared);
    }

    /** Bytes of the packs that are condemned and not in use. */
    private long size() {
        PackSet condemned = new PackSet();
        known.forEach(one -> condemned.addAll(one.what().packs()));
        long size = 0;
        for (ObjectType type : PACKS) {
            for (PackId pack : condemned.packs(type)) {
                if (PROTOCOL.dead(true, seen().used().contains(type, pack))) {
                    size += size(seen(), type, pack);
                }
            }
        }
        return size;
    }

    private static long size(Survey.Seen seen, ObjectType type, PackId pack) {
        StoredPacks.Stored there = seen.stored(type).get(pack);
        return there == null ? 0 : there.size();
    }

    private void deletePacks() throws IOException {
        for (ObjectType type : PACKS) {
            for (PackId pack : dead.packs(type)) {
                work.checkpoint();
                long size = deletePack(seen(), type, pack);
                freed += size;
                packs += size > 0 ? 1 : 0;
            }
        }
    }

    private long deletePack(Survey.Seen seen, ObjectType type, PackId pack) throws IOException {
        StoredPacks.Stored there = seen.stored(type).remove(pack);
        if (there == null) {
            return 0;
        }
        for (StoredPacks.Named copy : there.copies()) {
            core.store().delete(copy.object());
        }
        core.packs().forget(type, pack);
        work.advance(there.size());
        return there.size();
    }

    private void repack(Survey.Seen seen) throws IOException {
        Liveness liveness = garbage.liveness;
        try {
            // Backups that were made since the first look; those that went since only make less alive.
            if (liveness != null) {
                liveness.add(seen.contents().backups().values(), work::checkpoint);
            }
        } catch (DamagedException e) {
            garbage.unread.add(Survey.damage(e, List.of()));
            return;
        }
        Condemned condemned = Condemned.none();
        known.forEach(one -> condemned.addAll(one.what()));
        for (Waste.Wasted wasted : garbage.choice.chosen()) {
            ObjectType type = wasted.type();
            PackId pack = wasted.pack();
            StoredPacks.Stored there = seen.stored(type).get(pack);
            if (there == null) {
                continue;
            }
            BitSet without = new BitSet();
            BitSet live = liveness == null ? null : liveness.live().get(type, pack);
            wasted.dead().stream()
                    .filter(ordinal ->
                            PROTOCOL.dead(condemned.contains(type, pack, ordinal), live != null && live.get(ordinal)))
                    .forEach(without::set);
            work.checkpoint();
            try {
                long bytes = repacker.repack(type, pack, there, without);
                if (bytes >= 0) {
                    freed += bytes;
                    rewritten++;
                }
            } catch (DamagedException e) {
                garbage.unread.add(Survey.damage(e, List.of())); // The next collection looks at it again.
            }
            work.advance(wasted.deadBytes());
        }
    }
}
