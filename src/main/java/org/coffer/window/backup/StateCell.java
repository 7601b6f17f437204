package org.coffer.window.backup;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import org.coffer.console.backup.Backup;
import org.coffer.console.task.Task;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.State;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.table.CellView;
import org.jspecify.annotations.Nullable;

/** A backup's state, with the live progress of what works on it. */
final class StateCell implements CellView<Backup> {
    private final Kit kit;
    private final ObservableValue<Map<UUID, Task>> live;
    private final Label label = new Label();
    private @Nullable Backup row;
    private @Nullable State shown;

    StateCell(Kit kit, ObservableValue<Map<UUID, Task>> live) {
        this.kit = kit;
        this.live = live;
        label.getStyleClass().add("state");
        WhileShown.of(label).watch(live, now -> paint());
    }

    @Override
    public Node node() {
        return label;
    }

    @Override
    public void show(Backup backup) {
        row = backup;
        paint();
    }

    private void paint() {
        Backup backup = row;
        if (backup != null) {
            State state =
                    BackupStates.of(backup, Optional.ofNullable(live.getValue().get(backup.id())));
            if (!state.equals(shown)) {
                shown = state;
                kit.show(label, state);
            }
        }
    }
}
