package org.coffer.window.backup;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.DiskTotals;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.kit.table.Sort;
import org.coffer.window.shell.Desk;

/** How many backups each disk has and what they stored. */
public final class StoredModel {
    private final BackupServices services;
    private final Optional<UUID> only;
    private final ListRows<Row> rows;

    /**
     * One disk in one vault.
     *
     * @param disk the disk's name
     * @param diskId its ID
     * @param role what it was used for; empty if it is no longer known
     * @param vault the vault's name
     * @param backups how many there are
     * @param added what they stored when they were made, in bytes
     */
    public record Row(
            String disk, UUID diskId, Optional<Disk.Role> role, UUID vaultId, String vault, int backups, long added) {}

    /**
     * Not loaded yet.
     *
     * @param only one vault; empty for all
     */
    public StoredModel(BackupServices services, Desk desk, Optional<UUID> only) {
        this.services = services;
        this.only = only;
        this.rows = new ListRows<>(desk.background(), row -> row.vaultId() + "/" + row.diskId(), this::load)
                .sortedBy("disk", Comparator.comparing(Row::disk))
                .sortedBy("vault", Comparator.comparing(Row::vault))
                .sortedBy("backups", Comparator.comparingInt(Row::backups))
                .sortedBy("added", Comparator.comparingLong(Row::added));
        rows.sortProperty().set(Optional.of(Sort.down("added")));
        rows.refresh();
    }

    /** One row a disk and vault. */
    public ListRows<Row> rows() {
        return rows;
    }

    private List<Row> load() {
        Map<UUID, String> vaults = new HashMap<>();
        for (Vault vault : services.vaults().list(VaultFilter.ALL)) {
            vaults.put(vault.id(), vault.name());
        }
        return services.backups().totals().stream()
                .filter(totals -> vaults.containsKey(totals.vault()))
                .filter(totals -> only.isEmpty() || only.get().equals(totals.vault()))
                .map(totals -> row(totals, vaults))
                .toList();
    }

    private Row row(DiskTotals totals, Map<UUID, String> vaults) {
        Optional<Disk> disk = services.disks().find(totals.disk());
        return new Row(
                disk.map(Disk::name).orElse(totals.disk().toString()),
                totals.disk(),
                disk.map(Disk::role),
                totals.vault(),
                vaults.getOrDefault(totals.vault(), ""),
                totals.backups(),
                totals.added());
    }
}
