package org.coffer.window.vault;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.console.vault.Protection;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Icon;
import org.coffer.window.shell.Group;
import org.coffer.window.shell.PageEntry;
import org.coffer.window.shell.Pages;
import org.coffer.window.shell.Route;

/** Registers the pages of disk backup: the lists, one vault, the form for a new one. */
public final class DiskBackupPages {
    private DiskBackupPages() {}

    /** Adds them to {@code pages}; they work at {@code desk}. */
    public static void register(Pages pages, DiskDesk desk) {
        pages.add(PageEntry.top(
                        DiskDesk.DISK_BACKUP,
                        "nav.disk-backup",
                        Group.BACKUP,
                        Icon.DISK,
                        route -> new DiskBackupPage(desk, route.args().getOrDefault("tab", VaultTab.ID))))
                .add(PageEntry.below(
                        DiskDesk.DISK_BACKUP,
                        DiskDesk.VAULT,
                        "vault.page",
                        route -> new VaultPage(new VaultModel(desk, UUID.fromString(route.id())), desk)))
                .add(PageEntry.below(
                        DiskDesk.DISK_BACKUP,
                        DiskDesk.NEW_VAULT,
                        "vault.create.title",
                        route -> new NewVaultPage(new NewVaultModel(desk, disks(route), protection(route)))));
    }

    private static Protection protection(Route route) {
        return route.args().containsKey("replication") ? Protection.REPLICATION : Protection.BACKUP;
    }

    private static List<UUID> disks(Route route) {
        return Stream.of(route.args().getOrDefault("disks", "").split(","))
                .filter(id -> !id.isBlank())
                .map(UUID::fromString)
                .toList();
    }
}
