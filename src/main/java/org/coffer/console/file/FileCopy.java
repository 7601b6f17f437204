package org.coffer.console.file;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.coffer.engine.volume.FileAttributes;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.volume.Node;
import org.coffer.engine.work.Work;
import org.coffer.machine.TargetException;
import org.coffer.machine.TargetFolder;
import org.coffer.machine.TargetFolder.NewFile;
import org.coffer.problem.ProblemException;

/**
 * Writes one file or link under a name that is not its own yet: content, holes, owner, rights, attributes, time, in this order, synced. What is
 * read was authenticated by the vault; then the file is read back and compared ({@link ReadBack}), before it gets its name. Used by one thread.
 */
final class FileCopy {
    private static final int PIECE = 1 << 20;
    private static final int RIGHTS = 0777;
    private static final int ALL = 07777;
    /** Rights where the file system keeps none: what files and folders usually get. */
    private static final int USUAL_FILE = 0644;

    private static final int USUAL_FOLDER = 0755;

    private final Work work;
    private final Tally tally;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);

    FileCopy(Work work, Tally tally) {
        this.work = work;
        this.tally = tally;
    }

    /** Writes a file. @throws ProblemException if it cannot be read */
    void file(TargetFolder folder, String name, Node node, FileTree tree) throws TargetException {
        FileContent content = Readings.read(() -> tree.open(node));
        try (NewFile file = folder.create(name)) {
            ReadBack back = new ReadBack();
            WrittenParts.<TargetException>walk(
                    content, work, part -> copy(content, part.from(), part.to(), file, back));
            file.length(node.size());
            if (file.length() != node.size()) {
                throw new IllegalStateException(name + " has " + file.length() + " bytes instead of " + node.size());
            }
            boolean own = own(node, file::own);
            rights(node, file.mode(mode(node, own, USUAL_FILE)));
            attributes(node, tree, own, file::attribute);
            file.time(node.modified());
            file.sync();
            back.compare(content, file, piece, name, work);
        }
    }

    private void copy(FileContent content, long from, long to, NewFile file, ReadBack back) throws TargetException {
        for (long at = from; at < to; at += PIECE) {
            work.checkpoint();
            long position = at;
            piece.clear().limit((int) Math.min(PIECE, to - at));
            Readings.read(() -> {
                content.read(position, piece);
                return piece.flip();
            });
            int length = piece.remaining();
            back.wrote(piece);
            file.write(position, piece);
            tally.bytes(length);
            work.advance(length);
            work.stored(length);
        }
    }

    /** Makes a link. */
    void link(TargetFolder folder, String name, Node node, FileTree tree) throws TargetException {
        String target = tree.given(Readings.read(() -> tree.target(node)));
        folder.link(name, target);
        boolean ignored = own(node, (user, group) -> folder.ownLink(name, user, group));
        folder.timeLink(name, node.modified());
    }

    /** Gives a folder that was made, and filled, what it had. */
    void finish(TargetFolder folder, Node node, FileTree tree) throws TargetException {
        folder.sync();
        boolean own = own(node, folder::own);
        rights(node, folder.mode(mode(node, own, USUAL_FOLDER)));
        attributes(node, tree, own, folder::attribute);
        folder.time(node.modified());
    }

    /** Gives something to its owner. */
    private interface Giving {
        boolean own(long user, long group) throws TargetException;
    }

    private boolean own(Node node, Giving giving) throws TargetException {
        Optional<Node.Owner> owner = node.owner();
        boolean own =
                owner.isPresent() && giving.own(owner.get().user(), owner.get().group());
        tally.owner(own || owner.isEmpty());
        return own;
    }

    private void rights(Node node, boolean kept) {
        tally.rights(kept || node.owner().isEmpty());
    }

    /** Gives something what it had besides. */
    private interface Adding {
        boolean attribute(String name, byte[] value) throws TargetException;
    }

    /** What it had besides does not keep a file from coming back. */
    private void attributes(Node node, FileTree tree, boolean own, Adding adding) throws TargetException {
        FileAttributes all;
        try {
            all = Readings.read(() -> tree.attributes(node));
        } catch (ProblemException e) {
            if (!Readings.isLocal(e.problem())) {
                throw e;
            }
            tally.attributes(false);
            return;
        }
        if (!all.whole()) {
            tally.attributes(false);
        }
        for (Map.Entry<String, byte[]> one : all.values().entrySet()) {
            // Programs get rights by it, but only those of their owner.
            boolean allowed = own || !one.getKey().startsWith("security.");
            tally.attributes(allowed && adding.attribute(one.getKey(), one.getValue()));
        }
    }

    /** A right to act as the owner is given only to what is the owner's. */
    private static int mode(Node node, boolean own, int usual) {
        return node.owner().map(owner -> owner.mode() & (own ? ALL : RIGHTS)).orElse(usual);
    }

    /**
     * Whether what is there may be what a node became: the same kind, size and time, as exactly as the target keeps it.
     *
     * @param times those that the target holds
     */
    static boolean alike(TargetFolder.Found there, Node node, HeldTimes times) {
        return switch (node.kind()) {
            case FILE ->
                there.kind() == TargetFolder.Kind.FILE
                        && there.size() == node.size()
                        && times.became(node.modified(), there.modified());
            case LINK -> there.kind() == TargetFolder.Kind.LINK;
            case FOLDER -> there.kind() == TargetFolder.Kind.FOLDER;
            case SPECIAL, UNKNOWN -> false;
        };
    }
}
