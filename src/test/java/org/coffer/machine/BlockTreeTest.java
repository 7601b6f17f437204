package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.coffer.machine.FoundDisk.Role;
import org.coffer.machine.FoundDisk.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A computer with hardware that few have, as its kernel would describe it.
 *
 * <pre>
 *   nvme0n1 ─ nvme0n1p2 ─ dm-0 (crypt) ─ dm-1 (volume) mounted at /
 *   sda, sdb ─ md0 mounted at /data          sdc: nothing uses it
 *   sr0, zram0, sdd (an empty card reader): no disks
 * </pre>
 */
class BlockTreeTest {
    @TempDir
    private Path root;

    private LinuxMachine machine;

    @BeforeEach
    void build() throws IOException {
        disk("nvme0n1", "259:0", "pci0/nvme/nvme0", 1000);
        part("nvme0n1", "nvme0n1p2", "259:2", "pci0/nvme/nvme0");
        disk("sda", "8:0", "pci0/ata1/block", 1000);
        disk("sdb", "8:16", "pci0/ata2/block", 1000);
        disk("sdc", "8:32", "pci0/ata3/block", 1000);
        disk("sdd", "8:48", "pci0/usb/block", 0);
        disk("sr0", "11:0", "pci0/ata4/block", 1000);
        disk("zram0", "253:0", "virtual/block", 1000);
        disk("dm-0", "252:0", "virtual/block", 1000);
        disk("dm-1", "252:1", "virtual/block", 1000);
        disk("md0", "9:0", "virtual/block", 1000);
        stack("dm-0", "nvme0n1/nvme0n1p2");
        stack("dm-1", "dm-0");
        stack("md0", "sda");
        stack("md0", "sdb");
        write("sys/block/sda/device/vendor", "ATA     ");
        write("sys/block/sda/device/model", "Fast Disk 9");
        write("run/udev/data/b8:0", "E:ID_SERIAL_SHORT=WX11\nE:ID_WWN=0x5000\n");
        write("sys/block/sdb/device/model", "Fast Disk 9");
        write("run/udev/data/b8:16", "E:ID_WWN=0x5001\n");
        write("sys/block/nvme0n1/device/model", "Flash 2");
        write("sys/block/nvme0n1/device/serial", "S42  ");
        write("proc/swaps", "Filename Type Size Used Priority\n");
        write("proc/self/mountinfo", """
                22 1 252:1 / / rw - ext4 /dev/mapper/v-root rw
                23 22 9:0 / /data rw - xfs /dev/md0 rw
                24 22 9:0 / /with\\040blank rw - xfs /dev/md0 rw
                25 22 0:5 / /proc rw - proc proc rw
                """);
        machine = new LinuxMachine(root, new DiskMemory(root.resolve("memory")));
    }

    private void disk(String name, String number, String bus, int sectors) throws IOException {
        Path dir = root.resolve("sys/devices").resolve(bus).resolve(name);
        Files.createDirectories(dir.resolve("slaves"));
        Files.createDirectories(dir.resolve("holders"));
        Files.writeString(dir.resolve("size"), sectors + "\n");
        Files.writeString(dir.resolve("dev"), number + "\n");
        Files.writeString(dir.resolve("ro"), "0\n");
        link("sys/block/" + name, dir);
        link("sys/dev/block/" + number, dir);
        write("dev/" + name, "\0".repeat(sectors * 512));
    }

    private void part(String disk, String name, String number, String bus) throws IOException {
        Path dir = root.resolve("sys/devices").resolve(bus).resolve(disk).resolve(name);
        Files.createDirectories(dir.resolve("holders"));
        Files.writeString(dir.resolve("partition"), "2\n");
        link("sys/dev/block/" + number, dir);
    }

    private void stack(String upper, String lower) throws IOException {
        Path above = root.resolve("sys/block").resolve(upper).toRealPath();
        Path below = root.resolve("sys/block").resolve(lower).toRealPath();
        Files.createSymbolicLink(above.resolve("slaves").resolve(below.getFileName()), below);
        Files.createSymbolicLink(below.resolve("holders").resolve(upper), above);
    }

    private void link(String from, Path to) throws IOException {
        Path link = root.resolve(from);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, to);
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private FoundDisk disk(String name) {
        return machine.disks().stream()
                .filter(disk -> disk.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void onlyWholeDisksWithAMediumAreDisks() {
        assertThat(machine.disks()).extracting(FoundDisk::name).containsExactly("md0", "nvme0n1", "sda", "sdb", "sdc");
    }

    @Test
    void theRootIsFollowedThroughVolumeEncryptionAndPartition() {
        assertThat(disk("nvme0n1").role()).isEqualTo(Role.SYSTEM);
        assertThat(disk("nvme0n1").mounts()).containsExactly("/");
        assertThat(disk("nvme0n1").state()).isEqualTo(State.IN_USE);
        assertThat(disk("sda").role()).isEqualTo(Role.DATA);
    }

    @Test
    void anArrayUsesItsMembers() {
        for (String name : List.of("sda", "sdb", "md0")) {
            assertThat(disk(name).mounts()).containsExactly("/data", "/with blank");
            assertThat(disk(name).state()).isEqualTo(State.IN_USE);
        }
        assertThat(disk("sdc").state()).isEqualTo(State.AVAILABLE);
    }

    @Test
    void serialNumberThenWorldWideNameThenPlaceNameADisk() {
        assertThat(disk("nvme0n1").identity()).isEqualTo("serial:Flash_2:S42");
        assertThat(disk("sda").identity()).isEqualTo("serial:Fast_Disk_9:WX11");
        assertThat(disk("sdb").identity()).isEqualTo("wwn:0x5001");
        assertThat(disk("sdc").identity()).startsWith("id:");
        assertThat(disk("sda").model()).isEqualTo("Fast Disk 9");
        assertThat(disk("sda").serial()).isEqualTo("WX11");
    }

    @Test
    void aVolumeThatIsActiveButNotMountedHoldsItsDisk() throws IOException {
        write("proc/self/mountinfo", "22 1 0:5 / / rw - tmpfs none rw\n");
        assertThat(disk("sda").state()).isEqualTo(State.IN_USE);
        assertThat(disk("nvme0n1").state()).isEqualTo(State.IN_USE);
        assertThat(disk("nvme0n1").mounts()).isEmpty();
    }
}
