package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A segment of which single parts are changed by somebody who has the key, and sealed again. */
final class SealedSegment {
    static final String NAME = Names.index(Samples.SESSION, 1);
    private static final int PAGES = 3;

    private final Samples samples;
    private final byte[] object;
    private final ObjectKey key;

    SealedSegment(Samples samples) throws IOException {
        this.samples = samples;
        this.object = samples.segment(NAME);
        this.key = samples.core.sealing().open(ObjectType.INDEX, NAME, Arrays.copyOf(object, Sealing.HEADER));
    }

    /** Changes the trailer together with the counts of pages and entries, which stand in the tail. */
    void withTrailer(List<Change> changes) throws IOException {
        ByteBuffer tail = ByteBuffer.wrap(object, object.length - PackTrailer.TAIL, PackTrailer.TAIL);
        int stored = tail.getInt();
        int plain = tail.getInt();
        int at = object.length - PackTrailer.TAIL - stored;
        byte[] trailer = new byte[plain];
        // Two benches: a cipher does not seal with what it opened with last.
        try (Workbench bench = samples.core.benches().take();
                Workbench sealer = samples.core.benches().take()) {
            Shape shape = new Shape(Shape.RAW, plain, 0, PAGES);
            bench.open(key, Part.TRAILER, 0, shape, object, at, stored, trailer);
            byte[] valid = ByteBuffer.allocate(8 + plain)
                    .putInt(tail.getInt())
                    .putInt(tail.getInt())
                    .put(trailer)
                    .array();
            byte[] changed = Change.all(valid, changes);
            ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(changed, Math.max(8, changed.length)));
            int pages = in.getInt();
            int entries = in.getInt();
            byte[] rest = new byte[in.remaining()];
            in.get(rest);
            ByteBuffer out = ByteBuffer.allocate(at + rest.length + Sealing.TAG + PackTrailer.TAIL);
            out.put(object, 0, at);
            Shape sealed = new Shape(Shape.RAW, rest.length, 0, pages);
            out.position(at + sealer.seal(key, Part.TRAILER, 0, sealed, rest, rest.length, out.array(), at));
            out.putInt(rest.length + Sealing.TAG)
                    .putInt(rest.length)
                    .putInt(pages)
                    .putInt(entries);
            samples.replace(NAME, out.putLong(PackTrailer.MAGIC).array());
        }
    }

    /** Changes the first page; its length stays, for that follows from the trailer. */
    void withPage(List<Change> changes) throws IOException {
        int length = SegmentWriter.PAGE - Sealing.TAG;
        byte[] page = new byte[length];
        try (Workbench bench = samples.core.benches().take();
                Workbench sealer = samples.core.benches().take()) {
            Shape shape = new Shape(Shape.RAW, length, 0, SegmentWriter.PAGE_ENTRIES);
            bench.open(key, Part.FRAME, 0, shape, object, Sealing.HEADER, SegmentWriter.PAGE, page);
            byte[] changed = Arrays.copyOf(Change.all(page, changes), length);
            sealer.seal(key, Part.FRAME, 0, shape, changed, length, object, Sealing.HEADER);
        }
        samples.replace(NAME, object);
    }
}
