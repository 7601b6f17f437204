package org.coffer.console.backup;

import java.util.UUID;
import org.coffer.console.task.TaskRun;

/** Lets backups go around each new one (P13). The policies know which; {@link Backups#aftercare} takes it. */
public interface Aftercare {
    /** Lets nothing go. */
    Aftercare NONE = new Aftercare() {
        @Override
        public void before(TaskRun run, UUID vault) {}

        @Override
        public void full(TaskRun run, UUID vault) {}

        @Override
        public void after(Backup ended) {}

        @Override
        public Due due() {
            return Due.NOTHING;
        }
    };

    /** Before the gate, inside the task of a backup, so that retention works in a full vault too. */
    void before(TaskRun run, UUID vault);

    /** Before the gate, if the vault is above its capacity although {@link #before} and collecting did what they could (V6). */
    void full(TaskRun run, UUID vault);

    /** After a backup was made, or failed. Starts tasks of its own and returns at once. */
    void after(Backup ended);

    /** What goes now. */
    Due due();
}
