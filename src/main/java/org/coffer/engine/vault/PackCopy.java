package org.coffer.engine.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A copy of a pack being made in memory, frame by frame, by one thread. */
final class PackCopy {
    private final ObjectKey key;
    private ByteBuffer buffer;
    private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    private int frames;
    private int entries;

    /** @param capacity bytes that header, marks and frames will take, as far as one can tell */
    PackCopy(ObjectType type, String name, Sealing sealing, int capacity) {
        this.buffer = ByteBuffer.allocate(capacity);
        this.key = sealing.begin(type, name, buffer);
    }

    /**
     * Seals mark and frame; the frame's bytes are in {@code bench.bytes}.
     *
     * @param first the ordinal of its first entry, above those of all frames before
     */
    void add(Workbench bench, Entries what, int first, Packed packed) {
        int codec = packed.codec();
        int length = packed.length();
        Shape shape = new Shape(codec, what.bytes, first, what.count);
        int offset = buffer.position();
        int markLength = PackTrailer.mark(what.count);
        makeRoom(markLength + 2 * Sealing.TAG + length);
        int stored = bench.seal(key, Part.FRAME, frames, shape, bench.bytes, length, bench.sealed, 0);
        buffer.put(offset + markLength + Sealing.TAG, bench.sealed, 0, stored);
        byte[] mark = PackBuild.mark(shape, stored, what);
        Shape ofMark = new Shape(Shape.RAW, mark.length, first, what.count);
        int markStored = bench.seal(key, Part.MARK, frames, ofMark, mark, mark.length, bench.sealed, 0);
        buffer.put(offset, bench.sealed, 0, markStored);
        buffer.position(offset + markStored + stored);
        ByteBuffer line = ByteBuffer.allocate(PackTrailer.PER_FRAME + what.count * PackTrailer.PER_ENTRY);
        line.putInt(offset).put((byte) codec).put((byte) what.count).putShort((short) 0);
        line.putInt(what.bytes).putInt(stored).putInt(first);
        for (int i = 0; i < what.count; i++) {
            line.putLong(what.high[i]).putLong(what.low[i]).putInt(what.length[i]);
        }
        contents.writeBytes(line.array());
        frames++;
        entries = first + what.count;
    }

    private void makeRoom(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(buffer.capacity() + Math.max(bytes, buffer.capacity() / 4));
            buffer = larger.put(buffer.flip());
        }
    }

    /** The whole object, ready to be put. */
    ByteBuffer[] finish(Workbench bench) {
        byte[] plain = contents.toByteArray();
        ByteBuffer end = ByteBuffer.allocate(plain.length + Sealing.TAG + PackTrailer.TAIL);
        Shape shape = new Shape(Shape.RAW, plain.length, 0, frames);
        int stored = bench.seal(key, Part.TRAILER, 0, shape, plain, plain.length, end.array(), 0);
        end.position(stored);
        end.putInt(stored).putInt(plain.length).putInt(frames).putInt(entries).putLong(PackTrailer.MAGIC);
        return new ByteBuffer[] {buffer.flip(), end.flip()};
    }
}
