package org.coffer.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small file by which a folder is recognised, also under another mount point. */
final class FolderMarker {
    static final String FILE = "coffer-location.json";
    /** Most bytes of the file, many times what it has. */
    private static final int LIMIT = 4096;

    private static final Pattern ID = Pattern.compile("\"location\"\\s*:\\s*\"([0-9a-f]{32})\"");

    private FolderMarker() {}

    static byte[] content(String id) {
        return ("{\"location\":\"" + id + "\",\"version\":1}\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The id in the folder's marker; empty if there is no marker or it cannot be understood. */
    static Optional<String> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        // Anybody who can write there can put something that never ends, which the limit ends, or that never begins,
        // such as a
        // pipe: that is a location that does not answer, for PatientStore.
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                return Optional.empty();
            }
            Matcher matcher = ID.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
