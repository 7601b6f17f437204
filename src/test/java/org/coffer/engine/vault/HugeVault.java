package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.ObjectStore;

/**
 * Puts a backup into a vault that names many terabytes which nobody ever stored: each block has a drawn id and a place in a
 * pack. Maps, index and the ends of the packs are real; what should be in the packs' frames are holes of their files. All
 * that does not read frames works.
 */
public final class HugeVault {
    private static final int FRAMES = 16;
    private static final int PER_FRAME = 32;
    private static final int PER_PACK = FRAMES * PER_FRAME;
    /** Stored bytes of a frame of 2 MiB: packs of 24 MB, as large as real ones. */
    private static final int STORED = 1_500_000;

    private final VaultCore core;
    private final Path objects;
    private final SessionId session = SessionId.random(new SecureRandom());
    private final SessionTable sessions = new SessionTable(List.of(session));
    private final LeafBuilder builder = new LeafBuilder();
    private final long blocks;

    private HugeVault(VaultCore core, Path objects, long blocks) {
        this.core = core;
        this.objects = objects;
        this.blocks = blocks;
    }

    /**
     * Adds a backup.
     *
     * @param arguments the folder of the location, the vault's prefix in it with a slash, its recovery code, and the number of
     *     blocks
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        // See the header in the description of the format.
        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(arguments[1] + Names.HEADER + 1)));
        VaultId id = new VaultId(header.getLong(24), header.getLong(32));
        try (MasterKey master = RecoveryCode.parse(arguments[2]).orElseThrow();
                Keys keys = new Keys(master, id);
                ObjectStore store =
                        new FolderStore(folder, FolderStore.identify(folder).orElseThrow()).within(arguments[1])) {
            VaultCore core = VaultCore.of(
                    new Place(store, "huge"), keys, Clock.systemUTC(), new SecureRandom(), Tuning.standard());
            HugeVault huge = new HugeVault(core, folder.resolve(arguments[1]), Long.parseLong(arguments[3]));
            long begun = System.nanoTime();
            int packs = huge.putPacks();
            huge.putIndex();
            huge.putBackup(packs);
            System.out.printf(
                    "%d blocks in %d packs, made in %.0f s%n", huge.blocks, packs, (System.nanoTime() - begun) / 1e9);
        }
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    private static long high(long block) {
        return mixed(2 * block + 1);
    }

    private static long low(long block) {
        return mixed(2 * block + 2);
    }

    private long place(long block) {
        return sessions.place(new PackId(session, (int) (block / PER_PACK)), (int) (block % PER_PACK));
    }

    private int putPacks() throws IOException {
        int packs = (int) Math.ceilDiv(blocks, PER_PACK);
        Files.createDirectories(objects.resolve(Names.packs(ObjectType.DATA, session)));
        for (int number = 0; number < packs; number++) {
            putPack(new PackId(session, number), (long) number * PER_PACK);
        }
        return packs;
    }

    private void putPack(PackId pack, long from) throws IOException {
        int count = (int) Math.min(PER_PACK, blocks - from);
        int frames = Math.ceilDiv(count, PER_FRAME);
        String name = Names.original(ObjectType.DATA, pack);
        ByteBuffer head = ByteBuffer.allocate(Sealing.HEADER);
        ObjectKey key = core.sealing().begin(ObjectType.DATA, name, head);
        ByteBuffer plain = ByteBuffer.allocate(frames * PackTrailer.PER_FRAME + count * PackTrailer.PER_ENTRY);
        int offset = Sealing.HEADER;
        for (int frame = 0; frame < frames; frame++) {
            int first = frame * PER_FRAME;
            int of = Math.min(PER_FRAME, count - first);
            plain.putInt(offset).put((byte) Shape.ZSTD).put((byte) of).putShort((short) 0);
            plain.putInt(of * DiskWriter.BLOCK).putInt(STORED).putInt(first);
            for (int i = 0; i < of; i++) {
                plain.putLong(high(from + first + i)).putLong(low(from + first + i));
                plain.putInt(DiskWriter.BLOCK);
            }
            offset += PackTrailer.mark(of) + Sealing.TAG + STORED;
        }
        ByteBuffer end = ByteBuffer.allocate(plain.capacity() + Sealing.TAG + PackTrailer.TAIL);
        try (Workbench bench = core.benches().take()) {
            Shape shape = new Shape(Shape.RAW, plain.capacity(), 0, frames);
            end.position(bench.seal(key, Part.TRAILER, 0, shape, plain.array(), plain.capacity(), end.array(), 0));
        }
        end.putInt(plain.capacity() + Sealing.TAG).putInt(plain.capacity()).putInt(frames);
        end.putInt(count).putLong(PackTrailer.MAGIC);
        try (FileChannel file =
                FileChannel.open(objects.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(head.flip(), 0);
            file.write(end.flip(), offset);
        }
    }

    private void putIndex() throws IOException {
        SegmentWriter writer = new SegmentWriter(core);
        int most = Tuning.standard().spill();
        int number = 0;
        for (long from = 0; from < blocks; from += most) {
            OwnBlocks own = new OwnBlocks();
            for (long block = from; block < Math.min(blocks, from + most); block++) {
                own.add(high(block), low(block), place(block));
            }
            String name = Names.index(session, number++);
            core.store().put(name, writer.write(name, own, sessions));
        }
    }

    private void putBackup(int packs) throws IOException {
        AtomicInteger numbers = new AtomicInteger(packs);
        Scope scope = Scope.of(session, new PackSet(), new PackSet(), Condemned.none(), true);
        Tuning tuning = Tuning.standard();
        PackWriter data = new PackWriter(session, ObjectType.DATA, numbers, core, tuning.dataPack(), 1);
        PackWriter map = new PackWriter(session, ObjectType.MAP, numbers, core, tuning.mapPack(), 2);
        SharedUses uses = new SharedUses();
        SessionParts parts = new SessionParts(
                core, scope, new SessionBlocks(core, new BlockIndex(core), scope, data), data, map, uses);
        NodeWriter nodes = new NodeWriter(map);
        NodePointers leaves = new NodePointers(sessions);
        TreeShape shape = new TreeShape(blocks * DiskWriter.BLOCK);
        try (Workbench bench = core.benches().take()) {
            for (long leaf = 0; leaf < shape.nodes(0); leaf++) {
                putLeaf(leaf, shape.blocksIn(leaf), nodes, leaves, uses, bench);
            }
        }
        NodePointer root = new TreeBuilder(parts, nodes, null, leaves).build(shape);
        map.flush();
        for (int pack = 0; pack < packs; pack++) {
            uses.addData(List.of(new PackId(session, pack)));
        }
        ByteBuffer attached = core.small().seal(ObjectType.USES, Names.USES + session, uses.write());
        byte[] bytes = new byte[attached.remaining()];
        attached.get(0, bytes);
        core.store().put(Names.USES + session, attached);
        long size = blocks * DiskWriter.BLOCK;
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        CommitFacts facts = new CommitFacts(
                "huge",
                "huge-disk",
                "",
                CommitFacts.Origin.MANUAL,
                CommitFacts.Kind.FULL,
                CommitFacts.Consistency.CRASH,
                "",
                null,
                now,
                now);
        Commit commit = new Commit(
                session,
                new ConsoleId(7, 7),
                facts,
                now,
                List.of(),
                new Counts(size, blocks, size, (long) packs * FRAMES * STORED, 0, 0, 0, 0),
                map.storedBytes(),
                Attachment.of(bytes),
                Attachment.NONE,
                List.of(new DiskRoot(new DiskFacts("huge-disk", "huge"), size, root)),
                0);
        String name = Names.COMMIT + session;
        core.store().put(name, core.small().seal(ObjectType.COMMIT, name, commit.write()));
    }

    private void putLeaf(long leaf, int count, NodeWriter nodes, NodePointers leaves, SharedUses uses, Workbench bench)
            throws IOException {
        builder.begin(count);
        for (int i = 0; i < count; i++) {
            long block = leaf * DiskWriter.LEAF_BLOCKS + i;
            builder.kind[i] = 2;
            builder.high[i] = high(block);
            builder.low[i] = low(block);
            builder.place[i] = place(block);
        }
        byte[] bytes = builder.write(sessions);
        nodes.add(
                bytes,
                bench.hashNode(LeafNode.covered(bytes)),
                pointer -> {
                    leaves.set(leaf, pointer);
                    uses.addMap(pointer.pack());
                },
                bench);
    }
}
