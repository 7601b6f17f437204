package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which grains of a disk an overlay has: two bits for each grain of 4 KiB, in pages of 4 KiB for 64 MiB of disk. A page is
 * read when first asked for, and written by {@link #write}; there it is no matter whether a page comes to the medium whole, because
 * each grain's bits stand for themselves. Pages that were never touched cost neither memory nor room. Thread-safe.
 */
final class OverlayMap {
    static final int GRAIN = 4096;

    /** As the disk below. */
    static final int BELOW = 0;
    /** In the overlay. */
    static final int HERE = 1;
    /** All zero. */
    static final int ZERO = 2;

    private static final int PAGE = 4096;
    /** Grains of one long. */
    private static final int GRAINS = 32;

    static final int GRAINS_OF_PAGE = PAGE / Long.BYTES * GRAINS;

    private final FileChannel file;
    private final Map<Long, long[]> pages = new HashMap<>();
    private final Map<Long, long[]> changed = new TreeMap<>();
    private final long known;

    OverlayMap(FileChannel file) throws IOException {
        this.file = file;
        this.known = file.size();
    }

    /** The state of a grain. */
    synchronized int get(long grain) throws IOException {
        long[] page = page(grain / GRAINS_OF_PAGE, false);
        return page.length == 0 ? BELOW : state(page, (int) (grain % GRAINS_OF_PAGE));
    }

    /**
     * Grains in a row that are in one state.
     *
     * @param count at least 1; it may be fewer than there are
     */
    record Run(int state, long count) {}

    /** The row that begins with a grain, of at most {@code most}: taken at one moment, so that nobody's write falls between. */
    synchronized Run run(long grain, long most) throws IOException {
        long[] page = page(grain / GRAINS_OF_PAGE, false);
        int at = (int) (grain % GRAINS_OF_PAGE);
        int end = (int) Math.min(GRAINS_OF_PAGE, at + most);
        if (page.length == 0) {
            return new Run(BELOW, end - at);
        }
        int state = state(page, at);
        int next = at + 1;
        while (next < end && state(page, next) == state) {
            next++;
        }
        return new Run(state, next - at);
    }

    /** Puts grains into a state. */
    synchronized void set(long from, long count, int state) throws IOException {
        long end = from + count;
        for (long grain = from; grain < end; ) {
            long number = grain / GRAINS_OF_PAGE;
            long[] page = page(number, true);
            int at = (int) (grain % GRAINS_OF_PAGE);
            int stop = (int) Math.min(GRAINS_OF_PAGE, at + end - grain);
            fill(page, at, stop, state);
            changed.put(number, page);
            grain += stop - at;
        }
    }

    private static int state(long[] page, int grain) {
        return (int) (page[grain / GRAINS] >>> (2 * (grain % GRAINS))) & 3;
    }

    private static void fill(long[] page, int from, int to, int state) {
        long all = 0x5555555555555555L * state;
        for (int grain = from; grain < to; ) {
            if (grain % GRAINS == 0 && to - grain >= GRAINS) {
                page[grain / GRAINS] = all;
                grain += GRAINS;
            } else {
                int shift = 2 * (grain % GRAINS);
                page[grain / GRAINS] = (page[grain / GRAINS] & ~(3L << shift)) | ((long) state << shift);
                grain++;
            }
        }
    }

    /** A page; an empty array for one that was never touched, unless it is to be made. */
    private long[] page(long number, boolean make) throws IOException {
        long[] page = pages.get(number);
        if (page == null && (make || number * PAGE < known)) {
            page = new long[PAGE / Long.BYTES];
            if (number * PAGE < known) {
                ByteBuffer bytes = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
                Whole.readFully(file, number * PAGE, bytes);
                bytes.flip().asLongBuffer().get(page);
            }
            pages.put(number, page);
        }
        return page == null ? new long[0] : page;
    }

    /** What changed since it was written last, as it is now. */
    synchronized Map<Long, long[]> takeChanged() {
        Map<Long, long[]> taken = new TreeMap<>();
        changed.forEach((number, page) -> taken.put(number, Arrays.copyOf(page, page.length)));
        changed.clear();
        return taken;
    }

    /** Puts back what could not be written. */
    synchronized void putBack(Map<Long, long[]> taken) {
        taken.keySet().forEach(number -> changed.put(number, pages.get(number)));
    }

    /** Writes pages; the caller forces the file. */
    void write(Map<Long, long[]> taken) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<Long, long[]> page : taken.entrySet()) {
            bytes.clear().asLongBuffer().put(page.getValue());
            Whole.writeFully(file, page.getKey() * PAGE, bytes);
        }
    }
}
