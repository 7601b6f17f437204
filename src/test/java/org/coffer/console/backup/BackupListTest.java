package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.TestHome;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B8, B10: lists of very many backups. */
class BackupListTest {
    private static final int MANY = 30_000;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path root;

    private static Backup row(int i, Vault vault, Disk disk) {
        return new Backup(
                UUID.randomUUID(),
                String.format("backup-%05d", i),
                i % 7 == 0 ? "monthly" : "",
                vault.id(),
                vault.name(),
                disk.id(),
                disk.name(),
                Disk.Role.DATA,
                i % 10 == 0 ? BackupStatus.ERROR : BackupStatus.AVAILABLE,
                i % 4 == 0 ? Origin.AUTOMATIC : Origin.MANUAL,
                i % 100 == 0 ? Kind.FULL : Kind.INCREMENTAL,
                i % 100 == 0,
                i % 3 == 0 ? Consistency.NONE : Consistency.CRASH,
                "idle",
                Disk.Encryption.NONE,
                BEGIN.plus(Duration.ofMinutes(i)),
                Optional.of(BEGIN.plus(Duration.ofMinutes(i + 1))),
                new Backup.Sizes(1_000_000, 500_000, new Random(i).nextInt(1_000_000), i, i),
                Optional.of(String.format("%032x", i)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /** Straight into the catalog and in one transaction: there is nothing in the vault behind these rows. */
    private static void fill(TestHome home, int rows, Vault vault, List<Disk> disks) throws IOException {
        home.restart(() -> {
            try (Catalog catalog = Catalog.open(home.root().resolve("home"))) {
                BackupStore store = new BackupStore(catalog);
                catalog.transaction(() -> {
                    for (int i = 0; i < rows; i++) {
                        store.insert(row(i, vault, disks.get(i % disks.size())));
                    }
                });
            }
        });
    }

    private static <T> T timed(String what, java.util.function.Supplier<T> act) {
        long from = System.nanoTime();
        T result = act.get();
        System.out.printf("%s among %,d backups: %.1f ms%n", what, MANY, (System.nanoTime() - from) / 1e6);
        return result;
    }

    @Test
    void thirtyThousandBackupsArePagedFilteredAndSorted() throws Exception {
        try (TestHome home = new TestHome(root)) {
            List<Disk> disks = List.of(home.image("web", 1), home.image("mail", 1), home.image("files", 1));
            Vault vault = home.vault("vault_a", disks.toArray(Disk[]::new));
            fill(home, MANY, vault, disks);
            Backups backups = home.console().backups();
            for (int warm = 0; warm < 3; warm++) {
                backups.list(BackupFilter.ALL, BackupSort.NEWEST, 0, 50);
            }

            List<Backup> first = timed("first page", () -> backups.list(BackupFilter.ALL, BackupSort.NEWEST, 0, 50));
            assertThat(first).hasSize(50);
            assertThat(first.getFirst().name()).isEqualTo("backup-29999");
            assertThat(first)
                    .isSortedAccordingTo(Comparator.comparing(Backup::createdAt).reversed());
            assertThat(timed("count", () -> backups.count(BackupFilter.ALL))).isEqualTo(MANY);

            List<Backup> last =
                    timed("last page", () -> backups.list(BackupFilter.ALL, BackupSort.NEWEST, MANY - 50, 50));
            assertThat(last.getLast().name()).isEqualTo("backup-00000");

            assertThat(timed("filter by text", () -> backups.count(BackupFilter.ALL.withText("UP-0012"))))
                    .isEqualTo(10);
            assertThat(timed(
                            "filter by disk and state",
                            () -> backups.count(BackupFilter.ALL
                                    .ofDisk(disks.get(0).id())
                                    .withStatuses(Set.of(BackupStatus.ERROR)))))
                    .isEqualTo(1000);
            assertThat(timed(
                            "filter by time",
                            () -> backups.list(
                                            BackupFilter.ALL.between(
                                                    Optional.of(BEGIN.plus(Duration.ofMinutes(100))),
                                                    Optional.of(BEGIN.plus(Duration.ofMinutes(109)))),
                                            BackupSort.NEWEST,
                                            0,
                                            50)
                                    .size()))
                    .isEqualTo(10);
            assertThat(backups.count(BackupFilter.ALL.inVault(UUID.randomUUID())))
                    .isZero();
            assertThat(backups.count(BackupFilter.ALL.inVault(vault.id()).withText("mail")))
                    .isEqualTo(10_000);
            assertThat(backups.count(BackupFilter.ALL.withText("  vault_A ")))
                    .as("also by the vault's name")
                    .isEqualTo(MANY);
            assertThat(backups.count(BackupFilter.ALL.withText("%")))
                    .as("no wildcards")
                    .isZero();
            assertThat(backups.count(BackupFilter.ALL.withText("'"))).isZero();
        }
    }

    @Test
    void everyColumnSortsBothWaysAndPagesNeverOverlap() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 1);
            Vault vault = home.vault("vault_a", disk);
            fill(home, 300, vault, List.of(disk));
            Backups backups = home.console().backups();
            for (BackupSort.Column column : BackupSort.Column.values()) {
                for (boolean down : new boolean[] {false, true}) {
                    Set<UUID> seen = new HashSet<>();
                    for (int page = 0; page < 6; page++) {
                        backups.list(BackupFilter.ALL, new BackupSort(column, down), page * 50, 50)
                                .forEach(backup -> seen.add(backup.id()));
                    }
                    assertThat(seen).as(column + " " + down).hasSize(300);
                }
            }
            assertThat(backups.list(BackupFilter.ALL, new BackupSort(BackupSort.Column.ADDED, true), 0, 300))
                    .isSortedAccordingTo(
                            Comparator.comparingLong((Backup b) -> b.sizes().added())
                                    .reversed());
            assertThat(backups.list(BackupFilter.ALL, new BackupSort(BackupSort.Column.NAME, false), 0, 300))
                    .isSortedAccordingTo(Comparator.comparing(Backup::name));
        }
    }
}
