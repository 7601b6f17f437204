package org.coffer.engine.vault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backup: one object whose presence makes everything it points to a backup. Immutable. */
public final class Commit {
    /** Most bytes of a commit object. */
    static final int LIMIT = 4096;

    private final SessionId id;
    private final ConsoleId console;
    private final CommitFacts facts;
    private final Instant committed;
    private final List<SessionId> heads;
    private final Counts counts;
    private final long mapBytes;
    private final Attachment uses;
    private final Attachment about;
    private final List<DiskRoot> disks;
    private final long features;

    Commit(
            SessionId id,
            ConsoleId console,
            CommitFacts facts,
            Instant committed,
            List<SessionId> heads,
            Counts counts,
            long mapBytes,
            Attachment uses,
            Attachment about,
            List<DiskRoot> disks,
            long features) {
        this.id = id;
        this.console = console;
        this.facts = facts;
        this.committed = committed;
        this.heads = List.copyOf(heads);
        this.counts = counts;
        this.mapBytes = mapBytes;
        this.uses = uses;
        this.about = about;
        this.disks = List.copyOf(disks);
        this.features = features;
    }

    /** The backup's name for ever: the session that made it. */
    public SessionId id() {
        return id;
    }

    /** Which installation made it. */
    public ConsoleId console() {
        return console;
    }

    /** What it says about itself. */
    public CommitFacts facts() {
        return facts;
    }

    /** When it was published. */
    public Instant committed() {
        return committed;
    }

    /** What became of its blocks. */
    public Counts counts() {
        return counts;
    }

    /** Bytes of map that it added. */
    public long mapBytes() {
        return mapBytes;
    }

    /** Bytes that it added to the vault: blocks and map. */
    public long added() {
        return counts.storedBytes() + mapBytes;
    }

    /** Its disks, in the order in which they were begun. */
    public List<DiskRoot> disks() {
        return disks;
    }

    /** The sum of the sizes of its disks. */
    public long logical() {
        return disks.stream().mapToLong(DiskRoot::size).sum();
    }

    List<SessionId> heads() {
        return heads;
    }

    Attachment uses() {
        return uses;
    }

    Attachment about() {
        return about;
    }

    long features() {
        return features;
    }

    byte[] write() {
        FieldWriter out = new FieldWriter();
        out.session(id).id(console.high(), console.low());
        out.u64(facts.begun().toEpochMilli()).u64(facts.moment().toEpochMilli());
        out.u64(committed.toEpochMilli());
        SessionId parent = facts.parent();
        out.session(parent == null ? new SessionId(0, 0) : parent);
        out.oneOf(CommitFacts.Origin.values(), facts.origin());
        out.oneOf(CommitFacts.Kind.values(), facts.kind());
        out.oneOf(CommitFacts.Consistency.values(), facts.consistency());
        out.text(facts.name()).text(facts.resource()).text(facts.policy()).text(facts.reason());
        out.u8(heads.size());
        heads.forEach(out::session);
        out.u32(0).raw(new byte[32]);
        out.u64(counts.read()).u64(counts.newBlocks()).u64(counts.newBytes()).u64(counts.storedBytes());
        out.u64(counts.zero()).u64(counts.hole()).u64(counts.unchanged()).u64(counts.shared());
        out.u64(mapBytes);
        uses.write(out);
        about.write(out);
        out.u16(disks.size());
        disks.forEach(disk -> write(out, disk));
        return out.bytes();
    }

    private static void write(FieldWriter out, DiskRoot disk) {
        out.text(disk.facts().identity()).text(disk.facts().name()).u64(disk.size());
        out.u8(new TreeShape(disk.size()).height());
        NodePointer root = disk.root();
        out.u8(root == null ? 1 : 0);
        if (root != null) {
            out.id(root.id().high(), root.id().low()).session(root.pack().session());
            out.u32(root.pack().number()).u16(root.ordinal()).u32(root.length());
        }
    }

    static Commit read(String object, SmallObjects.Body body) throws DamagedException {
        FieldReader in = new FieldReader(object, body.bytes());
        SessionId id = in.session();
        ConsoleId console = in.console();
        Instant begun = in.time();
        Instant moment = in.time();
        Instant committed = in.time();
        SessionId parent = in.session();
        CommitFacts.Origin origin = in.oneOf(CommitFacts.Origin.values());
        CommitFacts.Kind kind = in.oneOf(CommitFacts.Kind.values());
        CommitFacts.Consistency consistency = in.oneOf(CommitFacts.Consistency.values());
        String name = in.text();
        String resource = in.text();
        String policy = in.text();
        String reason = in.text();
        boolean orphan = parent.equals(new SessionId(0, 0));
        CommitFacts facts = new CommitFacts(
                name, resource, policy, origin, kind, consistency, reason, orphan ? null : parent, begun, moment);
        List<SessionId> heads = new ArrayList<>();
        int headCount = in.u8();
        for (int i = 0; i < headCount; i++) {
            heads.add(in.session());
        }
        in.u32();
        in.raw(32);
        Counts counts = new Counts(in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64());
        long mapBytes = in.u64();
        Attachment uses = Attachment.read(in);
        Attachment about = Attachment.read(in);
        List<DiskRoot> disks = new ArrayList<>();
        int diskCount = in.u16();
        for (int i = 0; i < diskCount; i++) {
            disks.add(readDisk(in));
        }
        if (!object.equals(Names.COMMIT + id)) {
            throw in.damaged("is another session's");
        }
        return new Commit(id, console, facts, committed, heads, counts, mapBytes, uses, about, disks, body.features());
    }

    private static DiskRoot readDisk(FieldReader in) throws DamagedException {
        DiskFacts facts = new DiskFacts(in.text(), in.text());
        long size = in.u64();
        int level = in.u8();
        if (size < 0 || level != new TreeShape(size).height()) {
            throw in.damaged("has a disk of an impossible size");
        }
        @Nullable NodePointer root = null;
        if (in.u8() == 0) {
            BlockId id = new BlockId(in.u64(), in.u64());
            PackId pack = new PackId(in.session(), in.count(PackId.MAX_NUMBER));
            root = new NodePointer(id, pack, in.u16(), in.count(InnerNode.MAX_NODE));
        }
        return new DiskRoot(facts, size, root);
    }

    /** Its id and name. */
    @Override
    public String toString() {
        return id + " " + facts.name();
    }
}
