package org.coffer.console.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L1, L2, L3: where vaults live, and what becomes of them when that place fails. Needs root, for mounts. */
class LocationsTest {
    @TempDir
    private Path root;

    private static Map<String, String> codes(TestHome home, String name, Path folder) {
        Map<String, String> codes = new java.util.LinkedHashMap<>();
        home.console()
                .locations()
                .problems(new NewLocation(name, folder, ""))
                .forEach((field, problem) ->
                        codes.put(field, Refusals.spoken(problem).code()));
        return codes;
    }

    private LoopDevice small(int megabytes) throws Exception {
        Path file = root.resolve("small.disk");
        Shell.run("truncate", "-s", megabytes + "M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", file.toString());
        return LoopDevice.attach(file);
    }

    private static Vault vault(TestHome home, Location place, Disk... disks) {
        NewVault plain = home.newVault("vault_there", disks);
        return home.console()
                .vaults()
                .create(new NewVault(
                        plain.name(),
                        "",
                        place.id(),
                        100,
                        plain.disks(),
                        true,
                        java.util.Optional.empty(),
                        false,
                        "",
                        Map.of()));
    }

    @Test
    void aFolderIsTriedOutStepByStepAndTakenIntoUse() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Path folder = Files.createDirectory(root.resolve("mine"));
            List<TestStep> steps = home.console()
                    .locations()
                    .test(new Address.Folder(folder), Secret.NONE)
                    .steps();
            assertThat(steps)
                    .extracting(TestStep::act)
                    .containsExactlyElementsOf(TestStep.Act.of(Location.Kind.FOLDER));
            assertThat(steps).allMatch(TestStep::passed);
            Location added = home.console().locations().add(new NewLocation(" Mine ", folder, "eu"));
            assertThat(added.name()).isEqualTo("Mine");
            assertThat(added.status().writable()).isTrue();
            assertThat(added.freeBytes()).isPositive();
            assertThat(Refusals.code(() -> home.console().locations().add(new NewLocation("again", folder, ""))))
                    .isEqualTo("location.known");
            assertThat(codes(home, "Mine", folder)).isEqualTo(Map.of("name", "name.taken", "folder", "location.known"));
            home.restart();
            assertThat(home.console().locations().get(added.id()).region()).isEqualTo("eu");
        }
    }

    @Test
    void whatIsNoFolderIsRefused() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Path file = Files.createFile(root.resolve("file"));
            assertThat(codes(home, "a", root.resolve("nowhere"))).isEqualTo(Map.of("folder", "location.missing"));
            assertThat(codes(home, "a", file)).isEqualTo(Map.of("folder", "location.file"));
            assertThat(codes(home, "", root.resolve("place"))).isEqualTo(Map.of("name", "name.empty"));
            assertThat(Refusals.code(
                            () -> home.console().locations().add(new NewLocation("a", root.resolve("nowhere"), ""))))
                    .isEqualTo("location.missing");
        }
    }

    @Test
    void aFolderWithTooLittleRoomIsRefusedAndSaysHowMuchThereIs() throws Exception {
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (LoopDevice loop = small(40);
                LoopDevice.Mounted _ = loop.mount(point);
                TestHome home = new TestHome(root)) {
            Files.write(
                    point.resolve("films"),
                    new byte[(int) Files.getFileStore(point).getUsableSpace() - 3_000_000]);
            Problem refused =
                    Refusals.problem(() -> home.console().locations().add(new NewLocation("stick", point, "")));
            assertThat(refused.code()).isEqualTo("location.full");
            assertThat((long) refused.args().getOrDefault("free", 0L)).isBetween(500_000L, 3_000_000L);
            assertThat(home.console().locations().list()).isEmpty();
        }
    }

    @Test
    void theReadyLocationIsMadeOnceAndNeedsNothingElse() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Location ready = home.console().locations().addSuggested("This computer");
            assertThat(ready.folder().orElseThrow())
                    .isEqualTo(home.console().locations().suggested());
            assertThat(home.console().locations().addSuggested("other name").id())
                    .isEqualTo(ready.id());
            assertThat(home.console().locations().list()).hasSize(1);
        }
    }

    @Test
    void aLocationInUseStaysAndAnEmptyOneIsForgottenWithItsFilesLeftAlone() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_a");
            Location place = home.location();
            assertThat(Refusals.code(() -> home.console().locations().remove(place.id())))
                    .isEqualTo("location.in-use");
            home.console().trash().delete(vault.id(), "vault_a");
            assertThat(Refusals.code(() -> home.console().locations().remove(place.id())))
                    .as("a vault in the trash needs it too")
                    .isEqualTo("location.in-use");
            home.done(home.console().trash().purge(vault.id()));
            home.console().locations().remove(place.id());
            assertThat(home.console().locations().list()).isEmpty();
            assertThat(root.resolve("place/coffer-location.json")).exists();
        }
    }

    @Test
    void aReadOnlyMountIsSaidToBeSoAndItsBackupsStillRestore() throws Exception {
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (LoopDevice loop = small(160);
                LoopDevice.Mounted _ = loop.mount(point);
                TestHome home = new TestHome(root)) {
            Location place = home.console().locations().add(new NewLocation("stick", point, ""));
            Disk disk = home.image("web", 4);
            byte[] before = Files.readAllBytes(disk.path());
            Vault vault = vault(home, place, disk);
            Backup one = home.backUp(vault, disk, "one");
            Shell.run("mount", "-o", "remount,ro", point.toString());

            Location now = home.console().locations().get(place.id());
            assertThat(now.status()).isEqualTo(Location.Status.READ_ONLY);
            assertThat(now.problem().map(Refusals::spoken)).map(Problem::code).contains("location.denied");
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.FROZEN);
            assertThat(Refusals.code(() -> home.tryBackUp(vault, disk, "two"))).isEqualTo("location.denied");
            assertThat(home.console()
                            .locations()
                            .test(new Address.Folder(point), Secret.NONE)
                            .steps()
                            .getLast()
                            .problem()
                            .map(Refusals::spoken))
                    .map(Problem::code)
                    .contains("location.denied");
            Files.write(disk.path(), new byte[before.length]);
            assertThat(Refusals.code(() -> home.restore(one, new Target.Original())))
                    .as("there is no place for a safety copy")
                    .isEqualTo("restore.no-copy");
            home.done(home.console().restores().start(new NewRestore(one.id(), new Target.Original(), true, false)));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(before);

            Shell.run("mount", "-o", "remount,rw", point.toString());
            home.backUp(vault, disk, "three");
        }
    }

    @Test
    void aFullDiskFailsTheBackupAndTheOlderOnesStayWhole() throws Exception {
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (LoopDevice loop = small(320);
                LoopDevice.Mounted _ = loop.mount(point);
                TestHome home = new TestHome(root)) {
            Location place = home.console().locations().add(new NewLocation("stick", point, ""));
            Disk disk = home.image("web", 100);
            Vault vault = vault(home, place, disk);
            Backup one = home.backUp(vault, disk, "one");
            byte[] before = Files.readAllBytes(disk.path());
            Path filler = point.resolve("filler");
            fill(filler);
            // More than the reserve that a full location gives up for its small objects.
            home.change(disk, 0, 95_000_000, 1);
            Task failed = home.tryBackUp(vault, disk, "two");
            assertThat(home.failed(failed).code()).isEqualTo("location.full");
            assertThat(home.backup(failed).status()).isEqualTo(BackupStatus.ERROR);
            assertThat(home.console().locations().get(place.id()).status()).isEqualTo(Location.Status.NEARLY_FULL);
            Path copy = root.resolve("copy.img");
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.readAllBytes(copy)).isEqualTo(before);
            // A full disk can still be emptied in good order.
            home.delete(home.backup(failed));
            Files.delete(filler);
            home.change(disk, 0, 95_000_000, 2);
            home.backUp(vault, disk, "three");
        }
    }

    /** Writes until nothing more fits. */
    private static void fill(Path filler) throws Exception {
        byte[] chunk = new byte[65_536];
        new java.util.SplittableRandom(1).nextBytes(chunk);
        for (int size : new int[] {65_536, 1024}) {
            try (OutputStream out = Files.newOutputStream(
                    filler, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(chunk, 0, size);
                }
            } catch (java.io.IOException e) {
                assertThat(e).hasMessageContaining("No space left");
            }
        }
        Shell.run("sync", "-f", filler.toString());
    }

    @Test
    void aDiskTornOffInTheMiddleFailsTheBackupAndWorksAgainUnderAnotherMountPoint() throws Exception {
        Path point = Files.createDirectory(root.resolve("mnt"));
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        // Room for both backups, also if the first one left all that it stored.
        try (LoopDevice loop = small(512);
                TestHome home = new TestHome(root)) {
            Shell.run("mount", loop.path().toString(), point.toString());
            Path folder = Files.createDirectories(point.resolve("vaults/of mine"));
            Location place = home.console().locations().add(new NewLocation("stick", folder, ""));
            Disk disk = home.image("web", 200);
            Vault vault = vault(home, place, disk);
            Task task;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                task = home.begin(vault, disk, "one");
                home.awaitStored(vault, task, 2_000_000);
                Shell.run("umount", "--lazy", point.toString());
            }

            Problem why = home.failed(task);
            assertThat(why.code()).startsWith("location.");
            assertThat(home.backup(task).status()).isEqualTo(BackupStatus.ERROR);
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.FROZEN);
            assertThat(home.again(vault).problem().map(Refusals::spoken))
                    .map(Problem::code)
                    .contains("location.unreachable");
            try (var left = Files.list(point)) {
                assertThat(left).as("nothing is written beside the mount").isEmpty();
            }

            Shell.run("mount", loop.path().toString(), elsewhere.toString());
            try {
                assertThat(home.console().locations().get(place.id()).folder().orElseThrow())
                        .isEqualTo(elsewhere.resolve("vaults/of mine"));
                assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
                Backup two = home.backUp(vault, disk, "two");
                byte[] right = Files.readAllBytes(disk.path());
                Path copy = root.resolve("copy.img");
                home.restore(two, new Target.NewFile(copy));
                assertThat(Files.readAllBytes(copy)).isEqualTo(right);
            } finally {
                home.console().vaults().close();
                Shell.run("umount", elsewhere.toString());
            }
        }
    }

    @Test
    void aCopyOfALocationIsNotTakenForIt() throws Exception {
        Path point = Files.createDirectory(root.resolve("mnt"));
        Path second = Files.createDirectory(root.resolve("second"));
        Path third = Files.createDirectory(root.resolve("third"));
        Path copied = root.resolve("copy.disk");
        try (LoopDevice loop = small(256);
                TestHome home = new TestHome(root)) {
            Shell.run("mount", loop.path().toString(), point.toString());
            Path folder = Files.createDirectories(point.resolve("vaults"));
            Location place = home.console().locations().add(new NewLocation("stick", folder, ""));
            Disk disk = home.image("web", 4);
            Vault vault = vault(home, place, disk);
            home.backUp(vault, disk, "one");
            copy(loop, copied);
            home.backUp(vault, disk, "two");
            Shell.run("umount", "--lazy", point.toString());

            try (LoopDevice copy = LoopDevice.attach(copied)) {
                try (LoopDevice.Mounted _ = copy.mount(second)) {
                    Problem old = frozen(home, place, vault);
                    assertThat(old.code()).isEqualTo("location.old-copy");
                    assertThat(old.args())
                            .containsEntry("path", folder.toString())
                            .containsEntry("other", second.resolve("vaults").toString());
                    try (LoopDevice.Mounted _ = loop.mount(third)) {
                        assertThat(home.console()
                                        .locations()
                                        .get(place.id())
                                        .folder()
                                        .orElseThrow())
                                .as("the right one, beside its copy")
                                .isEqualTo(third.resolve("vaults"));
                        home.backUp(vault, disk, "three");
                        home.console().vaults().close();
                    }
                }
            }
            copy(loop, copied);
            try (LoopDevice twin = LoopDevice.attach(copied);
                    LoopDevice.Mounted _ = loop.mount(point);
                    LoopDevice.Mounted _ = twin.mount(second)) {
                Problem both = frozen(home, place, vault);
                assertThat(both.code()).isEqualTo("location.copies");
                assertThat(List.of(
                                both.args().getOrDefault("path", ""),
                                both.args().getOrDefault("other", "")))
                        .containsExactlyInAnyOrder(
                                folder.toString(), second.resolve("vaults").toString());
            }
        }
    }

    /** Copies what is on a device as it is on the disk now. */
    private static void copy(LoopDevice from, Path to) {
        Shell.run("sync");
        Shell.run("dd", "if=" + from.path(), "of=" + to, "bs=1M", "conv=fsync", "status=none");
    }

    private static Problem frozen(TestHome home, Location place, Vault vault) {
        Location now = home.console().locations().get(place.id());
        assertThat(now.status()).isEqualTo(Location.Status.UNREACHABLE);
        assertThat(home.again(vault).status()).isEqualTo(VaultStatus.FROZEN);
        assertThat(home.again(vault).problem()).isEqualTo(now.problem());
        return Refusals.spoken(now.problem().orElseThrow());
    }

    @Test
    void aLimitHoldsForBackupAndRestoreAndIsRemembered() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 24);
            Vault vault = home.vault("vault_a", disk);
            Location place = home.location();
            assertThat(place.limit()).isZero();
            assertThat(Refusals.code(() -> home.console().locations().limit(place.id(), -1)))
                    .isEqualTo("location.limit");
            assertThat(Refusals.code(() -> home.console().locations().limit(place.id(), 100_001)))
                    .isEqualTo("location.limit");
            assertThat(home.console().locations().limit(place.id(), 10).limit()).isEqualTo(10);
            home.restart();
            assertThat(home.console().locations().get(place.id()).limit()).isEqualTo(10);

            // What the limit lets through at once is owed by the next: so the last object does not count.
            home.backUp(vault, disk, "first");
            home.console().locations().limit(place.id(), 4);
            long began = System.nanoTime();
            home.change(disk, 0, 12_000_000, 1);
            Backup second = home.backUp(vault, disk, "second");
            assertThat(System.nanoTime() - began).isGreaterThan(2_500_000_000L);
            began = System.nanoTime();
            home.restore(second, new Target.NewFile(root.resolve("copy.img")));
            assertThat(System.nanoTime() - began).isGreaterThan(2_000_000_000L);
            home.console().locations().limit(place.id(), 0);
            assertThat(home.console().audit().list(org.coffer.console.audit.AuditFilter.ALL, 0, 1))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.event().apiName()).isEqualTo("updateLocation");
                        assertThat(line.before()).hasToString("{limit=4}");
                        assertThat(line.after()).hasToString("{limit=0}");
                    });
        }
    }

    @Test
    void aFolderThatWasMovedIsFollowedWhenItIsAddedAgain() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Path folder = Files.createDirectory(root.resolve("here"));
            Path there = root.resolve("there");
            Location place = home.console().locations().add(new NewLocation("mine", folder, ""));
            Disk disk = home.image("web", 4);
            Vault vault = vault(home, place, disk);
            home.backUp(vault, disk, "one");
            Path copy = root.resolve("copy");
            Shell.run("cp", "-a", folder.toString(), copy.toString());
            home.backUp(vault, disk, "two");
            Files.move(folder, there);
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.FROZEN);

            assertThat(Refusals.code(() -> home.console().locations().add(new NewLocation("again", copy, ""))))
                    .as("an older copy is not followed")
                    .isEqualTo("location.old-copy");
            Location found = home.console().locations().add(new NewLocation("again", there, ""));

            assertThat(found.id()).isEqualTo(place.id());
            assertThat(found.name()).as("its own").isEqualTo("mine");
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
            home.backUp(vault, disk, "three");
            Files.move(there, folder);
            assertThat(home.console()
                            .locations()
                            .add(new NewLocation("mine", folder, ""))
                            .folder()
                            .orElseThrow())
                    .as("also under its own name")
                    .isEqualTo(folder);
        }
    }
}
