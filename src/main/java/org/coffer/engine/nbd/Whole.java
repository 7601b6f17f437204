package org.coffer.engine.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reading and writing all of it, in as many steps as it takes. */
final class Whole {
    private Whole() {}

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
