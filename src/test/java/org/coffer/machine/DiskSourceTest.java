package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.disk.Extent;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reading and writing open disks; needs root, for loop devices.
 *
 * <pre>
 *   disk.img   | 1 MiB random | 62 MiB hole | 1 MiB random |
 * </pre>
 */
class DiskSourceTest {
    private static final int MB = 1 << 20;

    @TempDir
    private Path folder;

    private Path file;
    private Machine machine;

    @BeforeEach
    void makeImage() throws IOException {
        machine = LinuxMachine.ofThisComputer(folder.resolve("disks"));
        file = folder.resolve("disk.img");
        byte[] bytes = new byte[MB];
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(64L * MB);
            new Random(1).nextBytes(bytes);
            raw.write(bytes);
            raw.seek(63L * MB);
            raw.write(bytes);
        }
        Shell.run("sync", file.toString());
    }

    private static Problem problem(ThrowingCallable call) {
        ProblemException[] thrown = new ProblemException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e);
        return thrown[0].problem();
    }

    private byte[] onDisk(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "r")) {
            raw.seek(position);
            raw.readFully(bytes);
        }
        return bytes;
    }

    private static byte[] read(BlockSource source, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        source.read(position, bytes);
        return bytes.array();
    }

    /** As by a machine that runs from the image and discards: between the two questions of where data begins and where it ends. */
    @Test
    void whatIsPunchedWhileItIsLookedForIsTakenForData() throws Exception {
        AtomicBoolean looked = new AtomicBoolean();
        try (RawFile image = RawFile.open(file.toString(), Posix.O_RDWR);
                RawFile running = RawFile.open(file.toString(), Posix.O_RDWR);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> discarding = threads.submit(() -> {
                while (!looked.get()) {
                    running.punch(0, MB);
                    running.write(0, ByteBuffer.allocate(4096));
                }
                return null;
            });
            try {
                for (int i = 0; i < 20_000; i++) {
                    assertThat(image.data(63L * MB, 64L * MB)).containsExactly(new Extent(63L * MB, 64L * MB));
                    assertThat(image.data(0, MB)).hasSizeLessThanOrEqualTo(1);
                }
            } finally {
                looked.set(true);
                discarding.get();
            }
        }
    }

    @Test
    void anImageShowsItsHoles() throws IOException {
        try (BlockSource source = machine.source(machine.inspect(file))) {
            assertThat(source.data(0, source.size()))
                    .containsExactly(new Extent(0, MB), new Extent(63L * MB, 64L * MB));
            assertThat(source.data(MB / 2, 2L * MB)).containsExactly(new Extent(MB / 2, MB));
            assertThat(source.data(2L * MB, 60L * MB)).isEmpty();
        }
    }

    @Test
    void aDeviceTakesEverythingAsAllocated() throws IOException {
        try (LoopDevice loop = LoopDevice.attach(file);
                BlockSource source = machine.source(machine.inspect(loop.path()))) {
            assertThat(source.data(0, source.size())).containsExactly(new Extent(0, 64L * MB));
        }
    }

    @Test
    void imageAndDeviceReadTheSameBytesAtAnyPlaceAndLength() throws IOException {
        try (LoopDevice loop = LoopDevice.attach(file);
                BlockSource device = machine.source(machine.inspect(loop.path()));
                BlockSource image = machine.source(machine.inspect(file))) {
            Random random = new Random(2);
            for (int i = 0; i < 200; i++) {
                int length = 1 + random.nextInt(20_000);
                long place = (i % 2 == 0 ? 0 : 63L * MB) + random.nextInt(MB - length);
                byte[] expected = onDisk(place, length);
                assertThat(read(device, place, length)).isEqualTo(expected);
                assertThat(read(image, place, length)).isEqualTo(expected);
            }
            assertThat(read(device, 64L * MB - 1, 1)).isEqualTo(onDisk(64L * MB - 1, 1));
        }
    }

    @Test
    void aDeviceIsReadAsItIsNotAsItWasRememberedWhileMounted() throws IOException {
        Path point = Files.createDirectory(folder.resolve("mnt"));
        Shell.run("mkfs.ext4", "-q", "-F", "-b", "4096", "-O", "^has_journal", file.toString());
        try (LoopDevice loop = LoopDevice.attach(file);
                LoopDevice.Mounted mounted = loop.mount(point)) {
            Path note = mounted.point().resolve("note");
            Files.writeString(note, "first".repeat(1000));
            Shell.run("sync");
            Shell.run("cat", loop.path().toString());
            byte[] before = wholeDisk(loop);
            try (RandomAccessFile raw = new RandomAccessFile(note.toFile(), "rw")) {
                raw.write("other".repeat(1000).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            Shell.run("sync");
            byte[] after = wholeDisk(loop);
            assertThat(text(before)).contains("firstfirst").doesNotContain("otherother");
            assertThat(text(after)).contains("otherother").doesNotContain("firstfirst");
        }
    }

    private byte[] wholeDisk(LoopDevice loop) throws IOException {
        try (BlockSource source = machine.source(machine.inspect(loop.path()))) {
            return read(source, 0, (int) source.size());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void aBackupLeavesThePageCacheAsItFoundIt() throws IOException {
        try (RawFile cache = RawFile.open(file.toString(), Posix.O_RDONLY);
                BlockSource source = machine.source(machine.inspect(file))) {
            ByteBuffer buffer = RawFile.buffer(MB);
            cache.forget(0, 0);
            assertThat(cache.cachedPages(0, MB)).isZero();
            source.read(0, buffer);
            assertThat(cache.cachedPages(0, MB)).isZero();
            cache.read(0, buffer.clear());
            source.read(0, buffer.clear());
            assertThat(cache.cachedPages(0, MB)).isEqualTo(MB / 4096);
        }
    }

    @Test
    void whatARestoreWroteIsReadFromTheMediumAfterwardsAndTheRestOfTheCacheIsLeft() throws IOException {
        try (RawFile cache = RawFile.open(file.toString(), Posix.O_RDONLY);
                BlockTarget target = machine.target(machine.inspect(file))) {
            cache.read(0, RawFile.buffer(4 * MB));
            target.write(0, RawFile.buffer(MB));
            ByteBuffer notASector = RawFile.buffer(4096).limit(100);
            target.write(3 * MB + 10, notASector);
            assertThat(cache.cachedPages(3 * MB, 4096)).as("through the cache").isOne();
            target.flush();
            assertThat(cache.cachedPages(0, MB)).isZero();
            assertThat(cache.cachedPages(3 * MB, 4096)).isZero();
            assertThat(cache.cachedPages(MB, MB)).as("as it was").isEqualTo(MB / 4096);
        }
    }

    /** A journal that takes the data too: the kernel then goes through its memory, whatever was asked for. */
    @Test
    void whatARestoreWroteIsReadFromTheMediumAlsoWhereTheFileSystemKeptItInMemory() throws IOException {
        Path small = folder.resolve("ext4.img");
        try (RandomAccessFile raw = new RandomAccessFile(small.toFile(), "rw")) {
            raw.setLength(64L * MB);
        }
        Shell.run("mkfs.ext4", "-q", "-F", small.toString());
        Shell.run("tune2fs", "-o", "journal_data", small.toString());
        try (LoopDevice device = LoopDevice.attach(small);
                LoopDevice.Mounted mounted = device.mount(Files.createDirectory(folder.resolve("mounted")))) {
            Path image = mounted.point().resolve("disk.img");
            try (RandomAccessFile raw = new RandomAccessFile(image.toFile(), "rw")) {
                raw.setLength(16L * MB);
            }
            try (RawFile written = RawFile.openImage(image.toString())) {
                assertThat(written.isDirect()).isTrue();
                written.write(0, RawFile.buffer(4 * MB));
                written.write(8L * MB, RawFile.buffer(MB));
                written.sync();
                assertThat(written.cachedPages(0, 16L * MB))
                        .as("kept all the same")
                        .isPositive();
                written.forgetWritten();
                assertThat(written.cachedPages(0, 16L * MB)).isZero();
            }
        }
    }

    @Test
    void anImageThatShrinksIsNoticedByReadingAndByLooking() throws IOException {
        try (BlockSource source = machine.source(machine.inspect(file));
                RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            assertThat(source.check()).isEqualTo(64L * MB);
            raw.setLength(65L * MB);
            assertThat(source.check()).isEqualTo(65L * MB);
            raw.setLength(10L * MB);
            Problem looking = problem(source::check);
            assertThat(looking.code()).isEqualTo("disk.shrunk");
            assertThat(looking.args()).containsEntry("before", 64L * MB).containsEntry("now", 10L * MB);
            assertThat(problem(() -> read(source, 63L * MB, MB)).code()).isEqualTo("disk.shrunk");
        }
    }

    @Test
    void anImageThatIsReplacedOrDeletedIsLost() throws IOException {
        try (BlockSource source = machine.source(machine.inspect(file))) {
            Files.move(file, folder.resolve("away"));
            assertThat(problem(source::check).code()).isEqualTo("disk.lost");
            Files.copy(folder.resolve("away"), file);
            assertThat(problem(source::check).code()).isEqualTo("disk.lost");
        }
    }

    @Test
    void aDeviceWhoseFileShrinksIsNoticedAndLosesNoMoreThanItsEnd() throws IOException {
        try (LoopDevice loop = LoopDevice.attach(file);
                BlockSource source = machine.source(machine.inspect(loop.path()));
                RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(10L * MB);
            assertThat(read(source, 0, MB)).isEqualTo(onDisk(0, MB));
            assertThat(problem(() -> read(source, 63L * MB, MB)).code()).isEqualTo("disk.shrunk");
            Shell.run("losetup", "-c", loop.path().toString());
            assertThat(problem(source::check).code()).isEqualTo("disk.shrunk");
        }
    }

    @Test
    void anotherDeviceUnderTheSameNumberIsNotTakenForTheFirst() throws IOException {
        BlockTree tree = new BlockTree(Path.of("/sys"));
        LoopDevice loop = LoopDevice.attach(file);
        try (RawFile open = RawFile.open(file.toString(), Posix.O_RDONLY)) {
            Presence presence = Presence.OfDevice.of(tree, loop.name(), open);
            loop.close();
            // The lowest free number is given, which may be one that another test has just left.
            Deque<LoopDevice> others = new ArrayDeque<>();
            try {
                do {
                    others.push(LoopDevice.attach(file));
                } while (!others.element().name().equals(loop.name()) && others.size() < 16);
                assertThat(others.element().name()).isEqualTo(loop.name());
                assertThat(problem(presence::size).code()).isEqualTo("disk.lost");
            } finally {
                others.forEach(LoopDevice::close);
            }
        } finally {
            loop.close();
        }
    }

    @Test
    void whatIsZeroedBecomesAHoleOnImagesAndDevices() throws IOException {
        long before = blocks();
        try (BlockTarget target = machine.target(machine.inspect(file))) {
            target.zero(0, MB);
            target.flush();
            assertThat(read(target, 0, MB)).containsOnly(0);
        }
        long once = blocks();
        assertThat(once).isLessThanOrEqualTo(before - MB / 512);
        try (LoopDevice loop = LoopDevice.attach(file);
                BlockTarget target = machine.target(machine.inspect(loop.path()))) {
            target.zero(63L * MB, MB);
            target.flush();
            assertThat(read(target, 63L * MB, MB)).containsOnly(0);
        }
        Shell.run("sync", file.toString());
        assertThat(blocks()).isLessThanOrEqualTo(once - MB / 512);
    }

    private long blocks() {
        return Long.parseLong(Shell.run("stat", "-c", "%b", file.toString()));
    }

    @Test
    void whatIsWrittenAnywhereIsThereAndItsNeighboursStay() throws IOException {
        byte[] model = onDisk(0, MB);
        Random random = new Random(3);
        try (LoopDevice loop = LoopDevice.attach(file)) {
            try (BlockTarget target = machine.target(machine.inspect(loop.path()))) {
                for (int i = 0; i < 100; i++) {
                    byte[] piece = new byte[1 + random.nextInt(9000)];
                    random.nextBytes(piece);
                    int at = random.nextInt(MB - piece.length);
                    System.arraycopy(piece, 0, model, at, piece.length);
                    target.write(at, ByteBuffer.wrap(piece));
                }
                target.flush();
                assertThat(read(target, 0, MB)).isEqualTo(model);
            }
        }
        assertThat(onDisk(0, MB)).isEqualTo(model);
        assertThat(onDisk(63L * MB, MB)).isNotEqualTo(model);
    }

    @Test
    void aNewImageIsSparseAndNeverOverwritesAFile() throws IOException {
        Path fresh = folder.resolve("new.img");
        try (BlockTarget target = machine.newImage(fresh, 4L << 40)) {
            assertThat(target.size()).isEqualTo(4L << 40);
            assertThat(target.data(0, 4L << 40)).isEmpty();
            target.write((4L << 40) - 5, ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
            target.flush();
        }
        assertThat(Long.parseLong(Shell.run("stat", "-c", "%b", fresh.toString())))
                .isLessThan(64);
        assertThat(problem(() -> machine.newImage(fresh, MB)).code()).isEqualTo("image.exists");
        assertThat(problem(() -> machine.newImage(folder.resolve("no/new.img"), MB))
                        .code())
                .isEqualTo("location.missing");
    }

    @Test
    void aFullFileSystemStopsAWriteWithItsName() throws IOException {
        Path point = Files.createDirectory(folder.resolve("mnt"));
        Path small = folder.resolve("small.img");
        try (RandomAccessFile raw = new RandomAccessFile(small.toFile(), "rw")) {
            raw.setLength(8L * MB);
        }
        Shell.run("mkfs.ext4", "-q", "-F", small.toString());
        try (LoopDevice loop = LoopDevice.attach(small);
                LoopDevice.Mounted mounted = loop.mount(point);
                BlockTarget target = machine.newImage(mounted.point().resolve("new.img"), 64L * MB)) {
            byte[] bytes = new byte[16 * MB];
            new Random(4).nextBytes(bytes);
            assertThat(problem(() -> target.write(0, ByteBuffer.wrap(bytes))).code())
                    .isEqualTo("image.room");
        }
    }
}
