package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
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
}
