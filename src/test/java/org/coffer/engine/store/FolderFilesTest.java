package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is synced, and when, so that a power cut harms nothing. */
class FolderFilesTest {
    @TempDir
    private Path folder;

    private final List<Path> synced = new ArrayList<>();

    private FolderFiles files() {
        return new FolderFiles(folder, new SplittableRandom(1), synced::add);
    }

    @Test
    void aDirectoryThatSomebodyElseMadeIsMadeDurableOnce() throws IOException {
        Path session = Files.createDirectories(folder.resolve("vault/data/s"));
        FolderFiles files = files();
        files.publish(session.resolve("1"), ByteBuffer.allocate(1));
        assertThat(synced).containsExactly(folder, folder.resolve("vault"), folder.resolve("vault/data"), session);

        synced.clear();
        files.publish(session.resolve("2"), ByteBuffer.allocate(1));
        assertThat(synced).containsExactly(session);
    }

    @Test
    void aDirectoryThatWentAndCameBackIsMadeDurableAgain() throws IOException {
        Path session = folder.resolve("vault/data/s");
        FolderFiles files = files();
        files.publish(session.resolve("1"), ByteBuffer.allocate(1));
        Files.delete(session.resolve("1"));
        files.removeIfEmpty(session);
        Files.createDirectory(session);
        synced.clear();
        files.publish(session.resolve("2"), ByteBuffer.allocate(1));
        assertThat(synced).containsExactly(session.getParent(), session);
    }
}
