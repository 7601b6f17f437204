package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file by which a folder is recognised, also where somebody else put something in its place. */
class FolderMarkerTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aMarkerIsRecognised() throws IOException {
        assertThat(FolderMarker.read(folder)).isEmpty();
        Files.write(folder.resolve(LocationMarker.NAME), LocationMarker.content(ID));
        assertThat(FolderMarker.read(folder)).contains(ID);
    }

    @Test
    void aFileThatIsMuchTooLongIsNotReadWholeAndIsNone() throws IOException {
        byte[] content = LocationMarker.content(ID);
        Files.write(folder.resolve(LocationMarker.NAME), Arrays.copyOf(content, 4096));
        assertThat(FolderMarker.read(folder)).contains(ID);
        Files.write(folder.resolve(LocationMarker.NAME), Arrays.copyOf(content, 4097));
        assertThat(FolderMarker.read(folder)).isEmpty();
    }

    @Test
    void whatIsNoFileIsNone() throws IOException {
        Files.createDirectory(folder.resolve(LocationMarker.NAME));
        assertThat(FolderMarker.read(folder)).isEmpty();
    }
}
