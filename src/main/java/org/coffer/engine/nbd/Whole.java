package org.coffer.engine.nbd;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reading and writing all of it, in as many steps as it takes. */
final class Whole {
    private Whole() {}

    /** Makes the names in a folder last, and its own, so that what is forced into its files is found again. */
    static void keepNames(Path folder) throws IOException {
        if (File.separatorChar != '/') {
            return; // Elsewhere folders cannot be opened, and need not be.
        }
        for (Path each = folder;
                each != null && each.getNameCount() > folder.getNameCount() - 3;
                each = each.getParent()) {
            try (FileChannel names = FileChannel.open(each, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    static void readFully(FileChannel file, long position, ByteBuffer dst) throws IOException {
        long at = position;
        while (dst.hasRemaining()) {
            int got = file.read(dst, at);
            if (got < 0) {
                throw new EOFException("nothing at " + at);
            }
            at += got;
        }
    }

    static void writeFully(FileChannel file, long position, ByteBuffer src) throws IOException {
        long at = position;
        while (src.hasRemaining()) {
            at += file.write(src, at);
        }
    }
}
