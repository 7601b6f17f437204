package org.coffer.window.backup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Consistency;
import org.coffer.console.policy.Verdict;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;

/** What a backup is: of which disk, where, from when, and what it promises. */
final class BasicsCard extends VBox {
    private static final double NAMES = 104;

    /** What keeps a backup until somebody deletes it. */
    private static final Set<Verdict.Keeper> FOR_GOOD =
            Set.of(Verdict.Keeper.MANUAL, Verdict.Keeper.FOREVER, Verdict.Keeper.LEFT);
    /** What keeps a backup whatever its date says. */
    private static final Set<Verdict.Keeper> WHATEVER_THE_DATE =
            Set.of(Verdict.Keeper.DAMAGED, Verdict.Keeper.UNDELETED, Verdict.Keeper.ELSEWHERE);

    private final Kit kit;

    BasicsCard(Kit kit, BackupDetailsModel model, BackupDetailsModel.Whole whole) {
        super(8);
        this.kit = kit;
        Backup backup = whole.backup();
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
            consistency(backup, whole.held());
        }
        if (backup.encryption() != org.coffer.console.resource.Disk.Encryption.NONE) {
            fact("backup.encryption", kit.text().word(backup.encryption()));
        }
        kept(backup, whole.kept());
        if (backup.finishedAt().isPresent()) {
            fact("backup.verified", BackupWords.verified(kit, backup));
        }
        if (!backup.description().isBlank()) {
            fact("backup.description", kit.prose(backup.description()));
        }
        fact("backups.column.id", kit.copyable(backup.id().toString()));
    }

    /** Until when, and by which rule; a rule without a date stands alone. */
    private void kept(Backup backup, Optional<Verdict> verdict) {
        List<Verdict.Reason> reasons = verdict.map(Verdict::reasons).orElse(List.of());
        if (verdict.filter(Verdict::due).isPresent()) {
            fact("backup.kept", kit.say("backup.kept.due"));
            return;
        }
        boolean open = reasons.stream().map(Verdict.Reason::keeper).allMatch(FOR_GOOD::contains);
        String why = new PolicyWords(kit.text()).reasons(reasons);
        boolean dateless = reasons.stream().map(Verdict.Reason::keeper).anyMatch(WHATEVER_THE_DATE::contains);
        if (dateless || (backup.expiresAt().isEmpty() && !open)) {
            fact("backup.kept", prose(why));
            return;
        }
        String until = backup.expiresAt()
                .map(at -> kit.say("backup.kept.until", "at", at))
                .orElseGet(() -> kit.say("backup.kept.for-ever"));
        if (why.isEmpty()) {
            fact("backup.kept", until);
        } else {
            fact("backup.kept", kit.column(2, kit.label(until, "may-clip"), prose(why)));
        }
    }

    private Label prose(String words) {
        Label label = kit.caption(words);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    /** The promise, and below it the reason: a word alone would be read as a verdict on Coffer. */
    private void consistency(Backup backup, boolean held) {
        boolean good = backup.consistency() != Consistency.NONE;
        var word = kit.row(
                kit.icon(good ? Icon.OK : Icon.WARN, good ? Tone.SUCCESS : Tone.ATTENTION),
                kit.label(kit.text().word(backup.consistency())));
        word.setSpacing(6);
        word.getChildren().addAll(NameCell.marks(kit, backup, held));
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
