package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Tells whether an open disk is still there, and how large it is by now. */
interface Presence {
    /**
     * Its size now in bytes.
     *
     * @throws ProblemException {@code disk.lost}
     */
    long size();

    /** The error of a disk that went away; {@code percent} is added by who knows how far the work was. */
    static ProblemException lost(String name) {
        return new ProblemException(Problem.of("disk.lost", "disk", name, "percent", 0));
    }

    /** An image file: gone when its path no longer leads to the file that was opened. */
    record OfImage(String name, Path path, Object key) implements Presence {
        static OfImage at(String name, Path path) throws IOException {
            return new OfImage(name, path, key(path));
        }

        private static Object key(Path path) throws IOException {
            return Files.getAttribute(path, "unix:dev") + ":" + Files.getAttribute(path, "unix:ino");
        }

        @Override
        public long size() {
            try {
                if (key(path).equals(key)) {
                    return Files.size(path);
                }
            } catch (IOException e) {
                ProblemException lost = lost(name);
                lost.addSuppressed(e);
                throw lost;
            }
            throw lost(name);
        }
    }

    /**
     * A device: gone when the kernel no longer has it, or has another under its number; the sequence number tells. A loop
     * device is as large as its file.
     */
    record OfDevice(BlockTree tree, String name, String sequence, RawFile file) implements Presence {
        static OfDevice of(BlockTree tree, String name, RawFile file) {
            return new OfDevice(tree, name, sequence(tree, name), file);
        }

        private static String sequence(BlockTree tree, String name) {
            Path folder = tree.folder(name);
            return Files.exists(folder.resolve("size")) ? "seq" + BlockTree.text(folder.resolve("diskseq")) : "";
        }

        @Override
        public long size() {
            if (sequence.isEmpty() || !sequence(tree, name).equals(sequence)) {
                throw lost(name);
            }
            try {
                return Math.min(file.deviceSize(), behindLoop());
            } catch (IOException e) {
                ProblemException lost = lost(name);
                lost.addSuppressed(e);
                throw lost;
            }
        }

        private long behindLoop() throws IOException {
            if (!BlockTree.isLoop(name)) {
                return Long.MAX_VALUE;
            }
            Path backing = tree.backing(name).orElseThrow(() -> lost(name));
            // A deleted file still serves its loop device.
            return Files.isRegularFile(backing) ? Files.size(backing) - tree.backingOffset(name) : Long.MAX_VALUE;
        }
    }
}
