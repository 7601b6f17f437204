package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table of file records that is in two pieces, the second told by a record in the first, as it is on disks that were once full.
 * Made of a real one whose end is moved.
 *
 * <pre>
 *   before   record 0: table at 4 … 4+n
 *   after    record 0: list → table 0 … 8 in record 0, 8 … n in record 26; clusters 8 … n lie at the end of the volume
 * </pre>
 */
class NtfsTableTest {
    private static final int CLUSTER = 4096;
    private static final int HERE = 8;
    private static final int MORE = 26;

    @TempDir
    Path folder;

    private byte[] volume;
    private int table;
    private int clusters;
    private byte[] standard;

    @BeforeEach
    void make() throws IOException {
        try (NtfsImage image = NtfsImage.make(folder, 16 << 20)) {
            image.fill("rw", "for i in $(seq 100); do echo $i > file-$i; done");
            volume = Files.readAllBytes(image.file);
            NtfsMft mft = NtfsMft.open(image, NtfsBoot.of(image));
            table = (int) mft.boot().mft() * CLUSTER;
            clusters = (int) (mft.table().size() / CLUSTER);
            standard = NtfsFile.of(mft, 0)
                    .small(NtfsAttribute.STANDARD_INFORMATION, NtfsStandard.MOST)
                    .orElseThrow()
                    .copy();
        }
    }

    private void write(int number, byte[] record) {
        System.arraycopy(record, 0, volume, table + number * 1024, record.length);
    }

    /** Moves the table's end, told by a record of that file. */
    private void move(long base) {
        int length = clusters * CLUSTER - HERE * CLUSTER;
        int place = volume.length / CLUSTER - clusters - 2;
        System.arraycopy(volume, table + HERE * CLUSTER, volume, place * CLUSTER, length);
        Arrays.fill(volume, table + HERE * CLUSTER, table + clusters * CLUSTER, (byte) 0);
        long zero = 1L << 48;
        long more = (1L << 48) + MORE;
        long size = (long) clusters * CLUSTER;
        write(
                0,
                NtfsRecords.record(
                        zero,
                        0,
                        NtfsRecords.resident(NtfsAttribute.STANDARD_INFORMATION, 0, standard),
                        NtfsRecords.list(
                                1,
                                new NtfsEntry(NtfsAttribute.STANDARD_INFORMATION, "", 0, zero, 0),
                                new NtfsEntry(NtfsAttribute.DATA, "", 0, zero, 2),
                                new NtfsEntry(NtfsAttribute.DATA, "", HERE, more, 0)),
                        NtfsRecords.data(2, 0, HERE, size, NtfsRecords.run(HERE, table / CLUSTER))));
        write(
                MORE,
                NtfsRecords.record(
                        more,
                        base,
                        NtfsRecords.data(0, HERE, clusters - HERE, 0, NtfsRecords.run(clusters - HERE, place))));
    }

    @Test
    void itsPiecesArePutTogether() throws IOException {
        assertThat(clusters).isGreaterThan(2 * HERE);
        move(1L << 48);
        FileSystem files = NtfsVolume.open(new MemoryBytes(volume));
        for (int i = 1; i <= 100; i++) {
            Node file = NtfsImage.at(files, "file-" + i);
            assertThat(NtfsImage.bytes(files.open(file))).asString().isEqualTo(i + "\n");
        }
    }

    @Test
    void aRecordOfAnotherFileIsNotTaken() {
        move((1L << 48) + 64);
        assertThatThrownBy(() -> NtfsVolume.open(new MemoryBytes(volume)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().args()).containsEntry("what", "file record 0"));
    }

    /** The place of the file's first record was used by another file before, or is by now: the pieces are not this one's. */
    @Test
    void aRecordOfWhatWasAtTheSamePlaceAtAnotherTimeIsNotTaken() {
        move(2L << 48);
        assertThatThrownBy(() -> NtfsVolume.open(new MemoryBytes(volume)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().args()).containsEntry("what", "file record 0"));
    }

    @Test
    void aTableThatNeedsItselfToBeFoundIsBroken() {
        move(1L << 48);
        long zero = 1L << 48;
        long beyond = (1L << 48) + HERE * 4 + 1;
        write(
                0,
                NtfsRecords.record(
                        zero,
                        0,
                        NtfsRecords.resident(NtfsAttribute.STANDARD_INFORMATION, 0, standard),
                        NtfsRecords.list(
                                1,
                                new NtfsEntry(NtfsAttribute.DATA, "", 0, zero, 2),
                                new NtfsEntry(NtfsAttribute.DATA, "", HERE, beyond, 0)),
                        NtfsRecords.data(
                                2, 0, HERE, (long) clusters * CLUSTER, NtfsRecords.run(HERE, table / CLUSTER))));
        assertThatThrownBy(() -> NtfsVolume.open(new MemoryBytes(volume)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().args()).containsEntry("what", "file record " + (HERE * 4 + 1)));
    }

    @Test
    void aRecordThatWasWrittenHalfIsBroken() throws IOException {
        int small = table + 70 * 1024;
        ByteBuffer.wrap(volume).putShort(small + 510, (short) 0x7777);
        NtfsMft mft = NtfsMft.open(new MemoryBytes(volume), NtfsBoot.of(new MemoryBytes(volume)));
        assertThatThrownBy(() -> mft.record(70))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().args()).containsEntry("what", "file record 70"));
    }
}
