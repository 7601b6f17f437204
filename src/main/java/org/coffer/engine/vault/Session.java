package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One writer, from its first object to its commit: rules 1 to 5 of the protocol.
 *
 * <p><b>Use.</b> {@link #disk} for each disk, {@link DiskWriter#finish} on each, then {@link #commit}. Before that returns
 * the backup does not exist; after it, it does, whatever happens next. {@link #abandon} or {@link #close} without a commit
 * ends the session for ever; what it stored can be adopted by a later one.
 *
 * <p><b>Failure.</b> If the store fails while committing, the outcome is made certain before anybody is told: the same
 * bytes are put again, or the session is marked as gone. Where neither can be done the problem is {@code backup.unknown},
 * and {@link Vault#settle} finds out at the next contact.
 */
public final class Session implements AutoCloseable {
    private final VaultCore core;
    private final Markers markers;
    private final ConsoleId console;
    private final SessionParts parts;
    private final List<SessionId> adopted;
    private final List<SessionId> heads;
    private final Ended ended;
    private final List<DiskWriter> disks = new ArrayList<>();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        COMMITTED,
        GONE,
        UNKNOWN
    }

    /** Told when the session is over. */
    @FunctionalInterface
    interface Ended {
        void ended(SessionId session, @Nullable Commit commit);
    }

    Session(
            VaultCore core,
            Markers markers,
            BlockIndex index,
            ConsoleId console,
            Scope scope,
            List<SessionId> adopted,
            List<SessionId> heads,
            Ended ended) {
        this.core = core;
        this.markers = markers;
        this.console = console;
        this.adopted = List.copyOf(adopted);
        this.heads = List.copyOf(heads);
        this.ended = ended;
        AtomicInteger numbers = new AtomicInteger();
        SessionId own =
                adopted.isEmpty() ? scope.own() : Protocol.STANDARD.packsNamedAfter(scope.own(), adopted.getFirst());
        Tuning tuning = core.tuning();
        PackWriter data = new PackWriter(own, ObjectType.DATA, numbers, core, tuning.dataPack(), tuning.buffers());
        PackWriter map = new PackWriter(own, ObjectType.MAP, numbers, core, tuning.mapPack(), 2);
        SessionBlocks blocks = new SessionBlocks(core, index, scope, data);
        this.parts = new SessionParts(core, scope, blocks, data, map, new SharedUses());
    }

    /** Its id, which will be the backup's. */
    public SessionId id() {
        return parts.scope().own();
    }

    SessionBlocks blocks() {
        return parts.blocks();
    }

    /**
     * Begins a disk.
     *
     * @param parent the same disk in an earlier backup, to compare with; null if there is none
     * @param fresh true to share nothing with earlier backups, so that damage in one cannot reach this one
     */
    public synchronized DiskWriter disk(DiskFacts facts, @Nullable DiskRoot parent, boolean fresh) {
        requireOpen();
        DiskRoot before = fresh ? null : parent;
        DiskPrints prints = new DiskPrints(parts.core().prints(), before == null ? null : before.root());
        return add(new DiskWriter(parts, facts, before, fresh, prints));
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException("the session is over");
        }
    }

    private DiskWriter add(DiskWriter disk) {
        disks.add(disk);
        return disk;
    }

    /**
     * Begins a disk whose content comes from another vault. Blocks that are known to be the parent's need not come: see
     * {@link DiskWriter#inherit} and {@link DiskWriter.Leaf#keep}.
     *
     * @param parent the same disk in an earlier backup of this vault; null if there is none
     * @param fresh true to share nothing with earlier backups, so that damage in one cannot reach this one
     */
    public synchronized DiskWriter copy(DiskFacts facts, @Nullable DiskRoot parent, boolean fresh) {
        requireOpen();
        return add(new DiskWriter(parts, facts, fresh ? null : parent, fresh, DiskPrints.none()));
    }

    /** What became of the blocks of all disks so far. */
    public synchronized Counts counts() {
        return disks.stream().map(DiskWriter::counts).reduce(Counts.none(), Counts::plus);
    }

    /** Publishes the backup without anything attached. */
    public Commit commit(CommitFacts facts) {
        return commit(facts, new byte[0]);
    }

    /** Publishes the backup as work that nobody watches. */
    public Commit commit(CommitFacts facts, byte[] about) {
        return commit(facts, about, Work.quiet());
    }

    /**
     * Publishes the backup. As long as what it refers to is on its way, which may take minutes, the work may be held still, and is then
     * before the backup is there; from then on it can be neither held nor stopped.
     *
     * @param about what the console knows of the machine, opaque here; may be empty
     * @throws IllegalStateException if a disk is not finished, or the session is over
     * @throws org.coffer.engine.work.CanceledException if the work was canceled before
     * @throws ProblemException if the store fails; {@code backup.asked} if somebody else gave this session up;
     *     {@code backup.unmarked} if its object was taken away; {@code backup.unknown} if it cannot be said whether the backup exists
     */
    public synchronized Commit commit(CommitFacts facts, byte[] about, Work work) {
        requireOpen();
        List<DiskRoot> roots = disks.stream().map(DiskWriter::finished).toList();
        List<Protocol.Publish> steps = Protocol.STANDARD.publishing();
        int put = steps.indexOf(Protocol.Publish.PUT_COMMIT);
        try {
            Attached attached = Attached.NOTHING;
            for (Protocol.Publish step : steps.subList(0, put)) {
                switch (step) {
                    case PUT_PACKS -> attached = putPacks(about);
                    case GET_ASK -> requireUnasked();
                    case PUT_COMMIT -> throw new IllegalStateException("put twice");
                }
            }
            Attached all = attached;
            return work.whole(() -> publish(facts, all, roots, steps.subList(put, steps.size())));
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    private Commit publish(CommitFacts facts, Attached attached, List<DiskRoot> roots, List<Protocol.Publish> steps)
            throws IOException {
        Commit commit = null;
        for (Protocol.Publish step : steps) {
            switch (step) {
                case PUT_COMMIT -> commit = putCommit(facts, attached, roots);
                case GET_ASK -> {
                    requireUnasked();
                    requireMarked();
                }
                case PUT_PACKS -> throw new IllegalStateException("packs after the commit");
            }
        }
        Commit published = Objects.requireNonNull(commit);
        state = State.COMMITTED;
        tidy();
        ended.ended(id(), published);
        return published;
    }

    private Counts stored(Counts counted) {
        return new Counts(
                counted.read(),
                counted.newBlocks(),
                counted.newBytes(),
                parts.data().storedBytes(),
                counted.zero(),
                counted.hole(),
                counted.unchanged(),
                counted.shared());
    }

    private Attachment attach(ObjectType type, String name, byte[] body) throws StoreException {
        ByteBuffer object = core.small().seal(type, name, body);
        core.store().put(name, object);
        byte[] bytes = new byte[object.remaining()];
        object.get(0, bytes);
        return Attachment.of(bytes);
    }

    /** What a commit refers to beside its disks. */
    private record Attached(Attachment uses, Attachment about) {
        static final Attached NOTHING = new Attached(Attachment.NONE, Attachment.NONE);
    }

    /**
     * Puts all that the commit refers to. Nothing of it means anything before that is there, so that from a store some way off
     * the way is waited for once; only the index names packs, and comes after them.
     */
    private Attached putPacks(byte[] about) throws IOException {
        Attachment[] both = {Attachment.NONE, Attachment.NONE};
        List<SideBySide.Act> puts = new ArrayList<>();
        puts.add(() -> {
            parts.data().flush();
            parts.blocks().spill();
        });
        puts.add(() -> parts.map().flush());
        puts.add(() -> both[0] =
                attach(ObjectType.USES, Names.USES + id(), parts.uses().write()));
        if (about.length > 0) {
            puts.add(() -> both[1] = attach(ObjectType.ABOUT, Names.ABOUT + id(), about));
        }
        SideBySide.small(core.store(), puts);
        return new Attached(both[0], both[1]);
    }

    private Commit putCommit(CommitFacts facts, Attached attached, List<DiskRoot> roots) throws IOException {
        Commit commit = new Commit(
                id(),
                console,
                facts,
                Instant.ofEpochMilli(core.clock().millis()),
                heads,
                stored(counts()),
                parts.map().storedBytes(),
                attached.uses(),
                attached.about(),
                roots,
                0);
        String name = Names.COMMIT + id();
        ByteBuffer object = core.small().seal(ObjectType.COMMIT, name, commit.write());
        if (object.remaining() > Commit.LIMIT) {
            throw new IllegalArgumentException("a commit of " + object.remaining() + " bytes: too many disks or names");
        }
        try {
            core.store().put(name, object);
        } catch (StoreException e) {
            ByteBuffer again = Protocol.STANDARD.putAgain(
                    object, () -> core.small().seal(ObjectType.COMMIT, name, commit.write()));
            makeCertain(name, again, e);
        }
        return commit;
    }

    /** Rule 4: who was asked has not succeeded, and ends itself. */
    private void requireUnasked() throws IOException {
        if (!Protocol.STANDARD.succeeded(asked())) {
            ProblemException asked = new ProblemException(
                    Problem.of("backup.asked", "vault", core.place().vault()));
            giveUp(Markers.Why.ASKED, asked);
            throw asked;
        }
    }

    /**
     * By the session's object collectors know that it is alive. Where somebody took it away, as with a folder that was moved, what it
     * refers to may have been freed, and a success would be none. Who settles what another process of this console left takes it away too,
     * but only when the commit is there, from when on nothing of it is freed: so it is looked whether anything was.
     */
    private void requireMarked() throws IOException {
        if (!certain(() -> markers.marked(id()) || nothingIsFreed())) {
            ProblemException unmarked = new ProblemException(
                    Problem.of("backup.unmarked", "vault", core.place().vault()));
            giveUp(Markers.Why.ABANDONED, unmarked);
            throw unmarked;
        }
    }

    /** Whether all packs of others that it refers to are there, and no collector can be about to delete any. */
    private boolean nothingIsFreed() throws IOException {
        Condemned condemned = Condemned.none();
        if (!markers.addCondemned(condemned)) {
            return false;
        }
        // Listed last: a condemnation is taken back only when its packs are deleted.
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            StoredPacks stored = StoredPacks.list(core.store(), type);
            for (PackId pack : parts.uses().packs(type)) {
                boolean shunned = condemned.packs().contains(type, pack)
                        || condemned.entries().packs(type).contains(pack);
                if (!pack.session().equals(id()) && (shunned || !stored.contains(pack))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Rule 5: the commit may be there or not. Returns if it is there. */
    private void makeCertain(String name, ByteBuffer object, StoreException first) throws IOException {
        for (Protocol.Doubt step : Protocol.STANDARD.doubting()) {
            switch (step) {
                case PUT_COMMIT_AGAIN -> {
                    try {
                        core.store().put(name, object);
                        return;
                    } catch (StoreException second) {
                        first.addSuppressed(second);
                    }
                }
                case PUT_GONE -> giveUp(Markers.Why.ABANDONED, first);
            }
        }
        throw first;
    }

    /** Rule 5: the commit may be there, and must not count; if that cannot be made certain, nobody knows. */
    private void giveUp(Markers.Why why, Exception reason) {
        try {
            gone(why);
        } catch (IOException e) {
            reason.addSuppressed(e);
            state = State.UNKNOWN;
            ended.ended(id(), null);
            if (Protocol.STANDARD.undecided() == Protocol.Says.UNKNOWN) {
                throw new ProblemException(
                        Problem.of(
                                "backup.unknown",
                                "vault",
                                core.place().vault(),
                                "location",
                                core.store().where()),
                        reason);
            }
        }
    }

    /** Rule 4: looks for a question only after the commit is there. */
    private boolean asked() throws IOException {
        return certain(() -> markers.asked(id()));
    }

    /** What is looked for when the commit is there. */
    @FunctionalInterface
    private interface Look {
        boolean there() throws IOException;
    }

    /** Looks twice; where the place does not answer, the commit is taken back before anybody is told that it failed. */
    private boolean certain(Look look) throws IOException {
        try {
            return look.there();
        } catch (StoreException first) {
            try {
                return look.there();
            } catch (StoreException second) {
                first.addSuppressed(second);
                giveUp(Markers.Why.ABANDONED, first);
                throw first;
            }
        }
    }

    /** Objects without authority; leaving them behind costs nothing, so a failure here is no failure of the backup. */
    private void tidy() {
        try {
            for (SessionId done : adopted) {
                core.store().delete(Names.SESSION + done);
            }
            core.store().delete(Names.SESSION + id());
            core.store().syncDeletes();
        } catch (StoreException e) {
            // Settling, or the collector, removes them.
            return;
        }
    }

    private void gone(Markers.Why why) throws IOException {
        parts.data().quiesce();
        parts.map().quiesce();
        disks.forEach(DiskWriter::discard);
        markers.putGone(id(), console, why);
        state = State.GONE;
        ended.ended(id(), null);
    }

    /**
     * Ends the session without a backup. Does nothing if it is over.
     *
     * @throws ProblemException if the store fails; {@link Vault#settle} ends the session then
     */
    public synchronized void abandon() {
        if (state == State.OPEN) {
            try {
                gone(Markers.Why.ABANDONED);
            } catch (IOException e) {
                throw core.place().problem(e);
            }
        }
    }

    /** {@link #abandon}s what was not committed; if the store fails, leaves that to {@link Vault#settle}. */
    @Override
    public synchronized void close() {
        if (state != State.OPEN) {
            return;
        }
        try {
            gone(Markers.Why.ABANDONED);
        } catch (IOException e) {
            state = State.UNKNOWN;
            ended.ended(id(), null);
        }
    }
}
