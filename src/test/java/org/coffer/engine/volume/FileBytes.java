package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The bytes of a file, such as an image of a disk. */
final class FileBytes implements Bytes, AutoCloseable {
    private final FileChannel file;
    private final long size;

    FileBytes(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ);
        size = file.size();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size);
        long at = position;
        while (into.hasRemaining()) {
            at += file.read(into, at);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
