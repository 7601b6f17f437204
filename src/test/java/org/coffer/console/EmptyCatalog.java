package org.coffer.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.coffer.console.catalog.Catalog;

/** A catalog with nothing in it, made once: making one anew for each test takes longer than most tests. */
public final class EmptyCatalog {
    private static final String FILE = "catalog.mv.db";
    private static final byte[] BYTES = make();

    private EmptyCatalog() {}

    /** Puts it into a home's folder, unless one is there. */
    public static void in(Path home) {
        Path catalog = home.resolve(FILE);
        if (Files.exists(catalog)) {
            return;
        }
        try {
            Files.write(catalog, BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] make() {
        try {
            Path folder = Files.createTempDirectory("catalog");
            Catalog.open(folder).close();
            byte[] made = Files.readAllBytes(folder.resolve(FILE));
            TestHome.erase(folder);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
