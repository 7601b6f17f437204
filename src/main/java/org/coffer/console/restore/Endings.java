package org.coffer.console.restore;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;

/**
 * How restores of disks ended, left in their rows, so that a receipt needs nothing else; and in the audit record once for each, when it
 * has ended, whichever way.
 */
final class Endings {
    /** What a restore ends with: the name of a {@link Receipt.Verdict}. */
    static final String VERDICT = "verdict";

    /** What it ends with if it made a safety copy or took one over. */
    static final String COPY_NAME = "copyName";

    static final String COPY_UNTIL = "copyUntil";

    /** Bytes stored before the first one of the target changed: those of the safety copy. */
    private static final String BEFORE = "before";

    /** What a task says that the end of its process cut off; it is settled at the next start. */
    static final String INTERRUPTED = "task.interrupted";

    private final Disks disks;
    private final Backups backups;
    private final Tasks tasks;
    private final Audit audit;

    Endings(Disks disks, Backups backups, Tasks tasks, Audit audit) {
        this.disks = disks;
        this.backups = backups;
        this.tasks = tasks;
        this.audit = audit;
    }

    /** The target begins to change. */
    void overwriting(TaskRun run) {
        run.outcome(BEFORE, run.work().snapshot().stored());
    }

    /** A safety copy was made, or one taken over. */
    void copied(TaskRun run, Backup copy, Instant until) {
        run.outcome(Copies.COPY, copy.id().toString());
        run.outcome(COPY_NAME, copy.name());
        run.outcome(COPY_UNTIL, until.toString());
    }

    /** It ended well. */
    void succeeded(TaskRun run, RestoreTask asked) {
        run.outcome(VERDICT, (asked.wanted().verify() ? Receipt.Verdict.VERIFIED : Receipt.Verdict.UNVERIFIED).name());
    }

    /**
     * It failed, or was stopped. One that the end of its process cuts off has not ended.
     *
     * @param code of the problem; {@code task.canceled} if somebody stopped it
     */
    void failed(TaskRun run, RestoreTask asked, Backup backup, String code) {
        if (code.equals(INTERRUPTED)) {
            return;
        }
        Receipt.Verdict verdict = unfinished(asked);
        run.outcome(VERDICT, verdict.name());
        if (run.outcome(BEFORE) instanceof Long before) {
            run.outcome(Receipts.WRITTEN, run.work().snapshot().stored() - before);
        }
        note(run.task(), asked, backup, code, verdict);
    }

    /** What a restore leaves whose process died. */
    Map<String, Object> interrupted(Task task) {
        RestoreTask asked = RestoreTask.of(task);
        Receipt.Verdict verdict = unfinished(asked);
        Map<String, Object> left = new HashMap<>();
        left.put(VERDICT, verdict.name());
        asked.copy().flatMap(backups::find).filter(Backup::restorable).ifPresent(copy -> {
            left.put(Copies.COPY, copy.id().toString());
            left.put(COPY_NAME, copy.name());
            copy.expiresAt().ifPresent(until -> left.put(COPY_UNTIL, until.toString()));
        });
        task.subject()
                .backupId()
                .flatMap(backups::find)
                .ifPresent(backup -> task.caller().run(() -> note(task, asked, backup, INTERRUPTED, verdict)));
        return left;
    }

    /**
     * As long as any restore's mark is on the disk, that of this one or of an earlier one that it was to finish, the disk is neither its
     * old self nor the backup.
     */
    private Receipt.Verdict unfinished(RestoreTask asked) {
        return asked.disk()
                        .flatMap(disks::find)
                        .flatMap(Disk::unfinishedRestore)
                        .isPresent()
                ? Receipt.Verdict.UNFINISHED
                : Receipt.Verdict.UNTOUCHED;
    }

    private void note(Task task, RestoreTask asked, Backup backup, String code, Receipt.Verdict verdict) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("code", code);
        after.put("target", asked.path().toString());
        after.put("task", task.id().toString());
        after.put("verdict", verdict.name());
        audit.failed(
                asked.undoes().isPresent() ? AuditEvent.UNDO_RESTORE : AuditEvent.RESTORE_BACKUP,
                new Audit.Target("backup", backup.id().toString(), backup.name()),
                after);
    }

    /** A disk bears no mark any more: the restores that left it unfinished are settled. */
    void settled(UUID disk) {
        TaskFilter ofDisk = new TaskFilter(
                Set.of(TaskType.RESTORE), Set.of(), Optional.empty(), Optional.empty(), Optional.of(disk), "");
        for (Task task : tasks.list(ofDisk, 0, Integer.MAX_VALUE)) {
            if (Receipt.Verdict.UNFINISHED.name().equals(task.outcome().get(VERDICT))) {
                tasks.amend(task.id(), VERDICT, Receipt.Verdict.SETTLED.name());
            }
        }
    }
}
