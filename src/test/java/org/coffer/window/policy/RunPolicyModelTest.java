package org.coffer.window.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P14 in the window: a policy is run by hand for all its disks, or for those that are ticked. */
class RunPolicyModelTest {
    @Test
    void ofTheDisksOfAllItsVaultsThoseThatAreTickedAreBackedUp(@TempDir Path root) throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"))) {
            Policies policies = days.console().policies();
            Policy nightly = policies.list().getFirst();
            Disk web = days.image("web", 1, Disk.Role.DATA);
            Disk mail = days.image("mail", 24, Disk.Role.DATA);
            Disk photos = days.image("photos", 1, Disk.Role.DATA);
            Vault office = days.vault("office", web, mail);
            Vault home = days.vault("home", photos);
            policies.bind(nightly.id(), office.id());
            policies.bind(nightly.id(), home.id());
            days.console().locations().limit(office.locationId(), 1);
            Task running = days.console()
                    .backups()
                    .start(new NewBackup(office.id(), List.of(mail.id()), "by_hand", "", false))
                    .getFirst();
            var desk = new TestDesk();
            RunPolicyModel model = RunPolicyModel.of(DaysServices.of(days), desk.desk(days.clock()), nightly);
            assertThat(model.lines())
                    .extracting(line -> line.vault().name() + " " + line.disk().name() + " "
                            + line.busy().isPresent())
                    .containsExactlyInAnyOrder("home photos false", "office web false", "office mail true");
            assertThat(model.title().getValue()).isEqualTo(Sentence.of("backup.do", "n", 2));
            assertThat(model.soon()).isEmpty();
            model.tick(web.id(), false);
            model.tick(photos.id(), false);
            assertThat(model.whyNot().getValue()).isEqualTo(Optional.of(Sentence.of("backup.no-disk")));
            model.start(() -> {
                throw new AssertionError("nothing is ticked");
            });
            model.tick(photos.id(), true);
            days.console().locations().limit(office.locationId(), 0);
            model.start(() -> {});
            days.console().tasks().await(running.id());
            days.settle();
            assertThat(desk.told())
                    .containsExactly(Sentence.of("policies.run.started", "n", 1, "policy", "Policy-0200"));
            assertThat(days.console().backups().ofVault(home.id())).hasSize(1);
            assertThat(days.console().backups().ofVault(office.id()))
                    .extracting(Backup::diskName)
                    .containsExactly("mail");
            days.pass(Duration.ofHours(7)); // It is 01:00 in Shanghai.
            assertThat(RunPolicyModel.of(DaysServices.of(days), desk.desk(days.clock()), nightly)
                            .soon())
                    .as("an hour before it runs by itself")
                    .isPresent();
        }
    }

    @Test
    void aPolicyOfReplicationSaysThatItCopiesAndWaitsForNoDisk(@TempDir Path root) throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"))) {
            Policies policies = days.console().policies();
            Disk web = days.image("web", 24, Disk.Role.DATA);
            Vault office = days.vault("office", web);
            days.backUp(office, web, "one");
            Vault far = days.vaultElsewhere("far");
            Policy away = policies.create(
                    policies.list().getFirst().plan().named("away").replicatingTo(far.id()));
            policies.bind(away.id(), office.id());
            days.console().locations().limit(office.locationId(), 1);
            Task running = days.console()
                    .backups()
                    .start(new NewBackup(office.id(), List.of(web.id()), "by_hand", "", false))
                    .getFirst();
            var desk = new TestDesk();
            RunPolicyModel model = RunPolicyModel.of(DaysServices.of(days), desk.desk(days.clock()), away);
            assertThat(model.title().getValue()).isEqualTo(Sentence.of("policies.run.copy", "n", 1));
            days.console().locations().limit(office.locationId(), 0);
            model.start(() -> {});
            days.console().tasks().await(running.id());
            days.settle();
            assertThat(desk.told()).containsExactly(Sentence.of("policies.run.copying", "n", 1, "policy", "away"));
            assertThat(days.console().backups().ofVault(far.id())).hasSize(1);

            days.console().trash().delete(far.id(), "far");
            policies.enable(away.id(), false);
            var form = new PolicyFormModel(
                    DaysServices.of(days), desk.desk(days.clock()), policies.find(away.id()), Optional.empty());
            form.draft().enabled.set(true);
            assertThat(form.problem("name", "to").getValue().map(Sentence::key))
                    .as("in the form too")
                    .contains("!vault.trashed");
        }
    }
}
