package org.coffer.window.files;

import java.util.function.BooleanSupplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.table.CellView;

/** A name with its icon; below it, in rows of two lines, where it lies. */
final class FileCell implements CellView<FileRow> {
    private final Kit kit;
    private final BooleanSupplier searching;
    private final Label name;
    private final Label below;
    private final HBox words;
    private final HBox box;

    /** @param searching whether what is shown lies in different folders */
    FileCell(Kit kit, BooleanSupplier searching) {
        this.kit = kit;
        this.searching = searching;
        name = kit.label("", "may-clip");
        below = kit.label("", "caption", "may-clip");
        name.setMinWidth(0);
        below.setMinWidth(0);
        // Beside the name: a row has no room for two lines.
        words = new HBox(12, name, below);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        box = new HBox(8);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getChildren().setAll(words);
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(FileRow row) {
        name.setText(FileNames.name(kit, row));
        String known = FileNames.below(kit, row);
        String where = known.isEmpty() && searching.getAsBoolean() ? FileNames.folder(row.path()) : known;
        below.setText(where);
        below.setManaged(!where.isEmpty());
        Node icon = kit.icon(icon(row), row.problem().isPresent() ? Tone.ATTENTION : Tone.MUTED);
        box.getChildren().setAll(icon, words);
    }

    private static Icon icon(FileRow row) {
        if (row.problem().isPresent()) {
            return Icon.WARN;
        }
        if (row.volume().isPresent()) {
            return Icon.DISK;
        }
        return switch (row.kind()) {
            case FOLDER -> Icon.FILE_SYSTEM;
            case LINK -> Icon.LINKED;
            case FILE, SPECIAL -> Icon.FILE;
        };
    }
}
