package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every other system can do: image files, and saying that there is no more. */
class PortableMachineTest {
    @TempDir
    private Path folder;

    private final Machine machine = new PortableMachine();

    @Test
    void saysThatItKnowsNoDevices() {
        assertThat(machine.knowsDevices()).isFalse();
        assertThat(machine.disks()).isEmpty();
    }

    @Test
    void anImageIsWrittenAndReadBack() throws IOException {
        Path file = folder.resolve("a.img");
        try (BlockTarget target = machine.newImage(file, 100_000)) {
            target.write(99_000, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            target.zero(99_001, 1);
            target.flush();
        }
        FoundDisk image = machine.inspect(file);
        assertThat(image.capacity()).isEqualTo(100_000);
        try (BlockSource source = machine.source(image)) {
            ByteBuffer bytes = ByteBuffer.allocate(4);
            source.read(98_999, bytes);
            assertThat(bytes.array()).containsExactly(0, 1, 0, 3);
            Files.write(file, new byte[10]);
            assertThatThrownBy(source::check)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("disk.shrunk");
        }
    }

    @Test
    void aFolderIsNoImage() {
        assertThatThrownBy(() -> machine.inspect(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("image.folder");
    }
}
