package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
    private final Repacking policy;
    private final Work work;
    private final Repacker repacker;

    Collector(
            VaultCore core,
            Markers markers,
            Catalog catalog,
            Survey survey,
            ConsoleId console,
            Repacking policy,
            Work work) {
        this.core = core;
        this.markers = markers;
        this.catalog = catalog;
        this.survey = survey;
        this.console = console;
        this.policy = policy;
        this.work = work;
        this.repacker = new Repacker(core, work, core.random().nextLong());
    }

    CollectReport collect() throws IOException {
        work.stage(Stage.COLLECTING);
        Optional<Duration> staleness = core.store().staleness();
        if (staleness.isEmpty()) {
            return blocked(List.of(new Damage(
                    core.store().where(),
                    Damage.Reason.MISSING,
                    List.of(),
                    "this location does not say how far its listings lag")));
        }
        Duration lag = staleness.get();
        List<Damage> blocking = new ArrayList<>();
        Survey.Seen first = survey.look(blocking);
        Survey.Open open = survey.open(blocking);
        List<Survey.Known> known = survey.condemned(blocking);
        if (!blocking.isEmpty()) {
            return blocked(blocking);
        }
        Garbage garbage = new Garbage();
        PackSet packs = candidates(first, open, known);
        choose(first, garbage);
        condemn(known, packs, garbage);
        work.rest(lag.multipliedBy(PROTOCOL.lagsBeforeSessions()));
        // Rules 10 and 11: whoever might not have seen the condemnation is in this list, and must end first.
        Set<SessionId> still =
                known.isEmpty() ? Set.of() : survey.open(blocking).sessions();
        if (!still.isEmpty() || !blocking.isEmpty()) {
            long later = size(first, known) + garbage.choice.bytes() + garbage.choice.left();
            return new CollectReport(
                    0,
                    0,
                    0,
                    later,
                    List.copyOf(still),
                    blocking,
                    garbage.unread,
                    core.place().vault());
        }
        work.rest(lag.multipliedBy(PROTOCOL.lagsBeforeLook()));
        Survey.Seen second = survey.look(blocking);
        if (!blocking.isEmpty()) {
            return blocked(blocking);
        }
        return delete(second, known, garbage, lag);
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

    private CollectReport blocked(List<Damage> blocking) {
        return new CollectReport(
                0, 0, 0, 0, List.of(), blocking, List.of(), core.place().vault());
    }

    /** Rule 9: packs that are dead as a whole. */
    private PackSet candidates(Survey.Seen seen, Survey.Open open, List<Survey.Known> known) throws IOException {
        PackSet condemned = new PackSet();
        known.forEach(one -> condemned.addAll(one.what().packs()));
        PackSet candidates = new PackSet();
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
                    candidates.add(type, pack);
                }
            }
        }
        return candidates;
    }

    /** Rule 9: packs that are dead in part, if anything was deleted since this was last looked at. */
    private void choose(Survey.Seen seen, Garbage garbage) throws IOException {
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
                boolean over = seen.contents().gone().contains(pack.session());
                if ((several || (look && over)) && seen.used().contains(type, pack)) {
                    suspects.add(type, pack);
                    if (several) {
                        copied.add(type, pack);
                    }
                }
            }
        }
        Waste waste = new Waste(repacker, policy);
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

    /** Rule 10. Whole packs and single entries apart, because the ones are done with long before the others. */
    private void condemn(List<Survey.Known> known, PackSet packs, Garbage garbage) throws IOException {
        Condemned before = Condemned.none();
        known.forEach(one -> before.addAll(one.what()));
        EntrySet entries = new EntrySet();
        for (Waste.Wasted wasted : garbage.choice.chosen()) {
            wasted.dead().stream()
                    .filter(ordinal -> !before.contains(wasted.type(), wasted.pack(), ordinal))
                    .forEach(ordinal -> entries.add(wasted.type(), wasted.pack(), ordinal));
        }
        for (Condemned what : List.of(new Condemned(packs, new EntrySet()), new Condemned(new PackSet(), entries))) {
            if (!what.isEmpty()) {
                String object = markers.putCondemned(SessionId.random(core.random()), console, what);
                known.add(new Survey.Known(object, what));
            }
        }
    }

    /** Bytes of the packs that are condemned and not in use. */
    private static long size(Survey.Seen seen, List<Survey.Known> known) {
        PackSet dead = new PackSet();
        known.forEach(one -> dead.addAll(one.what().packs()));
        long size = 0;
        for (ObjectType type : PACKS) {
            for (PackId pack : dead.packs(type)) {
                StoredPacks.Stored there = seen.stored(type).get(pack);
                if (there != null && PROTOCOL.dead(true, seen.used().contains(type, pack))) {
                    size += there.size();
                }
            }
        }
        return size;
    }

    /** Rules 12 to 14: index segments, packs, copies, condemnations, in this order, each durable before the next. */
    private CollectReport delete(Survey.Seen seen, List<Survey.Known> known, Garbage garbage, Duration lag)
            throws IOException {
        PackSet dead = new PackSet();
        for (Survey.Known one : known) {
            for (ObjectType type : PACKS) {
                for (PackId pack : one.what().packs().packs(type)) {
                    if (PROTOCOL.dead(true, seen.used().contains(type, pack))) {
                        dead.add(type, pack);
                    }
                }
            }
        }
        work.expect(size(seen, known) + garbage.choice.bytes());
        Tidying tidying = new Tidying(core, markers, seen, console);
        long freed = tidying.dropIndex(dead);
        core.store().syncDeletes();
        int count = 0;
        for (ObjectType type : PACKS) {
            for (PackId pack : dead.packs(type)) {
                work.checkpoint();
                long size = deletePack(seen, type, pack);
                freed += size;
                count += size > 0 ? 1 : 0;
            }
        }
        Repacked repacked = repack(seen, known, garbage);
        core.store().syncDeletes();
        work.rest(lag.multipliedBy(PROTOCOL.lagsBeforeLifting()));
        for (Survey.Known one : known) {
            tidying.lift(one);
        }
        freed += tidying.tidy(garbage.finished(policy));
        tidying.sweep();
        core.store().syncDeletes();
        return new CollectReport(
                freed + repacked.freed,
                count,
                repacked.packs,
                garbage.choice.left(),
                List.of(),
                List.of(),
                garbage.unread,
                core.place().vault());
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

    private record Repacked(long freed, int packs) {}

    private Repacked repack(Survey.Seen seen, List<Survey.Known> known, Garbage garbage) throws IOException {
        Liveness liveness = garbage.liveness;
        try {
            // Backups that were made since the first look; those that went since only make less alive.
            if (liveness != null) {
                liveness.add(seen.contents().backups().values(), work::checkpoint);
            }
        } catch (DamagedException e) {
            garbage.unread.add(Survey.damage(e, List.of()));
            return new Repacked(0, 0);
        }
        Condemned condemned = Condemned.none();
        known.forEach(one -> condemned.addAll(one.what()));
        long freed = 0;
        int count = 0;
        for (Waste.Wasted wasted : garbage.choice.chosen()) {
            ObjectType type = wasted.type();
            PackId pack = wasted.pack();
            StoredPacks.Stored there = seen.stored(type).get(pack);
            if (there == null) {
                continue;
            }
            BitSet dead = new BitSet();
            BitSet live = liveness == null ? null : liveness.live().get(type, pack);
            wasted.dead().stream()
                    .filter(ordinal ->
                            PROTOCOL.dead(condemned.contains(type, pack, ordinal), live != null && live.get(ordinal)))
                    .forEach(dead::set);
            work.checkpoint();
            try {
                long bytes = repacker.repack(type, pack, there, dead);
                if (bytes >= 0) {
                    freed += bytes;
                    count++;
                }
            } catch (DamagedException e) {
                garbage.unread.add(Survey.damage(e, List.of())); // The next collection looks at it again.
            }
            work.advance(wasted.deadBytes());
        }
        return new Repacked(freed, count);
    }
}
