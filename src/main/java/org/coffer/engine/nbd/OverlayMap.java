package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which grains of a disk an overlay has: two bits for each grain of 4 KiB, in pages of 4 KiB for 64 MiB of disk. A page is
 * read when first asked for, and written by {@link #write}; there it is no matter whether a page comes to the medium whole, because
 * each grain's bits stand for themselves, and of a page that the file ends in nothing behind its end was ever promised. Bits that nobody
 * writes are damage, and no grain of that page is read.
 *
 * <p><b>Memory.</b> Pages that were never touched cost neither memory nor room; those whose grains are all alike, as after a disk was
 * formatted, share one, so that each costs some hundred bytes. Thread-safe.
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

    /** In the place of a state: of several. */
    private static final int MIXED = -1;

    private static final int BITS = 2;
    /** The lower bit of each grain. */
    private static final long LOWER = 0x5555555555555555L;

    /** The pages of which all grains are in one state, by that. */
    private static final List<Page> ALIKE =
            IntStream.of(BELOW, HERE, ZERO).mapToObj(OverlayMap::alike).toList();

    private final FileChannel file;
    private final Map<Long, Page> pages = new HashMap<>();
    private final Set<Long> changed = new TreeSet<>();
    private final long known;

    OverlayMap(FileChannel file) throws IOException {
        this.file = file;
        this.known = file.size();
    }

    /**
     * The states of some grains.
     *
     * @param state that of all of them, or {@link #MIXED}: then the page is of one place alone, else nobody writes to it
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    private record Page(long[] grains, int state) {}

    /** The state of a grain. */
    synchronized int get(long grain) throws IOException {
        return state(page(grain / GRAINS_OF_PAGE).grains, (int) (grain % GRAINS_OF_PAGE));
    }

    /**
     * Grains in a row that are in one state.
     *
     * @param count at least 1; it may be fewer than there are
     */
    record Run(int state, long count) {}

    /** The row that begins with a grain, of at most {@code most}: taken at one moment, so that nobody's write falls between. */
    synchronized Run run(long grain, long most) throws IOException {
        Page page = page(grain / GRAINS_OF_PAGE);
        int at = (int) (grain % GRAINS_OF_PAGE);
        int end = (int) Math.min(GRAINS_OF_PAGE, at + most);
        if (page.state != MIXED) {
            return new Run(page.state, end - at);
        }
        int state = state(page.grains, at);
        int next = at + 1;
        while (next < end && state(page.grains, next) == state) {
            next++;
        }
        return new Run(state, next - at);
    }

    /** Puts grains into a state. */
    synchronized void set(long from, long count, int state) throws IOException {
        long end = from + count;
        for (long grain = from; grain < end; ) {
            long number = grain / GRAINS_OF_PAGE;
            Page page = page(number);
            int at = (int) (grain % GRAINS_OF_PAGE);
            int stop = (int) Math.min(GRAINS_OF_PAGE, at + end - grain);
            if (page.state != state) {
                long[] own = page.state == MIXED ? page.grains : page.grains.clone();
                fill(own, at, stop, state);
                // Who goes on from page to page is looked after once each, when its last grain comes.
                pages.put(number, stop == GRAINS_OF_PAGE ? page(own) : new Page(own, MIXED));
                changed.add(number);
            }
            grain += stop - at;
        }
    }

    private static Page alike(int state) {
        long[] grains = new long[PAGE / Long.BYTES];
        Arrays.fill(grains, LOWER * state);
        return new Page(grains, state);
    }

    /** The page of some grains, which is a shared one if they are all alike. */
    private static Page page(long[] grains) {
        return ALIKE.stream()
                .filter(shared -> Arrays.equals(shared.grains, grains))
                .findAny()
                .orElseGet(() -> new Page(grains, MIXED));
    }

    private static int state(long[] page, int grain) {
        return (int) (page[grain / GRAINS] >>> (BITS * (grain % GRAINS))) & 3;
    }

    private static void fill(long[] page, int from, int to, int state) {
        long all = LOWER * state;
        for (int grain = from; grain < to; ) {
            if (grain % GRAINS == 0 && to - grain >= GRAINS) {
                page[grain / GRAINS] = all;
                grain += GRAINS;
            } else {
                int shift = BITS * (grain % GRAINS);
                page[grain / GRAINS] = (page[grain / GRAINS] & ~(3L << shift)) | ((long) state << shift);
                grain++;
            }
        }
    }

    /** A page; one that was never touched is not kept. */
    private Page page(long number) throws IOException {
        Page page = pages.get(number);
        if (page == null && number * PAGE < known) {
            page = read(number);
            pages.put(number, page);
        }
        return page == null ? ALIKE.get(BELOW) : page;
    }

    private Page read(long number) throws IOException {
        long[] grains = new long[PAGE / Long.BYTES];
        ByteBuffer bytes = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        int there = (int) Math.min(PAGE, known - number * PAGE);
        Whole.readFully(file, number * PAGE, bytes.limit(there));
        bytes.clear().asLongBuffer().get(grains);
        for (long some : grains) {
            if ((some & some >>> 1 & LOWER) != 0) {
                throw new IOException("the map of what was written is damaged at " + number * PAGE);
            }
        }
        return page(grains);
    }

    /** What changed since it was written last, as it is now. */
    synchronized Map<Long, long[]> takeChanged() {
        Map<Long, long[]> taken = new TreeMap<>();
        for (long number : changed) {
            Page page = Objects.requireNonNull(pages.get(number));
            taken.put(number, page.state == MIXED ? page.grains.clone() : page.grains);
        }
        changed.clear();
        return taken;
    }

    /** Puts back what could not be written. */
    synchronized void putBack(Map<Long, long[]> taken) {
        changed.addAll(taken.keySet());
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
