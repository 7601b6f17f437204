package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Vault;
import org.coffer.engine.work.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Until when a backup is kept whose computer slept, or stood still, in the middle of publishing it: for longer than its policy
 * keeps it, which is a day. Its date counts from when it is there.
 *
 * <pre>
 *   3rd 02:00 run ── dated ── publishing ··· sleep ··· 5th 10:00 there ── kept ── 6th 10:00 due
 * </pre>
 */
class DatingTest {
    private static final Retention A_DAY = new Retention.ByDays(1);
    private static final String WOKEN = "2026-11-05T10:00";

    @TempDir
    private Path root;

    private PolicyHome home;
    private Disk disk;
    private Vault vault;

    @BeforeEach
    void makeAVault() throws Exception {
        home = new PolicyHome(root);
        disk = home.home.image("web", 16);
        vault = home.home.vault("vault_a", disk);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static Instant moment(String local) {
        return LocalDateTime.parse(local).atZone(PolicyHome.ZONE).toInstant();
    }

    /** Lets what is due at a moment begin, and sleeps as soon as a pack of it lies in a vault and it is being published. */
    private Backup sleptWhilePublishing(String slot, Vault into) throws Exception {
        Task run;
        try (var _ = home.home.slowed(into)) {
            home.clock.set(slot);
            home.look();
            run = home.home.console().tasks().open().getFirst();
            home.home.awaitPack(into, run);
            while (home.home
                            .console()
                            .tasks()
                            .find(run.id())
                            .orElseThrow()
                            .progress()
                            .stage()
                    != Stage.PUBLISHING) {
                Thread.onSpinWait();
            }
            home.clock.set(WOKEN);
        }
        home.home.done(run);
        home.settle();
        return home.home
                .console()
                .backups()
                .find(run.subject().backupId().orElseThrow())
                .orElseThrow();
    }

    private void isKeptForADay(Vault in, Backup made) throws Exception {
        assertThat(made.expiresAt()).contains(moment("2026-11-06T10:00"));
        assertThat(home.reasons(in, made)).extracting(Verdict.Reason::keeper).containsExactly(Verdict.Keeper.TIME);
        assertThat(home.home.restored(made)).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void aBackupIsKeptFromWhenItIsThereAndItsVaultKnows() throws Exception {
        home.bound(PolicyHome.plan("nightly", A_DAY, "02:00"), vault);
        Backup made = sleptWhilePublishing("2026-11-03T02:00", vault);
        isKeptForADay(vault, made);

        Path place = root.resolve("place");
        Path moved = root.resolve("moved");
        Files.move(place, moved);
        home.home.console().forgetting().forget(vault.locationId());
        Location found = home.home.console().locations().add(new NewLocation("moved", moved, ""));
        Attaching attaching = home.home.console().attaching();
        try (OpenedStranger opened = attaching.open(attaching.find(found.id()).getFirst(), Optional.empty())) {
            attaching.attach(opened, true);
        }
        assertThat(home.rows())
                .as("a home that has only the vault")
                .filteredOn(backup -> backup.id().equals(made.id()))
                .singleElement()
                .satisfies(backup -> assertThat(backup.expiresAt()).contains(moment("2026-11-06T10:00")));
    }

    @Test
    void itGoesWhenItsDateComes() throws Exception {
        home.bound(PolicyHome.plan("nightly", A_DAY, "02:00"), vault);
        Backup made = sleptWhilePublishing("2026-11-03T02:00", vault);
        home.at("2026-11-06T09:59");
        assertThat(home.rows()).extracting(Backup::id).contains(made.id());
        home.at("2026-11-07T00:00"); // The first time that day at which it is looked for what goes.
        assertThat(home.rows()).extracting(Backup::id).doesNotContain(made.id());
    }

    @Test
    void aReplicaIsKeptFromWhenItIsThere() throws Exception {
        Vault far = home.home.elsewhere("far");
        home.bound(PolicyHome.nightly(9), vault);
        home.at("2026-11-03T02:00");
        home.bound(PolicyHome.plan("away", A_DAY, "04:00").replicatingTo(far.id()), vault);
        isKeptForADay(far, sleptWhilePublishing("2026-11-03T04:00", far));
    }

    @Test
    void aDateThatSomebodyGaveItMeanwhileStays() throws Exception {
        home.bound(PolicyHome.plan("nightly", A_DAY, "02:00"), vault);
        Task run;
        try (var _ = home.home.slowed(vault)) {
            home.clock.set("2026-11-03T02:00");
            home.look();
            run = home.home.console().tasks().open().getFirst();
            home.home.awaitPack(vault, run);
            home.sql("update backup set relabeled = true, expires_at = "
                    + moment("2026-12-01T00:00").toEpochMilli()); // Asking for it would wait for the pack.
            home.clock.set(WOKEN);
        }
        home.home.done(run);
        home.settle();
        assertThat(home.home.backup(run).expiresAt()).contains(moment("2026-12-01T00:00"));
    }

    @Test
    void oneWhoseProcessEndedRightAfterPublishingItIsKeptFromTheNextStart() throws Exception {
        home.bound(PolicyHome.plan("nightly", A_DAY, "02:00"), vault);
        home.clock.set("2026-11-03T02:00");
        home.look();
        Task run = home.home.console().tasks().open().getFirst();
        Backup made = home.home.backup(home.home.done(run));
        home.settle();
        home.clock.set(WOKEN);
        home.home.edit(
                "update backup set status = 'CREATING', finished_at = null",
                "update task set status = 'RUNNING', ended_at = null where kind = 'BACKUP'");
        home.settle();
        home.scheduler().daily();
        home.settle();
        Backup left = home.home.again(made.id());
        assertThat(left.restorable()).isTrue();
        assertThat(left.expiresAt()).contains(moment("2026-11-06T10:00"));
        assertThat(home.home.restored(left)).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void aCopyOfABackupMadeByHandIsNobodysAlsoIfItsProcessEndedRightAfterPublishingIt() throws Exception {
        Vault far = home.home.elsewhere("far");
        home.home.backUp(vault, disk, "by_hand");
        Policy away = home.bound(PolicyHome.plan("away", A_DAY, "04:00").replicatingTo(far.id()), vault);
        home.at("2026-11-03T04:00");
        Backup copy = home.home.console().backups().ofVault(far.id()).getFirst();
        assertThat(copy.automatic()).isEmpty();
        home.home.edit(
                "update backup set status = 'CREATING', finished_at = null, policy_id = '" + away.id() + "', slot = 1,"
                        + " expires_at = 1 where id = '" + copy.id() + "'",
                "update task set status = 'RUNNING', ended_at = null where kind = 'REPLICATE'");
        home.settle();
        Backup left = home.home.again(copy.id());
        assertThat(left.restorable()).isTrue();
        assertThat(left.automatic()).as("what its commit says").isEmpty();
        assertThat(left.expiresAt()).isEmpty();
    }
}
