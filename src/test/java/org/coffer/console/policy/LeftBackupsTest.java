package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.Refusals;
import org.coffer.console.attach.Attached;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Deletion;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Stranger;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No backup goes that nobody was asked about, whatever was unbound, edited and bound again (P7, P8); and none keeps a full
 * vault from taking in the next (V6).
 */
class LeftBackupsTest {
    private static final String[] THREE = {"03T02:00", "04T02:00", "05T02:00"};

    @TempDir
    private Path root;

    private static PolicyPlan newest(int n) {
        return PolicyHome.plan("nightly", PolicyHome.newest(n), "02:00");
    }

    /** Three nights of a policy that keeps nine. */
    private static Policy threeNights(PolicyHome home, Vault vault) throws Exception {
        Policy policy = home.bound(newest(9), vault);
        for (String day : List.of("03", "04", "05")) {
            home.at("2026-11-" + day + "T02:00");
        }
        assertThat(home.backups()).containsExactly(THREE);
        return policy;
    }

    private static EditEffect edit(PolicyHome home, Policy policy, int newest) {
        EditEffect asked = home.home.console().simulator().effect(policy.id(), newest(newest));
        home.policies().edit(policy.id(), newest(newest), false);
        return asked;
    }

    private static void twoMoreNights(PolicyHome home) throws Exception {
        home.at("2026-11-06T02:00");
        home.at("2026-11-07T02:00");
    }

    @Test
    void whatAPolicyLeftStaysWhenItIsEditedAndBoundAgain() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("a", home.home.image("web", 1));
            Policy policy = threeNights(home, vault);
            home.policies().unbind(vault.id());
            assertThat(edit(home, policy, 1).count()).isZero();
            home.policies().bind(policy.id(), vault.id());
            twoMoreNights(home);
            assertThat(home.backups())
                    .as("those left, and one of the two since")
                    .containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
            Backup oldest = home.rows().getLast();
            assertThat(home.home
                            .console()
                            .histories()
                            .verdicts(vault.id(), home.clock.instant())
                            .get(oldest.id()))
                    .satisfies(
                            one -> assertThat(one.keptBy(Verdict.Keeper.LEFT)).isTrue());
        }
    }

    @Test
    void anEditNamesAllThatGoAlsoRightAfterABackup() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = threeNights(home, home.vault("a"));
            Simulator simulator = home.home.console().simulator();
            // The clock stands where it stood as the last one was made, and was put back a little since.
            for (String now : List.of("2026-11-05T02:00:00", "2026-11-05T01:59:30")) {
                home.clock.set(now);
                for (int again = 0; again < 30; again++) {
                    assertThat(simulator.effect(policy.id(), newest(1)).count()).isEqualTo(3);
                }
            }
            edit(home, policy, 1);
            home.at("2026-11-06T02:00");
            assertThat(home.backups()).containsExactly("06T02:00");
        }
    }

    /** How a policy ceases to serve a disk, and how it serves it again. */
    enum Break {
        DISK_UNBOUND {
            @Override
            void begins(There there) {
                there.unbind(there.vault);
            }

            @Override
            void ends(There there) {
                there.bind(there.vault);
            }
        },
        POLICY_UNBOUND {
            @Override
            void begins(There there) {
                there.home.policies().unbind(there.vault.id());
            }

            @Override
            void ends(There there) {
                there.home.policies().bind(there.policy.id(), there.vault.id());
            }
        },
        ANOTHER_POLICY {
            @Override
            void begins(There there) {
                Policy other = there.home.policies().create(newest(9).named("other"));
                there.home.policies().bind(other.id(), there.vault.id());
            }

            @Override
            void ends(There there) {
                there.home.policies().bind(there.policy.id(), there.vault.id());
            }
        },
        MIGRATED {
            @Override
            void begins(There there) throws Exception {
                move(there.home, there.vault, there.disk, there.other);
            }

            @Override
            void ends(There there) throws Exception {
                move(there.home, there.other, there.disk, there.vault);
            }
        },
        MERGED {
            @Override
            void begins(There there) throws Exception {
                there.merge(there.vault, there.other);
            }

            @Override
            void ends(There there) throws Exception {
                there.merge(there.other, there.vault);
            }
        },
        /** The vault lay in the trash, and its disk was protected elsewhere meanwhile. */
        VAULT_TRASHED {
            @Override
            void begins(There there) {
                there.console().trash().delete(there.vault.id(), there.vault.name());
                there.bind(there.other);
            }

            @Override
            void ends(There there) {
                there.console().trash().restore(there.vault.id());
                there.unbind(there.other);
                there.bind(there.vault);
            }
        };

        abstract void begins(There there) throws Exception;

        abstract void ends(There there) throws Exception;
    }

    /** A disk in one of two vaults, and the policy of that one. */
    record There(PolicyHome home, Vault vault, Vault other, Disk disk, Policy policy) {
        org.coffer.console.Console console() {
            return home.home.console();
        }

        void bind(Vault to) {
            console().vaults().bindings().bind(to.id(), List.of(disk.id()));
        }

        void unbind(Vault from) {
            console().unbinding().unbind(from.id(), List.of(disk.id()), Unbinding.Fate.KEEP);
        }

        void merge(Vault from, Vault into) throws Exception {
            for (Task task : console().migrations().start(from.id(), List.of(), into.id())) {
                home.home.done(task);
            }
        }
    }

    /** When the policy is edited to keep one. */
    enum Edited {
        MEANWHILE,
        ONCE_IT_IS_BACK
    }

    @ParameterizedTest
    @CsvSource({
        "DISK_UNBOUND,   MEANWHILE", "DISK_UNBOUND,   ONCE_IT_IS_BACK",
        "POLICY_UNBOUND, MEANWHILE", "POLICY_UNBOUND, ONCE_IT_IS_BACK",
        "ANOTHER_POLICY, MEANWHILE", "ANOTHER_POLICY, ONCE_IT_IS_BACK",
        "MIGRATED,       MEANWHILE", "MIGRATED,       ONCE_IT_IS_BACK",
        "MERGED,         MEANWHILE", "MERGED,         ONCE_IT_IS_BACK",
        "VAULT_TRASHED,  MEANWHILE", "VAULT_TRASHED,  ONCE_IT_IS_BACK"
    })
    void noCountTakesInWhatIsFromBeforeABreak(Break how, Edited when) throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("a", disk);
            Vault other = home.home.vault("b");
            There there = new There(home, vault, other, disk, threeNights(home, vault));
            home.clock.set("2026-11-05T10:00");
            how.begins(there);
            if (when == Edited.MEANWHILE) {
                assertThat(edit(home, there.policy, 1).count()).as("asked").isZero();
            }
            how.ends(there);
            if (when == Edited.ONCE_IT_IS_BACK) {
                assertThat(edit(home, there.policy, 1).count()).as("asked").isZero();
            }
            home.at("2026-11-06T00:00");
            assertThat(home.backups()).as("the daily clean-up").containsExactly(THREE);
            twoMoreNights(home);
            assertThat(home.backups())
                    .as("those left, and one of the two since")
                    .containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
            assertThat(edit(home, there.policy, 1).count())
                    .as("nothing is hidden")
                    .isZero();
        }
    }

    /** The location never comes back, is forgotten, and comes back after all. */
    private static Location forgottenAndFound(PolicyHome home, Path from, Path to) throws Exception {
        Location place = home.home.console().locations().list().getFirst();
        Files.move(from, to);
        home.home.console().forgetting().forget(place.id());
        return home.home
                .console()
                .locations()
                .add(new NewLocation(to.getFileName().toString(), to, ""));
    }

    private static Attached attach(PolicyHome home, Location place, Vault vault, boolean ownerGone) {
        Attaching attaching = home.home.console().attaching();
        Stranger found = attaching.find(place.id()).stream()
                .filter(one -> one.prefix().contains(vault.id().toString()))
                .findFirst()
                .orElseThrow();
        try (OpenedStranger opened = attaching.open(found, Optional.empty())) {
            return attaching.attach(opened, ownerGone);
        }
    }

    private static List<String> codes(Attached attached) {
        return attached.notes().stream()
                .map(note -> Refusals.spoken(note).code())
                .toList();
    }

    private static List<String> moments(PolicyHome home, Vault vault) {
        return home.home.console().backups().ofVault(vault.id()).stream()
                .map(backup -> PolicyHome.local(backup.createdAt()))
                .toList()
                .reversed();
    }

    @Test
    void whatAVaultBringsThatIsAttachedStaysIfItsPolicyWasEditedMeanwhile() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("a", home.home.image("web", 1));
            Vault other = home.home.vault("b", home.home.image("mail", 1));
            Policy policy = home.bound(newest(9), vault, other);
            for (String day : List.of("03", "04", "05")) {
                home.at("2026-11-" + day + "T02:00");
            }
            Location found = forgottenAndFound(home, root.resolve("place"), root.resolve("away"));
            home.policies().delete(policy.id());
            assertThat(codes(attach(home, found, vault, true)))
                    .as("it comes back as it was")
                    .isEmpty();
            assertThat(edit(home, policy, 1).count()).isEqualTo(3);
            Attached second = attach(home, found, other, true);
            assertThat(codes(second)).containsExactly("attach.policy-changed");
            assertThat(second.policy().map(Policy::id)).contains(policy.id());
            twoMoreNights(home);
            assertThat(moments(home, vault)).as("somebody was asked").containsExactly("07T02:00");
            assertThat(moments(home, other))
                    .as("nobody was asked")
                    .containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
        }
    }

    @Test
    void aPolicyThatIsOnHereDoesNotServeAVaultThatAnotherConsoleGoesOnBackingUp() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("a", home.home.image("web", 1));
            Vault other = home.home.vault("b", home.home.image("mail", 1));
            Policy policy = home.bound(newest(9), vault, other);
            Location found = forgottenAndFound(home, root.resolve("place"), root.resolve("away"));
            attach(home, found, vault, true);
            Attached beside = attach(home, found, other, false);
            assertThat(codes(beside)).containsExactly("attach.policy-twice");
            assertThat(beside.policy()).isEmpty();

            found = forgottenAndFound(home, root.resolve("away"), root.resolve("farther"));
            home.policies().delete(policy.id());
            assertThat(attach(home, found, other, false).policy().orElseThrow().enabled())
                    .isFalse();
            Attached owned = attach(home, found, vault, true);
            assertThat(codes(owned)).containsExactly("attach.policy-off");
            assertThat(owned.policy().orElseThrow().enabled()).isFalse();
        }
    }

    private static void move(PolicyHome home, Vault from, Disk disk, Vault to) throws Exception {
        home.home.done(home.home
                .console()
                .migrations()
                .start(from.id(), List.of(disk.id()), to.id())
                .getFirst());
    }

    @Test
    void whatWasMadeOfADiskStaysWhenItIsMovedAwayAndBack() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("a", disk);
            Vault other = home.home.vault("b");
            Policy policy = threeNights(home, vault);
            move(home, vault, disk, other);
            assertThat(edit(home, policy, 1).count()).isZero();
            move(home, other, disk, vault);
            twoMoreNights(home);
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
        }
    }

    @Test
    void aPolicyOfBothVaultsGoesOnCountingADiskThatMovesButNotWhatItLeftBefore() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Disk mail = home.home.image("mail", 1);
            Vault vault = home.home.vault("a", disk, mail);
            Vault other = home.home.vault("b");
            Policy policy = home.bound(newest(9), vault);
            home.policies().bind(policy.id(), other.id());
            home.at("2026-11-03T02:00");
            home.home.console().unbinding().unbind(vault.id(), List.of(mail.id()), Unbinding.Fate.KEEP);
            home.home.console().vaults().bindings().bind(other.id(), List.of(mail.id()));
            for (Disk each : List.of(disk, mail)) {
                move(home, vault, each, other);
            }
            assertThat(home.home.console().backups().ofVault(other.id()))
                    .extracting(
                            Backup::diskId,
                            backup -> backup.automatic().orElseThrow().left())
                    .containsExactlyInAnyOrder(tuple(disk.id(), false), tuple(mail.id(), true));
        }
    }

    @Test
    void whatWasMadeOfADiskStaysWhenItIsUnboundAndBoundAgain() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("a", disk);
            Policy policy = threeNights(home, vault);
            home.home.console().unbinding().unbind(vault.id(), List.of(disk.id()), Unbinding.Fate.KEEP);
            assertThat(edit(home, policy, 1).count()).isZero();
            home.home.console().vaults().bindings().bind(vault.id(), List.of(disk.id()));
            twoMoreNights(home);
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
        }
    }

    @Test
    void whatAPolicyMadeStaysWhenAnotherTookItsPlaceForAWhile() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("a", home.home.image("web", 1));
            Policy policy = threeNights(home, vault);
            Policy other = home.policies().create(newest(1).named("other"));
            home.policies().bind(other.id(), vault.id());
            assertThat(edit(home, policy, 1).count()).isZero();
            home.policies().bind(policy.id(), vault.id());
            twoMoreNights(home);
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
        }
    }

    @Test
    void anEditCountsBackupsInTheTrashOfVaultsToo() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("a", home.home.image("web", 1));
            Policy policy = threeNights(home, vault);
            home.clock.set("2026-11-05T10:00");
            home.home.console().trash().delete(vault.id(), vault.name());
            assertThat(edit(home, policy, 1).afterNext()).as("asked").hasSize(3);
            home.home.console().trash().restore(vault.id());
            home.at("2026-11-06T02:00");
            assertThat(home.backups()).containsExactly("06T02:00");
        }
    }

    @Test
    void whatSomebodyTakesOutOfTheTrashIsNeitherLetGoByACountNorPushesAnyOut() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(newest(3), vault);
            for (String day : List.of("03", "04", "05")) {
                home.at("2026-11-" + day + "T02:00");
            }
            Deletion deletion = home.home.console().deletion();
            UUID oldest = home.rows().getLast().id();
            deletion.trash().put(List.of(oldest));
            deletion.trash().takeBack(oldest);
            assertThat(home.reasons(vault, home.rows().getLast()))
                    .as("as it was, for who changes his mind at once")
                    .extracting(Verdict.Reason::keeper)
                    .containsExactly(Verdict.Keeper.COUNT);
            deletion.trash().put(List.of(oldest));
            home.at("2026-11-06T02:00");
            home.at("2026-11-07T02:00");
            assertThat(home.backups()).as("the newest three").containsExactly("05T02:00", "06T02:00", "07T02:00");
            deletion.trash().takeBack(oldest);
            home.at("2026-11-08T00:00");
            assertThat(home.backups()).containsExactly("03T02:00", "05T02:00", "06T02:00", "07T02:00");
            home.at("2026-11-08T02:00");
            assertThat(home.backups()).containsExactly("03T02:00", "06T02:00", "07T02:00", "08T02:00");
        }
    }

    @Test
    void whatRanOutInTheTrashStaysWhenItIsTakenBack() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.plan("dated", new Retention.ByDays(4), "02:00"), vault);
            for (String day : List.of("03", "04", "05")) {
                home.at("2026-11-" + day + "T02:00");
            }
            Deletion deletion = home.home.console().deletion();
            UUID oldest = home.rows().getLast().id();
            deletion.trash().put(List.of(oldest));
            home.clock.set("2026-11-07T10:00");
            deletion.trash().takeBack(oldest);
            home.home.console().trash().delete(vault.id(), vault.name());
            home.clock.set("2026-11-08T10:00");
            home.home.console().trash().restore(vault.id());
            home.at("2026-11-09T00:00");
            assertThat(home.rows().stream()
                            .filter(backup -> backup.expiresAt().isEmpty())
                            .map(backup -> PolicyHome.local(backup.createdAt())))
                    .as("on the 7th, and with its vault on the 8th")
                    .containsExactly("04T02:00", "03T02:00");
            home.at("2026-11-10T00:00");
            assertThat(home.backups()).as("a date that was yet to come counts").doesNotContain("05T02:00");
        }
    }

    @Test
    void whatDidNotRunOutInTheTrashButByAClockThatIsAheadKeepsItsDate() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.plan("dated", new Retention.ByDays(4), "02:00"), vault);
            for (String day : List.of("03", "04", "05")) {
                home.at("2026-11-" + day + "T02:00");
            }
            Deletion deletion = home.home.console().deletion();
            UUID oldest = home.rows().getLast().id();
            deletion.trash().put(List.of(oldest));
            home.clock.set("2027-11-05T10:00");
            deletion.trash().takeBack(oldest);
            home.home.console().trash().delete(vault.id(), vault.name());
            home.clock.set("2027-11-05T11:00");
            home.home.console().trash().restore(vault.id());
            assertThat(home.rows())
                    .allSatisfy(backup -> assertThat(backup.expiresAt())
                            .contains(backup.createdAt().plus(Duration.ofDays(4))));
            home.at("2026-11-05T12:00");
            home.at("2026-11-08T00:00");
            assertThat(home.backups()).as("by its date").doesNotContain("03T02:00");
        }
    }

    @Test
    void whatWasPutIntoTheTrashUnderAClockThatWasAheadIsLeftToo() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            threeNights(home, vault);
            Deletion deletion = home.home.console().deletion();
            UUID oldest = home.rows().getLast().id();
            home.at("2026-11-05T20:00");
            deletion.trash().put(List.of(oldest));
            home.at("2026-11-05T10:00");
            deletion.trash().takeBack(oldest);
            assertThat(home.reasons(vault, home.rows().getLast()))
                    .extracting(Verdict.Reason::keeper)
                    .containsExactly(Verdict.Keeper.LEFT);
        }
    }

    @Test
    void aLoweredCountMakesRoomInAFullVault() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            NewVault plain = home.home.newVault("small", disk);
            Vault vault = home.home
                    .console()
                    .vaults()
                    .create(new NewVault(
                            "small",
                            "",
                            plain.location(),
                            10,
                            List.of(disk.id()),
                            true,
                            Optional.empty(),
                            false,
                            "",
                            Map.of()));
            Policy policy = home.bound(newest(9), vault);
            for (int day = 3; day <= 5; day++) {
                home.home.change(disk, 0, 500_000, day);
                home.at("2026-11-0" + day + "T02:00");
            }
            // Nobody reads a slot here, and nothing is deleted or left alone because of one.
            Path ballast = Files.createDirectories(home.home.objects(vault).resolve("slot"))
                    .resolve("ballast");
            try (RandomAccessFile hole = new RandomAccessFile(ballast.toFile(), "rw")) {
                hole.setLength(10 * Vault.GB - home.home.again(vault).used() + 1);
            }
            home.home.console().vaults().measure(vault.id());
            assertThat(home.home.again(vault).over()).isTrue();
            home.at("2026-11-06T02:00");
            assertThat(home.tasks()).as("full").endsWith("failed vault.full");
            assertThat(edit(home, policy, 2).count()).as("asked").isEqualTo(2);
            assertThat(home.backups()).hasSize(4);
            home.at("2026-11-07T02:00");
            assertThat(home.rows().stream()
                            .filter(Backup::restorable)
                            .map(backup -> PolicyHome.local(backup.createdAt()))
                            .toList())
                    .containsExactly("07T02:00", "05T02:00");
        }
    }

    @Test
    void whatWasLeftStaysLeftWhenTheClockStepsBackBeforeTheBinding() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = threeNights(home, vault);
            home.policies().unbind(vault.id());
            edit(home, policy, 1);
            home.clock.set("2026-11-05T12:00");
            home.policies().bind(policy.id(), vault.id());
            home.at("2026-11-03T12:00"); // Two days back are believed,
            home.at("2026-11-05T13:00"); // and two days ahead too.
            twoMoreNights(home);
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
        }
    }

    @Test
    void whatWasLeftStaysLeftWhenItsDiskIsBoundAgainWhileTheClockIsBehind() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("a", disk);
            Policy policy = threeNights(home, vault);
            home.home.console().unbinding().unbind(vault.id(), List.of(disk.id()), Unbinding.Fate.KEEP);
            edit(home, policy, 1);
            home.at("2026-11-02T12:00");
            home.home.console().vaults().bindings().bind(vault.id(), List.of(disk.id()));
            home.at("2026-11-05T13:00");
            twoMoreNights(home);
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
        }
    }
}
