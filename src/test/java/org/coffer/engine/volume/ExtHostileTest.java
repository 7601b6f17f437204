package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.coffer.machine.Shell;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes of a file system are, reading it ends, in bounds, with files or with a problem. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExtHostileTest {
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

    private Path tree() throws IOException {
        Path tree = Files.createDirectory(lab.folder().resolve("tree"));
        Path below = Files.createDirectories(tree.resolve("a folder/below"));
        for (int i = 0; i < 40; i++) {
            Files.writeString(below.resolve("file " + i), "x".repeat(i * 4));
        }
        Files.write(tree.resolve("large"), new byte[400_000]);
        ExtLab.strewn(tree.resolve("strewn"), 40);
        Files.createSymbolicLink(tree.resolve("short"), Path.of("target"));
        Files.createSymbolicLink(tree.resolve("long"), Path.of("t".repeat(200)));
        return tree;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkfs.ext2 -q -b 1024 -N 64",
                "mkfs.ext4 -q -b 1024 -N 64 -O ^has_journal",
                "mkfs.ext4 -q -b 1024 -N 64 -O ^has_journal,inline_data,meta_bg,^resize_inode",
            })
    void harmedImagesAreReadToAnEnd(String mkfs) throws IOException {
        Path image = lab.make("disk", 2, (mkfs + " -d " + tree()).split(" "));
        assertThat(Tree.read(ExtFileSystem.open(new MemoryBytes(Files.readAllBytes(image)), "ext4")))
                .hasSize(47);
        Hostile hostile = new Hostile(Files.readAllBytes(image), 11);
        int refused = hostile.refused(volume -> ExtFileSystem.open(volume, "ext4"), 2000);
        assertThat(refused).isBetween(100, 1900);
    }

    @Test
    void harmedJournalsAreReadToAnEnd() throws IOException {
        Path image = lab.make("disk", 3, "mkfs.ext4", "-q", "-b", "1024", "-N", "64", "-J", "size=1");
        Path copy = lab.folder().resolve("copy");
        lab.mounted(image, "noatime,commit=300", root -> {
            for (int i = 0; i < 10; i++) {
                Path file = Files.writeString(root.resolve("file " + i), "content");
                Shell.run("sync", file.toString());
            }
            Files.copy(image, copy);
            return true;
        });
        Hostile hostile = new Hostile(Files.readAllBytes(copy), 12);
        int refused = hostile.refused(volume -> ExtFileSystem.open(volume, "ext4"), 2000);
        assertThat(refused).isBetween(20, 1900);
    }

    /** A map of three levels whose blocks are one and the same, half holes: 2^29 pieces out of 4 KiB. */
    @Test
    void aMapThatLeadsToItselfEndsInBoundedMemory() throws IOException {
        Path tree = Files.createDirectory(lab.folder().resolve("tree"));
        Files.write(tree.resolve("file"), new byte[] {1});
        Path image = lab.make("disk", 8, "mkfs.ext2", "-q", "-b", "4096", "-N", "64", "-d", tree.toString());
        Shell.run("debugfs", "-w", "-R", "set_inode_field /file block[TIND] 1900", image.toString());
        Shell.run("debugfs", "-w", "-R", "set_inode_field /file size 4000000000000", image.toString());
        byte[] bytes = Files.readAllBytes(image);
        ByteBuffer map = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 1024; i += 2) {
            map.putInt(1900 * 4096 + 4 * i, 1900);
        }
        FileSystem files = ExtFileSystem.open(new MemoryBytes(bytes), "ext2");
        files.names(files.root(), name -> {
            if (name.text().equals("file")) {
                FileContent content = files.open(files.node(name));
                assertThat(content.size()).isEqualTo(4_000_000_000_000L);
                assertThat(content.data(0, content.size())).hasSize(1 << 20);
            }
            return true;
        });
    }

    @Test
    void randomBytesAreNoFileSystem() throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(5).nextBytes(bytes);
        bytes[1024 + 56] = 0x53;
        bytes[1024 + 57] = (byte) 0xef;
        Hostile hostile = new Hostile(bytes, 13);
        assertThat(hostile.refused(volume -> ExtFileSystem.open(volume, "ext4"), 300))
                .isEqualTo(300);
    }

    /** All numbers of a block lead to it again, so that 2^32 blocks of the folder are this one. */
    @Test
    void aFolderWhoseBlocksAreAllTheSameOneIsBroken() throws IOException {
        Path image = lab.make(
                "disk",
                16,
                "mkfs.ext4",
                "-q",
                "-F",
                "-F",
                "-b",
                "65536",
                "-O",
                "^has_journal,^extent,^64bit,large_dir,^metadata_csum",
                "-d",
                tree().toString());
        String block = Shell.run("debugfs", "-R", "ffb 1", image.toString())
                .replaceAll("\\D+", " ")
                .strip();
        long number = Long.parseLong(block.substring(block.lastIndexOf(' ') + 1));
        for (String field : new String[] {"block[TIND] " + number, "size 0xffffffffffff"}) {
            Shell.run("debugfs", "-w", "-R", "set_inode_field \"/a folder\" " + field, image.toString());
        }
        byte[] bytes = Files.readAllBytes(image);
        ByteBuffer all =
                ByteBuffer.wrap(bytes, (int) number << 16, 1 << 16).slice().order(ByteOrder.LITTLE_ENDIAN);
        while (all.hasRemaining()) {
            all.putInt((int) number);
        }
        FileSystem files = ExtFileSystem.open(new MemoryBytes(bytes), "ext4");
        Name[] found = new Name[1];
        files.names(files.root(), name -> {
            found[0] = name.text().equals("a folder") ? name : found[0];
            return true;
        });

        assertThatThrownBy(() -> files.names(files.node(found[0]), name -> true))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("files.broken"));
    }
}
