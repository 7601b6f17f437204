package org.coffer.console.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A note beside the catalog that says which schema version this very file has: its size and time of change are in it too,
 * so that a catalog which anything else wrote since is not taken for it. It spares a start the look inside (which opens
 * the file twice), and may be missing or wrong at any time.
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
            return Files.exists(note) && Files.readString(note).equals(text(version));
        } catch (IOException e) {
            return false;
        }
    }

    /** Notes that the file, as it is now, has this version. */
    void write(int version) {
        try {
            Files.writeString(note, text(version));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.INFO, "the next start looks into the catalog", e);
        }
    }

    private String text(int version) throws IOException {
        return version + " " + Files.size(catalog) + ' '
                + Files.getLastModifiedTime(catalog).to(TimeUnit.NANOSECONDS) + '\n';
    }
}
