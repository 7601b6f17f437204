package org.coffer.engine.volume;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** A tree of files, one line a name, so that what a reader says can be compared with what the kernel shows. */
final class Tree {
    private Tree() {}

    /**
     * What is known of a name.
     *
     * @param content the target of a link, a checksum of a file's bytes, empty for others
     */
    record Line(
            NodeKind kind,
            long size,
            String owner,
            Instant modified,
            Instant accessed,
            Instant created,
            int links,
            String content) {}

    /** All names, as a reader has them; without a time of creation, that of the change stands for it, as with Java. */
    static SortedMap<String, Line> read(FileSystem files) throws IOException {
        SortedMap<String, Line> lines = new TreeMap<>();
        read(files, files.root(), "", lines);
        return lines;
    }

    private static void read(FileSystem files, Node folder, String path, SortedMap<String, Line> lines)
            throws IOException {
        Map<String, Node> folders = new TreeMap<>();
        files.names(folder, name -> {
            Node node = files.node(name);
            if (name.kind() != NodeKind.UNKNOWN && name.kind() != node.kind()) {
                throw new AssertionError(name + " names " + node);
            }
            if (node.kind() == NodeKind.FOLDER) {
                folders.put(path + name.text() + "/", node);
            }
            if (lines.put(path + name.text(), line(files, node)) != null) {
                throw new AssertionError("twice: " + path + name.text());
            }
            return true;
        });
        for (Map.Entry<String, Node> below : folders.entrySet()) {
            read(files, below.getValue(), below.getKey(), lines);
        }
    }

    private static Line line(FileSystem files, Node node) throws IOException {
        String content = switch (node.kind()) {
            case LINK -> files.target(node);
            case FILE -> hash(files.open(node));
            default -> "";
        };
        String owner = node.owner()
                .map(it -> it.user() + ":" + it.group() + " " + Integer.toOctalString(it.mode()))
                .orElse("");
        return new Line(
                node.kind(),
                node.size(),
                owner,
                node.modified(),
                node.accessed().orElse(Instant.EPOCH),
                node.created().orElse(node.modified()),
                node.links(),
                content);
    }

    private static String hash(FileContent content) throws IOException {
        CRC32C hash = new CRC32C();
        // An odd length, so that reads begin anywhere in blocks.
        ByteBuffer piece = ByteBuffer.allocate(100_003);
        for (long at = 0; at < content.size(); at += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), content.size() - at));
            content.read(at, piece);
            hash.update(piece.flip());
        }
        return Long.toHexString(hash.getValue());
    }

    /** What differs, in lines that can be read; empty if nothing does. */
    static List<String> differences(SortedMap<String, Line> one, SortedMap<String, Line> other) {
        SortedSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(one.get(name), other.get(name)))
                .map(name -> name + ": " + one.get(name) + " / " + other.get(name))
                .toList();
    }

    /** All names below a folder of this system. */
    static SortedMap<String, Line> mounted(Path root) throws IOException {
        SortedMap<String, Line> lines = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.skip(1).toList()) {
                lines.put(text(root, path), line(path));
            }
        }
        return lines;
    }

    /** A path's URI has all bytes of its name. */
    private static String text(Path root, Path path) {
        String below =
                path.toUri().getRawPath().substring(root.toUri().getRawPath().length());
        StringBuilder text = new StringBuilder();
        for (String name : List.of(below.replaceAll("/$", "").split("/"))) {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            for (int i = 0; i < name.length(); i++) {
                boolean escaped = name.charAt(i) == '%';
                raw.write(escaped ? HexFormat.fromHexDigits(name, i + 1, i + 3) : name.charAt(i));
                i += escaped ? 2 : 0;
            }
            byte[] bytes = raw.toByteArray();
            text.append(text.isEmpty() ? "" : "/").append(NameText.name(bytes, 0, bytes.length));
        }
        return text.toString();
    }

    private static Line line(Path path) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = of(all, "mode", Integer.class);
        NodeKind kind = switch (mode >> 12) {
            case 0x8 -> NodeKind.FILE;
            case 0x4 -> NodeKind.FOLDER;
            case 0xa -> NodeKind.LINK;
            default -> NodeKind.SPECIAL;
        };
        boolean sized = kind == NodeKind.FILE || kind == NodeKind.LINK;
        String content = switch (kind) {
            case LINK -> Files.readSymbolicLink(path).toString();
            case FILE -> hash(path);
            default -> "";
        };
        return new Line(
                kind,
                sized ? of(all, "size", Long.class) : 0,
                number(of(all, "uid", Integer.class)) + ":" + number(of(all, "gid", Integer.class)) + " "
                        + Integer.toOctalString(mode & 07777),
                of(all, "lastModifiedTime", FileTime.class).toInstant(),
                of(all, "lastAccessTime", FileTime.class).toInstant(),
                of(all, "creationTime", FileTime.class).toInstant(),
                kind == NodeKind.FOLDER ? 1 : of(all, "nlink", Integer.class),
                content);
    }

    private static <T> T of(Map<String, Object> all, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(all.get(name)));
    }

    private static String number(int id) {
        return Integer.toUnsignedString(id);
    }

    private static String hash(Path path) throws IOException {
        CRC32C hash = new CRC32C();
        try (InputStream in = Files.newInputStream(path)) {
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                hash.update(piece, 0, read);
            }
        }
        return Long.toHexString(hash.getValue());
    }
}
