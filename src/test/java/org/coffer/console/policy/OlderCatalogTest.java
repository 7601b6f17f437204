package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.coffer.console.backup.Backup;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Catalogs of older versions (4, as it was before open disks had names, and 29), with policies, bonds, backups and slots in
 * them (Z2). They are made out of one of today that real work filled:
 *
 * <pre>
 *   a policy by count and one by time, bound; a rule for disks that bind themselves
 *   3 November 02:00      full       left: the policy was bound anew on the 5th
 *   4 November 02:00      incremental
 *   5 November 10:00      by hand
 *   6 November 02:00      full again, as every other one
 *   7 November 02:00      missed, asked about
 * </pre>
 */
class OlderCatalogTest {
    private static final AutoBindRule RULE = new AutoBindRule("data-?", "/srv");

    @TempDir
    private Path root;

    /** What the services say. */
    private record Known(
            List<Policy> policies,
            List<Bond> bonds,
            List<SlotRun> slots,
            List<Backup> backups,
            List<Vault> vaults,
            List<Disk> disks,
            List<String> tasks) {
        static Known of(PolicyHome home) {
            var console = home.home.console();
            List<Policy> policies = console.policies().list();
            return new Known(
                    policies,
                    console.policies().store().bonds(),
                    policies.stream()
                            .flatMap(policy -> console.scheduler().last(policy.id(), 99).stream())
                            .toList(),
                    home.rows(),
                    console.vaults().list(VaultFilter.ALL),
                    console.disks().list(),
                    home.tasks());
        }
    }

    /** Makes what the class says; the vault. */
    private static Vault lived(PolicyHome home) throws Exception {
        Vault vault = home.vault("a");
        PolicyPlan plan = PolicyHome.with(PolicyHome.nightly(9), Missed.ASK);
        Policy policy = home.bound(
                new PolicyPlan(
                        plan.name(),
                        true,
                        plan.schedule(),
                        plan.retention(),
                        OptionalInt.of(1),
                        plan.missed(),
                        plan.conditions()),
                vault);
        home.bound(PolicyHome.plan("dated", new Retention.ByMonths(3), "04:00"), home.home.vault("empty"));
        home.at("2026-11-03T02:00");
        home.at("2026-11-04T02:00");
        home.at("2026-11-05T10:00");
        home.policies().unbind(vault.id());
        home.policies().bind(policy.id(), vault.id());
        home.home.backUp(vault, home.home.console().disks().get(vault.disks().getFirst()), "by_hand");
        home.at("2026-11-06T02:00");
        home.at("2026-11-07T10:00");
        home.home.console().vaults().autoBinding().set(vault.id(), Optional.of(RULE));
        assertThat(home.scheduler().open()).extracting(SlotRun::fate).containsExactly(SlotFate.ASKED);
        return vault;
    }

    @Test
    void nothingIsLostOfACatalogOfVersion4AndWhatItDidNotKnowIsWorkedOut() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = lived(home);
            var before = Known.of(home);
            Map<String, List<String>> old = new TreeMap<>();
            Map<String, List<String>> rows = new TreeMap<>();
            home.home.restart(() -> {
                old.putAll(makeOld("4"));
                sql("insert into open_disk (id, backup_id, writable, served, port, opened_at) values"
                        + " ('99999999-9999-9999-9999-999999999999', '"
                        + before.backups().getLast().id() + "', true, false, 0, 1)");
                // Its clock had jumped, and was not believed.
                sql("update clock_watch set trusted_at = seen_at - "
                        + Duration.ofDays(20).toMillis());
                rows.putAll(rows(old));
            });
            assertThat(root.resolve("home/catalog-v4.mv.db")).as("the copy").exists();
            assertThat(Known.of(home)).isEqualTo(before);
            assertThat(home.rows()).extracting(Backup::storedFull).containsExactly(true, false, false, true);
            assertThat(home.rows())
                    .extracting(backup -> backup.automatic().map(Backup.Automatic::left))
                    .containsExactly(Optional.of(false), Optional.empty(), Optional.of(true), Optional.of(true));
            assertThat(home.home.console().clockWatch().suspected())
                    .contains(home.clock.instant().minus(Duration.ofDays(20)));
            assertThat(home.home.console().openDisks().list())
                    .extracting(OpenDisk::name)
                    .containsExactly(before.backups().getLast().name());
            assertThat(home.home.console().vaults().autoBinding().rule(vault.id()))
                    .contains(RULE);
            home.home.restart(() ->
                    rows(old).forEach((table, now) -> assertThat(now).as(table).isEqualTo(rows.get(table))));
            home.clock.push(Duration.ofDays(1));
            assertThat(home.home.console().clockWatch().trusted())
                    .as("and it runs on")
                    .isEqualTo(home.clock.instant().minus(Duration.ofDays(20)));
        }
    }

    /** The version before vaults for replicas only, and before it was known whose vault it is beside which this home works. */
    @Test
    void nothingIsLostOfACatalogOfVersion29AndItsVaultsTakeBackupsAsBefore() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = lived(home);
            home.home.edit(
                    "update vault set beside = true where name = 'empty'",
                    "update backup set made_elsewhere = true where name = 'by_hand'");
            var before = Known.of(home);
            Map<String, List<String>> old = new TreeMap<>();
            Map<String, List<String>> rows = new TreeMap<>();
            home.home.restart(() -> {
                old.putAll(makeOld("29"));
                assertThat(old.get("VAULT"))
                        .contains("ATTACHING", "BESIDE")
                        .as("what came later")
                        .doesNotContain("PROTECTION", "OWNER");
                rows.putAll(rows(old));
            });
            assertThat(root.resolve("home/catalog-v29.mv.db")).as("the copy").exists();
            assertThat(Known.of(home)).isEqualTo(before);
            assertThat(home.home.console().vaults().list(VaultFilter.ALL))
                    .hasSize(2)
                    .allMatch(one -> one.protection() == Protection.BACKUP)
                    .allMatch(one -> one.owner().isEmpty())
                    .filteredOn(Vault::beside)
                    .extracting(Vault::name)
                    .containsExactly("empty");
            home.home.restart(() ->
                    rows(old).forEach((table, now) -> assertThat(now).as(table).isEqualTo(rows.get(table))));
            home.home.backUp(
                    home.home.again(vault),
                    home.home.console().disks().get(vault.disks().getFirst()),
                    "after_it");
            assertThat(home.rows()).hasSize(before.backups().size() + 1);
        }
    }

    private Connection connect(String catalog) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + root.resolve("home").resolve(catalog), "coffer", "");
    }

    private void sql(String statement) throws IOException {
        try (Connection catalog = connect("catalog");
                var act = catalog.createStatement()) {
            act.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /**
     * Puts a catalog of an older version into the place of the present one, with all rows, as far as it can hold them; its
     * columns by table.
     */
    private Map<String, List<String>> makeOld(String version) throws IOException {
        Path home = root.resolve("home");
        Files.move(home.resolve("catalog.mv.db"), home.resolve("present.mv.db"));
        Files.delete(home.resolve("catalog.stamp"));
        Flyway.configure(getClass().getClassLoader())
                .dataSource("jdbc:h2:file:" + home.resolve("catalog"), "coffer", "")
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
        try (Connection present = connect("present");
                Connection old = connect("catalog");
                var act = old.createStatement()) {
            act.execute("set referential_integrity false");
            Map<String, List<String>> columns = new TreeMap<>();
            for (String table : tables(old)) {
                columns.put(table, columns(old, table));
                copy(present, old, table, columns.get(table));
            }
            act.execute("set referential_integrity true");
            return columns;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Every row of some columns, by table. */
    private Map<String, List<String>> rows(Map<String, List<String>> columns) throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        try (Connection catalog = connect("catalog");
                var act = catalog.createStatement()) {
            for (var table : columns.entrySet()) {
                List<String> lines = new ArrayList<>();
                try (ResultSet rows = act.executeQuery(
                        "select " + String.join(", ", table.getValue()) + " from " + called(catalog, table.getKey()))) {
                    while (rows.next()) {
                        List<Object> line = new ArrayList<>();
                        for (int i = 1; i <= table.getValue().size(); i++) {
                            line.add(String.valueOf(rows.getObject(i)));
                        }
                        lines.add(line.toString());
                    }
                }
                Collections.sort(lines);
                all.put(table.getKey(), lines);
            }
            return all;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** What a table of an older version is called in a catalog. */
    private static String called(Connection catalog, String table) throws SQLException {
        return table.equals("POLICY_VAULT") && !tables(catalog).contains(table) ? "POLICY_BOND" : table;
    }

    private static List<String> tables(Connection catalog) throws SQLException {
        try (var act = catalog.createStatement();
                ResultSet names = act.executeQuery("select table_name from information_schema.tables where"
                        + " table_schema = 'PUBLIC' and table_name <> 'flyway_schema_history'")) {
            List<String> tables = new ArrayList<>();
            while (names.next()) {
                tables.add(names.getString(1));
            }
            return tables;
        }
    }

    private static List<String> columns(Connection catalog, String table) throws SQLException {
        try (ResultSet names = catalog.getMetaData().getColumns(null, "PUBLIC", table, null)) {
            List<String> columns = new ArrayList<>();
            while (names.next()) {
                columns.add(names.getString("COLUMN_NAME"));
            }
            return columns;
        }
    }

    private static void copy(Connection from, Connection to, String table, List<String> columns) throws SQLException {
        String names = String.join(", ", columns);
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        try (var read = from.createStatement();
                ResultSet rows = read.executeQuery("select " + names + " from " + called(from, table));
                var write = to.prepareStatement("insert into " + table + " (" + names + ") values (" + marks + ")")) {
            while (rows.next()) {
                for (int i = 1; i <= columns.size(); i++) {
                    write.setObject(i, rows.getObject(i));
                }
                write.executeUpdate();
            }
        }
    }
}
