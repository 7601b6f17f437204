package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A disk that is copied while it is mounted, with its latest changes in the journal only, is read as the kernel shows the copy
 * after its recovery; needs root, for mounts.
 *
 * <pre>
 *   mount, change, fsync ── copy ──▶ copy.img ──▶ reader, walk ─────────────┐
 *                                       └──────▶ mount (recovers), walk ────┴─ equal
 * </pre>
 */
class ExtJournalTest {
    private static final int INCOMPATIBLE = 1024 + 96;
    private static final int RECOVER = 0x4;
    private static final int COMMIT = 2;
    private static final int COMMIT_TIME = 55;

    /** With it, a block of the journal begins. */
    private static final byte[] MAGIC = {(byte) 0xc0, 0x3b, 0x39, (byte) 0x98};

    @TempDir
    private Path folder;

    private ExtLab lab;

    @BeforeEach
    void openLab() throws IOException {
        lab = new ExtLab(folder);
    }

    @AfterEach
    void closeLab() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mkfs.ext3 -q -b 1024 -J size=4                | data=ordered
                    mkfs.ext4 -q -b 4096 -J size=4                | data=ordered
                    mkfs.ext4 -q -b 1024 -O ^64bit -J size=4      | data=journal
                    mkfs.ext4 -q -b 4096 -O ^metadata_csum        | data=journal
                    mkfs.ext4 -q -b 4096 -J size=4                | data=journal,journal_checksum
                    mkfs.ext4 -q -b 4096 -O fast_commit           | data=journal
                    """)
    void aDiskThatWasCopiedWhileMountedIsReadAsAfterItsRecovery(String mkfs, String options) throws IOException {
        Path image = lab.make("disk", 48, mkfs.split(" "));
        Path copy = dirtyCopy(image, options);
        Path unrecovered = Files.copy(copy, lab.folder().resolve("unrecovered"));
        forgetRecovery(unrecovered);
        try (FileBytes disk = new FileBytes(copy);
                FileBytes old = new FileBytes(unrecovered)) {
            SortedMap<String, Tree.Line> read = Tree.read(ExtFileSystem.open(disk, "ext4"));
            assertThat(read).containsKey("late/" + ExtLab.CHINESE).doesNotContainKey("early");
            assertThat(namesAtRoot(ExtFileSystem.open(old, "ext4"))).contains("early");
            SortedMap<String, Tree.Line> shown = lab.mounted(copy, "noatime", Tree::mounted);
            assertThat(Tree.differences(read, shown)).isEmpty();
        }
    }

    /** An inode that was not brought up to date may have blocks that belong to another file by now. */
    @Test
    void aJournalThatCannotBeReplayedIsRefusedAndNothingOldShown() throws IOException {
        Path copy = dirtyCopy(lab.make("disk", 48, "mkfs.ext4", "-q", "-b", "4096"), "data=ordered");
        byte[] bytes = Files.readAllBytes(copy);
        assertThat(namesAtRoot(ExtFileSystem.open(new MemoryBytes(bytes), "ext4")))
                .contains("late");
        ByteBuffer disk = ByteBuffer.wrap(bytes);
        int header = 0;
        // The journal's superblock, of version 2.
        while (!disk.slice(header, 4).equals(ByteBuffer.wrap(MAGIC)) || disk.getInt(header + 4) != 4) {
            header += 4096;
        }
        int features = disk.getInt(header + 40);
        disk.putInt(header + 40, features | 0x100);
        isRefused(bytes);
        disk.putInt(header + 40, features).putInt(header, 0);
        isRefused(bytes);
        disk.put(header, MAGIC).putInt(1024 + 0xe0, 0);
        isRefused(bytes);
    }

    private static void isRefused(byte[] bytes) {
        assertThatThrownBy(() -> ExtFileSystem.open(new MemoryBytes(bytes), "ext4"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.of("files.journal", "format", "ext4")));
    }

    /**
     * Its commit is there and sound, and yet it is not what was logged: it never came to the disk, or the log came round while the disk was
     * copied.
     */
    @Test
    void aLoggedBlockThatIsNotWhatWasLoggedIsBrokenAndItsBytesAreNotShown() throws IOException {
        Path copy = dirtyCopy(lab.make("disk", 48, "mkfs.ext4", "-q", "-b", "4096", "-J", "size=4"), "data=journal");
        byte[] bytes = Files.readAllBytes(copy);
        assertThat(content(bytes, "kept")).isEqualTo("shorter");
        int harmed = 0;
        for (int at = 0; at < bytes.length; at += 4096) {
            if (new String(bytes, at, 8, StandardCharsets.ISO_8859_1).equals("shorter\0")) {
                bytes[at] = 'S';
                harmed++;
            }
        }
        assertThat(harmed).as("it lies in the log").isPositive();
        assertThatThrownBy(() -> content(bytes, "kept"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("files.broken"));
        assertThat(content(bytes, "marker")).as("what else there is").hasSize(MAGIC.length);
    }

    private static String content(byte[] disk, String name) throws IOException {
        FileSystem files = ExtFileSystem.open(new MemoryBytes(disk), "ext4");
        List<Name> found = new ArrayList<>();
        files.names(files.root(), each -> !each.text().equals(name) || !found.add(each));
        Node node = files.node(found.getFirst());
        ByteBuffer content = ByteBuffer.allocate((int) node.size());
        files.open(node).read(0, content);
        return new String(content.array(), StandardCharsets.ISO_8859_1);
    }

    /** The disk went away before the last commit was whole, or written at all. */
    @Test
    void whatWasNotCommittedDoesNotCount() throws IOException {
        Path copy = dirtyCopy(lab.make("disk", 48, "mkfs.ext4", "-q", "-b", "4096"), "data=ordered");
        byte[] bytes = Files.readAllBytes(copy);
        int last = lastCommit(bytes);
        bytes[last + COMMIT_TIME]++;
        SortedMap<String, Tree.Line> half = Tree.read(ExtFileSystem.open(new MemoryBytes(bytes), "ext4"));
        Arrays.fill(bytes, last, last + 4096, (byte) 0);
        Files.write(copy, bytes);
        SortedMap<String, Tree.Line> none = Tree.read(ExtFileSystem.open(new MemoryBytes(bytes), "ext4"));
        SortedMap<String, Tree.Line> shown = lab.mounted(copy, "noatime", Tree::mounted);
        assertThat(shown).containsKeys("late/big 18", "early");
        assertThat(Tree.differences(none, shown)).isEmpty();
        assertThat(Tree.differences(half, none)).isEmpty();
    }

    private static int lastCommit(byte[] bytes) {
        ByteBuffer disk = ByteBuffer.wrap(bytes);
        int found = -1;
        for (int at = 0; at < bytes.length; at += 4096) {
            boolean commit = disk.slice(at, 4).equals(ByteBuffer.wrap(MAGIC)) && disk.getInt(at + 4) == COMMIT;
            if (commit && (found < 0 || disk.getInt(at + 8) > disk.getInt(found + 8))) {
                found = at;
            }
        }
        return found;
    }

    private static String namesAtRoot(FileSystem files) throws IOException {
        StringBuilder names = new StringBuilder();
        files.names(
                files.root(), name -> !names.append(name.text()).append('\n').isEmpty());
        return names.toString();
    }

    /** The commit is far off, so that only what is synced by name is in the journal, and nothing in its place. */
    private Path dirtyCopy(Path image, String options) throws IOException {
        Path copy = lab.folder().resolve("copy");
        lab.mounted(image, "noatime,commit=300", root -> {
            Files.writeString(root.resolve("early"), "goes");
            Files.write(root.resolve("kept"), new byte[50_000]);
            fillFolder(root.resolve("goes"), 600);
            return true;
        });
        lab.mounted(image, "noatime,commit=300," + options, root -> {
            fillFolder(root.resolve("late"), 400);
            sync(Files.writeString(root.resolve("late").resolve(ExtLab.CHINESE), ExtLab.CHINESE));
            // What was a folder's block, and logged as such, is written over as a file's without the journal.
            deleteFolder(root.resolve("goes"));
            deleteFolder(root.resolve("late again"));
            sync(Files.write(root.resolve("marker"), MAGIC));
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[100_000];
                ByteBuffer.wrap(bytes).put(MAGIC).putInt(i).put(4096, MAGIC).put(8192, MAGIC);
                sync(Files.write(root.resolve("late").resolve("big " + i), bytes));
            }
            Files.delete(root.resolve("early"));
            sync(Files.writeString(root.resolve("kept"), "shorter"));
            Files.copy(image, copy);
            return true;
        });
        return copy;
    }

    private static void fillFolder(Path folder, int names) throws IOException {
        Files.createDirectory(folder);
        Path other = Files.createDirectory(folder.resolveSibling(folder.getFileName() + " again"));
        for (int i = 0; i < names; i++) {
            Path file = Files.writeString(folder.resolve("a file with number " + i), "content " + i);
            Files.createLink(other.resolve("another name of the file with number " + i), file);
        }
        sync(Files.writeString(folder.resolve("last"), "synced"));
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (var names = Files.list(folder)) {
            for (Path name : names.toList()) {
                Files.delete(name);
            }
        }
        Files.delete(folder);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void forgetRecovery(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer flags = ByteBuffer.allocate(1);
            channel.read(flags, INCOMPATIBLE);
            assertThat(flags.get(0) & RECOVER).isEqualTo(RECOVER);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (flags.get(0) & ~RECOVER)}), INCOMPATIBLE);
        }
    }
}
