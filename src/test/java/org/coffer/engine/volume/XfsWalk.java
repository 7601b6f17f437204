package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.coffer.engine.disk.Extent;

/** All that can be read of a file system, as {@link XfsImage#truth} tells it. */
final class XfsWalk {
    private static final int PIECE = 1 << 20;

    private final FileSystem files;
    private final Map<String, String> found = new TreeMap<>();
    private final Set<Long> folders = new HashSet<>();

    private XfsWalk(FileSystem files) {
        this.files = files;
    }

    /** By path, what a reader says of each file. */
    static Map<String, String> of(FileSystem files) throws IOException {
        XfsWalk walk = new XfsWalk(files);
        walk.folder("", files.root());
        return walk.found;
    }

    private void folder(String path, Node folder) throws IOException {
        if (!folders.add(folder.id())) {
            return;
        }
        Map<String, Name> names = new TreeMap<>();
        files.names(folder, name -> names.put(name.text(), name) == null);
        for (Name name : names.values()) {
            Node node = files.node(name);
            if (name.kind() != NodeKind.UNKNOWN && name.kind() != node.kind()) {
                throw Trouble.broken("kind of " + name);
            }
            found.put(path + name.text(), facts(node));
            if (node.kind() == NodeKind.FOLDER) {
                folder(path + name.text() + "/", node);
            }
        }
    }

    private String facts(Node node) throws IOException {
        Node.Owner owner = node.owner().orElseThrow();
        String facts = String.join(
                "|",
                switch (node.kind()) {
                    case FILE -> "-";
                    case FOLDER -> "d";
                    case LINK -> "l";
                    default -> "s";
                },
                "" + node.size(),
                time(node.modified()),
                time(node.accessed().orElseThrow()),
                node.created().map(XfsWalk::time).orElse(""),
                "" + owner.user(),
                "" + owner.group(),
                Integer.toOctalString(owner.mode()),
                "" + node.links(),
                "" + node.id(),
                node.kind() == NodeKind.LINK ? files.target(node) : "");
        return node.kind() == NodeKind.FILE ? facts + "|" + sum(files.open(node)) : facts;
    }

    private static String time(Instant time) {
        return "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
    }

    /** The checksum of a content; one of more than 64 MB is read where it was written only. */
    static String sum(FileContent content) throws IOException {
        MessageDigest sum = sha256();
        if (content.size() > 64 * PIECE) {
            for (Extent extent : content.data(0, content.size())) {
                add(content, extent.from(), Math.min(extent.to(), extent.from() + PIECE), sum);
            }
        } else {
            add(content, 0, content.size(), sum);
        }
        return HexFormat.of().formatHex(sum.digest());
    }

    private static void add(FileContent content, long from, long to, MessageDigest sum) throws IOException {
        for (long at = from; at < to; at += PIECE) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, to - at));
            content.read(at, piece);
            sum.update(piece.flip());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
