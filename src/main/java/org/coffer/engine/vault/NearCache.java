package org.coffer.engine.vault;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was read of far objects that never change, kept in a folder of the home, so that it need not be asked for again:
 * commits, what they use, the index and the map. Blocks are not kept.
 *
 * <p><b>Trust.</b> None. Parts are kept as they lie in the store, sealed, and only after they opened; they are opened again
 * each time, under the name of their object. What does not open is forgotten and asked for at the store. Which backups there
 * are is decided by the store's own lists alone. A check of the vault looks {@link #aside}: it wants to know what is there.
 *
 * <p><b>Bounds.</b> At most so many bytes, and {@value #MOST} parts, on disk; what was not used longest goes first. In memory
 * about 100 bytes a part. May be deleted at any time, also while it is used: that costs requests and nothing else, and trouble
 * with it is logged and never a reason for anything to fail. One process alone uses a folder. Thread-safe.
 */
public final class NearCache {
    /** What one vault may keep, in bytes. */
    public static final long USUAL = 256L << 20;

    private static final int MOST = 100_000;

    private static final Logger LOG = System.getLogger(NearCache.class.getName());
    private static final String ENDING = ".near1";
    private static final String UNFINISHED = ".part";
    private static final int NAME = 32;
    /** A use is noted on disk at most this often, in milliseconds: only the order after the next start depends on it. */
    private static final long NOTED = 6L * 3600 * 1000;

    private final @Nullable Path folder;
    private final long limit;
    private final Clock clock;
    private final Map<Key, Part> parts = new LinkedHashMap<>(16, 0.75f, true);
    private final AtomicInteger aside = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private long bytes;

    /** The first 16 bytes of the SHA-256 of what is kept. */
    private record Key(long high, long low) {
        static Key of(String object, String part) {
            try {
                ByteBuffer sum = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                        .digest((object + '\n' + part).getBytes(StandardCharsets.UTF_8)));
                return new Key(sum.getLong(), sum.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        String file() {
            HexFormat hex = HexFormat.of();
            return hex.toHexDigits(high) + hex.toHexDigits(low) + ENDING;
        }
    }

    /** Its length, and when its use was noted last, in milliseconds. */
    private record Part(int length, long noted) {}

    private NearCache(@Nullable Path folder, long limit, Clock clock) {
        this.folder = folder;
        this.limit = limit;
        this.clock = clock;
    }

    /** Keeps nothing. */
    public static NearCache none() {
        return new NearCache(null, 0, Clock.systemUTC());
    }

    /**
     * Keeps parts of a vault in a folder, which is made if need be.
     *
     * @param folder used for this vault and by this process alone, and readable by its user alone
     * @param limit most bytes
     */
    public static NearCache in(Path folder, long limit, Clock clock) {
        try {
            Files.createDirectories(folder);
            var cache = new NearCache(folder, limit, clock);
            cache.find();
            return cache;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "nothing is kept in " + folder, e);
            return none();
        }
    }

    /** Deletes what was kept in a folder, of a vault that is not this home's any more. */
    public static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException e) {
            return; // Nothing was kept.
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what was kept in " + folder + " is left there", e);
        }
    }

    private synchronized void find() throws IOException {
        record Found(Key key, Part part) {}
        List<Found> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(UNFINISHED)) {
                    Files.deleteIfExists(file);
                } else if (name.length() == NAME + ENDING.length() && name.endsWith(ENDING)) {
                    Key key = new Key(
                            HexFormat.fromHexDigitsToLong(name, 0, NAME / 2),
                            HexFormat.fromHexDigitsToLong(name, NAME / 2, NAME));
                    long used = Files.getLastModifiedTime(file).toMillis();
                    found.add(new Found(key, new Part((int) Files.size(file), used)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not a folder of parts", e);
        }
        found.sort(Comparator.comparingLong(one -> one.part().noted()));
        for (Found one : found) {
            parts.put(one.key(), one.part());
            bytes += one.part().length();
        }
        shrink();
    }

    private Path folder() {
        if (folder == null) {
            throw new IllegalStateException("nothing is kept");
        }
        return folder;
    }

    /** Whether anything is kept. */
    boolean used() {
        return folder != null;
    }

    /**
     * Until it is closed nothing is answered, for whoever wants to know what the store has; what is read there takes the place of
     * what was kept.
     */
    Aside aside() {
        aside.incrementAndGet();
        return aside::decrementAndGet;
    }

    /** Ends when it is closed, which nothing keeps from that. */
    @FunctionalInterface
    interface Aside extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Part of an object, as it was put; null if it is not kept.
     *
     * @param part which part, the same as at the put
     */
    byte @Nullable [] get(String object, String part) {
        if (folder == null || aside.get() > 0) {
            return null;
        }
        Key key = Key.of(object, part);
        long now = clock.millis();
        boolean note;
        synchronized (this) {
            Part known = parts.get(key);
            if (known == null) {
                return null;
            }
            note = now - known.noted() > NOTED;
            if (note) {
                parts.put(key, new Part(known.length(), now));
            }
        }
        Path file = folder.resolve(key.file());
        try {
            byte[] content = Files.readAllBytes(file);
            if (note) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(now));
            }
            return content;
        } catch (NoSuchFileException e) {
            drop(key);
            return null;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what was kept cannot be read", e);
            drop(key);
            return null;
        }
    }

    /** Keeps part of an object that opened. */
    void put(String object, String part, byte[] content) {
        if (folder == null || content.length > limit) {
            return;
        }
        Key key = Key.of(object, part);
        Path file = folder.resolve(key.file());
        try {
            Path begun = folder.resolve(key.file() + '.' + unfinished.incrementAndGet() + UNFINISHED);
            Files.write(begun, content);
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what was read is not kept", e);
            return;
        }
        List<Key> gone;
        synchronized (this) {
            Part old = parts.put(key, new Part(content.length, clock.millis()));
            bytes += content.length - (old == null ? 0 : old.length());
            gone = eldest();
        }
        gone.forEach(this::delete);
    }

    /** Forgets a part, because it does not open. */
    void forget(String object, String part) {
        if (folder != null) {
            drop(Key.of(object, part));
        }
    }

    private void drop(Key key) {
        synchronized (this) {
            Part old = parts.remove(key);
            bytes -= old == null ? 0 : old.length();
        }
        delete(key);
    }

    private void shrink() {
        eldest().forEach(this::delete);
    }

    /** Takes what is above the bounds off the list; whoever asked deletes the files. */
    private synchronized List<Key> eldest() {
        List<Key> gone = new ArrayList<>();
        Iterator<Map.Entry<Key, Part>> eldest = parts.entrySet().iterator();
        while ((bytes > limit || parts.size() > MOST) && eldest.hasNext()) {
            Map.Entry<Key, Part> one = eldest.next();
            gone.add(one.getKey());
            bytes -= one.getValue().length();
            eldest.remove();
        }
        return gone;
    }

    private void delete(Key key) {
        try {
            Files.deleteIfExists(folder().resolve(key.file()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what was kept cannot be deleted", e);
        }
    }

    /** Bytes that are kept. */
    synchronized long bytes() {
        return bytes;
    }
}
