package org.coffer.engine.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * One pack being filled. {@link #reserve} hands out places one after the other and is called under the writer's lock;
 * {@link #fill} may then run on several threads at once, each in its own place.
 */
final class PackBuild {
    /** A place for one frame. */
    record Reserved(PackBuild pack, int frame, int offset, int first) {}

    final PackId id;
    final String name;
    final ObjectKey key;
    final ByteBuffer buffer;
    private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    private int end;
    private int frames;
    private int entries;
    private int unfilled;
    private boolean closed;
    private boolean spoiled;

    PackBuild(ObjectType type, PackId id, Sealing sealing, ByteBuffer buffer) {
        this.id = id;
        this.name = Names.original(type, id);
        this.buffer = buffer;
        buffer.clear();
        this.key = sealing.begin(type, name, buffer);
        this.end = buffer.position();
    }

    private static int size(int stored, int count) {
        return PackTrailer.mark(count) + Sealing.TAG + stored;
    }

    boolean fits(int stored, int count) {
        return end + size(stored, count) <= buffer.capacity() && entries + count <= PackTrailer.MAX_ENTRIES;
    }

    synchronized Reserved reserve(Entries what, int codec, int stored) {
        Reserved place = new Reserved(this, frames, end, entries);
        ByteBuffer line = ByteBuffer.allocate(PackTrailer.PER_FRAME + what.count * PackTrailer.PER_ENTRY);
        line.putInt(end).put((byte) codec).put((byte) what.count).putShort((short) 0);
        line.putInt(what.bytes).putInt(stored).putInt(entries);
        for (int i = 0; i < what.count; i++) {
            line.putLong(what.high[i]).putLong(what.low[i]).putInt(what.length[i]);
        }
        contents.writeBytes(line.array());
        frames++;
        entries += what.count;
        end += size(stored, what.count);
        unfilled++;
        return place;
    }

    /** Seals mark and frame into the reserved place. The frame's bytes are in the bench's {@code bytes}. */
    static void fill(Reserved place, Workbench bench, Entries what, int codec, int length) {
        PackBuild pack = place.pack();
        Shape shape = new Shape(codec, what.bytes, place.first(), what.count);
        int stored = bench.seal(pack.key, Part.FRAME, place.frame(), shape, bench.bytes, length, bench.sealed, 0);
        int markEnd = place.offset() + PackTrailer.mark(what.count) + Sealing.TAG;
        pack.buffer.put(markEnd, bench.sealed, 0, stored);
        byte[] mark = mark(shape, stored, what);
        int markStored = bench.seal(
                pack.key,
                Part.MARK,
                place.frame(),
                new Shape(Shape.RAW, mark.length, place.first(), what.count),
                mark,
                mark.length,
                bench.sealed,
                0);
        pack.buffer.put(place.offset(), bench.sealed, 0, markStored);
    }

    /** The plain bytes of a mark. */
    static byte[] mark(Shape shape, int stored, Entries what) {
        ByteBuffer mark = ByteBuffer.allocate(PackTrailer.mark(what.count));
        mark.put((byte) shape.codec()).put((byte) what.count).putShort((short) 0);
        mark.putInt(shape.plain()).putInt(stored).putInt(shape.first()).putLong(0);
        for (int i = 0; i < what.count; i++) {
            mark.putLong(what.high[i]).putLong(what.low[i]).putInt(what.length[i]);
        }
        return mark.array();
    }

    /** A place could not be filled: the pack must never be put, because its contents name what is not in it. */
    synchronized void spoil() {
        spoiled = true;
    }

    synchronized boolean spoiled() {
        return spoiled;
    }

    /** A reserved place was filled, or given up; true if this was the last one of a closed pack. */
    synchronized boolean filled() {
        unfilled--;
        return closed && unfilled == 0;
    }

    /** No more places are handed out; true if all are filled. */
    synchronized boolean close() {
        closed = true;
        return unfilled == 0;
    }

    /** The frames, trailer and tail, ready to be put. */
    ByteBuffer[] finish(Workbench bench) {
        byte[] plain = contents.toByteArray();
        ByteBuffer end2 = ByteBuffer.allocate(plain.length + Sealing.TAG + PackTrailer.TAIL);
        int stored = bench.seal(
                key,
                Part.TRAILER,
                0,
                new Shape(Shape.RAW, plain.length, 0, frames),
                plain,
                plain.length,
                end2.array(),
                0);
        end2.position(stored);
        end2.putInt(stored).putInt(plain.length).putInt(frames).putInt(entries).putLong(PackTrailer.MAGIC);
        return new ByteBuffer[] {buffer.slice(0, end), end2.flip()};
    }
}
