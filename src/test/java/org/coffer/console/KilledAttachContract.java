package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * T4, V17: a process that is killed with SIGKILL while it attaches a vault that a lost home kept. At the next start all is as
 * before, or the vault is attached whole: with its policy, and with all that a process has which is not killed. Held in each
 * kind of place by a test of its own.
 *
 * <pre>
 *   lost home: policy, 3 nights ──▶ drive ──▶ a copy for each new home
 * </pre>
 */
abstract class KilledAttachContract {
    private static final int NIGHTS = 3;

    @TempDir
    private Path root;

    private byte[] content;

    /**
     * Copies what the lost home kept, so that a new home has a place of its own.
     *
     * @param lost the folder of the lost home
     * @param fresh that of the new one
     * @return where it lies, as {@link VictimProcess#place} is told
     */
    abstract String copied(Path lost, Path fresh) throws IOException;

    /** What a home has of a vault: whose each backup is, what still counts it, and when it goes. */
    private record Attached(Optional<String> policy, Set<String> backups) {
        static Attached in(Console console, Vault vault) {
            return new Attached(
                    console.policies().ofVault(vault.id()).map(Policy::name),
                    console.backups().ofVaultWithTrash(vault.id()).stream()
                            .map(Attached::told)
                            .collect(Collectors.toSet()));
        }

        private static String told(Backup backup) {
            return String.join(
                    " ",
                    backup.name(),
                    backup.status().name(),
                    backup.session().orElse("-"),
                    backup.automatic()
                            .map(from -> from.slot() + " left " + from.left())
                            .orElse("by hand"),
                    backup.expiresAt().toString(),
                    "here " + backup.madeHere());
        }
    }

    @BeforeEach
    void losesAHome() throws Exception {
        var clock = new MovableClock();
        clock.push(Duration.ofDays(-NIGHTS - 1));
        try (TestHome lost = new TestHome(root.resolve("lost"), clock)) {
            Disk disk = lost.image("web", 2);
            NewVault plain = lost.newVault("vault_web", disk);
            Vault vault = lost.console()
                    .vaults()
                    .create(new NewVault(
                            plain.name(),
                            "",
                            plain.location(),
                            plain.capacityGb(),
                            plain.disks(),
                            true,
                            Optional.of(VictimProcess.PASSPHRASE.toCharArray()),
                            false,
                            "",
                            Map.of()));
            PolicyPlan plan = lost.console().policies().list().getFirst().plan();
            Policy policy = lost.console()
                    .policies()
                    .create(plan.named("nightly").keeping(new Retention.ByCount(NIGHTS, Retention.Periods.NONE)));
            lost.console().policies().bind(policy.id(), vault.id());
            for (int night = 0; night < NIGHTS; night++) {
                clock.push(Duration.ofDays(1));
                lost.change(disk, 1_000L * night, 500, night);
                lost.console().scheduler().tick();
                lost.console().scheduler().await();
                for (var task : lost.console().tasks().open()) {
                    lost.done(task);
                }
            }
            content = Files.readAllBytes(disk.path());
        }
    }

    /**
     * A new home.
     *
     * @param base its folder
     * @param place where the vault lies
     */
    private record Fresh(Path base, String place) {}

    private Fresh fresh(String name) throws IOException {
        Path base = root.resolve(name);
        Files.createDirectories(base);
        return new Fresh(base, copied(root.resolve("lost"), base));
    }

    /** Attaches the vault of a home's place, if the home does not have it yet. */
    private static Vault whole(TestHome home, String where) {
        Console console = home.console();
        List<Vault> known = console.vaults().list(VaultFilter.ALL);
        if (known.isEmpty()) {
            Location place = console.locations().list().stream()
                    .findFirst()
                    .orElseGet(() -> VictimProcess.place(console, where));
            Attaching attaching = console.attaching();
            try (OpenedStranger opened = attaching.open(
                    attaching.find(place.id()).getFirst(), Optional.of(VictimProcess.PASSPHRASE.toCharArray()))) {
                assertThat(console.policies().list())
                        .as("nothing of it came")
                        .extracting(Policy::name)
                        .doesNotContain("nightly");
                return attaching.attach(opened, true).vault();
            }
        }
        assertThat(known).hasSize(1);
        console.vaults().open().get(known.getFirst().id()); // What was left to do is done now.
        assertThat(console.vaults().attaching(known.getFirst().id())).isEmpty();
        return console.vaults().get(known.getFirst().id());
    }

    private Attached wanted() throws Exception {
        Fresh unharmed = fresh("unharmed");
        try (TestHome home = new TestHome(unharmed.base())) {
            Attached all = Attached.in(home.console(), whole(home, unharmed.place()));
            assertThat(all.policy()).contains("nightly");
            assertThat(all.backups()).hasSize(NIGHTS);
            return all;
        }
    }

    private void goesOn(Fresh killed) throws Exception {
        try (TestHome home = new TestHome(killed.base())) {
            Vault vault = whole(home, killed.place());
            assertThat(Attached.in(home.console(), vault)).isEqualTo(wanted());
            home.console().scheduler().tick();
            home.console().scheduler().daily();
            home.console().scheduler().await();
            assertThat(home.console().backups().ofVault(vault.id()).stream()
                            .filter(Backup::restorable)
                            .count())
                    .as("nothing was let go")
                    .isEqualTo(NIGHTS);
            assertThat(home.restored(home.console().backups().ofVault(vault.id()).stream()
                            .filter(Backup::restorable)
                            .findFirst()
                            .orElseThrow()))
                    .isEqualTo(content);
            assertThat(home.console().audit().firstBrokenLine()).isEmpty();
        }
    }

    @Test
    void killedWhenTheBackupsCameItIsAttachedWholeAtTheNextStart() throws Exception {
        Fresh held = fresh("held");
        assertThat(Victim.killedInAttaching(held.base(), held.place(), "held", () -> true))
                .isTrue();
        try (TestHome home = new TestHome(held.base())) {
            assertThat(home.console().vaults().list(VaultFilter.ALL)).hasSize(1);
        }
        goesOn(held);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 40, 90, 160, 300})
    void killedAnywhereItIsAsBeforeOrAttachedWhole(long milliseconds) throws Exception {
        Fresh killed = fresh("killed");
        boolean ignored = Victim.killedInAttaching(killed.base(), killed.place(), "-", Victim.after(milliseconds));
        goesOn(killed);
    }
}
