package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images of an XFS that was in use: its last changes are in the log only. Needs root.
 *
 * <pre>
 *   mount, write, stop as if the power went ──▶ image ──▶ Coffer reads it
 *                                                 └─ copy ──▶ the kernel recovers and shows it: the same
 * </pre>
 */
class XfsReplayTest {
    private static final String STOP = "\nxfs_io -x -c 'shutdown -f' .\n";

    private static final String FIRST = """
            mkdir stays goes grows
            touch stays/{1..300} goes/a-name-{1..500}
            head -c 2M /dev/urandom > pieces
            echo long > short
            ln -s stays link
            head -c 100K /dev/urandom > cut
            """;

    private static final String SECOND = """
            rm -r goes
            touch grows/one-more-name-{1..700} stays/{301..320}
            rm stays/{1..50}
            mv stays/60 grows/
            for i in {0..400}; do echo "fpunch $((i * 4096)) 1024"; done | xfs_io pieces > /dev/null
            ln -s "$(printf 'far/%.0s' {1..255})" remote
            rm link
            ln -s grows link
            mkdir -p deep/er
            ln short deep/er/again
            echo appended >> short
            truncate -s 5000 cut
            chown 7:8 cut
            chmod 4711 cut
            touch -d '2001-02-03 04:05:06.123456789 UTC' stays/100
            mkfifo pipe
            """;

    @TempDir
    private Path folder;

    private static Xfs asItLies(Bytes bytes) throws IOException {
        return new Xfs(new XfsReplay.Recovery(new XfsDisk(bytes, XfsSuper.read(bytes), Optional.empty()), true));
    }

    private Map<String, String> recovered(XfsImage image) throws IOException {
        return recoveredImage(image).truth();
    }

    private XfsImage recoveredImage(XfsImage image) throws IOException {
        Path other = Files.createTempDirectory(folder, "recovered");
        Shell.run("cp", "--sparse=always", image.file().toString(), other.toString());
        XfsImage copy = XfsImage.of(other);
        copy.fill("true");
        return copy;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-m bigtime=1", "-m bigtime=0 -b size=1k -i size=512", "-n size=64k -i nrext64=1 -m rmapbt=1"})
    void whatIsInTheLogOnlyIsRead(String options) throws IOException {
        XfsImage image = XfsImage.make(folder, options);
        image.fill(FIRST);
        image.fill(SECOND + STOP);
        try (XfsImage.Image bytes = image.open()) {
            assertThat(XfsWalk.of(Xfs.open(bytes))).isEqualTo(recovered(image)).containsKey("deep/er/again");
            assertThat(names(asItLies(bytes))).contains("goes").doesNotContain("deep");
        }
    }

    @Test
    void allThatEverHappenedIsRead() throws IOException {
        XfsImage image = XfsImage.make(folder, "");
        image.fill(FIRST + SECOND + STOP);
        try (XfsImage.Image bytes = image.open()) {
            assertThat(XfsWalk.of(Xfs.open(bytes))).isEqualTo(recovered(image)).containsKey("deep/er/again");
        }
    }

    /** In inodes and in blocks of their own, of which some lay on the disk before. */
    @ParameterizedTest
    @ValueSource(strings = {"-m bigtime=1", "-b size=1k -i size=512"})
    void extendedAttributesInTheLogAreRead(String options) throws IOException {
        String more = "for i in {%s}; do setfattr -n user.number$i -v \"$(printf 'value%%.0s' {1..20})\" many; done\n";
        XfsImage image = XfsImage.make(folder, options);
        image.fill("touch few many; mkdir folder; setfattr -n user.early -v a few\n" + more.formatted("1..30"));
        image.fill("setfattr -n user.late -v b few; setfattr -x user.early few; setfacl -m d:u:77:rx folder\n"
                + more.formatted("20..60") + STOP);
        try (XfsImage.Image late = image.open();
                XfsImage.Image recovered = recoveredImage(image).open()) {
            Map<String, Map<String, String>> read = attributes(Xfs.open(late));
            assertThat(read).isEqualTo(attributes(Xfs.open(recovered)));
            assertThat(read.get("few")).containsOnlyKeys("user.late");
            assertThat(read.get("many")).hasSize(60);
            assertThat(read.get("folder")).containsKey(PosixAcl.DEFAULT);
        }
    }

    private static Map<String, Map<String, String>> attributes(FileSystem files) throws IOException {
        Map<String, Map<String, String>> found = new TreeMap<>();
        files.names(files.root(), name -> {
            Map<String, String> values = new TreeMap<>();
            files.attributes(files.node(name))
                    .values()
                    .forEach((key, value) -> values.put(key, HexFormat.of().formatHex(value)));
            found.put(name.text(), values);
            return true;
        });
        return found;
    }

    private static List<String> names(FileSystem files) throws IOException {
        List<String> names = new ArrayList<>();
        files.names(files.root(), name -> names.add(name.text()));
        return names;
    }

    /** Records of a log whose checksums are right, but whose bytes are not: it is taken or left, and nothing else happens. */
    @Test
    void aHarmedLogEndsInTroubleOrWell() throws IOException {
        harm(300);
    }

    @Test
    @Tag("long")
    void aLogHarmedInTenThousandWaysEndsInTroubleOrWell() throws IOException {
        harm(10_000);
    }

    private void harm(int times) throws IOException {
        XfsImage image = XfsImage.makeSmall(folder, "-b size=1k");
        image.fill("mkdir some\ntouch some/{1..100}\nsync\ntouch some/more-{1..200}\nrm some/{1..50}\n" + STOP);
        try (XfsImage.Image bytes = image.open()) {
            XfsSuper layout = XfsSuper.read(bytes);
            long start = layout.place(layout.log().start(), layout.log().blocks(), "log");
            List<XfsLogRecord> records = records(bytes);
            assertThat(records).isNotEmpty();
            int troubles = 0;
            int untouched = names(Xfs.open(bytes)).size();
            assertThat(untouched).isEqualTo(1);
            for (int seed = 0; seed < times; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                XfsLogRecord record = records.get(random.nextInt(records.size()));
                long place = start + record.sector() * XfsLogRecord.SECTOR;
                ByteBuffer all = ByteBuffer.allocate((int) record.sectors() * XfsLogRecord.SECTOR);
                bytes.read(place, all);
                Bytes harmed = new PatchedBytes(bytes, place, harmed(all.flip(), record, random));
                try {
                    XfsWalk.of(Xfs.open(harmed));
                } catch (ProblemException e) {
                    troubles++;
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    throw new AssertionError("seed " + seed, e);
                }
            }
            assertThat(troubles).isBetween(times / 50, times - 1);
        }
    }

    /** Changes bytes of the operations, but none by which a sector tells its round, and makes the checksum right. */
    private static ByteBuffer harmed(ByteBuffer all, XfsLogRecord record, SplittableRandom random) {
        int from = headers(record) * 512 + random.nextInt(record.data().limit());
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = Math.min(from + random.nextInt(64), all.limit() - 1);
            if (at % 512 >= 4) {
                all.put(at, (byte) (random.nextBoolean() ? -1 : random.nextInt()));
            }
        }
        seal(all, record);
        return all;
    }

    private static void seal(ByteBuffer all, XfsLogRecord record) {
        int headers = headers(record);
        ByteBuffer data = all.slice(headers * 512, record.data().limit());
        all.duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(XfsLogRecord.CHECKSUM, XfsLogRecord.sum(all, headers, data));
    }

    private static int headers(XfsLogRecord record) {
        return (int) record.sectors() - (record.data().limit() + 511) / 512;
    }

    @Test
    void inodesThatWereGivenAwayDoNotComeBackOverContent() throws IOException {
        XfsImage image = XfsImage.makeSmall(folder, "-b size=1k");
        image.fill(
                "mkdir some\ntouch some/{1..3000}\nsync\nrm -r some\nsync\ncat /dev/urandom > full 2> /dev/null || true\nsync\n"
                        + STOP);
        try (XfsImage.Image bytes = image.open()) {
            assertThat(XfsWalk.of(Xfs.open(bytes))).isEqualTo(recovered(image)).containsOnlyKeys("full");
        }
    }

    @Test
    void aLogThatBeganAgainAtItsStartIsRead() throws IOException {
        XfsImage image = XfsImage.makeSmall(folder, "-b size=1k");
        boolean began = false;
        for (int i = 0; i < 12 && !began; i++) {
            image.fill("mkdir folder-" + i + "\ntouch folder-" + i + "/some-name-{1..2000}\nsync\n" + "touch folder-"
                    + i + "/other-{1..1500}\n" + STOP);
            Map<String, String> truth = recovered(image);
            try (XfsImage.Image bytes = image.open()) {
                assertThat(XfsWalk.of(Xfs.open(bytes))).isEqualTo(truth);
                began |= goesAround(bytes);
            }
        }
        assertThat(began).isTrue();
    }

    private static boolean goesAround(Bytes bytes) throws IOException {
        List<XfsLogRecord> records = records(bytes);
        return records.getLast().sector() < records.getFirst().sector();
    }

    private static List<XfsLogRecord> records(Bytes bytes) throws IOException {
        XfsSuper layout = XfsSuper.read(bytes);
        XfsSuper.Log log = layout.log();
        List<XfsLogRecord> records = new ArrayList<>();
        new XfsLog(bytes.part(layout.place(log.start(), log.blocks(), "log"), log.blocks() << layout.blockLog()), true)
                .walk(records::add);
        return records;
    }

    /**
     * Blocks of a file that was deleted belong to another one by now, and only the log says so.
     *
     * <pre>
     *   on the disk: old ──▶ blocks ◀── new: in the log
     * </pre>
     */
    private void reuse(XfsImage image, int size, int touched) throws IOException {
        image.fill("head -c %dM /dev/zero | tr '\\0' A > old\n".formatted(size));
        image.fill("""
                rm old
                sync -f .
                head -c %dM /dev/zero | tr '\\0' B > new
                mkdir many
                cd many
                seq 1 %d | xargs touch
                cd ..
                sync -f .
                """.formatted(size, touched) + STOP);
    }

    @Test
    void blocksThatBelongToAnotherFileByNowAreShownAsItsOwn() throws IOException {
        XfsImage image = XfsImage.makeSmall(folder, "-b size=1k");
        reuse(image, 25, 3000);
        try (XfsImage.Image bytes = image.open()) {
            assertThat(names(asItLies(bytes))).contains("old");
            Xfs files = Xfs.open(bytes);
            assertThat(files.lacksLastSeconds()).isFalse();
            assertThat(XfsWalk.of(files))
                    .isEqualTo(recovered(image))
                    .containsKey("new")
                    .doesNotContainKey("old");
        }
    }

    @Test
    void aLogWithMoreToSayThanFitsIsRefusedAndNothingOldShown() throws IOException {
        XfsImage image = XfsImage.makeSmall(folder, "-b size=1k");
        reuse(image, 25, 3000);
        try (XfsImage.Image bytes = image.open()) {
            assertThatThrownBy(() -> Xfs.open(bytes, 1000))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.of("files.journal", "format", "xfs")));
        }
    }

    private static boolean isAll(char letter, FileContent content) throws IOException {
        ByteBuffer expected =
                ByteBuffer.wrap(String.valueOf(letter).repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
        for (long at = 0; at < content.size(); at += expected.limit()) {
            ByteBuffer piece = ByteBuffer.allocate(expected.limit());
            content.read(at, piece);
            assertThat(piece.flip().mismatch(expected)).as("at %d", at).isEqualTo(-1);
        }
        return true;
    }

    /** More inodes are new than 64 MiB of sectors hold, in a log of the usual size. */
    @Test
    @Tag("long")
    void moreChangesThanFitIntoMemoryAreReadFromTheLog() throws IOException {
        XfsImage image = XfsImage.of(folder);
        Shell.run("truncate", "-s", "1G", image.file().toString());
        Shell.run("mkfs.xfs", "-q", "-f", "-i", "size=2048", image.file().toString());
        reuse(image, 500, 34_000);
        try (XfsImage.Image bytes = image.open()) {
            Xfs files = Xfs.open(bytes);
            Map<String, String> read = XfsWalk.of(files);
            assertThat(read).containsKeys("new", "many/34000").doesNotContainKey("old");
            Map<String, String> truth = recovered(image);
            assertThat(read).hasSameSizeAs(truth);
            assertThat(read.keySet().stream()
                            // Of a file that large, the walk takes samples.
                            .filter(path -> !path.equals("new") && !Objects.equals(read.get(path), truth.get(path))))
                    .isEmpty();
            files.names(files.root(), name -> !name.text().equals("new") || isAll('B', files.open(files.node(name))));
        }
    }

    @Test
    void aLogThatMakesNoSenseIsRefused() throws IOException {
        XfsImage image = XfsImage.makeSmall(folder, "-b size=1k");
        image.fill("for i in {1..40}; do mkdir $i; touch $i/{1..50}; sync -f .; done\n" + STOP);
        try (XfsImage.Image bytes = image.open()) {
            XfsSuper layout = XfsSuper.read(bytes);
            long start = layout.place(layout.log().start(), layout.log().blocks(), "log");
            XfsLogRecord first = records(bytes).getFirst();
            // Far enough from the end that the kernel would not take it for what a crash left.
            assertThat(records(bytes).getLast().sector() - first.sector()).isGreaterThan(9 * 64);
            isRefused(new PatchedBytes(bytes, start + first.sector() * 512 + 600, ByteBuffer.allocate(64)));
            isRefused(
                    new PatchedBytes(bytes, start, ByteBuffer.allocate(512 * 4).putInt(0, 7)));
        }
    }

    private static void isRefused(Bytes bytes) {
        assertThatThrownBy(() -> Xfs.open(bytes))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.of("files.journal", "format", "xfs")));
    }

    /** Where new inodes are told, it says instead that a change of a map was begun, and nothing says that it was ended. */
    @Test
    void whatWasBegunAndNotEndedIsTold() throws IOException {
        XfsImage image = XfsImage.makeSmall(folder, "-b size=1k");
        image.fill("touch {1..100}\n" + STOP.replace("xfs_io", "sync -f .; xfs_io"));
        try (XfsImage.Image bytes = image.open()) {
            assertThat(Xfs.open(bytes).lacksLastSeconds()).isFalse();
            XfsSuper layout = XfsSuper.read(bytes);
            long start = layout.place(layout.log().start(), layout.log().blocks(), "log");
            int found = 0;
            for (XfsLogRecord record : records(bytes)) {
                ByteBuffer all = ByteBuffer.allocate((int) record.sectors() * 512);
                bytes.read(start + record.sector() * 512, all);
                all.flip().order(ByteOrder.LITTLE_ENDIAN);
                for (int at = headers(record) * 512; at < all.limit() - 4; at += 4) {
                    if (at % 512 != 0 && all.getInt(at) == 0x0001_123f) {
                        all.putShort(at, (short) 0x1244);
                        found++;
                    }
                }
                if (found > 0) {
                    seal(all.order(ByteOrder.BIG_ENDIAN), record);
                    Bytes changed = new PatchedBytes(bytes, start + record.sector() * 512, all);
                    assertThat(Xfs.open(changed).lacksLastSeconds()).isTrue();
                    return;
                }
            }
            throw new AssertionError("no inodes are new");
        }
    }
}
