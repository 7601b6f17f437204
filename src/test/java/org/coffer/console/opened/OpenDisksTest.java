package org.coffer.console.opened;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.backup.Backup;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.opened.NewOpening.Address;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S6: backups opened as disks, read and written by the clients that people use. */
class OpenDisksTest {
    @TempDir
    private Path root;

    private static OpenDisk open(TestHome home, Backup backup, boolean write, Address address) {
        return home.console().openDisks().open(new NewOpening(backup.id(), write, address));
    }

    private static OpenDisk open(TestHome home, Backup backup, boolean write) {
        return open(home, backup, write, new Address.Anywhere());
    }

    private static String uri(OpenDisk disk) {
        return disk.uri().orElseThrow();
    }

    private static Shell.Result compare(Disk disk, OpenDisk open) {
        return Shell.attempt(
                "qemu-img", "compare", "-f", "raw", "-F", "raw", disk.path().toString(), uri(open));
    }

    private static void io(OpenDisk disk, String... commands) {
        List<String> all = new java.util.ArrayList<>(List.of("qemu-io", "-f", "raw"));
        for (String command : commands) {
            all.add("-c");
            all.add(command);
        }
        all.add(uri(disk));
        assertThat(Shell.run(all.toArray(String[]::new))).doesNotContain("failed", "verification");
    }

    @Test
    void anOpenBackupIsReadAndNobodyDeletesItUntilItIsClosed() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 12);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");

            OpenDisk open = open(home, one, false);

            assertThat(compare(disk, open).code()).isZero();
            assertThat(Shell.attempt("qemu-io", "-f", "raw", "-c", "write 0 4k", uri(open))
                            .said())
                    .containsAnyOf("read-only", "Permission denied");
            assertThat(home.console().openDisks().serving()).isTrue();
            assertThat(Refusals.code(() -> home.console().deletion().delete(List.of(one.id()))))
                    .isEqualTo("backup.opened");
            assertThat(Refusals.code(() -> home.console().trash().delete(vault.id(), vault.name())))
                    .isEqualTo("backup.opened");

            home.console().openDisks().close(open.id(), true);

            assertThat(home.console().openDisks().list()).isEmpty();
            assertThat(Refusals.code(() -> home.console().openDisks().close(open.id(), true)))
                    .isEqualTo("open.unknown");
            home.delete(one);
            assertThat(home.console().audit().list(AuditFilter.ALL, 0, 50).stream()
                            .map(entry -> entry.event()))
                    .contains(AuditEvent.OPEN_BACKUP, AuditEvent.CLOSE_BACKUP);
        }
    }

    /** The drive of the home fails: the kernel takes no more writes to it. */
    @Test
    void oneWhoseChangesCannotBeWrittenOutIsClosedAllTheSameAndSaysWhatBecameOfThem() throws Exception {
        Path drive = root.resolve("drive.raw");
        Shell.run("truncate", "-s", "64M", drive.toString());
        Shell.run("mkfs.ext4", "-q", "-F", drive.toString());
        try (LoopDevice loop = LoopDevice.attach(drive);
                TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 12);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Path overlays = Files.createDirectories(home.console().openDisks().overlays());
            UUID id;
            try (LoopDevice.Mounted _ = loop.mount(overlays)) {
                OpenDisk open = open(home, one, true);
                id = open.id();
                io(open, "write -P 0x5a 1M 70k", "flush");
                // A client that asks for no flush when it leaves.
                Shell.run("qemu-io", "-f", "raw", "-t", "unsafe", "-c", "write -P 0x77 3M 4k", uri(open));
                Shell.run("mount", "-o", "remount,abort", overlays.toString());
                assertThat(Refusals.code(() -> home.console().openDisks().close(open.id(), true)))
                        .isEqualTo("open.lost");
                assertThat(home.console().openDisks().serving()).isFalse();
                home.console().openDisks().goOn();
                assertThat(home.console().openDisks().get(id).kept())
                        .as("closed, and not served again by itself")
                        .isTrue();
                assertThat(home.console().audit().list(AuditFilter.ALL, 0, 50))
                        .anyMatch(entry -> entry.event() == AuditEvent.CLOSE_BACKUP && !entry.succeeded());
            }
            try (LoopDevice.Mounted _ = loop.mount(overlays)) {
                OpenDisk again = open(home, one, true);
                assertThat(again.id()).isEqualTo(id);
                io(again, "read -P 0x5a 1M 70k");
                home.console().openDisks().close(again.id(), false);
            }
        }
    }

    @Test
    void whatIsWrittenIsKeptThroughARestartAndUntilItIsThrownAway() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 12);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            OpenDisk open = open(home, one, true);
            io(open, "write -P 0x5a 1M 70k", "flush");

            home.restart();
            assertThat(home.console().openDisks().list()).singleElement().satisfies(left -> {
                assertThat(left.uri()).isEmpty();
                assertThat(left.kept()).isFalse();
            });
            home.console().openDisks().goOn();
            OpenDisk again = home.console().openDisks().get(open.id());
            assertThat(again.uri()).isEqualTo(open.uri());
            io(again, "read -P 0x5a 1M 70k", "write -P 0x77 3M 4k");

            home.console().openDisks().close(open.id(), true);
            assertThat(home.console().openDisks().get(open.id()).kept()).isTrue();
            assertThat(Refusals.code(() -> home.console().deletion().delete(List.of(one.id()))))
                    .isEqualTo("backup.changes-kept");

            OpenDisk third = open(home, one, true);
            assertThat(third.id()).isEqualTo(open.id());
            io(third, "read -P 0x5a 1M 70k", "read -P 0x77 3M 4k");
            OpenDisk beside = open(home, one, false);
            assertThat(compare(disk, beside).code())
                    .as("the backup is as it was")
                    .isZero();

            home.console().openDisks().close(third.id(), false);
            home.console().openDisks().close(beside.id(), true);
            assertThat(home.console().openDisks().overlays()).isEmptyDirectory();
            home.delete(one);
        }
    }

    /** Needs root, for a drive that is full. */
    @Test
    void whatWasWrittenIsThrownAwayAlsoWhereThereIsNoRoomForTheRestOfIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 12);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Path overlays = Files.createDirectories(home.console().openDisks().overlays());
            Shell.run("mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", overlays.toString());
            try {
                OpenDisk open = open(home, one, true);
                String full = Shell.attempt(
                                "qemu-io", "-f", "raw", "-c", "write -P 7 0 1M", "-c", "write -P 7 1M 1M", uri(open))
                        .said();
                assertThat(full).contains("No space left");
                assertThat(Refusals.code(() -> home.console().openDisks().close(open.id(), true)))
                        .as("what is to be kept is lost")
                        .isEqualTo("open.lost");

                home.console().openDisks().goOn();
                home.console().openDisks().close(open.id(), false);

                assertThat(home.console().openDisks().list()).isEmpty();
                assertThat(overlays).isEmptyDirectory();
            } finally {
                Shell.run("umount", "-l", overlays.toString());
            }
        }
    }

    @Test
    void aDiskIsServedWhereItIsAskedForAndNowhereElse() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 3);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Path mine = Files.writeString(root.resolve("mine"), "mine");

            OpenDisk port = open(home, one, false, new Address.Port(0));
            int number = java.net.URI.create(uri(port)).getPort();
            assertThat(compare(disk, port).code()).isZero();
            assertThat(Refusals.code(() -> open(home, one, false, new Address.Port(number))))
                    .isEqualTo("open.taken");
            assertThat(Refusals.code(() -> open(home, one, false, new Address.Socket(mine))))
                    .isEqualTo("open.taken");
            assertThat(mine).hasContent("mine");
            assertThat(Refusals.code(() -> open(home, one, false, new Address.Socket(root.resolve("x".repeat(108))))))
                    .isEqualTo("open.socket-long");
            assertThat(Refusals.code(() -> open(home, one, true, new Address.Socket(root.resolve("no/such/folder")))))
                    .isEqualTo("open.failed");

            Path socket = root.resolve("s");
            OpenDisk there = open(home, one, false, new Address.Socket(socket));
            assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(compare(disk, there).code()).isZero();
            assertThat(home.console().openDisks().list()).hasSize(2);

            home.restart();
            home.console().openDisks().goOn();
            assertThat(home.console().openDisks().get(port.id()).uri()).isEqualTo(port.uri());
            assertThat(compare(disk, home.console().openDisks().get(there.id())).code())
                    .isZero();
        }
    }

    @Test
    void whatLiesInTheHomeIsNotTakenForASocketThatIsLeftOver() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 3);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Path inside = Files.createDirectory(root.resolve("home").resolve("papers"));
            Path mine = Files.writeString(inside.resolve("mine"), "mine");
            var rights = Files.getPosixFilePermissions(inside);

            assertThat(Refusals.code(() -> open(home, one, false, new Address.Socket(mine))))
                    .isEqualTo("open.taken");
            assertThat(mine).hasContent("mine");

            Address socket = new Address.Socket(inside.resolve("s"));
            OpenDisk first = open(home, one, false, socket);
            assertThat(Refusals.code(() -> open(home, one, false, socket))).isEqualTo("open.taken");
            OpenDisk own = open(home, one, false);
            Address taken = new Address.Socket(Path.of(uri(own).substring(uri(own).indexOf("socket=") + 7)));
            assertThat(Refusals.code(() -> open(home, one, false, taken))).isEqualTo("open.taken");
            assertThat(compare(disk, first).code()).isZero();
            assertThat(compare(disk, own).code()).isZero();
            assertThat(Files.getPosixFilePermissions(inside)).isEqualTo(rights);
        }
    }

    @Test
    void aHomeWithoutRoomForASocketIsRefusedInWordsAndServesOnAPort() throws Exception {
        Path deep = root.resolve("x".repeat(100));
        try (TestHome home = new TestHome(deep)) {
            Disk disk = home.image("web", 1);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            List<Path> before = entries(temporary);

            assertThat(Refusals.code(() -> open(home, one, false))).isEqualTo("open.home-long");
            assertThat(home.console().openDisks().list()).isEmpty();
            assertThat(entries(temporary))
                    .filteredOn(path -> !before.contains(path))
                    .noneMatch(path -> path.getFileName().toString().startsWith("coffer-"));
            assertThat(compare(disk, open(home, one, false, new Address.Port(0)))
                            .code())
                    .isZero();
        }
    }

    private static List<Path> entries(Path folder) throws Exception {
        try (var all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void aDiskThatIsBeingClosedIsNotServedOnceMoreByWhoLooksAroundMeanwhile() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 3);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            OpenDisk open = open(home, one, true);
            List<Thread> looking = new CopyOnWriteArrayList<>();
            Process client = new ProcessBuilder("qemu-io", "-f", "raw", uri(open)).start();
            while (home.console().openDisks().get(open.id()).clients() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            // The client's end is told in the middle of the closing: between the end of the server and that of its row.
            try (Events.Subscription _ = home.console().events().subscribe(event -> {
                if (event instanceof Event.OpenDisksChanged && looking.isEmpty()) {
                    Thread around = new Thread(home.console().openDisks()::goOn);
                    looking.add(around);
                    around.start();
                    while (around.getState() != Thread.State.BLOCKED && around.isAlive()) {
                        LockSupport.parkNanos(1_000_000);
                    }
                }
            })) {
                home.console().openDisks().close(open.id(), true);
            }
            for (Thread around : looking) {
                around.join();
            }
            client.getOutputStream().close();
            client.waitFor();

            assertThat(looking).hasSize(1);
            assertThat(home.console().openDisks().serving()).isFalse();
            assertThat(home.console().openDisks().get(open.id()).uri()).isEmpty();
            home.console().openDisks().close(open.id(), false);
            home.delete(one);
        }
    }

    @Test
    void changesOfABackupThatVanishedAreListedAndCanBeThrownAway() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 3);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            OpenDisk kept = open(home, one, true);
            io(kept, "write 0 4k", "flush");
            OpenDisk left = open(home, one, false);

            home.edit("delete from backup where id = '" + one.id() + "'");
            home.console().openDisks().goOn();

            assertThat(home.console().openDisks().list())
                    .extracting(
                            OpenDisk::name,
                            OpenDisk::diskName,
                            OpenDisk::uri,
                            gone -> gone.problem().orElseThrow().code())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    "one", "web", java.util.Optional.empty(), "open.gone.writable"),
                            org.assertj.core.groups.Tuple.tuple("one", "web", java.util.Optional.empty(), "open.gone"));
            assertThat(home.console().openDisks().overlays()).isNotEmptyDirectory();

            home.console().openDisks().close(kept.id(), false);
            home.console().openDisks().close(left.id(), true);

            assertThat(home.console().openDisks().list()).isEmpty();
            assertThat(home.console().openDisks().overlays()).isEmptyDirectory();
        }
    }

    @Test
    void aBackupThatCannotBeReadIsNotOpenedAndLeavesNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 3);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Path place = home.location().folder().orElseThrow();
            Files.move(place, root.resolve("away"));

            assertThat(Refusals.code(() -> open(home, one, true)))
                    .isIn("location.missing", "location.lost", "location.unreachable");

            Files.move(root.resolve("away"), place);
            assertThat(home.console().openDisks().list()).isEmpty();
        }
    }

    @Test
    void damageIsTheClientsErrorAndIsShownAtTheBackup() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 12);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Path pack;
            try (var all = Files.walk(home.objects(vault).resolve("data"))) {
                pack = all.filter(Files::isRegularFile).findFirst().orElseThrow();
            }
            pack.toFile().setWritable(true);
            TestHome.flip(pack, 1_000_000);
            OpenDisk open = open(home, one, false);

            assertThat(Shell.attempt("nbdcopy", uri(open), root.resolve("copy").toString())
                            .code())
                    .isNotZero();

            assertThat(home.console()
                            .openDisks()
                            .get(open.id())
                            .problem()
                            .orElseThrow()
                            .code())
                    .isEqualTo("vault.damaged");
            assertThat(home.again(one.id()).problem().orElseThrow().code()).isEqualTo("vault.damaged");
        }
    }
}
