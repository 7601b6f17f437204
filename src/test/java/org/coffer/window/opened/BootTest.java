package org.coffer.window.opened;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.machine.Shell;
import org.coffer.window.desk.Days;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S6: a machine boots from an opened backup, by the line that the window offers for copying. The disk has a boot sector of its
 * own, which says a sentence on the serial port, writes itself over the second sector, and ends the machine.
 *
 * <pre>
 *       xor ax, ax          31 c0        loop: lodsb               ac
 *       mov ds, ax          8e d8              test al, al         84 c0
 *       mov si, sentence    be 2b 7c           jz done             74 06
 *       cld                 fc                 mov dx, 0x3f8       ba f8 03
 *                                              out dx, al          ee
 *                                              jmp loop            eb f5
 *
 * done: mov es, ax          8e c0              mov al, 0x21        b0 21
 *       mov bx, 0x7c00      bb 00 7c           out 0xf4, al        e6 f4
 *       mov ax, 0x0301      b8 01 03     end:  hlt                 f4
 *       mov cx, 2           b9 02 00           jmp end             eb fd
 *       mov dh, 0           b6 00
 *       mov dl, 0x80        b2 80        sentence: …, 0
 *       int 0x13            cd 13
 * </pre>
 */
class BootTest {
    private static final String CODE =
            "31c08ed8be2b7cfcac84c07406baf803eeebf5" + "8ec0bb007cb80103b90200b600b280cd13b021e6f4f4ebfd";
    private static final String SENTENCE = "This machine runs from a backup.";
    /** What QEMU makes of 0x21 at its exit device: twice that and one. */
    private static final int ENDED = 2 * 0x21 + 1;

    private static final int SECTOR = 512;

    @TempDir
    Path root;

    private Days days;
    private Path image;
    private byte[] sector;
    private Backup backup;

    @BeforeEach
    void backUpADiskThatBoots() throws Exception {
        days = new Days(root, Instant.parse("2026-11-20T18:00:00Z"));
        sector = new byte[SECTOR];
        byte[] code = HexFormat.of().parseHex(CODE);
        byte[] words = SENTENCE.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(code, 0, sector, 0, code.length);
        System.arraycopy(words, 0, sector, code.length, words.length);
        sector[SECTOR - 2] = 0x55;
        sector[SECTOR - 1] = (byte) 0xaa;
        image = root.resolve("boot.img");
        Files.write(image, Arrays.copyOf(sector, 8 << 20));
        Disk disk = days.console().disks().addImage(new NewImage(image, Optional.of("boot"), Disk.Role.SYSTEM));
        backup = days.backup(days.backUp(days.vault("main", disk), disk, "one"));
    }

    @AfterEach
    void close() {
        days.close();
    }

    private OpenDisk open(boolean write) {
        return days.console().openDisks().open(new NewOpening(backup.id(), write, new NewOpening.Address.Anywhere()));
    }

    private void boot(OpenDisk disk) throws Exception {
        String line = new Recipes(Recipes.Family.LINUX)
                .of(disk, true).stream()
                        .filter(recipe -> recipe.key().equals("opened.recipe.qemu"))
                        .findFirst()
                        .orElseThrow()
                        .command();
        Path serial = root.resolve("serial");
        Shell.Result ended = Shell.attempt(
                "timeout",
                "60",
                "sh",
                "-c",
                line + " -display none -serial file:" + serial + " -device isa-debug-exit,iobase=0xf4,iosize=4");
        assertThat(ended.code()).as(ended.said()).isEqualTo(ENDED);
        assertThat(serial).hasContent(SENTENCE);
        Files.delete(serial);
    }

    private byte[] start(OpenDisk disk) throws Exception {
        Path copy = root.resolve("copy");
        Shell.run("nbdcopy", disk.uri().orElseThrow(), copy.toString());
        return Arrays.copyOf(Files.readAllBytes(copy), 2 * SECTOR);
    }

    @Test
    void aMachineBootsFromAnOpenBackupAndTheBackupStaysAsItIs() throws Exception {
        OpenDisk disk = open(false);

        boot(disk);

        assertThat(Shell.run(
                        "qemu-img",
                        "compare",
                        "-f",
                        "raw",
                        "-F",
                        "raw",
                        image.toString(),
                        disk.uri().orElseThrow()))
                .contains("identical");
    }

    @Test
    void whatTheMachineWritesIsKeptApartAndIsThereWhenItBootsAgain() throws Exception {
        OpenDisk disk = open(true);

        boot(disk);

        byte[] twice = Arrays.copyOf(sector, 2 * SECTOR);
        System.arraycopy(sector, 0, twice, SECTOR, SECTOR);
        assertThat(start(disk)).isEqualTo(twice);
        days.console().openDisks().close(disk.id(), true);
        boot(open(true));
        assertThat(start(open(false))).isEqualTo(Arrays.copyOf(sector, 2 * SECTOR));
    }
}
