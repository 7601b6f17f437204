package org.coffer.console.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Copies that a policy makes for one of its slots.
 *
 * @param backups what is copied, oldest first
 * @param vault where to
 * @param from whose they are, and for which slot
 * @param expiry when a copy that is made at a moment goes by its date
 * @param limit most MB a second that all runs of the policy together read; 0 for no limit
 * @param claim in the transaction that writes the tasks: takes the slot; false if it was taken before, and then nothing is
 *     written
 */
public record NewAutomaticReplicas(
        List<UUID> backups,
        UUID vault,
        Backup.Automatic from,
        Function<Instant, Optional<Instant>> expiry,
        long limit,
        BooleanSupplier claim) {}
