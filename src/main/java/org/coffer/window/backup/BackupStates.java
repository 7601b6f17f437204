package org.coffer.window.backup;

import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.Words;
import org.coffer.window.task.TaskWords;

/** The states of backups as they are shown: icon, word, colour; in the middle states with live progress. */
public final class BackupStates {
    private BackupStates() {}

    /**
     * The state of {@code backup}.
     *
     * @param task what works on it now, with live numbers
     */
    public static State of(Backup backup, Optional<Task> task) {
        if (backup.damaged() && backup.status() == BackupStatus.AVAILABLE) {
            return state(Icon.WARN, Tone.DANGER, Sentence.of("backups.damaged"), because(backup));
        }
        return switch (backup.status()) {
            case AVAILABLE ->
                backup.trashedAt().isPresent()
                        ? state(Icon.DELETE, Tone.MUTED, Sentence.of("backups.trashed"), Optional.empty())
                        : state(Icon.OK, Tone.SUCCESS, Words.of(BackupStatus.AVAILABLE), Optional.empty());
            case CREATING -> moving(backup, task);
            case RESTORING -> moving(backup, task);
            case DELETING -> moving(backup, task);
            case ERROR -> state(Icon.ERROR, Tone.DANGER, Words.of(BackupStatus.ERROR), because(backup));
        };
    }

    private static State moving(Backup backup, Optional<Task> task) {
        if (task.filter(now -> now.status() == TaskStatus.PAUSED).isPresent()) {
            return state(Icon.PAUSED, Tone.MUTED, Words.of(TaskStatus.PAUSED), task.map(TaskWords::progress));
        }
        Optional<Task> running = task.filter(now -> now.status() == TaskStatus.RUNNING);
        if (task.isPresent() && running.isEmpty()) {
            return state(
                    Icon.WAITING, Tone.MUTED, Words.of(TaskStatus.WAITING), Optional.of(Words.of(backup.status())));
        }
        Sentence words = running.filter(now -> now.progress().total() > 0)
                .map(now -> Sentence.of(
                        "backups.state." + backup.status().name().toLowerCase(java.util.Locale.ROOT),
                        "percent",
                        now.progress().percent()))
                .orElse(Words.of(backup.status()));
        return state(Icon.BUSY, Tone.ACCENT, words, running.map(TaskWords::progress));
    }

    private static Optional<Sentence> because(Backup backup) {
        return backup.problem().map(Sentence::explaining);
    }

    private static State state(Icon icon, Tone tone, Sentence words, Optional<Sentence> detail) {
        return new State(icon, tone, words, detail);
    }
}
