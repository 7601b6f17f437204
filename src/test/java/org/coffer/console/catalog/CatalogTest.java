package org.coffer.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import org.coffer.console.Refusals;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Z2: catalogs of other versions, and catalogs that are none. */
class CatalogTest {
    @TempDir
    private Path home;

    @Test
    void aCatalogOfANewerProgramIsRefusedAndLeftAsItIs() throws Exception {
        Catalog.open(home).close();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("catalog"), "coffer", "");
                var act = connection.createStatement()) {
            act.executeUpdate(
                    "insert into \"flyway_schema_history\" values (99, '99', 'later', 'SQL', 'V99__later.sql',"
                            + " 1, 'coffer', current_timestamp, 1, true)");
        }
        byte[] before = Files.readAllBytes(home.resolve("catalog.mv.db"));
        Problem refused = Refusals.problem(() -> Catalog.open(home));
        assertThat(refused.code()).isEqualTo("catalog.newer");
        assertThat(refused.args()).containsEntry("version", 99);
        assertThat(Files.readAllBytes(home.resolve("catalog.mv.db")))
                .as("the catalog's %s bytes", before.length)
                .matches(now -> Arrays.equals(now, before));
    }

    @Test
    void theFileIsMadeCompactWhenItGrewAndNotAtEachClose() throws Exception {
        Catalog.open(home).close();
        Path file = home.resolve("catalog.mv.db");
        CatalogStamp stamp = new CatalogStamp(file);
        long first = stamp.compact();
        assertThat(first).isEqualTo(Files.size(file));
        int left = 0;
        for (int time = 0; time < 60; time++) {
            long before = stamp.compact();
            try (Catalog catalog = Catalog.open(home)) {
                catalog.sql().execute("create table filler as select random_uuid() from system_range(1, 500)");
                catalog.sql().execute("drop table filler");
            }
            left += stamp.compact() == before ? 1 : 0;
            assertThat(Files.size(file)).isLessThan(2 * first);
        }
        assertThat(left).isBetween(30, 59);
    }

    @Test
    void theNoteOfTheVersionIsBelievedOnlyForTheFileItWasWrittenFor() throws Exception {
        Catalog.open(home).close();
        CatalogStamp stamp = new CatalogStamp(home.resolve("catalog.mv.db"));
        assertThat(stamp.says(Catalog.VERSION)).isTrue();
        assertThat(stamp.says(Catalog.VERSION + 1)).isFalse();
        Files.setLastModifiedTime(
                home.resolve("catalog.mv.db"),
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(5)));
        assertThat(stamp.says(Catalog.VERSION)).as("written by somebody since").isFalse();
        Catalog.open(home).close();
        assertThat(stamp.says(Catalog.VERSION)).isTrue();
        Files.delete(home.resolve("catalog.stamp"));
        Catalog.open(home).close();
        assertThat(stamp.says(Catalog.VERSION)).isTrue();
    }

    @Test
    void anOlderCatalogIsBroughtUpToDateAfterACopy() throws Exception {
        String url = "jdbc:h2:file:" + home.resolve("catalog");
        org.flywaydb.core.Flyway.configure(Catalog.class.getClassLoader())
                .dataSource(url, "coffer", "")
                .locations("classpath:db/migration")
                .target("1")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url, "coffer", "");
                var act = connection.createStatement()) {
            act.executeUpdate("insert into location (id, name, kind, path, region, marker, added_at)"
                    + " values ('x', 'drive', 'FOLDER', '/mnt', '', 'm', 1)");
        }
        try (Catalog catalog = Catalog.open(home)) {
            assertThat(catalog.sql().fetchValue("select limit_mb from location where name = 'drive'"))
                    .isEqualTo(0L);
        }
        assertThat(home.resolve("catalog-v1.mv.db")).exists();
    }

    @Test
    void aFileThatIsNoCatalogIsRefusedAndLeftAsItIs() throws Exception {
        byte[] noise = "not a catalog at all".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        Files.write(home.resolve("catalog.mv.db"), noise);
        assertThat(Refusals.code(() -> Catalog.open(home))).isEqualTo("catalog.unreadable");
        assertThat(Files.readAllBytes(home.resolve("catalog.mv.db"))).isEqualTo(noise);
    }

    @Test
    void whatATransactionBeganIsUndoneWhenItFails() {
        try (Catalog catalog = Catalog.open(home)) {
            Problem refused = Refusals.problem(() -> catalog.transaction(() -> {
                catalog.sql().execute("insert into setting (name, content) values ('a', 'b')");
                throw new org.coffer.problem.ProblemException(Problem.of("name.empty"));
            }));
            assertThat(refused.code()).isEqualTo("name.empty");
            assertThat(catalog.sql().fetchCount(org.jooq.impl.DSL.table("setting")))
                    .isZero();
        }
    }

    /** Work that is late must not open the file again, let alone make another one. */
    @Test
    void whoComesAfterTheCloseMakesNoCatalogOfHisOwn() throws Exception {
        Catalog catalog = Catalog.open(home);
        catalog.close();
        Files.delete(home.resolve("catalog.mv.db"));
        assertThatThrownBy(() -> catalog.sql().fetchCount(org.jooq.impl.DSL.table("setting")))
                .isInstanceOf(RuntimeException.class);
        assertThat(home.resolve("catalog.mv.db")).doesNotExist();
    }
}
