package org.coffer.engine.store;

import java.io.IOException;
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
    private static final Pattern ID = Pattern.compile("\"location\"\\s*:\\s*\"([0-9a-f]{32})\"");

    private FolderMarker() {}

    static byte[] content(String id) {
        return ("{\"location\":\"" + id + "\",\"version\":1}\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The id in the folder's marker; empty if there is no marker or it cannot be understood. */
    static Optional<String> read(Path folder) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(folder.resolve(FILE));
            Matcher matcher = ID.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
