package org.coffer.window.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Kind;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.table.Sort;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.restore.RestoreSheets;
import org.coffer.window.task.Since;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * <pre>
 *   day 1   web   one    full         main
 *           mail  post   full         other
 *   day 2   web   two    incremental  main
 *   day 9   web   (error)             main
 * </pre>
 */
class BackupListModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk desk = new TestDesk();
    private Disk web;
    private Vault main;
    private BackupListModel model;

    @BeforeEach
    void aHistory() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        web = days.image("web", 4, Disk.Role.DATA);
        Disk mail = days.image("mail", 2, Disk.Role.DATA);
        main = days.vault("main", web);
        Vault other = days.vault("other", mail);
        days.backUp(main, web, "one");
        days.pass(Duration.ofMinutes(1));
        days.backUp(other, mail, "post");
        days.pass(Duration.ofDays(1));
        days.change(web, 0, 70_000);
        days.backUp(main, web, "two");
        days.pass(Duration.ofDays(7));
        Path away = root.resolve("away");
        Files.move(web.path(), away);
        days.backUp(main, web, "three");
        Files.move(away, web.path());
        model = model(Optional.empty());
        model.refresh();
    }

    @Test
    void aDayIsFoundInTheListWhateverItWasSortedBy() {
        model.refresh();
        model.rows().sortProperty().set(Optional.of(Sort.down("name")));
        var at = new int[] {-1};
        LocalDate today =
                LocalDate.ofInstant(days.clock().instant(), days.clock().getZone());
        model.find(today, index -> at[0] = index);
        assertThat(at[0]).isZero();
        assertThat(model.rows().sortProperty().get()).contains(Sort.down("created"));
        Backup oldest = model.rows().items().getLast();
        LocalDate first = LocalDate.ofInstant(oldest.createdAt(), days.clock().getZone());
        model.find(first.minusDays(1), index -> at[0] = index);
        assertThat(at[0]).isEqualTo(model.rows().items().size());
        model.find(first, index -> at[0] = index);
        assertThat(LocalDate.ofInstant(
                        model.rows().items().get(at[0]).createdAt(),
                        days.clock().getZone()))
                .isEqualTo(first);
    }

    @Test
    void whatARetentionLockHoldsIsMarked() throws Exception {
        var policies = days.console().policies();
        policies.bind(policies.list().getFirst().id(), main.id());
        days.dayOfPolicies();
        model.refresh();
        assertThat(model.rows().items()).noneMatch(model::held);

        days.console().vaults().lock(main.id(), main.name());
        model.refresh();

        assertThat(model.rows().items())
                .filteredOn(model::held)
                .as("the policy's, not those made by hand")
                .singleElement()
                .satisfies(backup -> assertThat(backup.automatic()).isPresent());
    }

    @AfterEach
    void close() {
        days.close();
    }

    private BackupListModel model(Optional<java.util.UUID> vault) {
        var its = desk.desk(days.clock());
        var acts = new BackupActs(
                days.services(),
                its,
                new RestoreSheets(
                        days.console().restores(),
                        days.console().files(),
                        days.console().disks(),
                        its),
                new OpenDiskSheets(days.console().openDisks(), days.console().events(), its));
        return new BackupListModel(days.services(), its, acts, vault);
    }

    private List<String> names() {
        return model.rows().items().stream().map(Backup::name).toList();
    }

    @Test
    void showsTheNewestFirst() {
        assertThat(names()).containsExactly("three", "two", "post", "one");
        assertThat(model.rows().totalProperty().get()).isEqualTo(4);
    }

    private static Comparator<Backup> by(String column) {
        Comparator<Backup> rising = switch (column) {
            case "verified" ->
                Comparator.comparing(backup -> backup.verifiedAt().orElse(Instant.MIN));
            case "data" -> Comparator.comparingLong(backup -> backup.sizes().logical());
            case "only" -> Comparator.comparingLong(backup -> backup.sizes().onlyHere());
            default -> Comparator.comparingLong(backup -> backup.sizes().freesNow());
        };
        return rising.reversed();
    }

    @Test
    void sortsInSqlByWhateverColumnIsChosen() {
        model.rows().sortProperty().set(Optional.of(Sort.up("name")));
        assertThat(names()).containsExactly("one", "post", "three", "two");
        model.rows().sortProperty().set(Optional.of(Sort.down("added")));
        assertThat(names().getFirst()).isEqualTo("one");
        days.console().backups().whole(model.rows().items().getFirst().id());
        String verified = model.rows().items().getFirst().name();
        for (Sort most : List.of(Sort.down("verified"), Sort.down("data"), Sort.down("only"), Sort.down("frees"))) {
            model.rows().sortProperty().set(Optional.of(most));
            assertThat(model.rows().items()).as(most.column()).isSortedAccordingTo(by(most.column()));
        }
        model.rows().sortProperty().set(Optional.of(Sort.down("verified")));
        assertThat(model.rows().items().getFirst().name()).isEqualTo(verified);
        model.rows().sortProperty().set(Optional.of(Sort.up("vault")));
        assertThat(names().getLast()).isEqualTo("post");
    }

    @Test
    void filtersHoldTogetherAndCanBeTakenAwayOneByOne() {
        model.diskProperty().set(Optional.of(new Named(web.id(), "web")));
        assertThat(names()).containsExactly("three", "two", "one");
        model.statuses().add(BackupStatus.AVAILABLE);
        assertThat(names()).containsExactly("two", "one");
        model.advancedProperty().set(kind(Kind.FULL));
        assertThat(names()).containsExactly("one");
        assertThat(model.rows().filteredProperty().get()).isTrue();

        model.advancedProperty()
                .set(model.advancedProperty()
                        .get()
                        .parts()
                        .getFirst()
                        .without()
                        .apply(model.advancedProperty().get()));
        assertThat(names()).containsExactly("two", "one");
        model.clearFilters();
        assertThat(names()).hasSize(4);
        assertThat(model.rows().filteredProperty().get()).isFalse();
    }

    private static Advanced kind(Kind kind) {
        return new Advanced(
                "", "", "", "", "", Optional.of(kind), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void aSpanOfTimeLeavesOutWhatIsOlder() {
        model.sinceProperty().set(Optional.of(Since.WEEK));
        assertThat(names()).containsExactly("three", "two");
        model.sinceProperty().set(Optional.empty());
        model.advancedProperty()
                .set(Advanced.NONE.between(
                        Optional.of(LocalDate.parse("2026-11-01")), Optional.of(LocalDate.parse("2026-11-01"))));
        assertThat(names()).containsExactly("post", "one");
    }

    @Test
    void advancedSearchFindsByPartsOfIds() {
        Backup two = model.rows().items().get(1);
        model.advancedProperty()
                .set(new Advanced(
                        "",
                        two.id().toString().substring(0, 8),
                        main.id().toString().substring(9, 18),
                        "",
                        web.id().toString(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(names()).containsExactly("two");
        assertThat(model.advancedProperty().get().parts()).hasSize(3);
    }

    @Test
    void searchFindsNamesOfBackupsDisksAndVaults() {
        model.queryProperty().set("OTHER");
        assertThat(names()).containsExactly("post");
        model.queryProperty().set("web");
        assertThat(names()).hasSize(3);
    }

    @Test
    void theListOfOneVaultHoldsNothingElse() {
        model = model(Optional.of(main.id()));
        model.refresh();
        assertThat(names()).containsExactly("three", "two", "one");
        model.clearFilters();
        assertThat(names()).hasSize(3);
    }

    @Test
    void exportWritesExactlyWhatIsFiltered() throws Exception {
        Path file = root.resolve("list.csv");
        desk.file(file);
        model.diskProperty().set(Optional.of(new Named(web.id(), "web")));
        model.statuses().add(BackupStatus.AVAILABLE);
        model.rows().sortProperty().set(Optional.of(Sort.up("name")));
        model.export(BackupExport.Format.CSV);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).startsWith("name,id,status,disk");
        assertThat(lines.get(1)).startsWith("one,").contains(",full,manual,crash,");
        assertThat(lines.get(2)).startsWith("two,");
        assertThat(desk.told()).extracting(sentence -> sentence.key()).containsExactly("backups.export.done");

        model.export(BackupExport.Format.JSON);
        assertThat(Files.readString(file))
                .startsWith("[\n{")
                .endsWith("}\n]\n")
                .contains("\"name\":\"one\"", "\"kind\":\"full\"")
                .doesNotContain("\"post\"");
    }

    @Test
    void exportQuotesWhatASpreadsheetWouldTakeForAFormula() throws Exception {
        Backup one = model.rows().items().get(3);
        days.console().backups().rename(one.id(), "one", "=1+1, \"quoted\"");
        Path file = root.resolve("list.csv");
        desk.file(file);
        model.export(BackupExport.Format.CSV);
        assertThat(Files.readString(file)).contains("\"'=1+1, \"\"quoted\"\"\"");
    }

    @Test
    void anErrorBackupCanBeDeletedButNotRestored() {
        Backup three = model.rows().items().getFirst();
        assertThat(three.status()).isEqualTo(BackupStatus.ERROR);
        assertThat(model.acts().restore(three).possible()).isFalse();
        assertThat(model.acts().delete(three).possible()).isTrue();
    }

    @Test
    void tickedBackupsAreTakenOutOfTheTrash() {
        List<Backup> all = List.copyOf(model.rows().items());
        days.console()
                .deletion()
                .trash()
                .put(List.of(all.get(1).id(), all.get(3).id()));
        model.refresh();
        assertThat(names()).containsExactly("three", "post");
        model.trashProperty().set(true);
        assertThat(names()).containsExactlyInAnyOrder("one", "two");
        model.rows().ticks().selectAllMatching(2);
        model.takeBackTicked();
        model.refresh();
        assertThat(names()).isEmpty();
        model.trashProperty().set(false);
        assertThat(names()).hasSize(4);
    }

    @Test
    void tickingAllButSomeAsksAboutExactlyThose() {
        model.rows().ticks().selectAllMatching(4);
        model.rows().ticks().set(model.rows().items().getFirst().id().toString(), false);
        model.deleteTicked();
        assertThat(desk.sheets()).hasSize(1);
        assertThat(desk.sheets()
                        .getFirst()
                        .act()
                        .orElseThrow()
                        .title()
                        .getValue()
                        .args())
                .contains(3);
    }

    @Test
    void theDisksToChooseFromAreThoseWithBackups() {
        assertThat(model.diskOptions().getValue()).extracting(Named::name).containsExactly("mail", "web");
        assertThat(model.vaultOptions().getValue()).extracting(Named::name).containsExactlyInAnyOrder("main", "other");
        assertThat(Set.copyOf(model.used().getValue().args())).contains("bytes");
    }
}
