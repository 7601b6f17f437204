package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the last seconds before a disk was copied are in a journal that is not read. Needs root, for mounts. */
class LastSecondsTest {
    @TempDir
    private Path folder;

    private Path image;

    @BeforeEach
    void empty() {
        image = folder.resolve("disk.img");
        Shell.run("truncate", "-s", "32M", image.toString());
    }

    private boolean lacking(Path of) throws IOException {
        try (FileBytes disk = new FileBytes(of)) {
            return Volumes.open(disk, Volumes.of(disk).getFirst()).lacksLastSeconds();
        }
    }

    /** A copy of an ext4 that is mounted, in which the last change was made to last by {@code fsync}. */
    private Path used(String features) throws IOException {
        Shell.run("mkfs.ext4", "-q", "-F", "-O", features, image.toString());
        assertThat(lacking(image)).as("never used").isFalse();
        Path mount = Files.createDirectories(folder.resolve("mount"));
        Path copy = folder.resolve("copy.img");
        Shell.run("mount", "-o", "loop,commit=3600", image.toString(), mount.toString());
        try {
            String late = mount.resolve("late").toString();
            Shell.run("bash", "-ec", "echo a > '" + mount.resolve("early") + "'; sync -f '" + mount + "'");
            Shell.run("bash", "-ec", "echo b > '" + late + "'; sync '" + late + "'; cp '" + image + "' '" + copy + "'");
        } finally {
            Shell.run("umount", mount.toString());
        }
        assertThat(lacking(image)).as("unmounted").isFalse();
        return copy;
    }

    @Test
    void aFastCommitOfExt4IsMissed() throws IOException {
        assertThat(lacking(used("fast_commit"))).isTrue();
    }

    @Test
    void anOrdinaryJournalOfExt4IsReadWhole() throws IOException {
        assertThat(lacking(used("^fast_commit"))).isFalse();
    }

    /** A log on a disk of its own is not in the backup, and nothing on the volume says whether it was in use. */
    @Test
    void anXfsWhoseLogIsElsewhereIsTold() throws IOException {
        Shell.run("truncate", "-s", "320M", image.toString());
        String log = folder.resolve("log.img").toString();
        Shell.run("truncate", "-s", "64M", log);
        Shell.run("mkfs.xfs", "-q", "-f", "-l", "logdev=" + log + ",size=64m", image.toString());
        assertThat(lacking(image)).isTrue();
        Shell.run("mkfs.xfs", "-q", "-f", image.toString());
        assertThat(lacking(image)).isFalse();
    }

    /** It has no journal at all. The marks are those that Windows and Linux leave while they use the volume. */
    @ParameterizedTest
    @CsvSource({"16, 37, 3", "32, 65, 7"})
    void aFatThatWasInUseIsTold(int bits, long inBoot, int inTable) throws IOException {
        Shell.run("truncate", "-s", "64M", image.toString());
        Shell.run("mkfs.vfat", "-F", String.valueOf(bits), image.toString());
        assertThat(lacking(image)).isFalse();
        flip(inBoot, 1);
        assertThat(lacking(image)).as("as Linux marks it").isTrue();
        flip(inBoot, 1);
        byte[] disk = Files.readAllBytes(image);
        long table = 512L * ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN).getShort(14);
        flip(table + inTable, bits == 16 ? 0x80 : 0x08);
        assertThat(lacking(image)).as("as Windows marks it").isTrue();
    }

    private void flip(long at, int bits) throws IOException {
        try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
            disk.seek(at);
            int was = disk.read();
            disk.seek(at);
            disk.write(was ^ bits);
        }
    }

    @Test
    void anNtfsThatIsToBeCheckedIsTold() throws IOException {
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", image.toString());
        assertThat(Shell.run("ntfsfix", image.toString())).contains("successfully");
        assertThat(lacking(image)).isTrue();
    }

    /** As Windows leaves it while it uses the volume, and when it has let it go; ntfs-3g keeps no journal. */
    @Test
    void anNtfsWhoseJournalIsInUseIsTold() throws IOException {
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", image.toString());
        assertThat(lacking(image)).isFalse();
        long log = emptyLog(Files.readAllBytes(image));
        restart(log, 1, 0, 0);
        assertThat(lacking(image)).as("a program has not ended").isTrue();
        restart(log + 4096, 2, 0xffff, 0);
        assertThat(lacking(image)).as("the later page counts").isFalse();
        restart(log, 3, 0, 2);
        assertThat(lacking(image)).as("marked as clean").isFalse();
        restart(log + 4096, 4, 0, 0);
        assertThat(lacking(image)).isTrue();
    }

    /** The journal of a fresh volume is the one large piece of nothing but ones. */
    private static long emptyLog(byte[] disk) {
        for (int at = 0; ; at += 4096) {
            int length = 0;
            while (length < 1 << 20 && disk[at + length] == -1) {
                length++;
            }
            if (length == 1 << 20) {
                return at;
            }
        }
    }

    private void restart(long at, long number, int inUse, int flags) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        page.putInt(0, 0x52545352).putInt(16, 4096).putInt(20, 4096).putShort(24, (short) 64);
        page.putLong(64, number).putShort(64 + 12, (short) inUse).putShort(64 + 14, (short) flags);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(at);
            file.write(page.array());
        }
    }
}
