package org.coffer.console.opened;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.opened.OpenDiskStore.Row;
import org.coffer.problem.Problem;

/**
 * What is open, and of what changes are kept: rows of the catalog, held in memory because each question about a backup that is
 * to be deleted comes by here. Thread-safe.
 */
final class OpenRows implements Leases.OpenBackups {
    private final OpenDiskStore store;
    private final Backups backups;
    /** By ID, in the order of opening; guarded by itself. */
    private final Map<UUID, Row> rows = new LinkedHashMap<>();

    OpenRows(Catalog catalog, Backups backups) {
        this.store = new OpenDiskStore(catalog);
        this.backups = backups;
        store.all().forEach(row -> rows.put(row.id(), row));
    }

    List<Row> all() {
        synchronized (rows) {
            return List.copyOf(rows.values());
        }
    }

    Optional<Row> find(UUID id) {
        synchronized (rows) {
            return Optional.ofNullable(rows.get(id));
        }
    }

    /** The changes of a backup that nobody can reach now. */
    Optional<Row> kept(UUID backup) {
        return all().stream()
                .filter(row -> row.backup().equals(backup) && !row.served())
                .findFirst();
    }

    void put(Row row) {
        store.put(row);
        synchronized (rows) {
            rows.put(row.id(), row);
        }
    }

    void remove(UUID id) {
        store.remove(id);
        synchronized (rows) {
            rows.remove(id);
        }
    }

    @Override
    public Optional<Problem> backup(Backup backup) {
        return all().stream()
                .filter(row -> row.backup().equals(backup.id()))
                .findFirst()
                .map(row -> held(row, backup));
    }

    @Override
    public boolean reads(UUID backup) {
        return all().stream().anyMatch(row -> row.served() && row.backup().equals(backup));
    }

    @Override
    public Optional<Problem> vault(UUID vault) {
        return all().stream()
                .flatMap(row -> backups
                        .find(row.backup())
                        .filter(backup -> backup.vaultId().equals(vault))
                        .map(backup -> held(row, backup))
                        .stream())
                .findFirst();
    }

    private static Problem held(Row row, Backup backup) {
        return Problem.of(row.served() ? "backup.opened" : "backup.changes-kept", "backup", backup.name());
    }
}
