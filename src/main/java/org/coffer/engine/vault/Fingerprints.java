package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The fingerprints of one disk: 16 bytes for each block at 16 times its number, nothing else. What was never noted reads
 * as zeros, which no block has for a fingerprint. Thread-safe.
 */
final class Fingerprints implements AutoCloseable {
    /** Bytes of one. */
    static final int SIZE = 16;
    /** Bytes for a leaf. */
    static final int LEAF = DiskWriter.LEAF_BLOCKS * SIZE;

    private final Path file;
    private final FileChannel channel;
    private volatile boolean failed;

    private Fingerprints(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Fingerprints open(Path file) throws IOException {
        return new Fingerprints(file, FileChannel.open(file, StandardOpenOption.READ));
    }

    static Fingerprints create(Path file) throws IOException {
        return new Fingerprints(
                file,
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE));
    }

    Path file() {
        return file;
    }

    /** Reads those of a leaf; zeros where nothing was noted, or nothing can be read. */
    void read(long leaf, byte[] prints) {
        Arrays.fill(prints, (byte) 0);
        ByteBuffer into = ByteBuffer.wrap(prints);
        try {
            long at = leaf * LEAF;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    return;
                }
                at += count;
            }
        } catch (IOException e) {
            // Half of a leaf is not trusted; without fingerprints its blocks are compared by their ids.
            Arrays.fill(prints, (byte) 0);
        }
    }

    /** Notes those of a leaf. */
    void write(long leaf, byte[] prints) {
        ByteBuffer from = ByteBuffer.wrap(prints);
        try {
            long at = leaf * LEAF;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        } catch (IOException e) {
            // A full home, for instance: the file is thrown away at the end.
            failed = true;
        }
    }

    /** Whether all that was noted is there. */
    boolean isWhole() {
        return !failed;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            failed = true;
        }
    }
}
