package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The table of contents of a pack: its frames, and the entries in each. Holds about 28 bytes an entry while writing and 24
 * a frame plus 20 an entry when read.
 */
final class PackTrailer {
    static final int TAIL = 24;
    /** Most entries of a frame of nodes, and of a pack of version 1. */
    static final int FEW_ENTRIES = 16;
    /** Most entries of a frame of blocks. */
    static final int MANY_ENTRIES = 32;

    private static final int FEW_BYTES = 1 << 20;
    static final int MAX_ENTRIES = 65_535;
    static final long MAGIC = 0x434646522d454e44L; // CFFR-END
    static final int PER_FRAME = 20;
    static final int PER_ENTRY = 20;
    private static final int MARK_HEAD = 24;

    /** Bytes of the mark of a frame of so many entries, before it is sealed: a short one has room for 16, a long one for 32. */
    static int mark(int count) {
        return MARK_HEAD + (count <= FEW_ENTRIES ? FEW_ENTRIES : MANY_ENTRIES) * PER_ENTRY;
    }

    /** One frame as the trailer has it. */
    record Frame(int number, int offset, Shape shape, int stored) {
        int markEnd() {
            return offset + mark(shape.count()) + Sealing.TAG;
        }

        int end() {
            return markEnd() + stored;
        }
    }

    private final ByteBuffer bytes;
    private final int[] starts;
    private final int[] firsts;
    private final int entries;
    private final int longest;

    private PackTrailer(ByteBuffer bytes, int[] starts, int[] firsts, int entries, int longest) {
        this.longest = longest;
        this.bytes = bytes;
        this.starts = starts;
        this.firsts = firsts;
        this.entries = entries;
    }

    /**
     * Understands an authenticated trailer, and checks that everything in it can be.
     *
     * @param version of the pack: those of version 1 have smaller frames and fewer codecs
     */
    static PackTrailer parse(String object, int version, byte[] plain, int frames, int entries, long packSize)
            throws DamagedException {
        int mostEntries = version == 1 ? FEW_ENTRIES : MANY_ENTRIES;
        int mostBytes = version == 1 ? FEW_BYTES : Workbench.FRAME;
        int mostCodec = version == 1 ? Shape.ZSTD : Shape.X86;
        if (frames < 0 || entries < 0 || entries > MAX_ENTRIES || frames > entries) {
            throw new DamagedException(object, "has impossible counts");
        }
        ByteBuffer in = ByteBuffer.wrap(plain);
        int[] starts = new int[frames];
        int[] firsts = new int[frames];
        int next = 0;
        int longest = 0;
        for (int i = 0; i < frames; i++) {
            if (in.remaining() < PER_FRAME) {
                throw new DamagedException(object, "has a trailer that ends too early");
            }
            starts[i] = in.position();
            long offset = in.getInt() & 0xffffffffL;
            int codec = in.get();
            int count = in.get() & 0xff;
            in.getShort();
            int plainLength = in.getInt();
            int stored = in.getInt();
            int first = in.getInt();
            // Repacked copies leave out the ordinals of frames of which nothing is left.
            firsts[i] = first;
            boolean possible = offset >= Sealing.HEADER
                    && codec >= 0
                    && codec <= mostCodec
                    && count >= 1
                    && first >= next
                    && first <= MAX_ENTRIES - count
                    && count <= mostEntries
                    && plainLength >= 0
                    && plainLength <= mostBytes
                    && stored >= Sealing.TAG
                    && stored <= mostBytes + Sealing.TAG
                    && offset + mark(count) + Sealing.TAG + stored <= packSize
                    && in.remaining() >= count * PER_ENTRY;
            if (!possible) {
                throw new DamagedException(object, "has an impossible frame " + i);
            }
            int sum = 0;
            for (int entry = 0; entry < count; entry++) {
                int length = in.getInt(in.position() + entry * PER_ENTRY + 16);
                if (length < 0 || length > mostBytes) {
                    throw new DamagedException(object, "has an impossible entry in frame " + i);
                }
                sum += length;
                longest = Math.max(longest, length);
            }
            if (sum != plainLength) {
                throw new DamagedException(object, "has entries that do not fill frame " + i);
            }
            in.position(in.position() + count * PER_ENTRY);
            next = first + count;
        }
        if (next != entries || in.hasRemaining()) {
            throw new DamagedException(object, "has a trailer of the wrong length");
        }
        return new PackTrailer(in, starts, firsts, entries, longest);
    }

    /** One more than the highest ordinal. */
    int entries() {
        return entries;
    }

    /** Bytes of the longest entry. */
    int longest() {
        return longest;
    }

    int frames() {
        return starts.length;
    }

    /** Bytes on the heap, for bounding caches. */
    int weight() {
        return bytes.capacity() + 8 * starts.length + 64;
    }

    /** The number of the frame that holds an entry, or -1. */
    int frameOf(int ordinal) {
        if (ordinal < 0 || ordinal >= entries) {
            return -1;
        }
        int at = Arrays.binarySearch(firsts, ordinal);
        int number = at >= 0 ? at : -at - 2;
        return number >= 0 && ordinal < firsts[number] + count(number) ? number : -1;
    }

    private int count(int frame) {
        return bytes.get(starts[frame] + 5) & 0xff;
    }

    /** Whether an entry is there; repacked copies leave out what is dead. */
    boolean has(int ordinal) {
        int frame = frameOf(ordinal);
        return frame >= 0 && isThere(entryAt(frame, ordinal));
    }

    /** The same for one that lies in a frame, without looking for that. */
    boolean has(Frame frame, int ordinal) {
        return isThere(entryAt(frame.number(), ordinal));
    }

    private boolean isThere(int at) {
        return bytes.getLong(at) != 0 || bytes.getLong(at + 8) != 0 || bytes.getInt(at + 16) != 0;
    }

    Frame frame(int number) {
        int at = starts[number];
        return new Frame(
                number,
                bytes.getInt(at),
                new Shape(bytes.get(at + 4), bytes.getInt(at + 8), firsts[number], bytes.get(at + 5) & 0xff),
                bytes.getInt(at + 12));
    }

    private int entryAt(int frame, int ordinal) {
        return starts[frame] + PER_FRAME + (ordinal - firsts[frame]) * PER_ENTRY;
    }

    /** The id of an entry. */
    BlockId id(int ordinal) {
        int at = entryAt(frameOf(ordinal), ordinal);
        return new BlockId(bytes.getLong(at), bytes.getLong(at + 8));
    }

    int length(int ordinal) {
        return bytes.getInt(entryAt(frameOf(ordinal), ordinal) + 16);
    }

    /** The same for one that lies in a frame. */
    int length(Frame frame, int ordinal) {
        return bytes.getInt(entryAt(frame.number(), ordinal) + 16);
    }

    /** Where an entry begins within the plain bytes of its frame. */
    int offsetInFrame(int ordinal) {
        int frame = frameOf(ordinal);
        int offset = 0;
        for (int entry = firsts[frame]; entry < ordinal; entry++) {
            offset += bytes.getInt(entryAt(frame, entry) + 16);
        }
        return offset;
    }
}
