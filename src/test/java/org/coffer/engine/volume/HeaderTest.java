package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.coffer.console.Refusals;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not read here is recognised, and named as people call it, with the offer to open the backup as a disk. */
class HeaderTest {
    @TempDir
    private Path folder;

    private static Problem refused(Bytes disk) throws IOException {
        Volume volume = Volumes.of(disk).getFirst();
        Problem problem = Refusals.problem(() -> Volumes.open(disk, volume));
        assertThat(volume.readable()).isFalse();
        return problem;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mkfs.exfat                                      | exfat | files.unknown   | exFAT
                    mkfs.btrfs -q                                   | btrfs | files.unknown   | btrfs
                    mkswap                                          | swap  | files.swap      | -
                    cryptsetup -q luksFormat --type luks1 --iter-time 1 --key-file /dev/zero -l 32 | luks | files.encrypted | LUKS
                    cryptsetup -q luksFormat --type luks2 --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file /dev/zero -l 32 | luks | files.encrypted | LUKS
                    """)
    void whatItsOwnToolMadeIsNamed(String mkfs, String content, String code, String named) throws IOException {
        Path image = folder.resolve("disk.img");
        Shell.run("truncate", "-s", "128M", image.toString());
        Shell.run((mkfs + " " + image).split(" +"));
        try (FileBytes disk = new FileBytes(image)) {
            assertThat(Volumes.of(disk).getFirst().content()).isEqualTo(content);
            Problem problem = refused(disk);
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.args().getOrDefault("format", "-")).isEqualTo(named);
        }
    }

    @Test
    void aDiskOfLvmIsNamed() throws IOException {
        Path image = folder.resolve("disk.img");
        Shell.run("truncate", "-s", "16M", image.toString());
        try (var loop = org.coffer.machine.LoopDevice.attach(image)) {
            Shell.run("pvcreate", "-q", "-y", loop.path().toString());
            Shell.run("sync", loop.path().toString());
        }
        try (FileBytes disk = new FileBytes(image)) {
            assertThat(refused(disk)).isEqualTo(Problem.of("files.pool", "format", "LVM"));
        }
    }

    /** Signatures of those whose tools are not to be had everywhere. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3     | ReFS           | refs      | files.unknown   | ReFS
                    32    | NXSB           | apfs      | files.unknown   | APFS
                    1024  | H+..           | hfsplus   | files.unknown   | HFS+
                    1024  | HX..           | hfsplus   | files.unknown   | HFS+
                    16408 | version        | zfs       | files.unknown   | ZFS
                    3     | -FVE-FS-       | bitlocker | files.encrypted | BitLocker
                    512   | LABELONE       | lvm       | files.pool      | LVM
                    1536  | LABELONE       | lvm       | files.pool      | LVM
                    4096  | md             | md        | files.pool      | Linux software RAID
                    0     | hsqs           | squashfs  | files.unknown   | squashfs
                    32769 | CD001          | iso9660   | files.unknown   | ISO 9660
                    """)
    void whatHasItsSignatureIsNamed(int place, String signature, String content, String code, String named)
            throws IOException {
        byte[] mark = switch (signature) {
            case "H+.." -> new byte[] {'H', '+', 0, 4};
            case "HX.." -> new byte[] {'H', 'X', 0, 5};
            case "md" -> new byte[] {(byte) 0xfc, 0x4e, 0x2b, (byte) 0xa9};
            case "ReFS" -> new byte[] {'R', 'e', 'F', 'S', 0, 0, 0, 0};
            default -> signature.getBytes(StandardCharsets.US_ASCII);
        };
        byte[] bytes = new byte[1 << 20];
        System.arraycopy(mark, 0, bytes, place, mark.length);
        assertThat(Header.of(ByteBuffer.wrap(bytes)).content()).isEqualTo(content);
        assertThat(refused(new MemoryBytes(bytes))).isEqualTo(Problem.of(code, "format", named));
    }

    @Test
    void whatIsNothingKnownIsSaidToBeNothing() throws IOException {
        assertThat(refused(new MemoryBytes(new byte[1 << 20])).code()).isEqualTo("files.nothing");
        assertThat(refused(new MemoryBytes(new byte[10])).code()).isEqualTo("files.nothing");
    }
}
