package org.coffer.console.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.coffer.console.catalog.Json;

/** Where restores of files keep what they were asked for and their notes: a folder for each in the home. */
final class RestoreShelf {
    private static final System.Logger LOG = System.getLogger(RestoreShelf.class.getName());
    private static final String FILES = "files";
    private static final String NUMBERS = "numbers";

    private final Path folder;

    /** @param home the folder of the catalog */
    RestoreShelf(Path home) {
        this.folder = home.resolve("restores");
    }

    private Path of(UUID id) {
        return folder.resolve(id.toString());
    }

    /** Keeps a list of files durably. */
    void put(UUID id, List<FilePath> files) {
        byte[] text = Json.write(
                        Map.of(FILES, files.stream().map(FilePath::text).toList()))
                .getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(of(id));
            try (FileChannel file =
                    FileChannel.open(of(id).resolve(FILES), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a list is kept. */
    boolean has(UUID id) {
        return Files.exists(of(id).resolve(FILES));
    }

    /** The list of files. */
    List<FilePath> get(UUID id) {
        try {
            Object files = Json.read(Files.readString(of(id).resolve(FILES))).get(FILES);
            List<FilePath> paths = new ArrayList<>();
            if (files instanceof List<?> texts) {
                texts.forEach(text -> paths.add(FilePath.parse(String.valueOf(text))));
            }
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was done so far. */
    RestoreNotes notes(UUID id) throws IOException {
        Files.createDirectories(of(id));
        return RestoreNotes.open(of(id).resolve("notes"));
    }

    /** Where its numbers are kept while it runs. */
    Standing standing(UUID id) throws IOException {
        return Standing.open(of(id).resolve(NUMBERS));
    }

    /** The numbers that a restore left whose process died. */
    Map<String, Object> left(UUID id) {
        return Standing.left(of(id).resolve(NUMBERS));
    }

    /** Forgets a restore. */
    void remove(UUID id) {
        remove(of(id));
    }

    private static void remove(Path one) {
        if (!Files.exists(one)) {
            return;
        }
        try (Stream<Path> all = Files.walk(one)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets what nobody goes on with any more; what cannot be removed now is there again the next time. */
    void tidy(Predicate<UUID> needed) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path one : all.toList()) {
                if (id(one).filter(needed.negate()).isPresent()) {
                    remove(one);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "notes of restores that nobody goes on with", e);
        }
    }

    /** Whose folder it is; empty if nobody here made it. */
    private static Optional<UUID> id(Path one) {
        String name = one.getFileName().toString();
        try {
            return Optional.of(UUID.fromString(name)).filter(id -> id.toString().equals(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
