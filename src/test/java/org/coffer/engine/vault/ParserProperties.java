package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The parsers of what lies in a vault, given valid bytes that came to harm: first those of plain bytes, which somebody with
 * the key could have written, and then those of sealed objects, as anybody could change them.
 */
abstract class ParserProperties {
    private final Samples samples = new Samples();

    @Provide
    Arbitrary<List<Change>> changes() {
        return Change.some();
    }

    @Property
    void headers(@ForAll("changes") List<Change> changes) throws IOException {
        byte[] bytes = Change.all(Samples.header(samples.keys), changes);
        boolean looksRight = Header.looksRight(bytes);
        assertThat(Header.program(bytes)).isNotEmpty().hasSizeLessThanOrEqualTo(24);
        if (looksRight && bytes.length == Header.LENGTH) {
            Header header = Header.read(bytes);
            Header.knownRules(bytes);
            assertThat(Header.read(header.write(samples.keys))).isEqualTo(header);
            boolean same = Arrays.equals(bytes, Samples.header(samples.keys));
            assertThat(Header.authentic(bytes, samples.keys)).isEqualTo(same);
        }
    }

    @Property
    void slots(@ForAll("changes") List<Change> changes) {
        byte[] valid = Slot.open(new SlotId(1, 2), 3, Lab.key());
        byte[] bytes = Change.all(valid, changes);
        // Not opened: Argon2 is meant to be slow. What it may be asked to do is what counts.
        if (bytes.length > 10 && Slot.usable(bytes, Slot.PASSPHRASE)) {
            assertThat(ByteBuffer.wrap(bytes).getInt(36)).isBetween(65_536, 1 << 20);
        }
        if (Slot.usable(bytes, Slot.OPEN)) {
            Slot.created(bytes);
            Optional<MasterKey> key = Slot.unlock(bytes);
            boolean sameKey = Arrays.equals(bytes, 92, 140, valid, 92, 140);
            assertThat(key.isPresent()).isEqualTo(sameKey);
        }
    }

    @Property
    void recoveryCodes(@ForAll("changes") List<Change> changes) {
        String text = text(Lab.key().recoveryCode(), changes);
        Optional<MasterKey> key = RecoveryCode.parse(text);
        key.ifPresent(
                found -> assertThat(RecoveryCode.parse(found.recoveryCode())).isPresent());
    }

    private static String text(String valid, List<Change> changes) {
        return new String(Change.all(valid.getBytes(StandardCharsets.UTF_8), changes), StandardCharsets.UTF_8);
    }

    @Property
    void names(@ForAll("changes") List<Change> changes) {
        PackId pack = new PackId(Samples.SESSION, 77);
        StoredPacks.Named named = StoredPacks.named(text(Names.original(ObjectType.DATA, pack), changes));
        if (named != null) {
            assertThat(Names.copies(named.type(), named.pack())).isEqualTo(beforeCopy(named.object()));
            assertThat(Copy.parse(named.copy().toString())).isEqualTo(named.copy());
        }
        Copy copy = Copy.parse(text(new Copy(12, -3).toString(), changes));
        if (copy != null) {
            assertThat(Copy.parse(copy.toString())).isEqualTo(copy);
        }
        String id = text(Samples.SESSION.toString(), changes);
        try {
            SessionId read = SessionId.of(id);
            assertThat(SessionId.of(read.toString())).isEqualTo(read);
        } catch (IllegalArgumentException e) {
            assertThat(id).isNotEqualTo(Samples.SESSION.toString());
        }
    }

    private static String beforeCopy(String object) {
        return object.substring(0, object.indexOf('.') + 1);
    }

    @Property
    void trailersOfPacks(@ForAll("changes") List<Change> changes) {
        // The counts stand in the tail: they are damaged together with the rest.
        byte[] valid = ByteBuffer.allocate(5 * 60 + 8)
                .put(Samples.trailer(5))
                .putInt(5)
                .putInt(10)
                .array();
        byte[] bytes = Change.all(valid, changes);
        if (bytes.length < 8) {
            return;
        }
        ByteBuffer tail = ByteBuffer.wrap(bytes, bytes.length - 8, 8);
        int frames = tail.getInt();
        int entries = tail.getInt();
        byte[] plain = Arrays.copyOf(bytes, bytes.length - 8);
        for (int version = 1; version <= 2; version++) {
            int written = version;
            PackTrailer trailer =
                    Fuzz.read(plain, b -> PackTrailer.parse("pack", written, b, frames, entries, Integer.MAX_VALUE));
            if (trailer != null) {
                lookEverywhere(trailer);
            }
        }
    }

    private static void lookEverywhere(PackTrailer trailer) {
        for (int ordinal = -1; ordinal <= trailer.entries(); ordinal++) {
            int frame = trailer.frameOf(ordinal);
            if (frame >= 0) {
                PackTrailer.Frame in = trailer.frame(frame);
                assertThat(in.end()).isPositive();
                assertThat(trailer.offsetInFrame(ordinal) + trailer.length(ordinal))
                        .isBetween(0, in.shape().plain());
                trailer.id(ordinal);
            }
            trailer.has(ordinal);
        }
    }

    @Property
    void innerNodes(@ForAll("changes") List<Change> changes) throws IOException {
        byte[] bytes = Change.all(Samples.inner().write(), changes);
        Fuzz.check(bytes, b -> InnerNode.parse("node", b, 2), InnerNode::write);
    }

    @Property
    void leaves(@ForAll("changes") List<Change> changes) {
        byte[] bytes = Change.all(Samples.leaf(), changes);
        LeafNode leaf = Fuzz.read(bytes, b -> LeafNode.parse("leaf", b));
        if (leaf == null) {
            return;
        }
        assertThat(LeafNode.covered(bytes)).hasSizeGreaterThanOrEqualTo(LeafNode.HEAD);
        LeafView view = new LeafView(leaf, leaf.count());
        for (int block = 0; block < view.count(); block++) {
            if (view.kind(block) == BlockKind.DATA) {
                assertThat(leaf.pack(block)).isBetween(0, leaf.packs().size() - 1);
                assertThat(leaf.ordinal(block)).isBetween(0, 0xffff);
                view.id(block);
            }
        }
    }

    @Property
    void commits(@ForAll("changes") List<Change> changes) throws IOException {
        byte[] bytes = Change.all(Samples.commit().write(), changes);
        String name = Names.COMMIT + Samples.SESSION;
        Fuzz.check(bytes, b -> Commit.read(name, new SmallObjects.Body(b, 0)), Commit::write);
    }

    @Property
    void setsOfPacks(@ForAll("changes") List<Change> changes) throws IOException {
        byte[] bytes = Change.all(written(Samples.packs()), changes);
        Fuzz.check(bytes, b -> PackSet.read(new FieldReader("uses", b)), ParserProperties::written);
    }

    private static byte[] written(PackSet set) {
        FieldWriter out = new FieldWriter();
        set.write(out);
        return out.bytes();
    }

    @Property
    void setsOfEntries(@ForAll("changes") List<Change> changes) throws IOException {
        byte[] bytes = Change.all(written(Samples.entries()), changes);
        Fuzz.check(bytes, b -> EntrySet.read(new FieldReader("condemned", b)), ParserProperties::written);
    }

    private static byte[] written(EntrySet set) {
        FieldWriter out = new FieldWriter();
        set.write(out);
        return out.bytes();
    }

    @Property
    void filters(@ForAll("changes") List<Change> changes) {
        IdFilter filter = IdFilter.sized(600);
        filter.add(1, 2);
        ByteBuffer plain = ByteBuffer.allocate(filter.bytes());
        filter.write(plain);
        byte[] bytes = Change.all(plain.array(), changes);
        // A segment whose trailer has no room for a block of the filter is refused before.
        if (bytes.length >= 64) {
            IdFilter read = IdFilter.read(ByteBuffer.wrap(bytes));
            read.mayContain(1, 2);
            read.mayContain(-1, -1);
            read.mayContain(Long.MIN_VALUE, Long.MIN_VALUE);
        }
    }

    @Property
    void markers(@ForAll("changes") List<Change> changes) throws IOException {
        Markers markers = new Markers(samples.core);
        FieldWriter signed = new FieldWriter().id(1, 2).u64(3);
        byte[] opening = new FieldWriter()
                .raw(signed.bytes())
                .u16(2)
                .session(Samples.OTHER)
                .session(Samples.SESSION)
                .bytes();
        String session = Names.SESSION + Samples.SESSION;
        samples.put(ObjectType.SESSION, session, Change.all(opening, changes));
        Fuzz.read(opening, b -> markers.getSession(Samples.SESSION));

        byte[] gone = new FieldWriter().u8(1).raw(signed.bytes()).bytes();
        samples.put(ObjectType.GONE, Names.GONE + Samples.SESSION, Change.all(gone, changes));
        Fuzz.read(gone, b -> new Markers(samples.core).gone(Samples.SESSION));

        byte[] condemned = new FieldWriter()
                .raw(signed.bytes())
                .raw(written(Samples.packs()))
                .raw(written(Samples.entries()))
                .bytes();
        String object = Names.CONDEMNED + Samples.SESSION;
        samples.put(ObjectType.CONDEMNED, object, Change.all(condemned, changes));
        Fuzz.read(condemned, b -> markers.getCondemned(object));
    }

    @Property
    void descriptions(@ForAll("changes") List<Change> changes) throws IOException {
        byte[] body = new FieldWriter()
                .u32(2)
                .text("desc/00000001-x")
                .raw(new byte[32])
                .u32(1)
                .u32(5)
                .raw(new byte[5])
                .bytes();
        String name = Names.description(2, Samples.SESSION);
        samples.put(ObjectType.DESCRIPTION, name, Change.all(body, changes));
        Descriptions descriptions = new Descriptions(samples.core);
        Optional<Description> read = Fuzz.read(body, b -> descriptions.current());
        // Damage of a description is told beside the newest good one, of which there is none here.
        assertThat(read).isNotNull();
        assertThat(descriptions.damaged()).hasSize(read != null && read.isPresent() ? 0 : 1);
    }

    @Property
    void compressedFrames(@ForAll("changes") List<Change> changes) throws IOException {
        try (Workbench bench = samples.core.benches().take()) {
            ByteBuffer content = ByteBuffer.allocateDirect(60_000);
            for (int i = 0; i < content.capacity(); i++) {
                content.put(i, (byte) (i * i / 100));
            }
            int size = bench.compress(content, 0, content.capacity()).length();
            byte[] bytes = Change.all(Arrays.copyOf(bench.bytes, size), changes);
            for (int codec : new int[] {Shape.X86, Shape.ZSTD}) {
                System.arraycopy(bytes, 0, bench.bytes, 0, bytes.length);
                Shape shape = new Shape(codec, content.capacity(), 0, 1);
                Fuzz.read(bytes, b -> {
                    bench.expand("pack", shape, b.length, bench.gather, 0);
                    return shape;
                });
            }
        }
    }

    @Property
    void trailersOfSegments(@ForAll("changes") List<Change> changes) throws IOException {
        SealedSegment segment = new SealedSegment(samples);
        segment.withTrailer(changes);
        Segment read = Fuzz.read(new byte[0], b -> Segment.open(samples.core, SealedSegment.NAME));
        if (read != null) {
            lookup(read);
        }
    }

    @Property
    void pagesOfSegments(@ForAll("changes") List<Change> changes) throws IOException {
        SealedSegment segment = new SealedSegment(samples);
        segment.withPage(changes);
        lookup(Segment.open(samples.core, SealedSegment.NAME));
    }

    private void lookup(Segment segment) throws IOException {
        LruCache<Segment.PageKey, byte[]> pages = new LruCache<>(100_000, page -> page.length);
        OwnBlocks blocks = samples.blocks(new SessionTable(List.of(Samples.SESSION, Samples.OTHER)));
        try (Workbench bench = samples.core.benches().take()) {
            blocks.forEach((high, low, place) -> {
                segment.mayContain(high, low);
                Fuzz.read(new byte[0], b -> {
                    Segment.Hit hit = segment.find(high, low, pages, bench);
                    if (hit != null) {
                        assertThat(hit.pack().number()).isBetween(0, PackId.MAX_NUMBER);
                    }
                    return segment;
                });
            });
        }
    }

    @Property
    void sealedSegments(@ForAll("changes") List<Change> changes) throws IOException {
        byte[] valid = samples.segment(SealedSegment.NAME);
        samples.replace(SealedSegment.NAME, Change.all(valid, changes));
        Segment read = Fuzz.read(valid, b -> Segment.open(samples.core, SealedSegment.NAME));
        if (read != null) {
            lookup(read);
        }
    }

    @Property
    void sealedObjects(@ForAll("changes") List<Change> changes) throws IOException {
        String name = Names.COMMIT + Samples.SESSION;
        byte[] valid = Samples.bytes(samples.core
                .small()
                .seal(ObjectType.COMMIT, name, Samples.commit().write()));
        byte[] bytes = Change.all(valid, changes);
        samples.replace(name, bytes);
        SmallObjects.Body body = Fuzz.read(bytes, b -> samples.core.small().get(ObjectType.COMMIT, name));
        assertThat(body != null).isEqualTo(Arrays.equals(bytes, valid));
    }

    @Property
    void sealedPacks(@ForAll("changes") List<Change> changes) throws IOException {
        SealedPack pack = new SealedPack(samples);
        samples.replace(SealedPack.NAME, Change.all(pack.bytes(), changes));
        PackReader.OpenPack read =
                Fuzz.read(pack.bytes(), b -> samples.core.packs().openCopy(ObjectType.DATA, SealedPack.NAME));
        if (read != null) {
            // The list of contents is authentic, so it is the one that was written; frames are or are damaged.
            assertThat(read.trailer().entries()).isEqualTo(SealedPack.ENTRIES);
            Fuzz.read(pack.bytes(), b -> {
                pack.readAll(read);
                return pack;
            });
        }
    }
}
