package org.coffer.window.backup;

import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Deletion;
import org.coffer.console.backup.Replicas;
import org.coffer.console.backup.Verification;
import org.coffer.console.event.Events;
import org.coffer.console.policy.Histories;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vaults;

/**
 * The services that everything about backups works with.
 *
 * @param backups makes, lists and describes them
 * @param deletion removes them
 * @param verification checks them
 * @param replicas copies them to other locations
 * @param vaults hold them
 * @param disks they are made of
 * @param tasks make and delete them
 * @param histories say what keeps them
 * @param events tell what changed
 */
public record BackupServices(
        Backups backups,
        Deletion deletion,
        Verification verification,
        Replicas replicas,
        Vaults vaults,
        Disks disks,
        Tasks tasks,
        Histories histories,
        Events events) {}
