package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.coffer.machine.Shell;

/**
 * A disk image with an XFS made by its own tool, filled and looked at through the kernel; needs root.
 *
 * <pre>
 *   mkfs.xfs ──▶ image ──▶ mount, a script writes, unmount ──▶ mount read-only: what find and sha256sum say ──▶ unmount
 *                  └────▶ {@link Xfs}: what it says                                 ╰──── must be the same
 * </pre>
 */
final class XfsImage {
    private final Path folder;
    private final Path file;

    private XfsImage(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    /** Makes one; with {@code options} as to mkfs.xfs, parted by blanks. */
    static XfsImage make(Path folder, String options) throws IOException {
        XfsImage image = of(folder);
        Shell.run("truncate", "-s", "320M", image.file.toString());
        Shell.run(("mkfs.xfs -q -f " + options + " " + image.file).split(" +"));
        return image;
    }

    /** Makes one that is smaller than its tool makes them for anybody but its own tests, with a small log. */
    static XfsImage makeSmall(Path folder, String options) throws IOException {
        XfsImage image = of(folder);
        Shell.run("truncate", "-s", "60M", image.file.toString());
        String tests = "env TEST_DIR=x TEST_DEV=x QA_CHECK_FS=x mkfs.xfs -q -f ";
        Shell.run((tests + options + " " + image.file).split(" +"));
        return image;
    }

    /** The one that lies in a folder. */
    static XfsImage of(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("mount"));
        return new XfsImage(folder, folder.resolve("disk.img"));
    }

    /** The image's file. */
    Path file() {
        return file;
    }

    /** Runs a script of bash in the mounted file system. */
    void fill(String script) throws IOException {
        mounted("loop", script);
    }

    private byte[] mounted(String options, String script) throws IOException {
        Path mount = folder.resolve("mount");
        Shell.run("mount", "-t", "xfs", "-o", options, file.toString(), mount.toString());
        try {
            return output(mount, script);
        } finally {
            Shell.run("umount", mount.toString());
        }
    }

    private static byte[] output(Path where, String script) throws IOException {
        Process process = new ProcessBuilder("bash", "-e", "-c", script)
                .directory(where.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(process.onExit().join().exitValue()).as(script).isZero();
        return said;
    }

    /** By path, what the kernel says of each file, and the checksum of its content. */
    Map<String, String> truth() throws IOException {
        List<String> words = words(mounted("loop,ro,noatime", """
                find . -mindepth 1 -print0 | xargs -0 stat --printf='%n\\0%A|%s|%.9Y|%.9X|%.9W|%u|%g|%a|%h|%i|\\0'
                printf '\\0'
                find . -type l -printf './%P\\0%l\\0'
                printf '\\0'
                find . -type f -print0 | xargs -0 -r sha256sum -z
                """));
        Map<String, String> truth = new TreeMap<>();
        int at = 0;
        for (; !words.get(at).isEmpty(); at += 2) {
            truth.put(words.get(at).substring(2), facts(words.get(at + 1)));
        }
        for (at++; !words.get(at).isEmpty(); at += 2) {
            truth.merge(words.get(at).substring(2), words.get(at + 1), String::concat);
        }
        for (String sum : words.subList(at + 1, words.size())) {
            truth.merge(sum.substring(68), "|" + sum.substring(0, 64), String::concat);
        }
        return truth;
    }

    /** A folder's size and a device's say nothing of content. */
    private static String facts(String line) {
        String[] parts = line.split("\\|", -1);
        parts[0] = parts[0].substring(0, 1);
        if (!parts[0].equals("-") && !parts[0].equals("l")) {
            parts[0] = parts[0].equals("d") ? "d" : "s";
            parts[1] = "0";
        }
        return String.join("|", parts);
    }

    private static List<String> words(byte[] said) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < said.length; i++) {
            if (said[i] == 0) {
                words.add(text(said, from, i));
                from = i + 1;
            }
        }
        return words;
    }

    /** Slashes part names here; they may stand in what is taken for one. */
    private static String text(byte[] said, int from, int to) {
        return NameText.name(said, from, to - from).replace("\\x2f", "/");
    }

    /** Its bytes, until closed. */
    Image open() throws IOException {
        return new Image(FileChannel.open(file));
    }

    /** The bytes of an image. */
    record Image(FileChannel channel) implements Bytes, AutoCloseable {
        @Override
        public long size() {
            try {
                return channel.size();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            if (into.remaining() > size() - position) {
                throw new IndexOutOfBoundsException();
            }
            while (into.hasRemaining()) {
                position += channel.read(into, position);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
