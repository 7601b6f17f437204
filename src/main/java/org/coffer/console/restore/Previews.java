package org.coffer.console.restore;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.SafetyCopies;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.Vaults;
import org.coffer.machine.Body;
import org.coffer.problem.Problem;

/** What a restore leaves alone, what it may cost and how it can be undone. Only asks what is known already; reads no disk. */
final class Previews {
    private static final Comparator<Disk> BY_NAME = Comparator.comparing(Disk::name);

    private final Backups backups;
    private final Vaults vaults;
    private final Disks disks;
    private final Copies copies;
    private final Estimates estimates;
    private final Clock clock;

    Previews(Backups backups, Vaults vaults, Disks disks, Copies copies, Estimates estimates, Clock clock) {
        this.backups = backups;
        this.vaults = vaults;
        this.disks = disks;
        this.copies = copies;
        this.estimates = estimates;
        this.clock = clock;
    }

    Preview intoFile(Backup backup) {
        return new Preview(
                age(backup), untouched(Optional.empty()), missing(backup), Optional.empty(), estimates.file(backup));
    }

    Preview ontoDisk(Backup backup, Disk disk, Body now) {
        return new Preview(
                age(backup),
                untouched(Optional.of(disk)),
                missing(backup),
                Optional.of(safety(backup, disk, now)),
                estimates.disk(disk));
    }

    private Duration age(Backup backup) {
        Duration age = Duration.between(backup.createdAt(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private List<Disk> untouched(Optional<Disk> target) {
        return disks.list().stream()
                .filter(disk -> disk.state() != Disk.State.MISSING)
                .filter(disk -> target.filter(one -> isOne(one, disk)).isEmpty())
                .sorted(BY_NAME)
                .toList();
    }

    private boolean isOne(Disk one, Disk other) {
        return one.id().equals(other.id()) || disks.shares(one.path(), other.path());
    }

    private List<Disk> missing(Backup backup) {
        Set<java.util.UUID> backedUp = backups.ofVault(backup.vaultId()).stream()
                .filter(Backup::restorable)
                .map(Backup::diskId)
                .collect(Collectors.toSet());
        return disks.list().stream()
                .filter(disk -> disk.state() == Disk.State.MISSING)
                .filter(disk -> backedUp.contains(disk.id()) && !disk.id().equals(backup.diskId()))
                .sorted(BY_NAME)
                .toList();
    }

    private Preview.Safety safety(Backup backup, Disk disk, Body now) {
        Optional<Backup> kept = copies.kept(disk, now);
        return new Preview.Safety(copies.until(), kept, kept.isPresent() ? Optional.empty() : refusal(backup));
    }

    private Optional<Problem> refusal(Backup backup) {
        Vault vault = vaults.get(backup.vaultId());
        return VaultAction.BACK_UP
                .refusal(vault)
                .map(why -> Problem.of("restore.no-copy", "vault", vault.name()))
                .or(() -> vault.over() ? Optional.of(SafetyCopies.full(vault)) : Optional.empty());
    }
}
