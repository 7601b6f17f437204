package org.coffer.window;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.coffer.window.kit.LayoutMemory;

/**
 * How the window was arranged, in a small file of its own beside the catalog: the frame must stand, in the right
 * language, look and place, before the catalog is open. Read once; changes are written when {@link #save} is called.
 * Losing it loses nothing but the arrangement.
 */
final class WindowFile implements LayoutMemory {
    private final Path file;
    private final Properties kept = new Properties();
    private boolean changed;

    /** Reads {@code file}, if it is there and can be read. */
    WindowFile(Path file) {
        this.file = file;
        if (Files.isReadable(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                kept.load(in);
            } catch (IOException | IllegalArgumentException e) {
                System.getLogger(WindowFile.class.getName())
                        .log(System.Logger.Level.WARNING, "the window's arrangement is lost: " + file, e);
            }
        }
    }

    @Override
    public synchronized Optional<String> recall(String key) {
        return Optional.ofNullable(kept.getProperty(key));
    }

    @Override
    public synchronized void keep(String key, String value) {
        changed |= !value.equals(kept.setProperty(key, value));
    }

    /** Writes what was changed since the last time; blocks. */
    synchronized void save() {
        if (!changed) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                kept.store(out, null);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            changed = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
