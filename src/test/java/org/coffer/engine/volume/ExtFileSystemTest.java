package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.coffer.engine.disk.Extent;
import org.coffer.machine.Shell;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * File systems made by e2fsprogs and filled by the kernel are read as the kernel shows them; needs root, for mounts.
 *
 * <pre>
 *   mkfs ── mount, fill, unmount ──▶ image ──▶ mount read-only, walk ─┐
 *                                      └─────▶ reader, walk ──────────┴─ equal
 * </pre>
 */
class ExtFileSystemTest {
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

    private static FileSystem open(Bytes disk) throws IOException {
        Volume volume = Volumes.of(disk).getFirst();
        assertThat(volume.readable()).isTrue();
        return Volumes.open(disk, volume);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ext2 | mkfs.ext2 -q -b 1024
                    ext2 | mkfs.ext2 -q -b 4096 -I 128 -O ^filetype
                    ext3 | mkfs.ext3 -q -b 2048
                    ext4 | mkfs.ext4 -q -b 4096
                    ext4 | mkfs.ext4 -q -b 1024 -O ^64bit,^metadata_csum,^flex_bg
                    ext4 | mkfs.ext4 -q -b 1024 -g 1024 -O meta_bg,^resize_inode
                    ext4 | mkfs.ext4 -q -b 4096 -I 512 -O inline_data,large_dir,ea_inode,metadata_csum_seed
                    ext4 | mkfs.ext4 -q -b 1024 -O bigalloc -C 16384
                    """)
    void whatTheKernelWroteIsReadAsTheKernelShowsIt(String format, String mkfs) throws IOException {
        Path image = lab.make("disk", 160, (mkfs + " -L Photos-2026").split(" "));
        lab.mounted(image, "noatime", root -> {
            ExtLab.fill(root);
            return true;
        });
        SortedMap<String, Tree.Line> shown = lab.mounted(image, "ro", Tree::mounted);
        try (FileBytes disk = new FileBytes(image)) {
            FileSystem files = open(disk);
            assertThat(files.format()).isEqualTo(format);
            assertThat(files.label()).isEqualTo("Photos-2026");
            assertThat(Tree.differences(Tree.read(files), shown)).isEmpty();
            assertThat(shown).hasSizeGreaterThan(450);
            holesAreTold(files);
        }
    }

    private static void holesAreTold(FileSystem files) throws IOException {
        FileContent sparse = files.open(find(files, files.root(), "sparse"));
        ByteBuffer read = ByteBuffer.allocate(10_000);
        sparse.read(70 << 20, read);
        List<Extent> data = sparse.data(0, sparse.size());
        assertThat(data).hasSize(3);
        int[] from = {0, (1 << 20) + 3, 70 << 20};
        for (int i = 0; i < 3; i++) {
            assertThat(data.get(i).from()).isBetween(from[i] - 4096L, (long) from[i]);
            assertThat(data.get(i).to()).isBetween(from[i] + 10_000L, from[i] + 14_096L);
        }
        assertThat(sparse.data(5000, 6000)).containsExactly(new Extent(5000, 6000));
        assertThat(sparse.data(30_000, 40_000)).isEmpty();
        FileContent strewn = files.open(find(files, files.root(), "strewn"));
        assertThat(strewn.data(0, strewn.size())).hasSize(3000);
    }

    private static Node find(FileSystem files, Node folder, String wanted) throws IOException {
        List<Name> found = new ArrayList<>();
        files.names(folder, name -> {
            if (name.text().equals(wanted)) {
                found.add(name);
            }
            return found.isEmpty();
        });
        return files.node(found.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {16384, 65536})
    void blocksLargerThanThisKernelMountsAreRead(int block) throws IOException {
        Path tree = Files.createDirectory(lab.folder().resolve("tree"));
        ExtLab.fill(tree);
        Path image = lab.make("disk", 160, "mkfs.ext4", "-q", "-F", "-b", "" + block, "-d", tree.toString());
        Map<String, String> expected = contents(Tree.mounted(tree));
        expected.put("lost+found", "FOLDER ");
        try (FileBytes disk = new FileBytes(image)) {
            assertThat(contents(Tree.read(open(disk)))).isEqualTo(expected);
        }
    }

    /** The tool does not keep all else. */
    private static Map<String, String> contents(SortedMap<String, Tree.Line> tree) {
        Map<String, String> contents = new HashMap<>();
        tree.forEach((path, line) -> contents.put(path, line.kind() + " " + line.content()));
        return contents;
    }

    @Test
    void whatIsAllocatedButNotWrittenIsAHole() throws IOException {
        Path image = lab.make("disk", 20, "mkfs.ext4", "-q");
        lab.mounted(image, "noatime", root -> {
            Path file = Files.write(root.resolve("file"), new byte[] {1, 2, 3});
            Shell.run("fallocate", "-l", "5M", file.toString());
            return true;
        });
        try (FileBytes disk = new FileBytes(image)) {
            FileSystem files = open(disk);
            FileContent file = files.open(find(files, files.root(), "file"));
            assertThat(file.size()).isEqualTo(5 << 20);
            assertThat(file.data(0, file.size())).hasSize(1).allMatch(extent -> extent.to() <= 4096);
            ByteBuffer read = ByteBuffer.allocate(5 << 20);
            file.read(0, read);
            assertThat(read.flip().slice(3, read.limit() - 3)).isEqualTo(ByteBuffer.allocate(read.limit() - 3));
        }
    }

    @Test
    void aFolderOf200000NamesIsListedInFewReads() throws IOException {
        Path image = lab.make("disk", 64, "mkfs.ext4", "-q", "-N", "1000");
        lab.mounted(image, "noatime", root -> {
            Path many = Files.createDirectory(root.resolve("many"));
            for (int i = 0; i < 4; i++) {
                Path file = Files.createFile(root.resolve("file " + i));
                for (int j = 0; j < 50_000; j++) {
                    Files.createLink(many.resolve("photo %d-%05d.jpg".formatted(i, j)), file);
                }
            }
            return true;
        });
        try (FileBytes file = new FileBytes(image)) {
            CountedBytes disk = new CountedBytes(file);
            FileSystem files = open(disk);
            Node many = find(files, files.root(), "many");
            disk.reads().set(0);
            Set<String> names = new HashSet<>();
            files.names(many, name -> names.add(name.text()));
            assertThat(names).hasSize(200_000);
            assertThat(disk.reads()).hasValueLessThan(500);
            List<Name> first = new ArrayList<>();
            files.names(many, name -> {
                first.add(name);
                return first.size() < 10;
            });
            assertThat(first).hasSize(10);
        }
    }

    @Test
    void whatIsEncryptedIsNamed() throws IOException {
        Path image = lab.make("disk", 10, "mkfs.ext4", "-q", "-O", "encrypt");
        lab.mounted(image, "noatime", root -> Files.createDirectory(root.resolve("secret")));
        // The flag is what a reader goes by; without a key, nothing but names would be in such a folder.
        Shell.run("debugfs", "-w", "-R", "set_inode_field /secret flags 0x80800", image.toString());
        try (FileBytes disk = new FileBytes(image)) {
            FileSystem files = open(disk);
            Node secret = find(files, files.root(), "secret");
            assertThatThrownBy(() -> files.names(secret, name -> true))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().code()).isEqualTo("files.unsupported");
                        assertThat(e.problem().args()).containsEntry("what", "fscrypt");
                    });
        }
    }

    @Test
    void featuresThatAreNotReadHereAreNamed() throws IOException {
        Path image = lab.make("disk", 10, "mkfs.ext4", "-q");
        byte[] bytes = Files.readAllBytes(image);
        bytes[1024 + 97] |= 0x10;
        bytes[1024 + 99] |= 0x40;
        assertThatThrownBy(() -> open(new MemoryBytes(bytes))).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("files.unsupported");
            assertThat(e.problem().args()).containsEntry("what", "dirdata, ext4 incompat 0x40000000");
        });
    }
}
