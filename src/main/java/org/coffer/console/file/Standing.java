package org.coffer.console.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.coffer.console.catalog.Json;

/**
 * The numbers of a restore as they stand, in a small file that is written anew with each of them in one go: so a process that is
 * killed leaves them, and the receipt has them. Used by one thread.
 */
final class Standing implements AutoCloseable {
    private final FileChannel file;

    private Standing(FileChannel file) {
        this.file = file;
    }

    static Standing open(Path path) throws IOException {
        return new Standing(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    /** Writes them; what an earlier, longer text left behind is cut off by the length before it. */
    void put(Map<String, Object> numbers) {
        byte[] text = Json.write(numbers).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + text.length)
                .putInt(text.length)
                .put(text)
                .flip();
        try {
            for (int at = 0; bytes.hasRemaining(); ) {
                at += file.write(bytes, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the last process left; empty if it left nothing whole. */
    static Map<String, Object> left(Path path) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
            if (bytes.remaining() < Integer.BYTES) {
                return Map.of();
            }
            byte[] text = new byte[Math.clamp(bytes.getInt(), 0, bytes.remaining())];
            bytes.get(text);
            return text.length == 0 ? Map.of() : Json.read(new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
