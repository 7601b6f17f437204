package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.store.StoreException;
import org.junit.jupiter.api.Test;

/** Few bytes that ask for much, and numbers at the end of their range. */
class HostileBytesTest {
    private final Samples samples = new Samples();

    private static void damaged(byte[] bytes, Fuzz.Parser<?> parser) {
        assertThat((Object) Fuzz.read(bytes, parser)).isNull();
    }

    @Test
    void manySessionsThatEachNameTheLastPackThereCanBeAreRefusedBeforeTheyFillTheMemory() {
        FieldWriter out = new FieldWriter().u32(1000);
        for (int i = 0; i < 1000; i++) {
            out.session(new SessionId(1, i))
                    .u32(1)
                    .u32(PackId.MAX_NUMBER)
                    .u32(1)
                    .u32(0);
        }
        damaged(out.bytes(), b -> PackSet.read(new FieldReader("uses", b)));
    }

    @Test
    void packsThatAreNamedTwiceAreRefused() {
        FieldWriter twice = new FieldWriter().u32(1).session(Samples.SESSION);
        twice.u32(2).u32(0).u32(1000).u32(0).u32(1000).u32(0);
        damaged(twice.bytes(), b -> PackSet.read(new FieldReader("uses", b)));
        FieldWriter sessions = new FieldWriter().u32(2);
        sessions.session(Samples.SESSION)
                .u32(0)
                .u32(0)
                .session(Samples.SESSION)
                .u32(0)
                .u32(0);
        damaged(sessions.bytes(), b -> PackSet.read(new FieldReader("uses", b)));
    }

    @Test
    void entriesThatNoPackHasAndKindsThatNobodyKnowsAreRefused() {
        byte[] ordinal = entry(1, 65_535);
        damaged(ordinal, b -> EntrySet.read(new FieldReader("condemned", b)));
        byte[] kind = entry(3, 5);
        damaged(kind, b -> EntrySet.read(new FieldReader("condemned", b)));
        EntrySet read = Fuzz.read(entry(2, 65_534), b -> EntrySet.read(new FieldReader("condemned", b)));
        assertThat((Object) read).isNotNull();
    }

    private static byte[] entry(int kind, int ordinal) {
        return new FieldWriter()
                .u32(1)
                .u8(kind)
                .session(Samples.SESSION)
                .u32(1)
                .u32(1)
                .u16(ordinal)
                .bytes();
    }

    @Test
    void theShapeOfTheLargestDiskThereCanBeIsRight() {
        TreeShape shape = new TreeShape(Long.MAX_VALUE);
        assertThat(shape.blocks()).isEqualTo(1L << 47);
        assertThat(shape.leaves()).isEqualTo(1L << 40);
        assertThat(shape.height()).isEqualTo(6);
    }

    @Test
    void aPackOfANumberThatThereIsNotIsNoHit() throws IOException {
        SessionTable sessions = new SessionTable(java.util.List.of(Samples.SESSION));
        OwnBlocks blocks = new OwnBlocks();
        blocks.add(1, 2, sessions.place(new PackId(Samples.SESSION, 3), 4));
        String name = SealedSegment.NAME;
        byte[] object = Samples.bytes(new SegmentWriter(samples.core).write(name, blocks, sessions));
        ObjectKey key =
                samples.core.sealing().open(ObjectType.INDEX, name, java.util.Arrays.copyOf(object, Sealing.HEADER));
        byte[] page = ByteBuffer.allocate(SegmentWriter.ENTRY)
                .putLong(1)
                .putLong(2)
                .putShort((short) 0)
                .putInt(-1)
                .putShort((short) 4)
                .array();
        try (Workbench bench = samples.core.benches().take()) {
            bench.seal(
                    key,
                    Part.FRAME,
                    0,
                    new Shape(Shape.RAW, page.length, 0, 1),
                    page,
                    page.length,
                    object,
                    Sealing.HEADER);
            samples.replace(name, object);
            Segment segment = Segment.open(samples.core, name);
            assertThat(segment.find(1, 2, new LruCache<>(1000, p -> p.length), bench))
                    .isNull();
        }
    }

    @Test
    void anObjectLargerThanAnyOfItsKindIsDamagedAndNotReadWhole() throws IOException {
        String name = Names.GONE + Samples.SESSION;
        samples.replace(name, new byte[200 << 20]);
        damaged(new byte[0], b -> samples.core.small().get(ObjectType.GONE, name));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> samples.core.small().seal(ObjectType.GONE, name, new byte[5000]));
    }

    @Test
    void aSlotMayNotAskForMoreMemoryThanThereIs() {
        long heap = Runtime.getRuntime().maxMemory() / 1024;
        assertThat(new Slot.Effort(65_536, 3, 1).allowed()).isTrue();
        assertThat(new Slot.Effort(1 << 20, 3, 1).allowed()).isEqualTo(heap / 4 * 3 >= 1 << 20);
        assertThat(new Slot.Effort((1 << 20) + 1, 3, 1).allowed()).isFalse();
    }

    /** A pack whose tail and trailer, of one frame of one block, are sealed as if somebody with the key had made them. */
    private byte[] pack(int offset, int length) {
        ByteBuffer out = ByteBuffer.allocate(Sealing.HEADER + 40 + Sealing.TAG + PackTrailer.TAIL);
        ObjectKey key = samples.core.sealing().begin(ObjectType.DATA, SealedPack.NAME, out);
        ByteBuffer trailer = ByteBuffer.allocate(40);
        trailer.putInt(offset).put((byte) 1).put((byte) 1).putShort((short) 0);
        trailer.putInt(length).putInt(100).putInt(0);
        trailer.putLong(1).putLong(2).putInt(length);
        try (Workbench bench = samples.core.benches().take()) {
            Shape shape = new Shape(Shape.RAW, 40, 0, 1);
            bench.seal(key, Part.TRAILER, 0, shape, trailer.array(), 40, out.array(), out.position());
        }
        out.position(out.position() + 40 + Sealing.TAG);
        out.putInt(40 + Sealing.TAG).putInt(40).putInt(1).putInt(1).putLong(PackTrailer.MAGIC);
        return out.array();
    }

    @Test
    void aPackBeyondTheLargestThereIsOrWithABlockThatIsNoneIsDamaged() throws IOException {
        int end = PackTrailer.mark(1) + Sealing.TAG + 100;
        samples.replace(SealedPack.NAME, pack((256 << 20) - end, Lab.BLOCK));
        assertThat(samples.core
                        .packs()
                        .openCopy(ObjectType.DATA, SealedPack.NAME)
                        .trailer()
                        .frames())
                .isEqualTo(1);
        samples.replace(SealedPack.NAME, pack((256 << 20) - end + 1, Lab.BLOCK));
        damaged(new byte[0], b -> samples.core.packs().openCopy(ObjectType.DATA, SealedPack.NAME));
        samples.replace(SealedPack.NAME, pack(Sealing.HEADER, Lab.BLOCK + 1));
        damaged(new byte[0], b -> samples.core.packs().openCopy(ObjectType.DATA, SealedPack.NAME));
    }

    @Test
    void anEndThatAsksForMoreThanTheLargestTrailerIsRefusedBeforeItIsRead() throws IOException {
        int most = 65_535 * 40 + Sealing.TAG;
        for (int over = 0; over < 2; over++) {
            byte[] object = new byte[4 << 20];
            ByteBuffer.wrap(object)
                    .position(object.length - PackTrailer.TAIL)
                    .putInt(most + over)
                    .putInt(most + over - Sealing.TAG)
                    .putInt(1)
                    .putInt(1)
                    .putLong(PackTrailer.MAGIC);
            samples.replace(SealedPack.NAME, object);
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> samples.core.packs().openCopy(ObjectType.DATA, SealedPack.NAME))
                    .withMessageEndingWith(over == 0 ? "does not begin as an object of a vault" : "has no end");
        }
    }

    @Test
    void aRootIsNoLongerThanANodeMayBe() throws IOException {
        Commit commit = Samples.commit();
        for (int over = 0; over < 2; over++) {
            NodePointer root = Samples.pointer(1);
            NodePointer longer = new NodePointer(root.id(), root.pack(), root.ordinal(), InnerNode.MAX_NODE + over);
            Commit changed = new Commit(
                    commit.id(),
                    Lab.CONSOLE,
                    commit.facts(),
                    commit.committed(),
                    commit.heads(),
                    commit.counts(),
                    commit.mapBytes(),
                    commit.uses(),
                    commit.about(),
                    List.of(new DiskRoot(new DiskFacts("id", "disk"), 1 << 30, longer)),
                    0);
            Object read = Fuzz.read(
                    changed.write(), b -> Commit.read(Names.COMMIT + commit.id(), new SmallObjects.Body(b, 0)));
            assertThat(read != null).isEqualTo(over == 0);
        }
    }

    @Test
    void aRunThatHasNoNumberLeftForAPackStops() {
        PackWriter packs = new PackWriter(
                Samples.SESSION, ObjectType.DATA, new AtomicInteger(PackId.MAX_NUMBER + 1), samples.core, 1 << 20, 1);
        Entries entries = new Entries();
        entries.add(1, 2, 100);
        try (Workbench bench = samples.core.benches().take()) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> packs.append(bench, entries, new Packed(Shape.RAW, 100)));
        }
        assertThat(samples.store.objects()).isEmpty();
    }

    @Test
    void aRunThatHasNoNumberLeftForASegmentGoesOnWithoutHints() throws IOException {
        PackWriter packs =
                new PackWriter(Samples.SESSION, ObjectType.DATA, new AtomicInteger(), samples.core, 1 << 20, 1);
        Scope scope = Scope.of(Samples.SESSION, new PackSet(), new PackSet(), Condemned.none(), true);
        SessionBlocks blocks =
                new SessionBlocks(samples.core, new BlockIndex(samples.core), scope, packs, (1 << 16) - 1);
        Entries entries = new Entries();
        entries.add(1, 2, 100);
        for (int spill = 0; spill < 2; spill++) {
            blocks.stored(entries, new PackWriter.Placed(new PackId(Samples.SESSION, spill), 0));
            blocks.spill();
            assertThat(samples.store.objects().keySet()).containsExactly(Names.index(Samples.SESSION, 0xffff));
        }
    }
}
