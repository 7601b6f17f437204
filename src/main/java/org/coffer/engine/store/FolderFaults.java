package org.coffer.engine.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads the kind out of what the file system threw. The text of system errors follows the system's language, so it is
 * only a first try; then the file system is asked whether it is full or read-only.
 */
final class FolderFaults {
    /** Of Linux and Windows, in the languages that Coffer speaks: a bad spot, or broken records of the file system. */
    private static final List<String> UNREADABLE = List.of(
            "input/output error",
            "eingabe-/ausgabefehler",
            "structure needs cleaning",
            "die struktur muss bereinigt werden",
            "bad message",
            "ungültige nachricht",
            "cyclic redundancy check",
            "i/o device error",
            "corrupted and unreadable");

    private final Path folder;

    FolderFaults(Path folder) {
        this.folder = folder;
    }

    /**
     * Says what kind of failure this was.
     *
     * @param needed bytes that were to be written, 0 when reading
     */
    StoreException.Kind kind(IOException thrown, long needed) {
        String text = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded")) {
            return StoreException.Kind.FULL;
        }
        if (thrown instanceof AccessDeniedException
                || text.contains("read-only file system")
                || text.contains("permission denied")
                || text.contains("operation not permitted")) {
            return StoreException.Kind.DENIED;
        }
        if (thrown instanceof NoSuchFileException || thrown instanceof NotDirectoryException) {
            return StoreException.Kind.MISSING;
        }
        if (text.contains("stale file handle")
                || text.contains("transport endpoint")
                || text.contains("host is down")
                || text.contains("no such device")
                || text.contains("timed out")) {
            return StoreException.Kind.UNREACHABLE;
        }
        return needed > 0 ? asked(needed) : damagedOrOther(text);
    }

    private StoreException.Kind asked(long needed) {
        try {
            FileStore store = Files.getFileStore(folder);
            if (store.isReadOnly()) {
                return StoreException.Kind.DENIED;
            }
            return store.getUsableSpace() < needed + 65_536 ? StoreException.Kind.FULL : StoreException.Kind.OTHER;
        } catch (IOException e) {
            return StoreException.Kind.UNREACHABLE;
        }
    }

    private static StoreException.Kind damagedOrOther(String text) {
        return UNREADABLE.stream().anyMatch(text::contains) ? StoreException.Kind.DAMAGED : StoreException.Kind.OTHER;
    }
}
