package org.coffer.console.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A note beside the catalog that says which schema version this very file has: its size and time of change are in it too,
 * so that a catalog which anything else wrote since is not taken for it. It spares a start the look inside (which opens
 * the file twice). It also keeps how large the file was when it was last made compact. It may be missing or wrong at any
 * time.
 */
final class CatalogStamp {
    private static final System.Logger LOG = System.getLogger(CatalogStamp.class.getName());

    private final Path catalog;
    private final Path note;

    /**
     * The note about a catalog.
     *
     * @param catalog the database's file
     */
    CatalogStamp(Path catalog) {
        this.catalog = catalog;
        this.note = catalog.resolveSibling("catalog.stamp");
    }

    /** Whether the file is exactly one that was closed with this version. */
    boolean says(int version) {
        try {
            return Files.exists(note) && Files.readString(note).startsWith(text(version));
        } catch (IOException e) {
            return false;
        }
    }

    /** The file's size in bytes when it was last made compact; 0 if that is not known. */
    long compact() {
        try {
            String text = Files.readString(note).strip();
            return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Notes that the file, as it is now, has this version.
     *
     * @param compact its size in bytes when it was last made compact
     */
    void write(int version, long compact) {
        try {
            Files.writeString(note, text(version) + compact + '\n');
        } catch (IOException e) {
            LOG.log(System.Logger.Level.INFO, "the next start looks into the catalog", e);
        }
    }

    private String text(int version) throws IOException {
        return version + " " + Files.size(catalog) + ' '
                + Files.getLastModifiedTime(catalog).to(TimeUnit.NANOSECONDS) + ' ';
    }
}
