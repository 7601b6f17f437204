package org.coffer.engine.volume;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.coffer.machine.Shell;

/**
 * Makes file systems with the system's own tools, and mounts them; needs root. The images lie in memory, so that a test waits for no
 * disk when it lets one go.
 */
final class ExtLab implements AutoCloseable {
    static final String CHINESE = "\u62a5\u544a \u4e8c\u3007\u4e8c\u516d.txt";
    private static final int MB = 1 << 20;

    private final Path folder;

    ExtLab(Path parent) throws IOException {
        folder = Files.createDirectory(parent.resolve("memory"));
        Shell.run("mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", folder.toString());
    }

    /** Where the images lie, and what else a test puts there; it goes with the lab. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        Shell.run("umount", folder.toString());
    }

    /** An image of {@code megabytes} with what {@code mkfs} makes of it. */
    Path make(String name, int megabytes, String... mkfs) throws IOException {
        Path image = folder.resolve(name);
        try (RandomAccessFile raw = new RandomAccessFile(image.toFile(), "rw")) {
            raw.setLength((long) megabytes * MB);
        }
        List<String> command = new ArrayList<>(List.of(mkfs));
        command.add(image.toString());
        Shell.run(command.toArray(String[]::new));
        return image;
    }

    /** What is done with the files of a mounted file system. */
    @FunctionalInterface
    interface Step<T> {
        T take(Path mounted) throws IOException;
    }

    /** Mounts an image for a step; it is unmounted whatever happens. */
    <T> T mounted(Path image, String options, Step<T> step) throws IOException {
        Path point = Files.createTempDirectory(folder, "mount");
        Shell.run("mount", "-o", "loop," + options, image.toString(), point.toString());
        try {
            return step.take(point);
        } finally {
            Shell.run("umount", point.toString());
            Files.delete(point);
        }
    }

    /** Files, folders and links of every kind that a file system of Linux can hold. */
    static void fill(Path root) throws IOException {
        Random random = new Random(7);
        for (int size : new int[] {0, 5, 59, 60, 61, 150, 1024, 4096, 100_000, 3_000_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Files.write(root.resolve("file of " + size), bytes);
        }
        Path names = Files.createDirectory(root.resolve("names"));
        Files.writeString(names.resolve(CHINESE), CHINESE);
        Files.writeString(names.resolve("\u957f".repeat(85)), "85 characters, 255 bytes");
        Files.writeString(names.resolve("x".repeat(255)), "255 characters");
        Shell.run("sh", "-c", "echo bad > \"$1$(printf 'bad\\377\\344\\270name')\"", "sh", names + "/");
        Path deep = root;
        for (int i = 0; i < 20; i++) {
            deep = Files.createDirectory(deep.resolve("level " + i));
        }
        Files.writeString(deep.resolve("bottom"), "deep");
        links(Files.createDirectory(root.resolve("links")));
        many(Files.createDirectory(root.resolve("many")));
        attributes(Files.createDirectory(root.resolve("attributes")));
        sparse(root.resolve("sparse"));
        strewn(root.resolve("strewn"), 3000);
    }

    private static void links(Path folder) throws IOException {
        for (String target :
                List.of("a", "/etc/" + CHINESE, "s".repeat(59), "s".repeat(60), "s".repeat(61), "l".repeat(900))) {
            Path link = folder.resolve("to " + target.length() + target.charAt(0));
            Files.createSymbolicLink(link, Path.of(target));
        }
        Path file = Files.writeString(folder.resolve("one of three"), "hard");
        Files.createLink(folder.resolve("two of three"), file);
        Files.createLink(folder.resolve("three of three"), file);
        Shell.run("mkfifo", folder.resolve("pipe").toString());
        Shell.run("mknod", folder.resolve("device").toString(), "c", "1", "3");
    }

    private static void many(Path folder) throws IOException {
        for (int i = 0; i < 600; i++) {
            Files.createFile(folder.resolve("a name of middling length, number " + i));
        }
        for (int i = 0; i < 600; i += 3) {
            Files.delete(folder.resolve("a name of middling length, number " + i));
        }
    }

    private static void attributes(Path folder) throws IOException {
        for (String time :
                List.of("1960-01-02 03:04:05.678901234", "2038-01-19 03:14:08.5", "2200-12-31 23:59:59.999999999")) {
            String file = folder.resolve(time.substring(0, 4)).toString();
            Shell.run("touch", "-d", time, file);
            Shell.run("touch", "-a", "-d", "2033-03-03 03:03:03.123456789", file);
        }
        Path owned = Files.writeString(folder.resolve("owned"), "by somebody");
        Shell.run("chown", "70001:4000000001", owned.toString());
        Shell.run("chmod", "6751", owned.toString());
        Shell.run("chmod", "1777", folder.toString());
    }

    /** Data at 0, 1 MiB + 3 and 70 MiB, each 10 000 bytes, and a hole at the end. */
    private static void sparse(Path file) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] bytes = new byte[10_000];
            new Random(3).nextBytes(bytes);
            for (long at : new long[] {0, MB + 3, 70 * MB}) {
                raw.seek(at);
                raw.write(bytes);
            }
            raw.setLength(75L * MB + 17);
        }
    }

    /** Every other piece of 4 KiB. */
    static void strewn(Path file, int pieces) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < pieces; i++) {
                ByteBuffer piece = ByteBuffer.allocate(4096);
                piece.put(("piece " + i).getBytes(StandardCharsets.US_ASCII)).position(0);
                channel.write(piece, i * 8192L);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
