package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.coffer.machine.Shell;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S1: what lies last on a disk, and whether it could reach further, on disks of 64 MiB whose tables sfdisk made. */
class LastVolumeTest {
    private static final long MB = 1 << 20;
    private static final String GPT = "label: gpt\\nstart=1MiB, size=8MiB\\nstart=9MiB, size=40MiB";
    private static final String MBR = "label: dos\\nstart=1MiB, size=8MiB\\nstart=9MiB, size=40MiB";

    @TempDir
    private Path folder;

    private Path disk(String table) {
        Path disk = folder.resolve("disk.img");
        Shell.run("truncate", "-s", "64M", disk.toString());
        if (!table.isEmpty()) {
            Shell.run("sh", "-c", "printf '" + table + "\\n' | sfdisk -q '" + disk + "'");
        }
        return disk;
    }

    private static void format(Path disk, long megabyte, String... mkfs) throws IOException {
        Path volume = disk.resolveSibling("volume");
        Shell.run("truncate", "-s", "40M", volume.toString());
        String[] command = Arrays.copyOf(mkfs, mkfs.length + 1);
        command[mkfs.length] = volume.toString();
        Shell.run(command);
        Shell.run(
                "dd", "if=" + volume, "of=" + disk, "bs=1M", "seek=" + megabyte, "conv=notrunc,sparse", "status=none");
        Files.delete(volume);
    }

    private static void write(Path disk, long place, String bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(disk.toFile(), "rw")) {
            out.seek(place);
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static LastVolume last(Path disk, long larger) throws IOException {
        try (FileBytes bytes = new FileBytes(disk)) {
            return LastVolume.on(bytes, larger);
        }
    }

    private static String refusal(Path disk, long larger) throws IOException {
        try {
            return last(disk, larger).toString();
        } catch (ProblemException e) {
            return e.problem().code();
        }
    }

    @Test
    void inAGptItReachesToTheSecondCopyOfTheTableAndInAnMbrToTheEnd() throws IOException {
        Path gpt = disk(GPT);
        format(gpt, 9, "mkfs.ext4", "-q", "-F");
        assertThat(last(gpt, 128 * MB)).isEqualTo(new LastVolume(new Volume(2, 9 * MB, 40 * MB, "ext4"), 118 * MB));
        Files.delete(gpt);
        Path mbr = disk(MBR);
        format(mbr, 9, "mkfs.ext4", "-q", "-F");
        assertThat(last(mbr, 128 * MB)).isEqualTo(new LastVolume(new Volume(2, 9 * MB, 40 * MB, "ext4"), 119 * MB));
        assertThat(last(mbr, 4L << 40).size()).as("an MBR ends at 2 TiB").isEqualTo((2L << 40) - 10 * MB);
    }

    @Test
    void withoutATableItIsTheWholeDisk() throws IOException {
        Path disk = disk("");
        Shell.run("mkfs.ext4", "-q", "-F", disk.toString());
        assertThat(last(disk, 128 * MB + 7)).isEqualTo(new LastVolume(new Volume(0, 0, 64 * MB, "ext4"), 128 * MB));
        assertThat(refusal(disk, 64 * MB)).isEqualTo("grow.same");
        assertThat(refusal(disk, 79 * MB)).isEqualTo("grow.same");
    }

    @Test
    void theOneThatLiesLastCountsAndNotTheOneWithTheHighestNumber() throws IOException {
        Path disk = disk("label: dos\\nstart=9MiB, size=40MiB\\nstart=1MiB, size=8MiB");
        format(disk, 9, "mkfs.ext4", "-q", "-F");
        assertThat(last(disk, 128 * MB).volume().number()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"mkfs.vfat,grow.format", "mkfs.btrfs -q,grow.format", "mkswap -q,grow.format"})
    void whatNobodyHereGrowsIsNamed(String mkfs, String code) throws IOException {
        Path disk = disk(GPT);
        if (mkfs.startsWith("mkfs.btrfs")) {
            write(disk, 9 * MB + 65_600, "_BHRfS_M");
        } else {
            format(disk, 9, mkfs.split(" ", -1));
        }
        assertThat(refusal(disk, 128 * MB)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"LUKS\u00ba\u00be,grow.encrypted", "LABELONE,grow.pool", "nothing,grow.unknown"})
    void whatIsLockedPartOfAPoolOrUnknownIsLeftAlone(String mark, String code) throws IOException {
        Path disk = disk(GPT);
        write(disk, 9 * MB + (mark.equals("LABELONE") ? 512 : 0), mark);
        assertThat(refusal(disk, 128 * MB)).isEqualTo(code);
    }

    @Test
    void aLogicalPartitionAndWhatLiesBeforeAnEmptyExtendedOneAreLeftAlone() throws IOException {
        Path disk =
                disk("label: dos\\nstart=1MiB, size=8MiB\\nstart=9MiB, size=50MiB, type=5\\nstart=11MiB, size=40MiB");
        format(disk, 11, "mkfs.ext4", "-q", "-F");
        assertThat(refusal(disk, 128 * MB)).isEqualTo("grow.logical");
        Files.delete(disk);
        Path empty = disk("label: dos\\nstart=1MiB, size=40MiB\\nstart=50MiB, size=10MiB, type=5");
        format(empty, 1, "mkfs.ext4", "-q", "-F");
        assertThat(refusal(empty, 128 * MB)).isEqualTo("grow.logical");
    }

    @Test
    void thePartitionFromWhichWindowsMendsItselfIsLeftAlone() throws IOException {
        Path gpt = disk(GPT + ", type=DE94BBA4-06D1-4D40-A16A-BFD50179D6AC");
        format(gpt, 9, "mkfs.ntfs", "-F", "-Q", "-q", "-p", "0");
        assertThat(refusal(gpt, 128 * MB)).isEqualTo("grow.recovery");
        Files.delete(gpt);
        Path mbr = disk(MBR + ", type=27");
        format(mbr, 9, "mkfs.ntfs", "-F", "-Q", "-q", "-p", "0");
        assertThat(refusal(mbr, 128 * MB)).isEqualTo("grow.recovery");
    }

    @Test
    void aWindowsThatRanOrSleepsHasToEndFirst() throws IOException {
        Path disk = disk("");
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", "-p", "0", disk.toString());
        assertThat(last(disk, 128 * MB).volume().content()).isEqualTo("ntfs");
        Path file = Files.writeString(folder.resolve("file"), "wake" + " ".repeat(4096));
        Shell.run("ntfscp", "-q", disk.toString(), file.toString(), "hiberfil.sys");
        assertThat(last(disk, 128 * MB).volume().content()).as("resumed since").isEqualTo("ntfs");
        Files.writeString(file, "HIBR" + " ".repeat(4096));
        Shell.run("ntfscp", "-q", disk.toString(), file.toString(), "hiberfil.sys");
        assertThat(refusal(disk, 128 * MB)).isEqualTo("grow.in-use");
    }

    @Test
    void aTableThatIsDamagedOrStandsBesideAnotherIsLeftAlone() throws IOException {
        Path disk = disk(GPT);
        format(disk, 9, "mkfs.ext4", "-q", "-F");
        write(disk, 446 + 16 + 4, "\u0007\0\0\0\u0001\0\0\0\u0001\0\0\0");
        assertThat(refusal(disk, 128 * MB)).as("hybrid").isEqualTo("grow.table");
        Files.delete(disk);
        disk(GPT);
        format(disk, 9, "mkfs.ext4", "-q", "-F");
        write(disk, 2 * 512 + 60, "x");
        assertThat(refusal(disk, 128 * MB))
                .as("a name that the checksum does not know")
                .isEqualTo("grow.table");
    }

    @Test
    void whatEndsWhereAnMbrEndsGoesNoFurther() throws IOException {
        Path disk = folder.resolve("disk.img");
        Shell.run("truncate", "-s", "2T", disk.toString());
        Shell.run(
                "sh",
                "-c",
                "printf 'label: dos\\nstart=1MiB, size=" + ((2L << 20) - 2) + "MiB\\n' | sfdisk -q '" + disk + "'");
        assertThat(refusal(disk, 4L << 40)).isEqualTo("grow.limit");
    }
}
