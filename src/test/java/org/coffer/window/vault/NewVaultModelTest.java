package org.coffer.window.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.policy.Policy;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.disk.TestDiskDesk;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewVaultModelTest {
    @TempDir
    Path root;

    private final TestDiskDesk desk = new TestDiskDesk();
    private TestHome home;
    private Disk large;
    private NewVaultModel model;

    /** A place for vaults, and a sparse disk of 60 GB. */
    @BeforeEach
    void open() throws IOException {
        home = new TestHome(root);
        home.location();
        large = sparse("large", 60);
        model = new NewVaultModel(desk.over(home.console()), List.of(large.id()));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Disk sparse(String name, int gb) throws IOException {
        Path file = root.resolve(name + ".img");
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(gb * Vault.GB);
        }
        return home.console().disks().addImage(new NewImage(file, Optional.of(name), Disk.Role.DATA));
    }

    private Optional<String> problem(String field) {
        return model.problem(field).getValue().map(Sentence::key);
    }

    @Test
    void everythingIsAnsweredBeforehand() {
        assertThat(model.name().get()).matches("vault_[0-9a-f]{4}");
        assertThat(model.location().get()).isPresent();
        assertThat(model.capacity().get()).isEqualTo("120");
        assertThat(model.encrypted().get()).isTrue();
        assertThat(List.of("name", "location", "capacity", "disks"))
                .allMatch(field -> problem(field).isEmpty());
    }

    @Test
    void theFirstPolicyServesItOrOneThatIsMadeForIt() {
        var policies = home.console().policies();
        Policy nightly = policies.list().getFirst();
        assertThat(model.policy().get()).contains(nightly);
        model.policy().set(Optional.empty());
        model.check();
        assertThat(model.policy().get()).as("Later stays Later").isEmpty();
        model.newPolicy();
        Policy made = policies.create(nightly.plan().named("made_for_it"));
        model.check();
        assertThat(model.policy().get()).contains(made);
        model.create();
        Vault vault = home.console().vaults().list(VaultFilter.ALL).getLast();
        assertThat(policies.ofVault(vault.id())).contains(made);
    }

    @Test
    void oneForCopiesHasNeitherDisksNorAPolicy() {
        model.replication().set(true);
        assertThat(model.disks().get()).isEmpty();
        assertThat(model.policy().get()).isEmpty();
        model.check();
        assertThat(model.policy().get()).as("none is offered again").isEmpty();
        assertThat(model.summary().get().getFirst().key()).isEqualTo("vault.create.summary.sealed.copies");

        model.create();
        Vault made = home.console().vaults().list(VaultFilter.ALL).getLast();
        assertThat(made.protection()).isEqualTo(Protection.REPLICATION);
        assertThat(home.console().policies().ofVault(made.id())).isEmpty();
    }

    @Test
    void theAdvisedCapacityFollowsTheDisksUntilSomebodyTypesAnother() throws IOException {
        model.remove(large.id());
        assertThat(model.capacity().get()).isEqualTo("10");
        model.capacity().set("500");
        Disk more = sparse("more", 30);
        var again = new NewVaultModel(desk.over(home.console()), List.of(large.id(), more.id()));
        assertThat(again.capacity().get()).isEqualTo("180");
        again.capacity().set("500");
        again.remove(more.id());
        assertThat(again.capacity().get()).isEqualTo("500");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ''          , 120      , name     , !name.empty
            a b         , 120      , name     , !name.invalid
            ok          , 9        , capacity , !capacity.range
            ok          , 10485761 , capacity , !capacity.range
            ok          , ten      , capacity , !capacity.number
            ok          , 59       , capacity , !bind.capacity
            """)
    void badInputIsSaidAtItsField(String name, String capacity, String field, String key) {
        model.name().set(name);
        model.capacity().set(capacity);
        assertThat(problem(field)).hasValue(key);
    }

    @Test
    void differentPassphrasesAreSaidAtTheSecond() {
        model.passphrase().set("correct horse");
        assertThat(problem("repeated")).hasValue("!passphrase.differs");
        model.repeated().set("correct horse");
        assertThat(problem("repeated")).isEmpty();
        model.passphrase().set("abc");
        assertThat(problem("passphrase")).hasValue("!passphrase.short");
    }

    @Test
    void theSummaryGrowsWithTheInput() {
        assertThat(keys())
                .contains(
                        "vault.create.summary.sealed.disks", "vault.create.summary.first", "vault.create.summary.key");
        model.encrypted().set(false);
        assertThat(keys()).contains("vault.create.summary.open.disks", "vault.create.summary.plain");
        model.autoExpand().set(true);
        assertThat(keys()).contains("vault.create.summary.grows");
        model.remove(large.id());
        assertThat(keys()).as("nothing is backed up first").doesNotContain("vault.create.summary.first");
    }

    private List<String> keys() {
        return model.summary().get().stream().map(Sentence::key).toList();
    }

    @Test
    void creatingMakesTheVaultAndGoesToItsPage() {
        model.name().set("财务_1");
        model.passphrase().set("correct horse");
        model.repeated().set("correct horse");
        model.create();
        Vault made = home.console().vaults().list(VaultFilter.ALL).getFirst();
        assertThat(made.name()).isEqualTo("财务_1");
        assertThat(made.disks()).containsExactly(large.id());
        assertThat(home.console().vaults().keys().hasPassphrase(made.id())).isTrue();
        assertThat(desk.left).isEqualTo(1);
        assertThat(desk.routes().getLast().page()).isEqualTo(DiskDesk.VAULT);
        assertThat(model.passphrase().get()).isEmpty();
        assertThat(List.of("name", "disks"))
                .as("the form does not complain of the vault that it made")
                .allMatch(field -> problem(field).isEmpty());
    }

    @Test
    void aFailureKeepsAllInput() {
        home.vault("taken");
        model.name().set("taken");
        model.capacity().set("777");
        model.create();
        assertThat(desk.problems()).extracting(problem -> problem.code()).containsExactly("name.taken");
        assertThat(desk.left).isZero();
        assertThat(model.capacity().get()).isEqualTo("777");
    }

    @Test
    void createAndBackUpStartsTheFirstBackup() throws InterruptedException, IOException {
        Disk small = home.image("small", 2);
        var form = new NewVaultModel(desk.over(home.console()), List.of(small.id()));
        form.createAndBackUp();
        var task = home.console()
                .tasks()
                .list(org.coffer.console.task.TaskFilter.ALL, 0, 10)
                .getFirst();
        home.done(task);
        assertThat(home.console().backups().count(org.coffer.console.backup.BackupFilter.ALL))
                .isEqualTo(1);
    }
}
