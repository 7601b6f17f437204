package org.coffer.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room kept aside in every folder, so that a full disk can still take the small objects that deletes need: 4 MiB, a
 * thousand such objects, and a 1,024th of what is put, since what more backups hold takes more of them to delete; at
 * most 64 MiB. The file holds noise, because some file systems would store zeros in no room at all.
 */
final class FolderReserve {
    static final String FILE = "coffer-reserve";
    /** What a new folder keeps aside, in bytes. */
    static final long FIRST = 4L << 20;

    private static final long MOST = 64L << 20;
    private static final long SHARE = 1024;
    /** It takes room only where this many times as much stays free. */
    private static final long MODESTY = 4;

    private final Path folder;
    private volatile boolean refused;

    FolderReserve(Path folder) {
        this.folder = folder;
    }

    /** Makes the file for a folder that is taken into use, whole or not at all. */
    void fill() throws IOException {
        if (size() < FIRST) {
            make(FIRST);
        }
    }

    /** Gives the room up; false if it was given up before. */
    boolean giveUp() throws IOException {
        return Files.deleteIfExists(folder.resolve(FILE));
    }

    /** Takes the share of an object that was put. Without it things go on as well, so that it is had fails no put. */
    synchronized void grow(long bytes) {
        long more = bytes / SHARE;
        try {
            long size = size();
            // What was given up comes back when there is room again, not with the next object that fits.
            if (!refused && size > 0 && size + more <= MOST && fits(size + more)) {
                append(size, more, StandardOpenOption.WRITE);
            }
        } catch (IOException e) {
            refused = true;
        }
    }

    /**
     * Takes the room back when there is four times as much free; also where a power cut left a part of it. Where it turns out
     * not to be had all the same, because of a quota, things go on without it, as they did, and it is not tried again by
     * this instance: each time it would take what room there is from others.
     */
    void replenish() {
        if (refused) {
            return;
        }
        try {
            if (size() < FIRST && fits(FIRST)) {
                long due = Math.min(MOST, FIRST + stored() / SHARE);
                make(fits(due) ? due : FIRST);
            }
        } catch (IOException e) {
            refused = true;
        }
    }

    private static void refuseSecondNames(Path file) throws IOException {
        boolean counted = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (counted
                && Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names
                && names > 1) {
            throw new FileSystemException(file.toString(), null, "has other names");
        }
    }

    private long size() throws IOException {
        try {
            return Files.readAttributes(folder.resolve(FILE), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private boolean fits(long bytes) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() > MODESTY * bytes;
    }

    /** What lies in the folder, in bytes, as far as this program may look: others have their folders on such disks too. */
    private long stored() {
        AtomicLong bytes = new AtomicLong();
        try {
            FolderFiles.walk(folder, file -> bytes.addAndGet(file.size()));
        } catch (IOException e) {
            // What was seen until then is counted.
        }
        return bytes.get();
    }

    private void make(long bytes) throws IOException {
        append(
                0,
                bytes,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.DSYNC);
    }

    /** Writes noise behind what the file has; what does not fit whole leaves it as it was, and no empty file. */
    private void append(long at, long bytes, OpenOption... options) throws IOException {
        Path file = folder.resolve(FILE);
        Set<OpenOption> all = new HashSet<>(List.of(options));
        // Others may be able to write to the folder, and Coffer run with more rights than they have: a link they put
        // there would
        // have it write to a file of their choice.
        all.add(LinkOption.NOFOLLOW_LINKS);
        refuseSecondNames(file);
        try (FileChannel channel = FileChannel.open(file, all)) {
            try {
                var random = new SplittableRandom(at);
                byte[] noise = new byte[(int) Math.min(bytes, 1 << 20)];
                for (long end = at + bytes; at < end; at += noise.length) {
                    random.nextBytes(noise);
                    ByteBuffer some = ByteBuffer.wrap(noise, 0, (int) Math.min(noise.length, end - at));
                    for (long place = at; some.hasRemaining(); ) {
                        place += channel.write(some, place);
                    }
                }
            } catch (IOException e) {
                channel.truncate(at);
                throw e;
            }
        } catch (IOException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && size() == 0) {
                Files.delete(file);
            }
            throw e;
        }
    }
}
