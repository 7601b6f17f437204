package org.coffer.console.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V5, V13, L5: which disks can be bound to which vault. Needs root, for loop devices and mounts. */
class BindingsTest {
    @TempDir
    private Path root;

    private static Candidate candidate(TestHome home, Location place, Disk disk) {
        return home.console().vaults().bindings().candidates(place.id()).stream()
                .filter(candidate -> candidate.disk().id().equals(disk.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsBoundMustFitAndTheRefusalCountsWhatIsMissing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk large = home.sparse("large", 60 * Vault.GB);
            Disk more = home.sparse("more", 40 * Vault.GB + 1);
            Disk exact = home.sparse("exact", 40 * Vault.GB);
            Vault vault = home.vault("vault_a", large);
            Problem refused =
                    Refusals.problem(() -> home.console().vaults().bindings().bind(vault.id(), List.of(more.id())));
            assertThat(refused.code()).isEqualTo("bind.capacity");
            assertThat(refused.args())
                    .containsEntry("sum", 41L)
                    .containsEntry("room", 40L)
                    .containsEntry("suggest", 101L);
            assertThat(home.again(vault).disks()).containsExactly(large.id());
            home.console().vaults().bindings().bind(vault.id(), List.of(exact.id()));
            assertThat(home.again(vault).boundBytes()).isEqualTo(100 * Vault.GB);
        }
    }

    @Test
    void ofSeveralDisksAllAreBoundOrNone() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk good = home.image("good", 1);
            Disk bad = home.image("bad", 1);
            Files.delete(bad.path());
            home.console().disks().look(bad.id());
            Vault vault = home.vault("vault_a");
            assertThat(Refusals.code(
                            () -> home.console().vaults().bindings().bind(vault.id(), List.of(good.id(), bad.id()))))
                    .isEqualTo("disk.missing");
            assertThat(home.again(vault).disks()).isEmpty();
        }
    }

    @Test
    void aDiskBelongsToOneVaultAndARowThatCannotBeChosenSaysWhy() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk taken = home.image("taken", 1);
            Disk missing = home.image("missing", 1);
            Disk faulty = home.image("faulty", 1);
            Disk free = home.image("free", 1);
            home.vault("vault_a", taken);
            Vault other = home.vault("vault_b");
            Files.delete(missing.path());
            home.console().disks().look(missing.id());
            Files.write(faulty.path(), new byte[0]);
            home.console().disks().look(faulty.id());
            Location place = home.location();

            assertThat(candidate(home, place, taken).whyNot().map(Refusals::spoken))
                    .map(Problem::code)
                    .contains("bind.taken");
            assertThat(candidate(home, place, missing).whyNot().map(Refusals::spoken))
                    .map(Problem::code)
                    .contains("disk.missing");
            assertThat(candidate(home, place, faulty).whyNot().map(Refusals::spoken))
                    .map(Problem::code)
                    .contains("image.empty");
            assertThat(candidate(home, place, free).whyNot()).isEmpty();
            for (Disk disk : List.of(taken, missing, faulty)) {
                assertThat(home.console().vaults().bindings().problem(other.id(), List.of(disk.id())))
                        .isEqualTo(candidate(home, place, disk).whyNot());
            }
        }
    }

    @Test
    void aVaultProtectsTwoHundredAndFiftySixDisksAndNotOneMore() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_a");
            List<UUID> disks = new ArrayList<>();
            for (int i = 0; i <= Vault.MOST_DISKS; i++) {
                disks.add(home.sparse("disk" + i, 1_000_000).id());
            }
            assertThat(Refusals.code(() -> home.console().vaults().bindings().bind(vault.id(), disks)))
                    .isEqualTo("bind.many");
            home.console().vaults().bindings().bind(vault.id(), disks.subList(0, 256));
            assertThat(home.again(vault).disks()).hasSize(256);
            assertThat(Refusals.code(
                            () -> home.console().vaults().bindings().bind(vault.id(), disks.subList(256, 257))))
                    .isEqualTo("bind.many");
        }
    }

    @Test
    void theDiskThatCarriesTheLocationIsRefusedEverywhere() throws Exception {
        Path file = root.resolve("carrier");
        Files.write(file, new byte[0]);
        Shell.run("truncate", "-s", "256M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        try (LoopDevice loop = LoopDevice.attach(file);
                LoopDevice.Mounted _ = loop.mount(point);
                TestHome home = new TestHome(root)) {
            Location place = home.console().locations().add(new NewLocation("carried", point, ""));
            Disk device = home.device(loop.path());
            Disk behind = home.console()
                    .disks()
                    .addImage(new NewImage(file, java.util.Optional.of("behind"), Disk.Role.DATA));
            for (Disk disk : List.of(device, behind)) {
                assertThat(candidate(home, place, disk).whyNot().map(Refusals::spoken))
                        .as(disk.name())
                        .map(Problem::code)
                        .contains("location.same-disk");
            }
            NewVault wanted = home.newVault("vault_a", device);
            NewVault there = new NewVault(
                    "vault_a",
                    "",
                    place.id(),
                    100,
                    wanted.disks(),
                    true,
                    java.util.Optional.empty(),
                    false,
                    "",
                    java.util.Map.of());
            assertThat(Refusals.code(() -> home.console().vaults().create(there)))
                    .isEqualTo("location.same-disk");
        }
    }

    @Test
    void anImageBesideTheLocationCanBeBoundWithAWarning() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("beside", 1);
            Candidate row = candidate(home, home.location(), disk);
            assertThat(row.whyNot()).isEmpty();
            assertThat(row.warnings().stream().map(Refusals::spoken).map(Problem::code))
                    .containsExactly("location.beside");
        }
    }

    @Test
    void theFirstRunOfADiskAboveFourTerabytesIsEstimatedAtAStatedSpeed() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk edge = home.image("edge", 1);
            Disk large = home.image("large", 1);
            resize(edge.path(), 4_000_000_000_000L);
            resize(large.path(), 5_400_000_000_000L);
            home.console().disks().refresh();
            assertThat(candidate(home, home.location(), edge).warnings())
                    .extracting(Problem::code)
                    .doesNotContain("bind.large");
            assertThat(candidate(home, home.location(), large).warnings())
                    .filteredOn(warning -> warning.code().equals("bind.large"))
                    .singleElement()
                    .satisfies(warning -> assertThat(Refusals.spoken(warning).args())
                            .containsEntry("disk", "large")
                            .containsEntry("size", 5_400_000_000_000L)
                            .containsEntry("hours", 10L)
                            .containsEntry("speed", 150_000_000L));
        }
    }

    private static void resize(java.nio.file.Path image, long bytes) throws java.io.IOException {
        try (var file = new java.io.RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    /** Binds both at once and says how many were bound. */
    private static long bound(Runnable one, Runnable other) throws InterruptedException {
        var together = new java.util.concurrent.CyclicBarrier(2);
        var done = new java.util.concurrent.atomic.AtomicLong();
        List<Thread> threads = java.util.stream.Stream.of(one, other)
                .map(act -> Thread.ofPlatform().start(() -> {
                    try {
                        together.await();
                        act.run();
                        done.incrementAndGet();
                    } catch (org.coffer.problem.ProblemException e) {
                        Refusals.spoken(e.problem());
                    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return done.get();
    }

    @Test
    void ofTwoVaultsThatWantADiskAtOnceOneGetsIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault one = home.vault("vault_a");
            Vault two = home.vault("vault_b");
            Bindings bindings = home.console().vaults().bindings();
            for (int round = 0; round < 5; round++) {
                List<UUID> disk = List.of(home.sparse("disk" + round, 1_000_000).id());
                assertThat(bound(() -> bindings.bind(one.id(), disk), () -> bindings.bind(two.id(), disk)))
                        .isEqualTo(1);
            }
            assertThat(home.again(one).disks().size() + home.again(two).disks().size())
                    .isEqualTo(5);
        }
    }

    @Test
    void twoThatFitOnlyOneByOneAreNotBothBoundAtOnce() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Bindings bindings = home.console().vaults().bindings();
            for (int round = 0; round < 5; round++) {
                Vault vault = home.vault("vault_" + round);
                List<UUID> one =
                        List.of(home.sparse("one" + round, 60 * Vault.GB).id());
                List<UUID> two =
                        List.of(home.sparse("two" + round, 60 * Vault.GB).id());
                assertThat(bound(() -> bindings.bind(vault.id(), one), () -> bindings.bind(vault.id(), two)))
                        .isEqualTo(1);
                assertThat(home.again(vault).boundBytes()).isEqualTo(60 * Vault.GB);
            }
        }
    }

    @Test
    void ofTwoVaultsThatAreMadeAtOnceForOneDiskOneIsMadeAndNothingIsLeftOfTheOther() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("wanted", 1);
            NewVault one = home.newVault("vault_a", disk);
            NewVault two = home.newVault("vault_b", disk);
            Vaults vaults = home.console().vaults();
            assertThat(bound(() -> vaults.create(one), () -> vaults.create(two)))
                    .isEqualTo(1);
            assertThat(vaults.list(VaultFilter.ALL)).hasSize(1);
            try (var folders = Files.list(home.location().folder().orElseThrow())) {
                assertThat(folders.filter(each -> each.getFileName().toString().startsWith("vault-"))
                                .filter(BindingsTest::holdsFiles))
                        .hasSize(1);
            }
        }
    }

    private static boolean holdsFiles(Path folder) {
        try (var all = Files.walk(folder)) {
            return all.anyMatch(Files::isRegularFile);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
