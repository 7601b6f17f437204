package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes of all shapes that mkfs.ntfs makes, and folders of many files; needs root. */
class NtfsShapesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"512, 512", "512, 4096", "512, 65536", "4096, 4096", "1024, 131072", "512, 2097152"})
    void anySizeOfSectorsAndClustersIsRead(int sector, int cluster) throws IOException {
        long size = cluster > 1 << 20 ? 512 << 20 : 32 << 20;
        String[] options = {"-s", Integer.toString(sector), "-c", Integer.toString(cluster)};
        try (NtfsImage image = NtfsImage.make(folder, size, options)) {
            assertThat(NtfsBoot.of(image).cluster()).isEqualTo(cluster);
            image.fill("rw", """
                    mkdir folder
                    for i in $(seq 300); do echo $i > "folder/文件 $i"; done
                    for i in 0 1 2 3 4 5 6 7 8 9; do printf %%%dd $i; done > content
                    """.formatted(cluster));
            FileSystem files = image.open();
            Node many = NtfsImage.at(files, "folder");
            Map<String, Name> names = NtfsImage.names(files, many);
            assertThat(names).hasSize(300);
            assertThat(NtfsImage.bytes(files.open(NtfsImage.at(files, "folder", "文件 300"))))
                    .asString()
                    .isEqualTo("300\n");
            byte[] content = NtfsImage.bytes(files.open(NtfsImage.at(files, "content")));
            assertThat(content).hasSize(10 * cluster);
            byte[] expected = new byte[content.length];
            Arrays.fill(expected, (byte) ' ');
            for (int i = 0; i < 10; i++) {
                expected[(i + 1) * cluster - 1] = (byte) ('0' + i);
            }
            assertThat(Arrays.equals(content, expected)).isTrue();
        }
    }

    @Test
    void aFolderOfTwentyThousandFilesIsReadOnce() throws IOException {
        many(20_000, 64 << 20);
    }

    @Test
    @Tag("long")
    void aFolderOfTwoHundredThousandFilesIsReadOnce() throws IOException {
        many(200_000, 512 << 20);
    }

    private void many(int count, long size) throws IOException {
        try (NtfsImage image = NtfsImage.make(folder, size)) {
            image.fill("rw", "mkdir many\nfor i in $(seq " + count + "); do : > many/file-number-$i; done");
            FileSystem files = image.open();
            Node many = NtfsImage.at(files, "many");
            image.read.set(0);
            Map<String, Name> names = NtfsImage.names(files, many);
            assertThat(names).hasSize(count).containsKeys("file-number-1", "file-number-" + count);
            assertThat(image.read.get()).as("bytes read for the names").isLessThan(300L * count);
            assertThat(Shell.run("ntfsls", "-f", "-p", "many", image.file.toString())
                            .lines()
                            .filter(name -> !name.equals(".")))
                    .containsExactlyInAnyOrderElementsOf(names.keySet());

            image.read.set(0);
            for (Name name : names.values()) {
                files.node(name);
            }
            assertThat(image.read.get()).as("bytes read for what they name").isLessThan(2_048L * count);
        }
    }
}
