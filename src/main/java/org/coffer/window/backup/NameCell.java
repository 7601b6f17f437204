package org.coffer.window.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Consistency;
import org.coffer.console.backup.Origin;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.table.CellView;
import org.jspecify.annotations.Nullable;

/** A backup's name, leading to its page, and its marks: application consistent, replica, encrypted disk, held by a lock. */
final class NameCell implements CellView<Backup> {
    private final Kit kit;
    private final Predicate<Backup> held;
    private final Hyperlink link;
    private final HBox box;
    private @Nullable Backup row;

    /** @param held whether a retention lock holds a backup */
    NameCell(Kit kit, BackupActs acts, Predicate<Backup> held) {
        this.kit = kit;
        this.held = held;
        link = kit.nameLink("", () -> {
            Backup backup = row;
            if (backup != null) {
                acts.open(backup);
            }
        });
        link.getStyleClass().add("may-clip");
        link.setFocusTraversable(false);
        link.setMinWidth(0);
        box = new HBox(4, link);
        box.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    }

    @Override
    public Node node() {
        return box;
    }

    @Override
    public void show(Backup backup) {
        row = backup;
        link.setText(backup.name());
        link.setVisited(false);
        box.getChildren().setAll(link);
        box.getChildren().addAll(marks(kit, backup, held.test(backup)));
    }

    /** The marks of a backup, each with its meaning on hover. */
    static List<Node> marks(Kit kit, Backup backup, boolean held) {
        List<Node> marks = new ArrayList<>();
        if (backup.consistency() == Consistency.APPLICATION) {
            marks.add(letter(kit, "backups.mark.application", "backups.mark.application.tip", Tone.ACCENT));
        }
        if (backup.origin() == Origin.REPLICA) {
            marks.add(letter(kit, "backups.mark.replica", "backups.mark.replica.tip", Tone.MUTED));
        }
        if (backup.encryption() != org.coffer.console.resource.Disk.Encryption.NONE) {
            Node key = kit.icon(Icon.KEY, Tone.MUTED);
            javafx.scene.control.Tooltip.install(key, kit.tip(kit.text().word(backup.encryption())));
            key.setAccessibleText(kit.text().word(backup.encryption()));
            marks.add(key);
        }
        if (held) {
            Node shield = kit.icon(Icon.SHIELD, Tone.MUTED);
            String meaning = kit.say("backups.mark.held.tip");
            javafx.scene.control.Tooltip.install(shield, kit.tip(meaning));
            shield.setAccessibleText(meaning);
            marks.add(shield);
        }
        return marks;
    }

    private static Label letter(Kit kit, String key, String tipKey, Tone tone) {
        Label mark = kit.label(kit.say(key), "mark", tone.styleClass());
        String meaning = kit.say(tipKey);
        mark.setTooltip(kit.tip(meaning));
        mark.setAccessibleText(meaning);
        mark.setMinWidth(Label.USE_PREF_SIZE);
        return mark;
    }
}
