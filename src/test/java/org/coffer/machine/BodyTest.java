package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S1: which file or device it is that takes a disk's place. */
class BodyTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws Exception {
        Path file = Files.write(folder.resolve(name), new byte[4096]);
        // As one that was written to since it was made.
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        return file;
    }

    @Test
    void aFileStaysTheSameWhateverIsWrittenToItAndWhereverItIsMovedMeanwhile() throws Exception {
        Path file = file("disk.img");
        Body before = Body.ofFile(file);
        assertThat(before.kind()).isEqualTo(Body.Kind.FILE);
        Files.write(file, new byte[8192]);
        Files.move(file, folder.resolve("away"));
        Files.move(folder.resolve("away"), file);
        assertThat(before.replacedBy(Body.ofFile(file))).isFalse();
        assertThat(Body.parse(before.text())).isEqualTo(before);
    }

    @Test
    void anotherFileOfTheSameNameAndSizeIsAnother() throws Exception {
        Path file = file("disk.img");
        Body before = Body.ofFile(file);
        Files.move(file("other.img"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(before.replacedBy(Body.ofFile(file))).isTrue();
        Files.delete(file);
        assertThat(Body.ofFile(file)).isEqualTo(Body.UNKNOWN);
        assertThat(before.replacedBy(Body.UNKNOWN)).isFalse();
    }

    /** The moment counts before the number, which FAT deals out anew; numbers of devices count only until the next start. */
    @ParameterizedTest
    @CsvSource({
        "FILE  7 100, FILE  7 100, false",
        "FILE  7 100, FILE  8 100, false",
        "FILE  7 100, FILE  7 101, true",
        "FILE  7 0,   FILE  7 101, false",
        "FILE  7 0,   FILE  8 101, true",
        "DEVICE a1 7 0, DEVICE a1 7 0, false",
        "DEVICE a1 7 0, DEVICE a1 8 0, true",
        "DEVICE a1 7 0, DEVICE b2 8 0, false",
        "rubbish,     FILE  7 100, false",
        "'',          FILE  7 100, false",
    })
    void whatIsKnownDecides(String then, String now, boolean replaced) {
        assertThat(Body.parse(then).replacedBy(Body.parse(now))).isEqualTo(replaced);
    }
}
