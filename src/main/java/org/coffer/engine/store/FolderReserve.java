package org.coffer.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * 64 MiB kept aside in every folder, so that a full disk can still take the few small objects that a delete needs. The
 * file holds noise, because some file systems would store zeros in no room at all.
 */
final class FolderReserve {
    static final String FILE = "coffer-reserve";
    static final long SIZE = 64L << 20;

    private final Path folder;
    private volatile boolean refused;

    FolderReserve(Path folder) {
        this.folder = folder;
    }

    /** Makes the file, whole or not at all. */
    void fill() throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file) && Files.size(file) == SIZE) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var random = new SplittableRandom(64);
            byte[] noise = new byte[1 << 20];
            for (long at = 0; at < SIZE; at += noise.length) {
                random.nextBytes(noise);
                ByteBuffer bytes = ByteBuffer.wrap(noise);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Gives the room up; false if it was given up before. */
    boolean giveUp() throws IOException {
        return Files.deleteIfExists(folder.resolve(FILE));
    }

    /**
     * Takes the room back when there is four times as much free. Where it turns out not to be had all the same, because of a
     * quota, things go on without it, as they did, and it is not tried again by this instance: each time it would take what
     * room there is from others.
     */
    void replenish() {
        if (refused) {
            return;
        }
        try {
            if (!Files.exists(folder.resolve(FILE))
                    && Files.getFileStore(folder).getUsableSpace() > 4 * SIZE) {
                fill();
            }
        } catch (IOException e) {
            refused = true;
        }
    }
}
