package org.coffer.console.file;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.coffer.engine.volume.RawName;

/**
 * What a restore of files has done so far, in a file that is only written at its end, so that one that was interrupted goes on and
 * does nothing twice. What a note says is looked at again before it is believed: a note may outlive what it is about when the power
 * fails. Paths are kept as 64 bits of their SHA-256.
 *
 * <p><b>Memory.</b> Up to 32 bytes for each file that an earlier run restored, and the names that it chose. Used by one thread.
 */
final class RestoreNotes implements AutoCloseable {
    private static final byte DONE = 'D';
    private static final byte MADE = 'M';
    private static final byte NAMED = 'N';
    private static final int LONGEST = 4096;

    private final FileChannel file;
    private final LongSet done = new LongSet();
    private final LongSet made = new LongSet();
    private final Map<Long, String> names = new HashMap<>();
    private final boolean resumed;

    private RestoreNotes(FileChannel file, boolean resumed) {
        this.file = file;
        this.resumed = resumed;
    }

    /** Opens the notes of an earlier run, or begins new ones. */
    static RestoreNotes open(Path path) throws IOException {
        boolean resumed = Files.exists(path) && Files.size(path) > 0;
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        RestoreNotes notes = new RestoreNotes(file, resumed);
        long end = resumed ? notes.read(path) : 0;
        file.truncate(end); // A note that was cut off is none.
        file.position(end);
        return notes;
    }

    /** Reads what there is; returns where the last whole note ends. What is no note is the rest of one that was cut off. */
    private long read(Path path) throws IOException {
        long end = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            while (true) {
                byte kind = in.readByte();
                long key = in.readLong();
                int more = 0; // Counted only once all of it was read.
                switch (kind) {
                    case DONE -> done.add(key);
                    case MADE -> made.add(key);
                    case NAMED -> {
                        byte[] name = new byte[Math.min(LONGEST, in.readUnsignedShort())];
                        in.readFully(name);
                        more = Short.BYTES + name.length;
                        names.put(key, RawName.exact(name, 0, name.length));
                    }
                    default -> {
                        return end;
                    }
                }
                end += 1 + Long.BYTES + more;
            }
        } catch (EOFException e) {
            return end;
        }
    }

    /** What notes call a path. */
    static long key(FilePath path) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(path.text().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an earlier run wrote notes. */
    boolean resumed() {
        return resumed;
    }

    /** Whether an earlier run restored a file. */
    boolean done(long key) {
        return done.contains(key);
    }

    /** Whether a folder was made by this restore. */
    boolean made(long key) {
        return made.contains(key);
    }

    /** Under which name an earlier run restored something, or was about to. */
    Optional<String> name(long key) {
        return Optional.ofNullable(names.get(key));
    }

    /** Notes that a file has its name. */
    void noteDone(long key) {
        write(note(DONE, key, 0));
    }

    /** Notes that a folder was made. */
    void noteMade(long key) {
        made.add(key);
        write(note(MADE, key, 0));
    }

    /** Notes which name something is about to get. */
    void noteName(long key, String name) {
        byte[] text = RawName.bytes(name);
        write(note(NAMED, key, Short.BYTES + text.length)
                .putShort((short) text.length)
                .put(text));
    }

    private static ByteBuffer note(byte kind, long key, int more) {
        return ByteBuffer.allocate(1 + Long.BYTES + more).put(kind).putLong(key);
    }

    /** Writes a whole note or none: where the home is full the part that still found room goes again, so that the next note can be read. */
    private void write(ByteBuffer note) {
        note.flip();
        try {
            long begin = file.position();
            try {
                while (note.hasRemaining()) {
                    file.write(note);
                }
            } catch (IOException e) {
                if (file.isOpen()) {
                    file.truncate(begin); // Sets the position back as well.
                }
                throw e;
            }
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
