package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.volume.LastVolume;
import org.coffer.engine.volume.SourceBytes;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S1: file systems on a disk that became larger, grown and judged by their own tools. Needs root, for loop devices and mounts. */
class LinuxGrowingTest {
    private static final long MB = 1 << 20;

    @TempDir
    private Path folder;

    private OtherTools tools;
    private Machine machine;

    @BeforeEach
    void findTools() throws IOException {
        tools = new OtherTools(folder.resolve("tools"));
        machine = tools.machine(folder.resolve("disks"));
    }

    /** Grows what lies last on a disk that was {@code before} MB. */
    private long grow(Path disk, int before, Work work) throws IOException {
        FoundDisk found = machine.inspect(disk);
        try (BlockTarget held = machine.target(found)) {
            held.settle(before * MB);
            LastVolume last = LastVolume.on(new SourceBytes(held).part(0, before * MB), held.size());
            assertThat(machine.growing().whyNot(last.volume())).isEmpty();
            long size = machine.growing().grow(found, held, last, work);
            held.settle(held.size());
            return size;
        }
    }

    private void growsInAnImage(String label, String format, int megabytes, String... check) throws IOException {
        Path disk = SmallSystem.make(folder.resolve("make"), label, format, megabytes);
        int before = label.isEmpty() ? megabytes : megabytes + 5;
        SmallSystem.Shown was = SmallSystem.shown(disk);
        assertThat(was.files()).hasSize(5);
        SmallSystem.resize(disk, before + 100);
        long size = grow(disk, before, Work.quiet());
        assertThat(size).isGreaterThan((megabytes + 90) * MB);
        judge(disk, label, was, size, check);
    }

    private void judge(Path disk, String label, SmallSystem.Shown was, long size, String... check) throws IOException {
        SmallSystem.Shown now = SmallSystem.shown(disk);
        assertThat(now.files()).isEqualTo(was.files());
        assertThat(now.volume().start()).isEqualTo(was.volume().start());
        assertThat(now.volume().size()).isGreaterThanOrEqualTo(size);
        if (label.equals("gpt")) {
            assertThat(Shell.run("sgdisk", "-v", disk.toString())).contains("No problems found");
        }
        if (!label.isEmpty()) {
            assertThat(Shell.run("sfdisk", "--verify", disk.toString())).contains("No errors detected");
        }
        try (LoopDevice loop = LoopDevice.attach(
                disk,
                "-o",
                "" + now.volume().start(),
                "--sizelimit",
                "" + now.volume().size())) {
            String[] command = Arrays.copyOf(check, check.length + 1);
            command[check.length] = loop.path().toString();
            Shell.run(command);
        }
    }

    @Test
    void ext4BehindAGptGrowsInAnImage() throws IOException {
        growsInAnImage("gpt", "ext4", 24, "e2fsck", "-fn");
    }

    @Test
    void ext2BehindAnMbrGrowsInAnImage() throws IOException {
        growsInAnImage("dos", "ext2", 24, "e2fsck", "-fn");
    }

    @Test
    void ext4WithoutATableGrowsInAnImage() throws IOException {
        growsInAnImage("", "ext4", 24, "e2fsck", "-fn");
    }

    @Test
    void xfsBehindAGptGrowsWhileItIsMountedWhereNobodySeesIt() throws IOException {
        growsInAnImage("gpt", "xfs", 320, "xfs_repair", "-n");
    }

    @Test
    void ntfsBehindAGptGrows() throws IOException {
        growsInAnImage("gpt", "ntfs", 24, "ntfsfix", "-n");
    }

    @Test
    void ntfsBehindAnMbrGrows() throws IOException {
        growsInAnImage("dos", "ntfs", 24, "ntfsfix", "-n");
    }

    @Test
    void aDeviceGrowsWhileItIsHeldAgainstEverybodyElseAndNoOtherDiskIsSeenMeanwhile() throws IOException {
        Path disk = SmallSystem.make(folder.resolve("make"), "gpt", "ext4", 24);
        SmallSystem.Shown was = SmallSystem.shown(disk);
        SmallSystem.resize(disk, 129);
        Path seen = folder.resolve("seen");
        tools.put(
                "resize2fs",
                "losetup -O NAME,BACK-FILE -n > " + seen,
                "exec " + Tool.find("resize2fs").orElseThrow() + " \"$@\"");
        long size;
        try (LoopDevice loop = LoopDevice.attach(disk)) {
            tools.put(
                    "e2fsck",
                    "echo $1 $2 >> " + folder.resolve("asked"),
                    "exec " + Tool.find("e2fsck").orElseThrow() + " \"$@\"");
            size = grow(loop.path(), 29, Work.quiet());
            assertThat(Files.readString(seen)).contains(loop.path() + "\n");
            assertThat(Files.readAllLines(folder.resolve("asked"))).containsExactly("-f -p", "-f -n");
            assertThat(machine.disks())
                    .noneMatch(found -> found.model().contains(loop.path().toString()));
            assertThat(Shell.run("losetup", "-O", "BACK-FILE", "-n").lines())
                    .noneMatch(line -> line.contains(loop.path().toString()));
        }
        judge(disk, "gpt", was, size, "e2fsck", "-fn");
    }

    @Test
    void aToolThatFailsIsNamedWithWhatItSaid() throws IOException {
        Path disk = SmallSystem.make(folder.resolve("make"), "", "ext4", 24);
        SmallSystem.resize(disk, 80);
        tools.put("resize2fs", "echo It is Monday.", "kill -9 $$");
        assertThatThrownBy(() -> grow(disk, 24, Work.quiet()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().args())
                                .containsEntry("tool", "resize2fs")
                                .containsEntry("cause", "It is Monday."));
    }

    @Test
    void whatSaysThatItGrewAndDidNotIsNotBelieved() throws IOException {
        Path disk = SmallSystem.make(folder.resolve("make"), "", "ext4", 24);
        SmallSystem.resize(disk, 80);
        tools.put("resize2fs", "exit 0");
        assertThatThrownBy(() -> grow(disk, 24, Work.quiet()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("grow.failed"));
    }

    @Test
    void aCanceledToolEndsAtOnce() throws IOException {
        Path disk = SmallSystem.make(folder.resolve("make"), "", "ext4", 24);
        SmallSystem.resize(disk, 80);
        tools.put("e2fsck", "exec sleep 1000");
        Work work = new Work();
        work.cancel();
        assertThatThrownBy(() -> grow(disk, 24, work)).isInstanceOf(CanceledException.class);
    }

    @Test
    void aMissingToolAndMissingRightsAreSaidBeforehand() {
        Volume xfs = new Volume(1, MB, 300 * MB, "xfs");
        Growing noTool = growing(true, name -> name.equals("xfs_growfs") ? Optional.empty() : Tool.find(name));
        assertThat(noTool.whyNot(xfs).orElseThrow().code()).isEqualTo("grow.tools");
        assertThat(noTool.whyNot(xfs).orElseThrow().args()).containsEntry("tool", List.of("xfs_growfs"));
        assertThat(growing(false, Tool::find).whyNot(xfs).orElseThrow().code()).isEqualTo("grow.rights");
        assertThat(growing(true, Tool::find).whyNot(xfs)).isEmpty();
    }

    private static Growing growing(boolean administrator, Function<String, Optional<Path>> tools) {
        return new LinuxGrowing(
                (own, losetup, over, start, size) -> {
                    throw new AssertionError();
                },
                () -> administrator,
                tools);
    }
}
