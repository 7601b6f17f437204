package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.coffer.console.resource.Disk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a look of the scheduler asks the catalog, counted in statements, because time depends on what else runs: it is what keeps 32
 * policies with 1,000 disks below 50 ms ({@code docs/benchmarks.md}).
 */
class LookCostTest {
    @TempDir
    private Path root;

    /** Statements that the catalog ran so far, as it counts them itself. */
    private static long asked(Path home) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:h2:file:" + home.resolve("home/catalog"), "coffer", "");
                var act = connection.createStatement();
                var rows = act.executeQuery(
                        "select coalesce(sum(execution_count), 0)"
                                + " from information_schema.query_statistics where sql_statement not like '%query_statistics%'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Statements of a look at which nothing is due. */
    private static long look(Path folder, int policies, int disks) throws Exception {
        try (PolicyHome home = new PolicyHome(folder)) {
            for (int i = 0; i < policies; i++) {
                Disk[] all = new Disk[disks];
                for (int d = 0; d < disks; d++) {
                    all[d] = home.home.sparse("disk-" + i + "-" + d, 1 << 20);
                }
                home.bound(
                        PolicyHome.plan("policy-" + i, PolicyHome.newest(9), "13:00"),
                        home.home.vault("vault-" + i, all));
            }
            home.clock.set("2026-11-02T11:00");
            home.scheduler().tick();
            home.scheduler().await();
            home.sql("set query_statistics true");
            long before = asked(folder);
            home.clock.set("2026-11-02T11:01");
            home.scheduler().tick();
            return asked(folder) - before;
        }
    }

    @Test
    void growsNeitherWithDisksNorWithPolicies() throws Exception {
        long few = look(root.resolve("few"), 2, 1);
        assertThat(few).as("it is counted at all").isPositive();
        assertThat(look(root.resolve("disks"), 2, 12)).as("twelve disks each").isEqualTo(few);
        assertThat(look(root.resolve("policies"), 8, 1)).as("eight policies").isEqualTo(few);
    }

    /** What P1 allows at most, with a thousand disks. */
    @Test
    @Tag("long")
    void isTheSameWithThirtyTwoPoliciesAndAThousandDisks() throws Exception {
        assertThat(look(root.resolve("all"), 31, 33)).isEqualTo(look(root.resolve("few"), 2, 1));
    }
}
