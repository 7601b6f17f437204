package org.coffer.engine.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An overlay against a plain array: writes, zeros, reopening, the loss of what was not flushed. */
class OverlayDiskTest {
    private static final int SIZE = 700_123;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverIsWrittenReadsAsInAnArray(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] base = noise(SIZE, seed);
        byte[] model = base.clone();
        OverlayDisk disk = open(base);
        for (int step = 0; step < 400; step++) {
            int at = random.nextInt(SIZE);
            int length = 1 + random.nextInt(Math.min(SIZE - at, random.nextInt(4) == 0 ? 200_000 : 9_000));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    byte[] bytes = noise(length, seed * 1000 + step);
                    disk.write(at, direct(bytes));
                    System.arraycopy(bytes, 0, model, at, length);
                }
                case 3 -> {
                    disk.zero(at, length);
                    Arrays.fill(model, at, at + length, (byte) 0);
                }
                case 4 -> disk.flush();
                case 5 -> {
                    disk.close();
                    disk = open(base);
                }
                default -> assertThat(read(disk, at, length)).isEqualTo(Arrays.copyOfRange(model, at, at + length));
            }
        }
        assertThat(read(disk, 0, SIZE)).isEqualTo(model);
        assertAllocationIsTrue(disk, model);
        disk.close();
    }

    /** What is told to be zero is; the pieces cover the disk. */
    private static void assertAllocationIsTrue(OverlayDisk disk, byte[] model) throws IOException {
        long[] at = {0};
        disk.allocation(0, SIZE, (length, what) -> {
            if (what != Allocation.DATA) {
                assertThat(IntStream.range((int) at[0], (int) (at[0] + length)).allMatch(i -> model[i] == 0))
                        .isTrue();
            }
            at[0] += length;
            return true;
        });
        assertThat(at[0]).isEqualTo(SIZE);
    }

    @Test
    void whatWasFlushedOutlivesTheProcessAndNothingElseIsMadeUp() throws IOException {
        byte[] base = noise(SIZE, 7);
        Path later = Files.createDirectory(folder.resolve("later"));
        try (OverlayDisk disk = open(base)) {
            disk.write(4096, direct(noise(10_000, 8)));
            disk.flush();
            disk.write(300_000, direct(noise(5_000, 9)));
            // The files as they are when the power goes now.
            Files.copy(folder.resolve("data"), later.resolve("data"));
            Files.copy(folder.resolve("map"), later.resolve("map"));
        }
        byte[] expected = base.clone();
        System.arraycopy(noise(10_000, 8), 0, expected, 4096, 10_000);
        try (OverlayDisk disk = OverlayDisk.open(later, new MemoryDisk(base))) {
            assertThat(read(disk, 0, SIZE)).isEqualTo(expected);
        }
    }

    /** As where a file system gives room in smaller pieces than a page of the map, or a quota ends within one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 21, 42, 43, 4095})
    void aMapThatEndsWithinAPageSaysNothingOfWhatWouldBeBehind(int length) throws IOException {
        byte[] base = noise(SIZE, 31);
        byte[] bytes = noise(SIZE, 32);
        try (OverlayDisk disk = open(base)) {
            disk.write(0, direct(bytes));
        }
        try (FileChannel map = FileChannel.open(folder.resolve("map"), StandardOpenOption.WRITE)) {
            map.truncate(length);
        }
        byte[] expected = base.clone();
        System.arraycopy(bytes, 0, expected, 0, Math.min(SIZE, 4 * length * OverlayMap.GRAIN));
        try (OverlayDisk disk = open(base)) {
            assertThat(read(disk, 0, SIZE)).isEqualTo(expected);
            disk.write(SIZE - 10, direct(new byte[10]));
        }
        Arrays.fill(expected, SIZE - 10, SIZE, (byte) 0);
        try (OverlayDisk disk = open(base)) {
            assertThat(read(disk, 0, SIZE)).isEqualTo(expected);
        }
    }

    /** The bits of a grain have three meanings; a fourth is damage, and what lies below is not what was written. */
    @Test
    void ofAMapWithBitsThatNobodyWritesNothingIsRead() throws IOException {
        byte[] base = noise(SIZE, 33);
        try (OverlayDisk disk = open(base)) {
            disk.write(0, direct(noise(100_000, 34)));
        }
        byte[] map = Files.readAllBytes(folder.resolve("map"));
        map[3] |= 0b1100;
        Files.write(folder.resolve("map"), map);
        try (OverlayDisk disk = open(base)) {
            assertThatThrownBy(() -> read(disk, 0, 10))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
            assertThatThrownBy(() -> disk.write(8192, direct(new byte[10]))).isInstanceOf(IOException.class);
        }
        assertThat(folder.resolve("map")).hasBinaryContent(map);
    }

    /** Four gigabytes of map if each page had its own. */
    @Test
    void aDiskOf64TerabytesThatIsFormattedFitsIntoMemory() throws IOException {
        long grains = (64L << 40) / OverlayMap.GRAIN;
        try (FileChannel file = FileChannel.open(
                folder.resolve("map"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            OverlayMap map = new OverlayMap(file);
            map.set(0, grains, OverlayMap.ZERO);
            map.set(5, 2, OverlayMap.HERE);
            assertThat(map.takeChanged()).hasSize(1 << 20);
            assertThat(map.run(0, grains)).isEqualTo(new OverlayMap.Run(OverlayMap.ZERO, 5));
            assertThat(map.run(5, grains)).isEqualTo(new OverlayMap.Run(OverlayMap.HERE, 2));
            assertThat(map.get(grains - 1)).isEqualTo(OverlayMap.ZERO);
            assertThat(map.get(OverlayMap.GRAINS_OF_PAGE + 5))
                    .as("pages that are alike are not one")
                    .isEqualTo(OverlayMap.ZERO);
        }
    }

    private List<ReadableDisk> asTheyLay(List<Path> copies, byte[] base) throws IOException {
        List<ReadableDisk> all = new ArrayList<>();
        for (Path copy : copies) {
            all.add(OverlayDisk.open(copy, new MemoryDisk(base)));
        }
        return all;
    }

    /** What the files hold whenever one of them is brought to its drive: before the first time the map must not speak of new data. */
    @Test
    void aFlushBringsTheDataToTheDriveThenWritesTheMapThenBringsThatThere() throws IOException {
        byte[] base = noise(SIZE, 21);
        byte[] bytes = noise(10_000, 22);
        List<Path> copies = new ArrayList<>();
        List<Boolean> ofData = new ArrayList<>();
        OverlayDisk disk = OverlayDisk.open(folder, new MemoryDisk(base), Long.MAX_VALUE, file -> {
            Path copy = Files.createDirectory(folder.resolve("copy-" + copies.size()));
            Files.copy(folder.resolve("data"), copy.resolve("data"));
            Files.copy(folder.resolve("map"), copy.resolve("map"));
            copies.add(copy);
            ofData.add(file.size() == Files.size(folder.resolve("data")));
            file.force(false);
        });
        disk.write(8192, direct(bytes));
        assertThat(ofData).as("nobody asked yet").isEmpty();
        disk.flush();
        assertThat(ofData).as("first the data, then the map").containsExactly(true, false);
        byte[] changed = base.clone();
        System.arraycopy(bytes, 0, changed, 8192, bytes.length);
        List<ReadableDisk> then = asTheyLay(copies, base);
        assertThat(read(then.get(0), 0, SIZE)).as("before the data lasts").isEqualTo(base);
        assertThat(read(then.get(1), 0, SIZE)).as("before the map lasts").isEqualTo(changed);
        then.forEach(ReadableDisk::close);
        disk.flush();
        assertThat(ofData).as("each flush means it").hasSize(4);
        disk.close();
    }

    /** After a failed fsync the system holds the pages for clean and says yes to the next one. */
    @Test
    void afterAFlushThatFailedNoLaterOneSaysYesAndTheMapSpeaksOfNothingThatMayBeLost() throws IOException {
        byte[] base = noise(SIZE, 11);
        Path later = Files.createDirectory(folder.resolve("later"));
        var fails = new AtomicBoolean();
        OverlayDisk disk = OverlayDisk.open(folder, new MemoryDisk(base), Long.MAX_VALUE, data -> {
            if (fails.getAndSet(false)) {
                throw new IOException("Input/output error");
            }
            data.force(false);
        });
        disk.write(4096, direct(noise(8192, 12)));
        disk.flush();
        disk.write(300_000, direct(noise(5_000, 13)));
        fails.set(true);
        assertThatThrownBy(disk::flush).hasMessage("Input/output error");
        assertThatThrownBy(disk::flush).isInstanceOf(IOException.class);
        assertThatThrownBy(disk::flush).isInstanceOf(IOException.class);
        assertThatThrownBy(disk::close).isInstanceOf(UncheckedIOException.class);
        Files.copy(folder.resolve("data"), later.resolve("data"));
        Files.copy(folder.resolve("map"), later.resolve("map"));
        byte[] expected = base.clone();
        System.arraycopy(noise(8192, 12), 0, expected, 4096, 8192);
        try (OverlayDisk again = OverlayDisk.open(later, new MemoryDisk(base))) {
            assertThat(read(again, 0, SIZE)).isEqualTo(expected);
            again.write(0, direct(noise(100, 14)));
            again.flush();
        }
    }

    @Test
    void writersThatShareAGrainLoseNothing() throws Exception {
        byte[] base = noise(SIZE, 10);
        try (OverlayDisk disk = open(base);
                var threads = Executors.newFixedThreadPool(8)) {
            // Each thread writes every eighth piece of 100 bytes, so that nearly all grains have several writers.
            for (Future<?> done : threads.invokeAll(IntStream.range(0, 8)
                    .mapToObj(thread -> Executors.callable(() -> {
                        for (int piece = thread; (piece + 1) * 100 <= SIZE; piece += 8) {
                            write(disk, piece * 100L, (byte) (piece % 251));
                        }
                    }))
                    .toList())) {
                done.get();
            }
            byte[] all = read(disk, 0, SIZE);
            for (int piece = 0; (piece + 1) * 100 <= SIZE; piece++) {
                assertThat(all[piece * 100]).isEqualTo((byte) (piece % 251));
                assertThat(all[piece * 100 + 99]).isEqualTo((byte) (piece % 251));
            }
        }
    }

    private static void write(OverlayDisk disk, long at, byte what) {
        byte[] bytes = new byte[100];
        Arrays.fill(bytes, what);
        try {
            disk.write(at, direct(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final int STRIPE = 32 << 20;

    /** Stripes of 32 MiB by turns of no content and content, told in pieces of 5 MiB; nobody reads it. */
    private static ReadableDisk striped(long size) {
        return new ReadableDisk() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public void prepare(long position, int length) {
                throw new AssertionError("nobody reads");
            }

            @Override
            public void read(long position, ByteBuffer dst) {
                throw new AssertionError("nobody reads");
            }

            @Override
            public void allocation(long position, long length, Pieces pieces) {
                long end = position + length;
                for (long at = position; at < end; ) {
                    long stop = Math.min(Math.min(end, at + (5 << 20)), (at / STRIPE + 1) * STRIPE);
                    if (!pieces.add(stop - at, stripe(at))) {
                        return;
                    }
                    at = stop;
                }
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    /** Stripes 0, 2, 3, 5, 6 … are holes: some end in the middle of a page of the overlay's map, some at its end. */
    private static Allocation stripe(long at) {
        return at / STRIPE % 3 == 1 ? Allocation.DATA : Allocation.HOLE;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8192})
    void whoAsksForFewPiecesAtATimeIsToldTheTruthOfEachByte(int most) throws IOException {
        long size = 9L * STRIPE + 777;
        int written = 4 * STRIPE - (3 << 20);
        try (OverlayDisk disk = OverlayDisk.open(folder, striped(size))) {
            disk.write(written, ByteBuffer.allocateDirect(64 << 10));
            disk.zero(STRIPE + (1 << 20), 1 << 20);
            List<Long> wrong = new ArrayList<>();
            long at = 0;
            while (at < size) {
                Extents told = new Extents(most);
                disk.allocation(at, size - at, told);
                assertThat(told.count()).isBetween(1, most);
                for (int i = 0; i < told.count(); i++) {
                    for (long end = at + told.length(i); at < end; at += Math.min(end - at, 4096)) {
                        boolean zeroed = at >= STRIPE + (1 << 20) && at < STRIPE + (2 << 20);
                        boolean data = (at >= written && at < written + (64 << 10))
                                || (stripe(at) == Allocation.DATA && !zeroed);
                        if (told.reads(i) != data) {
                            wrong.add(at);
                        }
                    }
                }
            }
            assertThat(at).isEqualTo(size);
            assertThat(wrong).isEmpty();
        }
    }

    private OverlayDisk open(byte[] base) throws IOException {
        return OverlayDisk.open(folder, new MemoryDisk(base));
    }

    private static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] read(ReadableDisk disk, long at, int length) throws IOException {
        ByteBuffer out = ByteBuffer.allocateDirect(length);
        disk.read(at, out);
        byte[] bytes = new byte[length];
        out.flip().get(bytes);
        return bytes;
    }
}
