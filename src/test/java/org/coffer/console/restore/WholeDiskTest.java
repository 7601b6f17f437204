package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.machine.FormattedDisk;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S3, S4: disks with the file systems that people have come back onto a device and into a file, and pass the checkers of those file
 * systems. Needs root; see {@link FormattedDisk} for what is on them.
 */
class WholeDiskTest {
    @TempDir
    private Path root;

    /** Makes what is on a disk. */
    @FunctionalInterface
    private interface Making {
        FormattedDisk make(Path image, Path scratch) throws Exception;
    }

    @Test
    void aDiskWithAGuidPartitionTableComesBackWholeInPlaceAndAsANewFile() throws Exception {
        comesBack(FormattedDisk::gpt);
    }

    @Test
    void aDiskWithPartitionsInAnExtendedOneComesBackWholeInPlaceAndAsANewFile() throws Exception {
        comesBack(FormattedDisk::mbr);
    }

    private void comesBack(Making making) throws Exception {
        Path file = root.resolve("disk.raw");
        FormattedDisk formatted = making.make(file, root.resolve("scratch"));
        Map<Integer, List<String>> before = shown(formatted, file);
        assertThat(before.values()).allMatch(lines -> lines.stream().anyMatch(line -> line.contains("报告 二〇二六.txt")));
        byte[] bytes = Files.readAllBytes(file);
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk = home.device(loop.path());
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");

            spoil(loop.path(), formatted);
            assertThat(Files.readAllBytes(loop.path())).isNotEqualTo(bytes);
            home.restore(one, new Target.Original());

            assertThat(Files.readAllBytes(loop.path())).isEqualTo(bytes);
            formatted.check(loop.path());
            assertThat(shown(formatted, loop.path())).isEqualTo(before);

            Path copy = root.resolve("copy.img");
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
            formatted.check(copy);
            assertThat(shown(formatted, copy)).isEqualTo(before);
        }
    }

    private static Map<Integer, List<String>> shown(FormattedDisk formatted, Path disk) throws Exception {
        Map<Integer, List<String>> shown = new LinkedHashMap<>();
        for (FormattedDisk.Part part : formatted.parts()) {
            shown.put(part.number(), formatted.shown(disk, part));
        }
        return shown;
    }

    /** The table and the beginning of each partition are gone, as after a bad day. */
    private static void spoil(Path device, FormattedDisk formatted) {
        noise(device, 0);
        formatted.parts().forEach(part -> noise(device, part.start() >> 20));
    }

    private static void noise(Path device, long megabyte) {
        Shell.run(
                "dd",
                "if=/dev/urandom",
                "of=" + device,
                "bs=1M",
                "count=3",
                "seek=" + megabyte,
                "conv=notrunc,fsync",
                "status=none");
    }
}
