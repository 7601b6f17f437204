package org.coffer.engine.vault;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of the blocks of the disks that a console backed up last, one file a disk, in a folder of its home.
 *
 * <p>They only make an incremental backup quicker: a block whose fingerprint is what it was at the parent is taken as
 * unchanged without computing its id. A file is found by the root of the parent's map, so it cannot be taken for another
 * backup's. Losing one, or all, costs time at the next backup and nothing else; trouble with them is logged, and never a
 * reason for a backup to fail. {@code docs/vault-format.md}, section 14, has the odds. Thread-safe.
 */
final class FingerprintCache {
    private static final Logger LOG = System.getLogger(FingerprintCache.class.getName());
    private static final String ENDING = ".prints1";
    private static final String UNFINISHED = ".part";
    /** A file that no backup of a disk renewed for so long belongs to a disk that is not backed up any more. */
    private static final Duration KEPT = Duration.ofDays(180);

    private volatile @Nullable Path folder;

    /** Begins to keep fingerprints in a folder that is this vault's and this process's alone. Makes it if need be. */
    void keepIn(Path place) {
        try {
            Files.createDirectories(place);
            tidy(place);
            folder = place;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "no fingerprints are kept in " + place, e);
        }
    }

    private static void tidy(Path place) throws IOException {
        Instant old = Instant.now().minus(KEPT);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                if (file.toString().endsWith(UNFINISHED)
                        || Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What is known of a disk as it was at a backup; null if nothing is. */
    @Nullable
    Fingerprints of(@Nullable NodePointer root) {
        Path place = folder;
        if (place == null || root == null) {
            return null;
        }
        Path file = file(place, root);
        try {
            return Fingerprints.open(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "fingerprints of the parent cannot be read", e);
            return null;
        }
    }

    /** Begins to note a disk; null if nothing is kept. */
    @Nullable
    Fingerprints begin() {
        Path place = folder;
        if (place == null) {
            return null;
        }
        try {
            return Fingerprints.create(place.resolve(UUID.randomUUID() + UNFINISHED));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "no fingerprints are kept of this backup", e);
            return null;
        }
    }

    /** Keeps what was noted of a disk in place of what was known of its parent. */
    void keep(Fingerprints noted, @Nullable NodePointer root, @Nullable NodePointer parent) {
        noted.close();
        Path place = folder;
        if (place == null) {
            return;
        }
        try {
            if (root == null || !noted.isWhole()) {
                Files.deleteIfExists(noted.file());
                return;
            }
            Files.move(noted.file(), file(place, root), StandardCopyOption.ATOMIC_MOVE);
            if (parent != null && !parent.equals(root)) {
                Files.deleteIfExists(file(place, parent));
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "no fingerprints are kept of this backup", e);
        }
    }

    private static Path file(Path place, NodePointer root) {
        PackId pack = root.pack();
        return place.resolve(pack.session() + "-" + HexFormat.of().toHexDigits(pack.number()) + "-"
                + HexFormat.of().toHexDigits((short) root.ordinal()) + ENDING);
    }
}
