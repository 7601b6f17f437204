package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every length arrive whole, past the page cache or through it. */
class NewFileTest {
    @TempDir
    private Path folder;

    private static ByteBuffer noise(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return ByteBuffer.allocateDirect(size + 2 * 4096)
                .alignedSlice(4096)
                .slice(0, size)
                .put(bytes)
                .flip();
    }

    private static byte[] joined(ByteBuffer... parts) {
        int size = Arrays.stream(parts).mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        Arrays.stream(parts).map(ByteBuffer::duplicate).forEach(all::put);
        return all.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (3 << 20) + 4095, 5 << 20})
    void everyLengthArrivesWhole(int size) throws IOException {
        ByteBuffer first = noise(size);
        ByteBuffer second = noise(777);
        Path file = folder.resolve("file");
        NewFile.write(file, first, second);
        assertThat(Files.readAllBytes(file)).matches(read -> Arrays.equals(read, joined(first, second)));
        assertThat(first.remaining()).isEqualTo(size);
    }

    @Test
    void memoryThatBeginsAnywhereArrivesWhole() throws IOException {
        ByteBuffer odd = noise(3 << 20).position(13);
        ByteBuffer onHeap = ByteBuffer.wrap(joined(odd));
        NewFile.write(folder.resolve("odd"), odd, onHeap);
        assertThat(Files.readAllBytes(folder.resolve("odd"))).matches(read -> Arrays.equals(read, joined(odd, onHeap)));
    }

    @Test
    void aFileInMemoryThatKnowsNoDirectWritingArrivesWhole() throws IOException {
        Path shared = Path.of("/dev/shm");
        Path file = Files.createTempDirectory(Files.isDirectory(shared) ? shared : folder, "new-file")
                .resolve("file");
        try {
            ByteBuffer bytes = noise(2 << 20);
            NewFile.write(file, bytes);
            assertThat(Files.readAllBytes(file)).matches(read -> Arrays.equals(read, joined(bytes)));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        }
    }

    @Test
    void aFileThatIsThereIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("there"), "mine");
        assertThatThrownBy(() -> NewFile.write(file, noise(2 << 20))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }
}
