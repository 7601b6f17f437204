package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.coffer.engine.disk.BlockTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition table restored onto a larger disk, in the judgement of sgdisk and sfdisk. */
class GptMoverTest {
    private static final int MB = 1 << 20;

    @TempDir
    private Path folder;

    private Path file;
    private Machine machine;

    @BeforeEach
    void makeDisk() throws IOException {
        machine = LinuxMachine.ofThisComputer(folder.resolve("disks"));
        file = folder.resolve("disk.img");
        resize(32);
        Shell.run("sgdisk", "-n", "1:2048:+8M", "-c", "1:Root", "-n", "2:0:0", file.toString());
    }

    private void resize(int megabytes) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength((long) megabytes * MB);
        }
    }

    private void settle() throws IOException {
        try (BlockTarget target = machine.target(machine.inspect(file))) {
            target.settle(32L * MB);
        }
    }

    @Test
    void theSecondHeaderGoesToTheNewEnd() throws IOException {
        String before = Shell.run("sfdisk", "-d", file.toString());
        resize(100);
        assertThat(Shell.attempt("sgdisk", "-v", file.toString()).said()).contains("Identified");
        settle();
        assertThat(Shell.run("sgdisk", "-v", file.toString())).contains("No problems found");
        assertThat(Shell.run("sfdisk", "--verify", file.toString())).contains("No errors detected");
        String after = Shell.run("sfdisk", "-d", file.toString());
        assertThat(after.lines().filter(line -> !line.startsWith("last-lba")))
                .containsExactlyElementsOf(before.lines()
                        .filter(line -> !line.startsWith("last-lba"))
                        .toList());
        assertThat(after).contains("last-lba: " + (100 * MB / 512 - 34));
    }

    @Test
    void theSecondCopyAloneBringsTheTableBack() throws IOException {
        resize(100);
        settle();
        String before = Shell.run("sfdisk", "-d", file.toString());
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(512);
            raw.write(new byte[512]);
        }
        Shell.run("sgdisk", "-r", file.toString());
        Shell.attempt("sh", "-c", "printf 'r\\nb\\nw\\ny\\n' | gdisk " + file);
        assertThat(Shell.run("sfdisk", "-d", file.toString()).lines().filter(line -> line.startsWith(file.toString())))
                .containsExactlyElementsOf(before.lines()
                        .filter(line -> line.startsWith(file.toString()))
                        .toList());
    }

    @Test
    void aTableThatFitsOrIsDamagedIsLeftAlone() throws IOException {
        byte[] fits = Files.readAllBytes(file);
        try (BlockTarget target = machine.target(machine.inspect(file))) {
            assertThat(new GptMover(target).move()).isFalse();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(fits);
        resize(100);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(1024 + 60);
            raw.write(1);
        }
        byte[] damaged = Files.readAllBytes(file);
        settle();
        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }

    @Test
    void aTableForLargeSectorsIsMovedInLargeSectors() throws IOException {
        Path large = folder.resolve("large.img");
        file = large;
        resize(64);
        try (LoopDevice loop = LoopDevice.attach(file, "-b", "4096")) {
            Shell.run("sgdisk", "-n", "1:256:+8M", loop.path().toString());
        }
        resize(128);
        try (LoopDevice loop = LoopDevice.attach(file, "-b", "4096")) {
            try (BlockTarget target = machine.target(machine.inspect(loop.path()))) {
                target.settle(64L * MB);
            }
            assertThat(Shell.run("sgdisk", "-v", loop.path().toString())).contains("No problems found");
        }
    }
}
