package org.coffer.console.task;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which tasks to show; all conditions hold together (T2).
 *
 * @param types only these kinds; empty for all
 * @param statuses only these states; empty for all
 * @param since only those asked for at or after this moment
 * @param before only those asked for before this moment
 * @param vault only those about this vault
 * @param resource only those about this resource
 * @param text only those whose ID, or an ID or name of whose objects, contains this; empty for all
 */
public record TaskFilter(
        Set<TaskType> types,
        Set<TaskStatus> statuses,
        Optional<Instant> since,
        Optional<Instant> before,
        Optional<UUID> vault,
        Optional<UUID> resource,
        String text) {
    /** All tasks. */
    public static final TaskFilter ALL =
            new TaskFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), "");

    /** With a beginning at most, and no end. */
    public TaskFilter(
            Set<TaskType> types,
            Set<TaskStatus> statuses,
            Optional<Instant> since,
            Optional<UUID> vault,
            Optional<UUID> resource,
            String text) {
        this(types, statuses, since, Optional.empty(), vault, resource, text);
    }

    /** The same, but only what was asked for before {@code end}. */
    public TaskFilter endingAt(Instant end) {
        return new TaskFilter(types, statuses, since, Optional.of(end), vault, resource, text);
    }

    /** All tasks about one vault. */
    public static TaskFilter ofVault(UUID vault) {
        return new TaskFilter(Set.of(), Set.of(), Optional.empty(), Optional.of(vault), Optional.empty(), "");
    }
}
