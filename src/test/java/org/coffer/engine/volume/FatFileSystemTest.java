package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Volumes made by dosfstools and filled by mtools are read as they were filled.
 *
 * <pre>
 *   folder ── mcopy ──▶ image ──▶ reader, walk ─┐
 *      └──────────────────────▶ walk ───────────┴─ equal
 * </pre>
 */
class FatFileSystemTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Instant MADE = Instant.parse("2026-03-04T05:06:08Z");

    @TempDir
    private Path folder;

    private Path image = Path.of("disk");

    private void make(int megabytes, String... mkfs) throws IOException {
        image = folder.resolve("disk");
        try (RandomAccessFile raw = new RandomAccessFile(image.toFile(), "rw")) {
            raw.setLength((long) megabytes << 20);
        }
        List<String> command = new ArrayList<>(List.of(mkfs));
        command.add(image.toString());
        Shell.run(command.toArray(String[]::new));
    }

    private void mtool(String name, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("env", "LC_ALL=C.UTF-8", "TZ=Asia/Shanghai", "MTOOLS_SKIP_CHECK=1", name));
        command.addAll(List.of("-i", image.toString()));
        command.addAll(List.of(arguments));
        Shell.run(command.toArray(String[]::new));
    }

    private Path tree() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Random random = new Random(9);
        for (int size : new int[] {0, 1, 511, 512, 4096, 70_000, 300_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Files.write(tree.resolve("SIZE" + size), bytes);
        }
        Path names = Files.createDirectory(tree.resolve("Names of all kinds"));
        for (String name : List.of(
                ExtLab.CHINESE,
                "\u957f".repeat(80) + ".jpeg",
                "x".repeat(255),
                "thirteen char",
                "Fourteen chars",
                "README.TXT",
                "two.dots.tar.gz",
                "UEBER.TXT")) {
            Files.writeString(names.resolve(name), name);
        }
        Path deep = tree;
        for (int i = 0; i < 12; i++) {
            deep = Files.createDirectory(deep.resolve("level " + i));
        }
        Files.writeString(deep.resolve("bottom.txt"), "deep");
        Path many = Files.createDirectory(tree.resolve("many"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(many.resolve("photograph number " + i + ".jpg"), "picture " + i);
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(MADE));
            }
        }
        return tree;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mkfs.vfat -F 12 -s 8                 | 3
                    mkfs.vfat -F 16                      | 20
                    mkfs.vfat -F 32 -s 2                 | 80
                    mkfs.vfat -F 32 -S 4096 -s 1         | 300
                    mkfs.vfat -F 16 -f 1 -r 64 -s 2      | 9
                    """)
    void whatMtoolsCopiedIsReadAsItWas(String mkfs, int megabytes) throws IOException {
        make(megabytes, (mkfs + " -n PHOTOS").split(" "));
        Path tree = tree();
        try (Stream<Path> top = Files.list(tree)) {
            mtool(
                    "mcopy",
                    Stream.concat(Stream.of("-s", "-m", "-Q"), Stream.concat(top.map(Path::toString), Stream.of("::")))
                            .toArray(String[]::new));
        }
        try (FileBytes disk = new FileBytes(image)) {
            Volume volume = Volumes.of(disk).getFirst();
            assertThat(volume.readable()).isTrue();
            assertThat(Volumes.open(disk, volume).label()).isEqualTo("PHOTOS");
            FileSystem files = FatFileSystem.open(disk, SHANGHAI);
            assertThat(contents(Tree.read(files))).containsExactlyInAnyOrderElementsOf(contents(Tree.mounted(tree)));
        }
    }

    private static List<String> contents(SortedMap<String, Tree.Line> tree) {
        return tree.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + contents(entry.getValue()))
                .toList();
    }

    private static String contents(Tree.Line line) {
        return line.kind() == NodeKind.FILE
                ? "%d %s %s".formatted(line.size(), line.content(), line.modified())
                : line.kind().toString();
    }

    @Test
    void whatIsStrewnOverTheVolumeIsReadInOrder() throws IOException {
        make(4, "mkfs.vfat", "-F", "12", "-s", "4");
        Path piece = Files.write(folder.resolve("piece"), new byte[2048]);
        for (int i = 0; i < 60; i++) {
            mtool("mcopy", piece.toString(), "::piece" + i);
        }
        for (int i = 0; i < 60; i += 2) {
            mtool("mdel", "::piece" + i);
        }
        byte[] bytes = new byte[3_000_001];
        new Random(4).nextBytes(bytes);
        Path large = Files.write(folder.resolve("large"), bytes);
        Files.setLastModifiedTime(large, FileTime.from(MADE));
        mtool("mcopy", "-m", large.toString(), "::");
        try (FileBytes disk = new FileBytes(image)) {
            FileSystem files = FatFileSystem.open(disk, SHANGHAI);
            SortedMap<String, Tree.Line> read = Tree.read(files);
            assertThat(read).hasSize(31).doesNotContainKey("piece0").containsKey("piece1");
            assertThat(contents(read)).contains("large: " + bytes.length + " " + checksum(bytes) + " " + MADE);
            List<Long> places = new ArrayList<>();
            files.names(files.root(), name -> {
                if (name.text().equals("large")) {
                    FatContent content = (FatContent) files.open(files.node(name));
                    for (long at = 0; at < content.size(); at += 2048) {
                        places.add(content.chain().place(at));
                    }
                }
                return true;
            });
            long jumps = 0;
            for (int i = 1; i < places.size(); i++) {
                jumps += places.get(i) == places.get(i - 1) + 2048 ? 0 : 1;
            }
            assertThat(jumps).isGreaterThan(20);
        }
    }

    /** As the systems write them that use the bits for small letters, and letters beyond ASCII. */
    @Test
    void shortNamesAreShownAsTheyAreMeant() throws IOException {
        make(3, "mkfs.vfat", "-F", "12");
        for (String name : List.of("READ.ME", "NOTES.TXT", "UEBER", "FIRST.C")) {
            mtool("mcopy", Files.writeString(folder.resolve(name), name).toString(), "::");
        }
        byte[] bytes = Files.readAllBytes(image);
        bytes[find(bytes, "READ    ME ") + 12] = 0x08;
        bytes[find(bytes, "NOTES   TXT") + 12] = 0x18;
        bytes[find(bytes, "UEBER      ")] = (byte) 0x9a;
        bytes[find(bytes, "FIRST   C  ")] = 0x05;
        assertThat(Tree.read(FatFileSystem.open(new MemoryBytes(bytes), SHANGHAI)))
                .containsOnlyKeys("read.ME", "notes.txt", "\u00dcEBER", "\u03c3IRST.C");
    }

    /** mtools writes no characters of two halves; other systems do. */
    @Test
    void charactersOfTwoHalvesAndHalfOnesInLongNamesAreTold() throws IOException {
        make(3, "mkfs.vfat", "-F", "12");
        for (String name : List.of("12 camera.png", "3 half a character.png")) {
            mtool("mcopy", Files.writeString(folder.resolve(name), name).toString(), "::");
        }
        byte[] bytes = Files.readAllBytes(image);
        int two = find(bytes, "1\0002\000 \000c");
        System.arraycopy("\ud83d\udcf7".getBytes(StandardCharsets.UTF_16LE), 0, bytes, two, 4);
        bytes[find(bytes, "3\000 \000h") + 1] = (byte) 0xdc;
        assertThat(Tree.read(FatFileSystem.open(new MemoryBytes(bytes), SHANGHAI)))
                .containsOnlyKeys("\ud83d\udcf7 camera.png", "\\udc33 half a character.png");
    }

    @Test
    void aLongNameThatBelongsToAnotherEntryDoesNotCount() throws IOException {
        make(3, "mkfs.vfat", "-F", "12");
        Path file = Files.writeString(folder.resolve("a rather long name.text"), "");
        mtool("mcopy", file.toString(), "::");
        byte[] bytes = Files.readAllBytes(image);
        bytes[find(bytes, "ARATHE~1TEX")] = 'B';
        assertThat(Tree.read(FatFileSystem.open(new MemoryBytes(bytes), SHANGHAI)))
                .containsOnlyKeys("BRATHE~1.TEX");
    }

    private static int find(byte[] bytes, String wanted) {
        int found = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(wanted);
        assertThat(found).isPositive();
        return found;
    }

    private static String checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return Long.toHexString(checksum.getValue());
    }

    @ParameterizedTest
    @CsvSource({"12, 1", "16, 4", "32, 36"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void harmedImagesAreReadToAnEnd(int bits, int megabytes) throws IOException {
        make(megabytes, "mkfs.vfat", "-F", "" + bits, "-s", "1");
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Path below = Files.createDirectories(tree.resolve("a folder/below"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(below.resolve("file with number " + i), "x".repeat(i * 100));
        }
        mtool("mcopy", "-s", tree.toString(), "::");
        Hostile hostile = new Hostile(Files.readAllBytes(image), 21);
        int refused = hostile.refused(volume -> FatFileSystem.open(volume, SHANGHAI), 2000);
        assertThat(refused).isBetween(20, 1900);
    }
}
