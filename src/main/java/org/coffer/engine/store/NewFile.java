package org.coffer.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new file durably. What is large goes past the page cache where the file system can: a pack is written once and
 * not read soon, so copying it there costs processor time, pushes out what others need, and makes syncing slow.
 */
final class NewFile {
    /** Below this, the cache costs less than another opening. */
    private static final int LARGE = 1 << 20;
    /** Sectors and memory pages of every system so far are at most this large. */
    private static final int ALIGNMENT = 4096;

    /** The JDK's own option, looked for by name because not every JDK has to have it; null if this one has not. */
    private static final @Nullable OpenOption PAST_CACHE = find("com.sun.nio.file.ExtendedOpenOption", "DIRECT");

    private NewFile() {}

    private static @Nullable OpenOption find(String type, String name) {
        try {
            Object[] constants = Class.forName(type).getEnumConstants();
            return constants == null
                    ? null
                    : Arrays.stream(constants)
                            .filter(constant -> constant.toString().equals(name))
                            .map(OpenOption.class::cast)
                            .findFirst()
                            .orElse(null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Writes all parts one after the other; durable when it returns. What it leaves when it fails is the caller's. */
    static void write(Path file, ByteBuffer... parts) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int past = parts.length == 0 ? 0 : writePastCache(file, parts[0]);
            channel.position(past);
            for (int i = 0; i < parts.length; i++) {
                ByteBuffer view = parts[i].duplicate();
                view.position(view.position() + (i == 0 ? past : 0));
                while (view.hasRemaining()) {
                    channel.write(view);
                }
            }
            channel.force(true);
        }
    }

    /** Writes the whole pages of {@code bytes} past the cache; returns how many bytes those are, 0 if it cannot. */
    private static int writePastCache(Path file, ByteBuffer bytes) {
        boolean aligned = bytes.isDirect() && bytes.alignmentOffset(bytes.position(), ALIGNMENT) == 0;
        OpenOption pastCache = PAST_CACHE;
        if (pastCache == null || !aligned || bytes.remaining() < LARGE) {
            return 0;
        }
        ByteBuffer pages = bytes.duplicate();
        pages.limit(pages.position() + (pages.remaining() & -ALIGNMENT));
        int size = pages.remaining();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, pastCache)) {
            while (pages.hasRemaining()) {
                channel.write(pages);
            }
            return size;
        } catch (IOException | UnsupportedOperationException e) {
            // Not here, or not now: it goes through the cache, and a trouble that stays is met again there.
            return 0;
        }
    }
}
