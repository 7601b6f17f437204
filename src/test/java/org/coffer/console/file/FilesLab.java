package org.coffer.console.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.SplittableRandom;
import org.coffer.machine.Shell;

/**
 * Disks with files on them, made by the system's own tools. Needs root, for owners.
 *
 * <pre>
 *   1 ext4 "DATA"    docs/report.txt  docs/报告 二〇二六.txt  docs/gb.txt  docs/picture.png  docs/own (1234:2345 0640)
 *                    links/to-report -> ../docs/report.txt  links/twin-a = links/twin-b  links/pipe
 *                    big/random (3 MB)  big/sparse (64 MB, 20 KB of it data)  empty/
 *   2 ext2           old/notes.txt
 *   3 LUKS
 * </pre>
 */
final class FilesLab {
    static final String CHINESE = "\u62a5\u544a \u4e8c\u3007\u4e8c\u516d.txt";
    static final Instant OLD = Instant.parse("2019-05-06T07:08:09Z");
    private static final long MB = 1L << 20;
    private static final long FIRST = MB;
    private static final long SECOND = 65 * MB;
    private static final long THIRD = 73 * MB;
    private static final long SIZE = 76 * MB;

    private final Path folder;

    /** @param folder where images and what goes onto them are made */
    FilesLab(Path folder) {
        this.folder = folder;
    }

    /** What is on the first volume, as this computer's own files. */
    Path data() {
        return folder.resolve("data");
    }

    /** Makes what goes onto the disk. */
    FilesLab fill() throws IOException {
        Path docs = Files.createDirectories(data().resolve("docs"));
        Files.writeString(docs.resolve("report.txt"), "the report\n");
        Files.writeString(docs.resolve(CHINESE), CHINESE);
        Files.write(docs.resolve("gb.txt"), CHINESE.getBytes(Charset.forName("GB18030")));
        Files.write(docs.resolve("picture.png"), new byte[] {
            (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 8, 0, 0, 0, 8
        });
        Path own = Files.writeString(docs.resolve("own"), "mine");
        Shell.run("chown", "1234:2345", own.toString());
        Shell.run("chmod", "0640", own.toString());
        Path links = Files.createDirectory(data().resolve("links"));
        Files.createSymbolicLink(links.resolve("to-report"), Path.of("../docs/report.txt"));
        Files.writeString(links.resolve("twin-a"), "twins");
        Files.createLink(links.resolve("twin-b"), links.resolve("twin-a"));
        Shell.run("mkfifo", links.resolve("pipe").toString());
        Path big = Files.createDirectory(data().resolve("big"));
        byte[] random = new byte[3_000_000];
        new SplittableRandom(1).nextBytes(random);
        Files.write(big.resolve("random"), random);
        try (RandomAccessFile sparse =
                new RandomAccessFile(big.resolve("sparse").toFile(), "rw")) {
            sparse.seek(5 * MB);
            sparse.write(random, 0, 10_000);
            sparse.seek(50 * MB);
            sparse.write(random, 10_000, 10_000);
            sparse.setLength(64 * MB);
        }
        Files.createDirectory(data().resolve("empty"));
        for (Path old : new Path[] {docs.resolve("report.txt"), big.resolve("random"), docs}) {
            Files.setLastModifiedTime(old, FileTime.from(OLD));
        }
        return this;
    }

    /** A disk with a GUID partition table. */
    Path partitioned(String name) throws IOException {
        Path image = empty(name, SIZE);
        Path table = Files.writeString(
                folder.resolve("table"),
                "label: gpt\nstart=1MiB, size=64MiB\nstart=65MiB, size=8MiB\nstart=73MiB, size=1MiB\n");
        Shell.run("sh", "-c", "sfdisk -q '" + image + "' < '" + table + "'");
        write(image);
        Path old = Files.createDirectories(folder.resolve("second/old"));
        Files.writeString(old.resolve("notes.txt"), "notes");
        mkfs(image, "ext2", "", folder.resolve("second"), SECOND, 8 * MB);
        try (RandomAccessFile raw = new RandomAccessFile(image.toFile(), "rw")) {
            raw.seek(THIRD);
            raw.write("LUKS\u00ba\u00be".getBytes(StandardCharsets.ISO_8859_1));
        }
        return image;
    }

    /** Writes what is on the first volume anew. */
    void write(Path image) {
        mkfs(image, "ext4", "DATA", data(), FIRST, 64 * MB);
    }

    /** A disk without a table: one file system. */
    Path plain(String name, Path content, long bytes) throws IOException {
        Path image = empty(name, bytes);
        mkfs(image, "ext4", "PLAIN", content, 0, bytes);
        return image;
    }

    private Path empty(String name, long bytes) throws IOException {
        Path image = folder.resolve(name + ".img");
        try (RandomAccessFile raw = new RandomAccessFile(image.toFile(), "rw")) {
            raw.setLength(bytes);
        }
        return image;
    }

    private static void mkfs(Path image, String type, String label, Path content, long offset, long bytes) {
        Shell.run(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                type,
                "-b",
                "4096",
                "-L",
                label,
                "-d",
                content.toString(),
                "-E",
                "offset=" + offset,
                image.toString(),
                bytes / 4096 + "");
    }
}
