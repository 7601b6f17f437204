package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * S7: what files have besides, and names that are no text, come back as the system's own tools show them. Needs root, for mounts; the
 * target is an xfs, which holds all of it.
 */
class AttributesRestoreTest {
    private static final String SMALL_XFS = "env TEST_DIR=x TEST_DEV=x QA_CHECK_FS=x mkfs.xfs -q -f ";
    /** Extended attributes, lists of rights and capabilities of all that is in the folder. */
    private static final String SHOW = """
            find . -mindepth 1 -not -name lost+found -print0 | LC_ALL=C sort -z |
                xargs -0 getfattr -h -d -m '^(user|security.capability|system.posix)' -e hex
            find . -mindepth 1 -not -name lost+found -not -type l -print0 | LC_ALL=C sort -z | xargs -0 getfacl -p -n
            """;

    @TempDir
    private Path root;

    private Path mount;
    private Path target;
    private TestHome home;

    @BeforeEach
    void makeTarget() throws Exception {
        mount = Files.createDirectory(root.resolve("mount"));
        target = Files.createDirectory(root.resolve("target"));
        Path image = root.resolve("target.img");
        sh("truncate -s 64M " + image + "; " + SMALL_XFS + image + "; mount -o loop " + image + " " + target);
        home = new TestHome(root);
    }

    @AfterEach
    void close() {
        home.close();
        Shell.attempt("umount", target.toString());
        Shell.attempt("umount", mount.toString());
    }

    /** What a script of bash says; its text is a file's, because a command's would be written in the encoding of the place. */
    private String sh(String script) throws IOException {
        Path file = Files.createTempFile(root, "script", ".sh");
        Files.writeString(file, "set -e -o pipefail\nexport LC_ALL=C.UTF-8\n" + script, StandardCharsets.UTF_8);
        return Shell.run("bash", file.toString());
    }

    /** Makes a disk and fills it through a mount; returns what {@code show} says of it then. */
    private String filled(Path image, String mkfs, String how, String fill, String show) throws IOException {
        sh("truncate -s 64M " + image + "; " + mkfs + " " + image + "; " + how + " " + image + " " + mount);
        sh("cd " + mount + "\n" + fill);
        String shown = sh("cd " + mount + "\n" + show);
        sh("umount " + mount);
        return shown;
    }

    private FileOutcome restored(Path image, Path into) throws Exception {
        Disk disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
        Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
        return home.console()
                .files()
                .outcome(home.done(home.console()
                        .files()
                        .start(new NewFileRestore(
                                one.id(),
                                List.of(FilePath.root(0)),
                                new NewFileRestore.Place.Folder(into),
                                Conflict.KEEP))));
    }

    private static final String ALL = """
            mkdir folder; echo a > plain; echo b > file; echo c > 'folder/报告'; cp /bin/true tool; ln -s file link
            setfattr -n user.comment -v 'a few words' file
            setfattr -n user.评论 -v '' folder
            setfattr -n user.raw -v 0x00ff0a00 folder/报告
            setfattr -n user.medium -v "$(head -c 2500 /dev/zero | tr '\\0' m)" folder/报告
            setfacl -m u:1234:rw,g:2345:r,m::rw file
            setfacl -m d:u:77:rwx,d:o::-,u:78:rx folder
            setcap cap_net_raw,cap_net_bind_service+ep tool
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '%', textBlock = """
                    mkfs.ext4 -q -b 4096            % setfattr -n user.second -v "$(head -c 900 /dev/zero | tr '\\0' s)" folder
                    mkfs.ext4 -q -I 128 -b 1024     % true
                    mkfs.ext4 -q -O ea_inode        % setfattr -n user.large -v "$(head -c 30000 /dev/urandom | base64 -w0)" plain
                    xfs -m crc=1                    % setfattr -n user.large -v "$(head -c 45000 /dev/urandom | base64 -w0)" plain
                    xfs -i size=512                 % for i in $(seq 400); do setfattr -n user.number$i -v "$(head -c 200 /dev/zero | tr '\\0' n)" plain; done
                    """)
    void attributesListsOfRightsAndCapabilitiesComeBack(String mkfs, String more) throws Exception {
        Path image = root.resolve("web.img");
        String make = mkfs.startsWith("xfs ") ? SMALL_XFS + mkfs.substring(4) : mkfs;
        // With blocks of 1 KiB there is not room for all.
        String fill = make.contains("1024") ? ALL.replace("2500", "500") : ALL;
        String how = make.contains("xfs") ? "mount -o loop,nouuid" : "mount -o loop";
        String before = filled(image, make, how, fill + more, SHOW);
        assertThat(before).contains("user.comment", "user:1234:rw-", "default:user:77:rwx", "security.capability");

        FileOutcome outcome = restored(image, target);

        assertThat(outcome.attributesKept()).isTrue();
        assertThat(sh("cd " + target.resolve("volume-0") + "\n" + SHOW)).isEqualTo(before);
    }

    private static final String FLAGS =
            "for i in plain hidden system; do echo \"$i $(getfattr --only-values -h -n %s $i"
                    + " 2>/dev/null | od -An -tx1 | tr -d ' ')\"; done";

    @Test
    void whatWindowsMarksIsKeptAsTheTargetKnowsIt() throws Exception {
        Path image = root.resolve("web.img");
        String attribute = "system.ntfs_attrib_be";
        String before = filled(
                image,
                "mkfs.ntfs -F -Q -q",
                "ntfs-3g",
                "echo a > plain; echo b > hidden; echo c > system; setfattr -n user.comment -v stream plain\n"
                        + "setfattr -n " + attribute + " -v 0x00000023 hidden; setfattr -n " + attribute
                        + " -v 0x00000006 system\n",
                FLAGS.formatted(attribute));
        assertThat(before).contains("hidden 00000023", "system 00000006");

        assertThat(restored(image, target).attributesKept()).isTrue();

        assertThat(sh("cd " + target.resolve("volume-0") + "\n" + FLAGS.formatted("user.DOSATTRIB")))
                .isEqualTo("plain \nhidden 30783233\nsystem 307836");
        sh("umount " + target);
        Path stick = root.resolve("stick.img");
        sh("truncate -s 16M " + stick + "; mkfs.ntfs -F -Q -q " + stick + "; ntfs-3g " + stick + " " + target);
        Backup one = home.console()
                .backups()
                .list(org.coffer.console.backup.BackupFilter.ALL, org.coffer.console.backup.BackupSort.NEWEST, 0, 1)
                .getFirst();
        home.done(home.console()
                .files()
                .start(new NewFileRestore(
                        one.id(), List.of(FilePath.root(0)), new NewFileRestore.Place.Folder(target), Conflict.KEEP)));
        assertThat(sh("cd " + target.resolve("volume-0") + "\n" + FLAGS.formatted(attribute)))
                .as("it says by itself that they changed since a backup")
                .contains("hidden 00000023", "system 00000026");
    }

    /** It has the name of what Windows marks, in a form of its own. */
    @Test
    void whatSambaKeepsOfAFileComesBackAsItIs() throws Exception {
        Path image = root.resolve("web.img");
        String before = filled(image, "mkfs.ext4 -q -b 4096", "mount -o loop", """
                mkdir folder; echo a > folder/file; echo b > plain; echo c > text; echo d > odd
                for i in folder folder/file; do
                    setfattr -n user.DOSATTRIB -v 0x000004000400000051000000200000000102030405060708 $i
                done
                setfattr -n user.DOSATTRIB -v 0x22 text; setfattr -n user.DOSATTRIB -v 0xffffffffff odd
                """, SHOW);
        assertThat(before).contains("user.DOSATTRIB=0x0000040004");

        FileOutcome outcome = restored(image, target);

        assertThat(outcome.failed()).isZero();
        assertThat(sh("cd " + target.resolve("volume-0") + "\n" + SHOW)).isEqualTo(before);
    }

    @Test
    void whatTheTargetCannotHoldIsToldAndAllElseIsRestored() throws Exception {
        Path image = root.resolve("web.img");
        filled(image, "mkfs.ext4 -q -b 4096", "mount -o loop", ALL, "true");
        sh("umount " + target);
        Path stick = root.resolve("stick.img");
        // It has a block for all attributes of a file.
        sh("truncate -s 16M " + stick + "; mkfs.ext4 -q -b 1024 " + stick + "; mount -o loop " + stick + " " + target);

        FileOutcome outcome = restored(image, target);

        assertThat(outcome.attributesKept()).isFalse();
        assertThat(sh("cd " + target.resolve("volume-0") + "\n" + SHOW)).contains("user.comment", "user:1234:rw-");
        assertThat(outcome.failed()).isZero();
        assertThat(target.resolve("volume-0/file")).hasContent("b");
    }

    @Test
    void namesThatAreNoTextComeBackByteForByte() throws Exception {
        String names = "find . -mindepth 1 -not -name lost+found -printf '%P -> %l\\0' | LC_ALL=C sort -z | od -An -c";
        Path image = root.resolve("web.img");
        String before = filled(image, "mkfs.ext4 -q", "mount -o loop", """
                mkdir $'caf\\xe9'; echo a > $'caf\\xe9/men\\xfc.txt'; echo b > '\\xe9'; echo c > $'\\xe9'; echo d > 报告
                ln -s $'caf\\xe9/men\\xfc.txt' link
                """, names);

        FileOutcome outcome = restored(image, target);

        assertThat(outcome.failed()).isZero();
        assertThat(sh("cd " + target.resolve("volume-0") + "\n" + names)).isEqualTo(before);
        assertThat(sh("cat " + target.resolve("volume-0/link") + " $'" + target.resolve("volume-0") + "/\\xe9'"))
                .isEqualTo("a\nc");
        FileOutcome beside = restoredBeside();
        assertThat(beside.renames()).as("shown, as it cannot be spelled").anyMatch(name -> name.contains("caf\\xe9 ("));
        assertThat(sh("ls " + target + " | od -An -c")).contains("351");
    }

    private FileOutcome restoredBeside() throws Exception {
        Backup one = home.console()
                .backups()
                .list(org.coffer.console.backup.BackupFilter.ALL, org.coffer.console.backup.BackupSort.NEWEST, 0, 1)
                .getFirst();
        NewFileRestore wanted = new NewFileRestore(
                one.id(),
                List.of(FilePath.parse("0:/caf\\xe9")),
                new NewFileRestore.Place.Folder(target),
                Conflict.KEEP);
        home.done(home.console().files().start(wanted));
        return home.console().files().outcome(home.done(home.console().files().start(wanted)));
    }
}
