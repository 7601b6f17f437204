package org.coffer.window.vault;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.coffer.text.Fact;
import org.coffer.text.Language;
import org.coffer.text.RecoverySheet;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.PaperSheet;
import org.coffer.window.kit.Printing;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** The recovery sheet on the screen, with the ways to keep it. */
final class RecoveryView extends VBox {
    private final Kit kit;
    private final RecoveryModel model;

    RecoveryView(Kit kit, RecoveryModel model) {
        super(16);
        this.kit = kit;
        this.model = model;
        RecoverySheet sheet = model.sheet();
        getChildren().addAll(kit.prose(kit.say("recovery.why")), paper(sheet), keep());
    }

    private Node paper(RecoverySheet sheet) {
        var paper = kit.column(8);
        paper.getStyleClass().add("details");
        Label code = kit.label(sheet.codeLines(7), "mono", "recovery-code");
        code.setAccessibleText(sheet.code());
        paper.getChildren().addAll(kit.label(kit.say("recovery.code"), "strong"), code);
        for (Fact fact : sheet.facts(kit.text())) {
            Label value = kit.label(fact.value(), "may-clip");
            value.setMinWidth(0);
            Label name = kit.label(fact.name(), "fact-name");
            name.setMinWidth(120);
            paper.getChildren().add(kit.row(name, value));
        }
        return paper;
    }

    private Node keep() {
        ComboBox<RecoveryModel.Choice> box =
                kit.choice(FXCollections.observableArrayList(RecoveryModel.Choice.values()), this::named);
        box.setValue(model.choice().get());
        box.setOnAction(event -> model.choice().set(box.getValue()));
        Node print = kit.button(Act.of("recovery.print", this::print).with(Icon.PRINT));
        Label kept = kit.label("", "may-clip");
        var done = kit.row(kit.icon(Icon.OK, Tone.SUCCESS), kept);
        WhileShown.of(done).watch(model.kept(), now -> {
            kept.setText(now.map(kit::say).orElse(""));
            done.setVisible(now.isPresent());
            done.setManaged(now.isPresent());
        });
        return kit.column(8, kit.row(kit.label(kit.say("recovery.language")), box, kit.spacer(), print), done);
    }

    private String named(RecoveryModel.Choice choice) {
        return switch (choice) {
            case ENGLISH -> Language.ENGLISH.ownName();
            case CHINESE -> Language.CHINESE.ownName();
            case BOTH -> Language.CHINESE.ownName() + " + " + Language.ENGLISH.ownName();
        };
    }

    private void print() {
        List<PaperSheet> papers = model.texts(kit.clock()).stream()
                .map(text -> RecoveryPaper.of(model.sheet(), text))
                .toList();
        switch (Printing.print(this, papers)) {
            case PRINTED -> model.printed();
            case CANCELED -> {}
            case NO_PRINTER -> model.unprinted();
        }
    }
}
