package org.coffer.window.backup;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Consistency;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;

/** What a backup is: of which disk, where, from when, and what it promises. */
final class BasicsCard extends VBox {
    private static final double NAMES = 104;

    private final Kit kit;

    BasicsCard(Kit kit, BackupDetailsModel model, Backup backup) {
        super(8);
        this.kit = kit;
        getStyleClass().add("card");
        getChildren().add(kit.label(kit.say("backup.basics"), "strong"));
        Node disk = kit.label(
                kit.say(
                        "backup.disk",
                        "disk",
                        backup.diskName(),
                        "role",
                        kit.text().word(backup.role())),
                "may-clip");
        fact("backups.column.disk", disk);
        fact("backups.column.vault", kit.nameLink(backup.vaultName(), model::openVault));
        fact("backups.column.created", kit.formats().fullTime(backup.createdAt()));
        fact(
                "backups.column.kind",
                kit.say(
                        "backup.kind",
                        "kind",
                        kit.text().word(backup.kind()),
                        "origin",
                        kit.text().word(backup.origin())));
        if (backup.finishedAt().isPresent()) {
            consistency(backup);
        }
        if (backup.encryption() != org.coffer.console.resource.Disk.Encryption.NONE) {
            fact("backup.encryption", kit.text().word(backup.encryption()));
        }
        fact(
                "backup.kept",
                backup.expiresAt()
                        .map(at -> kit.say("backup.kept.until", "at", at))
                        .orElseGet(() -> kit.say("backup.kept.for-ever")));
        if (backup.finishedAt().isPresent()) {
            fact("backup.verified", BackupWords.verified(kit, backup));
        }
        if (!backup.description().isBlank()) {
            fact("backup.description", kit.prose(backup.description()));
        }
        fact("backups.column.id", kit.copyable(backup.id().toString()));
    }

    /** The promise, and below it the reason: a word alone would be read as a verdict on Coffer. */
    private void consistency(Backup backup) {
        boolean good = backup.consistency() != Consistency.NONE;
        var word = kit.row(
                kit.icon(good ? Icon.OK : Icon.WARN, good ? Tone.SUCCESS : Tone.ATTENTION),
                kit.label(kit.text().word(backup.consistency())));
        word.setSpacing(6);
        word.getChildren().addAll(NameCell.marks(kit, backup));
        var why = kit.caption(BackupWords.reason(kit, backup));
        why.setWrapText(true);
        why.setMinHeight(USE_PREF_SIZE);
        fact("backups.column.consistency", kit.column(2, word, why));
    }

    private void fact(String key, String value) {
        fact(key, kit.label(value, "may-clip"));
    }

    private void fact(String key, Node value) {
        var name = kit.label(kit.say(key), "fact-name");
        name.setMinWidth(NAMES);
        name.setMaxWidth(NAMES);
        var row = new HBox(8, name, value);
        row.setAlignment(value instanceof VBox ? javafx.geometry.Pos.TOP_LEFT : javafx.geometry.Pos.BASELINE_LEFT);
        HBox.setHgrow(value, javafx.scene.layout.Priority.ALWAYS);
        getChildren().add(row);
    }
}
