package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.coffer.engine.disk.Extent;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads a real NTFS, made by mkfs.ntfs and filled through ntfs-3g; needs root.
 *
 * <pre>
 *   names/     照片.txt  中 × 255  Case case  a\ud800b  deep/0/1/…/39/end
 *   files/     empty  small  large  timed  one two three (one file)  1 … 20 (a file of 300 names)
 *   holes/     ten (10 GB, 3 MB of it in three places)  pieces (3000 pieces, holes between)
 *   pressed/   text  noise  mixed  tail  sparse           (compressed)
 *   links/     interix  wsl  junction  share  volume  symbolic  pipe  device
 *   others/    wof  dedup  cloud  away  unheard  efs
 * </pre>
 */
class NtfsVolumeTest {
    private static final String LONG = "中".repeat(255);

    private static String script() {
        return """
            S=%s
            mkdir names files holes pressed links others
            echo 你好 > names/照片.txt
            echo long > names/%s
            echo 1 > names/Case; echo 2 > names/case
            echo half > "$(printf 'names/a\\xed\\xa0\\x80b')"
            d=names/deep/$(seq -s / 0 39); mkdir -p $d; echo end > $d/end

            : > files/empty
            printf 'as small as this' > files/small
            cp $S/noise files/large
            echo > files/timed
            setfattr -n system.ntfs_times_be -v 0x01c0000000000001 files/timed
            echo shared > files/one; ln files/one files/two; ln files/one files/three
            mkdir files/1; echo many > files/1/many; for i in $(seq 14); do ln files/1/many files/1/name-of-many-$i; done
            for i in $(seq 2 20); do cp -al files/1 files/$i; done

            truncate -s 10G holes/ten
            for mb in 0 5000 9000; do
              head -c 1048576 $S/mixed | cat - $S/mixed $S/mixed | head -c 1048576 |
                dd of=holes/ten bs=1M seek=$mb conv=notrunc status=none
            done
            cp --sparse=always $S/pieces holes/pieces

            setfattr -n system.ntfs_attrib_be -v 0x00000810 pressed
            for f in text noise mixed tail; do cp $S/$f pressed/$f; done
            cp --sparse=always $S/sparse pressed/sparse

            ln -s /etc/passwd links/interix
            mknod links/device c 1 3
            mkdir links/junction links/volume links/share
            echo > links/symbolic
            for t in wof dedup cloud away unheard efs; do echo content > others/$t; done
            point() { setfattr -n system.ntfs_reparse_data -v 0x$2 $1; }
            """.formatted(sources, LONG);
    }

    @TempDir
    static Path folder;

    private static NtfsImage image;
    private static FileSystem files;
    private static Path sources;

    @BeforeAll
    static void fill() throws IOException {
        sources = Files.createDirectory(folder.resolve("sources"));
        Random random = new Random(7);
        byte[] noise = new byte[300_001];
        random.nextBytes(noise);
        byte[] text =
                "All work and no play makes Jack a dull boy. ".repeat(9_000).getBytes(StandardCharsets.US_ASCII);
        byte[] mixed = new byte[700_123];
        for (int at = 0; at < mixed.length; at += 10_000) {
            byte[] from = random.nextBoolean() ? noise : text;
            System.arraycopy(from, at % 200_000, mixed, at, Math.min(10_000, mixed.length - at));
        }
        Files.write(sources.resolve("noise"), noise);
        Files.write(sources.resolve("text"), text);
        Files.write(sources.resolve("mixed"), mixed);
        Files.write(sources.resolve("tail"), Arrays.copyOf(text, 65_536 + 17));
        byte[] sparse = new byte[400_000];
        System.arraycopy(text, 0, sparse, 200_000, 70_000);
        Files.write(sources.resolve("sparse"), sparse);
        byte[] pieces = new byte[3000 * 8192];
        for (int i = 0; i < 3000; i++) {
            Arrays.fill(pieces, i * 8192, i * 8192 + 4096, (byte) (i % 251 + 1));
        }
        Files.write(sources.resolve("pieces"), pieces);
        image = NtfsImage.make(folder, 128 << 20, "-L", "备份 disk");
        image.fill("compression,special_files=interix", script() + points());
        image.fill("special_files=wsl", "ln -s ../files/small links/wsl; mkfifo links/pipe");
        files = image.open();
        flag("efs", 0x4000);
        flag("away", 0x400000);
    }

    /** What only Windows writes: reparse points, in hexadecimal. */
    private static String points() {
        return String.join(
                "\n",
                "point links/junction " + NtfsPoints.junction("\\??\\C:\\Users\\王", "C:\\Users\\王"),
                "point links/volume " + NtfsPoints.junction("\\??\\Volume{3-4}\\", ""),
                "point links/share " + NtfsPoints.symbolic("\\??\\UNC\\server\\share", ""),
                "point links/symbolic " + NtfsPoints.symbolic("..\\files\\small", "..\\files\\small"),
                "point others/wof " + NtfsPoints.point(0x80000017, new byte[16]),
                "point others/dedup " + NtfsPoints.point(0x80000013, new byte[100]),
                "point others/cloud " + NtfsPoints.point(0x9000601a, new byte[24]),
                "point others/away " + NtfsPoints.point(0x9000601a, new byte[24]),
                "point others/unheard " + NtfsPoints.point(0x80001234, new byte[4]));
    }

    /** Sets a flag that ntfs-3g does not set: in the standard information, the first attribute of a record. */
    private static void flag(String name, int flag) throws IOException {
        image.patch(NtfsImage.at(files, "others", name).id(), record -> {
            int attribute = record.getShort(20);
            int flags = attribute + record.getShort(attribute + 20) + 32;
            record.putInt(flags, record.getInt(flags) | flag);
        });
        files = image.open();
    }

    @AfterAll
    static void end() throws IOException {
        image.close();
    }

    @Test
    void saysWhatItIsAndHowItIsCalled() throws IOException {
        assertThat(files.format()).isEqualTo("ntfs");
        assertThat(files.label()).isEqualTo("备份 disk");
        assertThat(Volumes.of(image)).containsExactly(new Volume(0, 0, image.size(), "ntfs"));
        assertThat(Volumes.open(image, Volumes.of(image).getFirst()).label()).isEqualTo("备份 disk");
    }

    @Test
    void leavesTheFilesOfTheSystemOutOfTheRoot() throws IOException {
        assertThat(NtfsImage.names(files, files.root()))
                .containsOnlyKeys("names", "files", "holes", "pressed", "links", "others");
    }

    @Test
    void namesAreAsTheyWereGiven() throws IOException {
        assertThat(NtfsImage.names(files, NtfsImage.at(files, "names")))
                .containsOnlyKeys("照片.txt", LONG, "Case", "case", "a\\ud800b", "deep");
        assertThat(content("names", "Case")).asString().isEqualTo("1\n");
        assertThat(content("names", "case")).asString().isEqualTo("2\n");
        assertThat(content("names", LONG)).asString().isEqualTo("long\n");
        assertThat(content("names", "a\\ud800b")).asString().isEqualTo("half\n");
        assertThat(content("names", "照片.txt")).asString(StandardCharsets.UTF_8).isEqualTo("你好\n");
    }

    @Test
    void deepFoldersAreReached() throws IOException {
        Node node = NtfsImage.at(files, "names", "deep");
        for (int i = 0; i < 40; i++) {
            node = files.node(NtfsImage.name(files, node, Integer.toString(i)));
        }
        assertThat(NtfsImage.names(files, node)).containsOnlyKeys("end");
    }

    @Test
    void smallAndLargeContentsAreRead() throws IOException {
        assertThat(content("files", "empty")).isEmpty();
        assertThat(content("files", "small")).asString().isEqualTo("as small as this");
        assertThat(content("files", "large")).isEqualTo(source("noise"));
        assertThat(NtfsImage.at(files, "files", "large").size()).isEqualTo(300_001);
    }

    @Test
    void timesAreExact() throws IOException {
        Instant expected = Instant.parse("1601-01-01T00:00:00Z")
                .plusSeconds(0x01c0000000000001L / 10_000_000)
                .plusNanos(0x01c0000000000001L % 10_000_000 * 100);
        Node timed = NtfsImage.at(files, "files", "timed");
        assertThat(timed.created()).contains(expected);
        assertThat(timed.owner()).isEmpty();
    }

    @Test
    void namesOfOneFileHaveOneIdAndAreCounted() throws IOException {
        Node one = NtfsImage.at(files, "files", "one");
        assertThat(one).isEqualTo(NtfsImage.at(files, "files", "three"));
        assertThat(one.links()).isEqualTo(3);
        assertThat(NtfsImage.at(files, "files", "1", "many").links()).isEqualTo(300);
        assertThat(content("files", "20", "name-of-many-14")).asString().isEqualTo("many\n");
    }

    @Test
    void aSparseFileTellsWhatWasWritten() throws IOException {
        FileContent ten = files.open(NtfsImage.at(files, "holes", "ten"));
        long mb = 1 << 20;
        assertThat(ten.size()).isEqualTo(10L << 30);
        assertThat(ten.data(0, ten.size()).stream().mapToLong(Extent::length).sum())
                .isBetween(3 * mb, 3 * mb + 65_536);
        assertThat(ten.data(4999 * mb, 5001 * mb)).containsExactly(new Extent(5000 * mb, 5001 * mb));
        ByteBuffer around = ByteBuffer.allocate(3 << 20);
        ten.read(4999 * mb, around);
        byte[] mixed = source("mixed");
        assertThat(Arrays.copyOf(around.array(), 1 << 20)).containsOnly(0);
        assertThat(Arrays.copyOfRange(around.array(), 1 << 20, (1 << 20) + mixed.length))
                .isEqualTo(mixed);
        assertThat(Arrays.copyOfRange(around.array(), 2 << 20, 3 << 20)).containsOnly(0);
    }

    @Test
    void aFileInThousandsOfPiecesIsPutTogether() throws IOException {
        FileContent pieces = files.open(NtfsImage.at(files, "holes", "pieces"));
        assertThat(NtfsImage.bytes(pieces)).isEqualTo(source("pieces"));
        assertThat(Shell.run("ntfsinfo", "-f", "-F", "holes/pieces", image.file.toString()))
                .contains("$ATTRIBUTE_LIST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "noise", "mixed", "tail", "sparse"})
    void compressedFilesAreRead(String name) throws IOException {
        FileContent content = files.open(NtfsImage.at(files, "pressed", name));
        byte[] expected = source(name);
        assertThat(NtfsImage.bytes(content)).isEqualTo(expected);
        byte[] read = new byte[expected.length];
        for (int at = 0; at < read.length; at += 777) {
            content.read(at, ByteBuffer.wrap(read, at, Math.min(777, read.length - at)));
        }
        assertThat(read).isEqualTo(expected);
        for (Extent extent : content.data(0, content.size())) {
            Arrays.fill(read, (int) extent.from(), (int) extent.to(), (byte) 0);
        }
        assertThat(read).as("holes").containsOnly(0);
    }

    @Test
    void compressedFilesAreReallyCompressedAndTellTheirHoles() throws IOException {
        assertThat(Shell.run("ntfsinfo", "-f", "-F", "pressed/text", image.file.toString()))
                .contains("COMPRESSED");
        FileContent sparse = files.open(NtfsImage.at(files, "pressed", "sparse"));
        assertThat(sparse.data(0, sparse.size())).containsExactly(new Extent(3 * 65_536, 5 * 65_536));
        assertThat(sparse.data(200_000, 200_001)).containsExactly(new Extent(200_000, 200_001));
    }

    @ParameterizedTest
    @CsvSource({"pressed/mixed", "holes/pieces", "files/large", "files/small", "names/Case"})
    void ntfscatReadsTheSame(String path) throws IOException {
        Path out = folder.resolve("cat");
        Shell.run("sh", "-c", "ntfscat -f " + image.file + " " + path + " > " + out);
        assertThat(content(path.split("/"))).isEqualTo(Files.readAllBytes(out));
    }

    @Test
    void linksLeadWhereTheyWereMadeToLead() throws IOException {
        Node links = NtfsImage.at(files, "links");
        assertThat(NtfsImage.name(files, links, "wsl").kind()).isEqualTo(NodeKind.LINK);
        assertThat(NtfsImage.name(files, links, "junction").kind()).isEqualTo(NodeKind.LINK);
        assertThat(NtfsImage.name(files, links, "interix").kind()).isEqualTo(NodeKind.UNKNOWN);
        assertThat(target("links", "wsl")).isEqualTo("../files/small");
        assertThat(target("links", "interix")).isEqualTo("/etc/passwd");
        assertThat(NtfsImage.at(files, "links", "pipe").kind()).isEqualTo(NodeKind.SPECIAL);
        assertThat(NtfsImage.at(files, "links", "device").kind()).isEqualTo(NodeKind.SPECIAL);
    }

    @Test
    void junctionsAndSymbolicLinksAreShownAsWindowsShowsThem() throws IOException {
        assertThat(target("links", "junction")).isEqualTo("C:\\Users\\王");
        assertThat(target("links", "volume")).isEqualTo("\\\\?\\Volume{3-4}\\");
        assertThat(target("links", "share")).isEqualTo("\\\\server\\share");
        assertThat(target("links", "symbolic")).isEqualTo("..\\files\\small");
    }

    @ParameterizedTest
    @CsvSource({"wof, WOF", "dedup, DEDUP", "away, CLOUD", "unheard, reparse tag 0x80001234", "efs, EFS"})
    void whatIsNotReadIsNamedWhenOpened(String name, String what) throws IOException {
        Node node = NtfsImage.at(files, "others", name);
        assertThat(node.kind()).isEqualTo(NodeKind.FILE);
        assertThat(node.size()).isEqualTo(8);
        assertThatThrownBy(() -> files.open(node))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.of("files.unsupported", "what", what)));
    }

    @Test
    void aFileOfASynchronisingProgramThatIsHereIsRead() throws IOException {
        assertThat(content("others", "cloud")).asString().isEqualTo("content\n");
    }

    @Test
    void aNameOfAFileThatIsGoneIsBroken() throws IOException {
        Node small = NtfsImage.at(files, "files", "small");
        Name stale = new Name("small", small.id() + (1L << 48), NodeKind.FILE);
        assertThatThrownBy(() -> files.node(stale))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("files.broken"));
    }

    private static String target(String... way) throws IOException {
        Node link = NtfsImage.at(files, way);
        assertThat(link.kind()).isEqualTo(NodeKind.LINK);
        String target = files.target(link);
        assertThat(link.size()).isEqualTo(target.getBytes(StandardCharsets.UTF_8).length);
        return target;
    }

    private static byte[] content(String... way) throws IOException {
        return NtfsImage.bytes(files.open(NtfsImage.at(files, way)));
    }

    private static byte[] source(String name) throws IOException {
        return Files.readAllBytes(sources.resolve(name));
    }
}
