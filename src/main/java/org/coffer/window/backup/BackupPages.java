package org.coffer.window.backup;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.restore.Restores;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.restore.RestoreSheets;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.PageEntry;
import org.coffer.window.shell.Pages;

/** Everything that the window shows of backups, put together; other pages come in here. */
public final class BackupPages {
    /** The page of the navigation that is marked while a backup's page is open. */
    private static final String PARENT = "disk-backup";

    private final BackupServices services;
    private final Desk desk;
    private final RestoreSheets restores;
    private final BackupActs acts;

    /** Pages over {@code services}, restoring through {@code restores}. */
    public BackupPages(BackupServices services, Restores restores, Desk desk) {
        this.services = services;
        this.desk = desk;
        this.restores = new RestoreSheets(restores, services.disks(), desk);
        this.acts = new BackupActs(services, desk, this.restores);
    }

    /** Adds the page about one backup. */
    public void register(Pages pages) {
        pages.add(PageEntry.below(
                PARENT,
                BackupPage.ID,
                "backups.tab",
                route -> new BackupPage(new BackupDetailsModel(services, desk, acts, UUID.fromString(route.id())))));
    }

    /** The list of backups: of one vault, or of all. */
    public PageTab tab(Optional<UUID> vault) {
        return BackupsTab.over(new BackupListModel(services, desk, acts, vault));
    }

    /**
     * Opens the sheet that backs up disks of a vault.
     *
     * @param disks those ticked at first; empty for all that are idle
     */
    public void backUp(UUID vault, Set<UUID> disks) {
        acts.sheets().backUp(Optional.of(vault), disks);
    }

    /** Opens the sheet that checks the backups of a vault. */
    public void verify(Vault vault) {
        acts.sheets().verify(vault);
    }

    /** Begins to restore a disk from its newest good backup in a vault; says so if there is none. */
    public void restore(UUID vault, UUID disk) {
        desk.background()
                .work(() -> newest(vault, disk))
                .then(restores::restore)
                .start();
    }

    private Backup newest(UUID vault, UUID disk) {
        BackupFilter good = BackupFilter.ALL
                .inVault(vault)
                .ofDisk(disk)
                .withStatuses(Set.of(BackupStatus.AVAILABLE, BackupStatus.RESTORING));
        return services.backups().list(good, BackupSort.NEWEST, 0, 50).stream()
                .filter(backup -> !backup.damaged())
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        "backup.none-good", "disk", services.disks().get(disk).name())));
    }
}
