package org.coffer.console.restore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;

/**
 * A restore that can be undone (S8): its disk can be made again what it was before, byte for byte.
 *
 * @param restore the task that overwrote the disk; it ended, well or not
 * @param disk the disk
 * @param diskName what the disk is called
 * @param safetyCopy the backup that holds what was on it
 * @param until when the copy goes, and with it the way back; empty if somebody took its date away
 * @param unfinished the restore was cut off: the disk is neither its old self nor the backup until it is finished or undone
 * @param again the restore was an undoing itself, which is taken back
 * @param warnings what happened to the disk since and is lost by undoing: {@code undo.backed-up}, {@code undo.restored},
 *     {@code undo.exchanged}
 */
public record Undoable(
        Task restore,
        UUID disk,
        String diskName,
        Backup safetyCopy,
        Optional<Instant> until,
        boolean unfinished,
        boolean again,
        List<Problem> warnings) {}
