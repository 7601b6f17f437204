package org.coffer.console.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.problem.Problem;

/**
 * One run of work, as it is now.
 *
 * @param id its ID
 * @param type what kind of work
 * @param status its state
 * @param progress how far it is, or was when it ended
 * @param subject what it is about
 * @param parameters what the work needs to be done again
 * @param caller who started it, and from where
 * @param created when it was asked for
 * @param started when it began to run
 * @param ended when it ended
 * @param outcome numbers and names that it ended with
 * @param problem why it failed or was skipped, or what it waits for; empty if it waits for nothing but its turn
 * @param seen whether somebody has looked at its failure
 */
public record Task(
        UUID id,
        TaskType type,
        TaskStatus status,
        Progress progress,
        Subject subject,
        Map<String, Object> parameters,
        Caller caller,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        Map<String, Object> outcome,
        Optional<Problem> problem,
        boolean seen) {

    /**
     * What a task is about. Names are kept as they were, so that a task still reads well when its objects are gone.
     *
     * @param name the object's name as the list shows it
     */
    public record Subject(
            String name,
            Optional<UUID> vaultId,
            String vaultName,
            Optional<UUID> resourceId,
            String resourceName,
            Optional<UUID> backupId,
            Optional<UUID> locationId) {
        /** A task about a vault and nothing below it. */
        public static Subject vault(UUID vault, String name, UUID location) {
            return new Subject(
                    name, Optional.of(vault), name, Optional.empty(), "", Optional.empty(), Optional.of(location));
        }
    }

    /** How long it ran, until {@code now} if it still does. */
    public Duration took(Instant now) {
        return started.map(from -> Duration.between(from, ended.orElse(now))).orElse(Duration.ZERO);
    }

    Task with(TaskStatus newStatus, Progress newProgress) {
        return with(newStatus, newProgress, problem);
    }

    Task because(Problem why) {
        return with(status, progress, Optional.of(why));
    }

    private Task with(TaskStatus newStatus, Progress newProgress, Optional<Problem> newProblem) {
        return new Task(
                id,
                type,
                newStatus,
                newProgress,
                subject,
                parameters,
                caller,
                created,
                started,
                ended,
                outcome,
                newProblem,
                seen);
    }
}
