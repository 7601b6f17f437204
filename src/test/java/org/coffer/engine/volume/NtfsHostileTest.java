package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small real NTFS that is harmed at random: whatever is read, it ends, and in nothing but what is promised. Needs root. */
class NtfsHostileTest {
    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    private Hostile hostile = new Hostile(new byte[0], 0);

    @BeforeEach
    void make() throws IOException {
        try (NtfsImage image = NtfsImage.make(folder, 12 << 20)) {
            String script = """
                    mkdir many pressed links
                    for i in $(seq 60); do echo $i > many/file-with-a-name-$i; done
                    for i in $(seq 0 2 800); do printf '%4095d\\n' $i; head -c 4096 /dev/zero; done > all
                    cp --sparse=always all pieces
                    rm all
                    setfattr -n system.ntfs_attrib_be -v 0x00000810 pressed
                    for i in $(seq 9000); do echo $i; done > pressed/numbers
                    ln -s /etc/passwd links/one
                    echo > links/two
                    setfattr -n system.ntfs_reparse_data -v 0x""";
            image.fill("compression", script + NtfsPoints.symbolic("\\??\\C:\\a", "C:\\a") + " links/two");
            byte[] bytes = Files.readAllBytes(image.file);
            forgetContents(bytes);
            hostile = new Hostile(bytes, 1);
        }
    }

    /** Of what nobody reads as a structure, the journal and contents of files, harm would be none. */
    private static void forgetContents(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += BLOCK) {
            byte first = bytes[at];
            boolean content = first == ' ' || first == (byte) 0xff;
            if (content && bytes[at + BLOCK / 2] == first) {
                Arrays.fill(bytes, at, at + BLOCK, (byte) 0);
            }
        }
    }

    @Test
    @Timeout(60)
    void harmedVolumesAreReadToAnEnd() throws IOException {
        assertThat(hostile.refused(NtfsVolume::open, 1_500))
                .as("how many were found out")
                .isGreaterThan(300);
    }

    @Test
    @Tag("long")
    @Timeout(1_800)
    void manyMoreHarmedVolumesAreReadToAnEnd() throws IOException {
        assertThat(hostile.refused(NtfsVolume::open, 50_000))
                .as("how many were found out")
                .isGreaterThan(10_000);
    }
}
