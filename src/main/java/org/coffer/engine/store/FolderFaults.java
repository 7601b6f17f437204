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
import java.util.Optional;

/**
 * Reads the kind out of what the file system threw. Its text follows the system's language, so it is compared with what the
 * system calls its errors ({@link SystemWords}); then the file system is asked whether it is full or read-only.
 */
final class FolderFaults {
    /** Of other systems than Linux: a bad spot, or broken records of the file system. */
    private static final List<String> UNREADABLE =
            List.of("input/output error", "cyclic redundancy check", "i/o device error", "corrupted and unreadable");

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
        // What Java has a class for comes first: that something is missing is no failure to most who ask.
        if (thrown instanceof AccessDeniedException) {
            return StoreException.Kind.DENIED;
        }
        if (thrown instanceof NoSuchFileException || thrown instanceof NotDirectoryException) {
            return StoreException.Kind.MISSING;
        }
        String text = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        Optional<StoreException.Kind> known = SystemWords.kind(text);
        if (known.isPresent()) {
            return known.get();
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
