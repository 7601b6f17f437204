package org.coffer.console.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Backups that a policy makes of all disks of a vault, for one of its slots.
 *
 * @param vault where to
 * @param from whose they are, and for which slot
 * @param full which disks are to be stored afresh
 * @param expiry when one that begins at a moment goes by its date
 * @param limit most MB a second that all runs of the policy together read; 0 for no limit
 * @param claim in the transaction that writes the tasks: takes the slot; false if it was taken before, and then nothing is
 *     written
 */
public record NewAutomatic(
        UUID vault,
        Backup.Automatic from,
        Predicate<UUID> full,
        Function<Instant, Optional<Instant>> expiry,
        long limit,
        BooleanSupplier claim) {}
