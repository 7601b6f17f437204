package org.coffer.console.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.coffer.engine.disk.Extent;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.work.Work;
import org.coffer.machine.TargetException;
import org.coffer.machine.TargetFolder.NewFile;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Reads a file back after it was written and synced, and compares what it holds with what was written, by their SHA-256. What the
 * system has of it in memory is dropped first where that can be asked for, so that the drive answers. Holes are not read. One for each file.
 */
final class ReadBack {
    private final MessageDigest written = sha256();
    private final MessageDigest found = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What remains in a piece is written next; the piece is left as it is. */
    void wrote(ByteBuffer piece) {
        written.update(piece.duplicate());
    }

    /**
     * Compares.
     *
     * @param content what was written, part by part in this order
     * @param room for a piece
     * @throws ProblemException {@code files.unlike} if the file holds something else
     */
    void compare(FileContent content, NewFile file, ByteBuffer room, String name, Work work) throws TargetException {
        file.forget();
        WrittenParts.<TargetException>walk(content, work, part -> read(part, file, room, work));
        if (file.length() != content.size() || !MessageDigest.isEqual(written.digest(), found.digest())) {
            throw new ProblemException(Problem.of("files.unlike", "path", name));
        }
    }

    private void read(Extent part, NewFile file, ByteBuffer room, Work work) throws TargetException {
        for (long at = part.from(); at < part.to(); at += room.capacity()) {
            work.checkpoint();
            room.clear().limit((int) Math.min(room.capacity(), part.to() - at));
            file.read(at, room);
            found.update(room.flip());
        }
    }
}
