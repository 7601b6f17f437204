package org.coffer.window.backup;

import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;

/** The backups of a disk in the order of time, one of them chosen. */
public interface Timeline {
    /**
     * What is shown.
     *
     * @param backups oldest first
     * @param chosen the one that is chosen
     */
    record Shown(List<Backup> backups, Backup chosen) {
        /** Where the chosen one stands; −1 if it is not among them. */
        int place() {
            for (int i = 0; i < backups.size(); i++) {
                if (backups.get(i).id().equals(chosen.id())) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** What is shown now; empty while there is nothing. */
    ObservableValue<Optional<Shown>> shown();

    /** Chooses another one. */
    void go(Backup other);

    /** Goes to a backup so many later, or earlier if negative; ends hold. */
    default void move(int steps) {
        shown().getValue().ifPresent(now -> {
            int place = now.place();
            if (place >= 0) {
                go(now.backups()
                        .get(Math.clamp((long) place + steps, 0, now.backups().size() - 1)));
            }
        });
    }

    /** Goes to the oldest one, or the newest. */
    default void moveToEnd(boolean newest) {
        shown().getValue()
                .map(Shown::backups)
                .filter(all -> !all.isEmpty())
                .ifPresent(all -> go(newest ? all.getLast() : all.getFirst()));
    }
}
