package org.coffer.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The disk of the demonstration: an image file with a real ext4 file system where the system has the tools for it, else
 * with known patterns. Its content comes from a seed, so that every demonstration sees the same.
 */
final class DemoDisk {
    private static final long SIZE = 256L << 20;
    private static final int PIECE = 1 << 20;
    private static final int LETTERS = 40;
    private static final int PHOTOS = 24;
    private static final long SECONDS = 60;

    private final Path folder;
    private final Path image;
    private final Optional<Path> mkfs = tool("mkfs.ext4");
    private final Optional<Path> debugfs = tool("debugfs");
    private final Optional<Path> e2fsck = tool("e2fsck");
    private final Random random = new Random(20261121);

    DemoDisk(Path folder) {
        this.folder = folder;
        this.image = folder.resolve("disk.img");
    }

    Path image() {
        return image;
    }

    long size() {
        return SIZE;
    }

    /** Whether it holds a real file system. */
    boolean real() {
        return mkfs.isPresent() && debugfs.isPresent() && e2fsck.isPresent();
    }

    private static Optional<Path> tool(String name) {
        return List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin", "/opt/homebrew/opt/e2fsprogs/sbin")
                .stream()
                .map(dir -> Path.of(dir, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Makes the disk: letters that compress well, photos that do not, and much room that was never written. */
    void make() throws IOException, InterruptedException {
        if (!real()) {
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(SIZE);
            }
            for (int i = 0; i < PHOTOS; i++) {
                write(i * 5L * PIECE, noise(PIECE));
                write((i * 5L + 2) * PIECE, text(i, PIECE / 4));
            }
            return;
        }
        Path content = Files.createDirectories(folder.resolve("content"));
        for (int i = 0; i < LETTERS; i++) {
            Files.write(content.resolve("letter-" + i + ".txt"), text(i, 50_000));
        }
        for (int i = 0; i < PHOTOS; i++) {
            Files.write(content.resolve("photo-" + i + ".jpg"), noise(PIECE));
        }
        run(
                mkfs.orElseThrow().toString(),
                "-q",
                "-F",
                "-d",
                content.toString(),
                "-E",
                "lazy_itable_init=0",
                image.toString(),
                (SIZE >> 20) + "M");
    }

    /** Works with the disk: a new photo comes, a letter goes. */
    void change() throws IOException, InterruptedException {
        if (!real()) {
            write(7L * PIECE, noise(PIECE));
            return;
        }
        Path photo = Files.write(folder.resolve("new.jpg"), noise(PIECE));
        Path script = Files.writeString(
                folder.resolve("changes"), "write " + photo + " new.jpg\nrm letter-3.txt\n", StandardCharsets.UTF_8);
        run(debugfs.orElseThrow().toString(), "-w", "-f", script.toString(), image.toString());
    }

    /** What a failing drive or a virus does: overwrites twelve stretches, the first one with the file system's heart. */
    void damage() throws IOException {
        for (int i = 0; i < 12; i++) {
            write(i * (SIZE / 12), noise(PIECE / 4));
        }
    }

    /** Whether the file system's own checker finds nothing wrong; true where there is no file system. */
    boolean sound(Path disk) throws IOException, InterruptedException {
        return !real() || execute(List.of(e2fsck.orElseThrow().toString(), "-fn", disk.toString())) == 0;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int number, int length) {
        String line = "This is letter " + number + " of the demonstration, line %06d.\n";
        StringBuilder all = new StringBuilder();
        for (int i = 0; all.length() < length; i++) {
            all.append(line.formatted(i));
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(long position, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                file.write(left, position + left.position());
            }
            file.force(true);
        }
    }

    /** How many bytes differ between two disks; -1 if they have different lengths. */
    static long difference(Path one, Path other) throws IOException {
        if (Files.size(one) != Files.size(other)) {
            return -1;
        }
        long different = 0;
        try (var a = Files.newInputStream(one);
                var b = Files.newInputStream(other)) {
            byte[] left = a.readNBytes(PIECE);
            while (left.length > 0) {
                byte[] right = b.readNBytes(PIECE);
                if (!Arrays.equals(left, right)) {
                    for (int i = 0; i < left.length; i++) {
                        different += left[i] == right[i] ? 0 : 1;
                    }
                }
                left = a.readNBytes(PIECE);
            }
        }
        return different;
    }

    private void run(String... command) throws IOException, InterruptedException {
        int status = execute(List.of(command));
        if (status != 0) {
            throw new IOException(command[0] + " ended with " + status + ": " + Files.readString(said()));
        }
    }

    private int execute(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(said().toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.getFirst() + " did not end");
        }
        return process.exitValue();
    }

    private Path said() {
        return folder.resolve("tool.log");
    }
}
