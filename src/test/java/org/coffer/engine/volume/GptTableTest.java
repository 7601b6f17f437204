package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.coffer.machine.Machine;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables that make no sense: no volume comes out that the disk does not have.
 *
 * <pre>
 *   sector 1 header   2 to 33 entries   2048 to 18431 a partition   ...   the other copy, header last
 * </pre>
 */
class GptTableTest {
    private static final int HEADER = 512;
    private static final int ENTRIES = 1024;
    private static final int ALL = 128 * 128;
    private static final Volume WHOLE = new Volume(1, 1 << 20, 8 << 20, "");

    @TempDir
    private Path folder;

    private Path image;
    private byte[] disk = new byte[0];

    @BeforeEach
    void make() throws IOException {
        image = folder.resolve("disk.img");
        Shell.run("truncate", "-s", "16M", image.toString());
        Shell.run("sh", "-c", "printf 'label: gpt\\nstart=1MiB, size=8MiB\\n' | sfdisk -q " + image);
        disk = Files.readAllBytes(image);
        assertThat(Volumes.of(new MemoryBytes(disk))).containsExactly(WHOLE);
    }

    /** Changes a piece of the disk that begins at a byte, and then what the header at another says of all entries and itself. */
    private void change(int at, int length, int header, Consumer<ByteBuffer> change) {
        change.accept(ByteBuffer.wrap(disk, at, length).slice().order(ByteOrder.LITTLE_ENDIAN));
        ByteBuffer bytes = ByteBuffer.wrap(disk, header, 512).slice().order(ByteOrder.LITTLE_ENDIAN);
        if (header == HEADER) {
            bytes.putInt(88, GptHeader.crc(ByteBuffer.wrap(disk, ENTRIES, ALL).slice()));
        }
        bytes.putInt(16, 0);
        bytes.putInt(16, GptHeader.crc(bytes.slice(0, bytes.getInt(12))));
    }

    private void assertNothingIsBeyondTheDisk() throws IOException {
        assertThat(Volumes.of(new MemoryBytes(disk)))
                .allMatch(volume ->
                        volume.start() >= 0 && volume.size() > 0 && volume.start() <= disk.length - volume.size());
        Files.write(image, disk);
        assertThat(Machine.here(folder.resolve("seen")).inspect(image).parts())
                .allMatch(part -> part.start() >= 0 && part.size() > 0 && part.start() <= disk.length - part.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 55) - 1, (1L << 54) - 1, Long.MAX_VALUE, -1, 32768})
    void aPartitionThatReachesBeyondTheDiskIsNone(long last) throws IOException {
        change(ENTRIES, 128, HEADER, entry -> entry.putLong(32, 1).putLong(40, last));

        assertThat(Volumes.of(new MemoryBytes(disk))).isEmpty();
        assertNothingIsBeyondTheDisk();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 54, Long.MAX_VALUE / 512, Long.MIN_VALUE, 1L << 40})
    void entriesThatLieNowhereAreNotLookedFor(long entries) throws IOException {
        change(HEADER, 512, 512, header -> header.putLong(72, entries));

        assertNothingIsBeyondTheDisk();
    }

    @Test
    void ofHarmedEntriesTheOtherCopyCounts() throws IOException {
        disk[ENTRIES + 40] ^= 1;
        assertThat(Volumes.of(new MemoryBytes(disk))).containsExactly(WHOLE);

        disk[disk.length - 512 - ALL + 40] ^= 1;
        assertThat(Volumes.of(new MemoryBytes(disk))).isEmpty();
        assertThat(PartitionTable.read(Volumes.reader(new MemoryBytes(disk)), disk.length)
                        .map(PartitionTable::id))
                .as("it is the same disk")
                .isEqualTo(Optional.of("gpt:" + guid()));
    }

    private String guid() {
        return GptHeader.parse(ByteBuffer.wrap(disk, HEADER, 512).slice(), 512)
                .orElseThrow()
                .guid();
    }
}
