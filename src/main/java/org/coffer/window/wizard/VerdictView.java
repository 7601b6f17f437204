package org.coffer.window.wizard;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Printing;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.restore.ReceiptPaper;

/** The verdict in one sentence, what can be done next, what is left to do, and the receipt. */
final class VerdictView extends VBox {
    private final Kit kit;
    private final OutcomeModel model;

    VerdictView(Kit kit, OutcomeModel model) {
        super(16);
        this.kit = kit;
        this.model = model;
        WhileShown.of(this).watch(model.stateProperty(), this::show);
    }

    private void show(OutcomeModel.State state) {
        if (state instanceof OutcomeModel.State.Ended ended) {
            Verdict verdict = ended.verdict();
            getChildren().setAll(head(verdict));
            if (!verdict.lines().isEmpty()) {
                getChildren().add(lines(verdict));
            }
            acts(ended);
            if (!verdict.care().isEmpty()) {
                getChildren().add(care(verdict));
            }
            getChildren().add(receipt());
        }
    }

    private Node head(Verdict verdict) {
        Icon icon = switch (verdict.tone()) {
            case SUCCESS -> Icon.OK;
            case DANGER -> Icon.ERROR;
            default -> Icon.WARN;
        };
        Label words = kit.label(kit.say(verdict.headline()), "section");
        words.setWrapText(true);
        words.setMinHeight(USE_PREF_SIZE);
        var row = kit.row(kit.icon(icon, verdict.tone()), words);
        HBox.setHgrow(words, Priority.ALWAYS);
        return row;
    }

    private Node lines(Verdict verdict) {
        var lines = kit.column(8);
        verdict.lines().forEach(line -> lines.getChildren().add(kit.prose(kit.say(line))));
        return lines;
    }

    private void acts(OutcomeModel.State.Ended ended) {
        List<Act> acts = model.acts(ended);
        if (!acts.isEmpty()) {
            var row = kit.row();
            acts.forEach(act -> row.getChildren().add(kit.button(act)));
            getChildren().add(row);
        }
    }

    private Node care(Verdict verdict) {
        var box = kit.column(8, kit.label(kit.say("wizard.care"), "strong"));
        box.getStyleClass().addAll("notice", Tone.ATTENTION.styleClass());
        verdict.care().forEach(line -> box.getChildren().add(kit.prose(kit.say(line))));
        return box;
    }

    private Node receipt() {
        var save = kit.button(Act.of("wizard.receipt.save", () -> model.saveReceipt(kit.text()))
                .with(Icon.SAVE));
        var print = kit.button(Act.of("wizard.receipt.print", this::print).with(Icon.PRINT));
        Label kept = kit.label("", "muted", "may-clip");
        WhileShown.of(kept)
                .watch(model.kept(), now -> kept.setText(now.map(kit::say).orElse("")));
        return kit.column(
                8,
                kit.label(kit.say("wizard.receipt"), "strong"),
                kit.prose(kit.say("wizard.receipt.help")),
                kit.row(save, print, kept));
    }

    private void print() {
        model.printReceipt(kit.text(), sheet -> Printing.print(this, List.of(ReceiptPaper.of(sheet))));
    }
}
