package org.coffer.window.attach;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Scrolled;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** The content of the sheet that attaches vaults. */
final class AttachView extends VBox {
    private static final double HIGHEST_LIST = 240;

    private final Kit kit;
    private final AttachModel model;

    AttachView(Kit kit, AttachModel model) {
        super(12);
        this.kit = kit;
        this.model = model;
        getChildren().addAll(kit.prose(kit.say("attach.line")), list(), key(), owner(), failure());
    }

    private Node list() {
        VBox rows = kit.column(12);
        var scroll = new Scrolled(rows, HIGHEST_LIST);
        scroll.getStyleClass().add("edge-to-edge");
        var looking = kit.caption(kit.say("attach.looking"));
        WhileShown.of(scroll).watch(model.vaults(), found -> {
            rows.getChildren().setAll(found.stream().map(this::row).toList());
            scroll.setManaged(!found.isEmpty());
            scroll.setVisible(!found.isEmpty());
        });
        WhileShown.of(looking).watch(model.busy(), busy -> {
            boolean first = busy && model.vaults().get().isEmpty();
            looking.setVisible(first);
            looking.setManaged(first);
        });
        return new VBox(looking, scroll);
    }

    private Node row(FoundVault found) {
        Label name = kit.label(found.name(), "strong", "may-clip");
        HBox head = kit.row(name, kit.spacer(), kit.state(found.state()));
        HBox.setHgrow(name, Priority.SOMETIMES);
        VBox row = kit.column(2, head);
        for (Sentence line : found.lines()) {
            Label words = kit.prose(kit.say(line));
            words.getStyleClass().add("muted");
            row.getChildren().add(words);
        }
        return row;
    }

    private Node key() {
        PasswordField secret = kit.secret("");
        secret.textProperty().bindBidirectional(model.secret());
        HBox.setHgrow(secret, Priority.ALWAYS);
        Form form = new Form(kit)
                .field("attach.secret", new HBox(8, secret, kit.button(model.open())), "attach.secret.help");
        WhileShown.of(form).watch(model.locked(), locked -> {
            form.setVisible(locked);
            form.setManaged(locked);
        });
        return form;
    }

    private Node owner() {
        Label question = kit.section("");
        var group = new ToggleGroup();
        VBox part = kit.column(
                8,
                question,
                answer("attach.owner.gone", "attach.owner.gone.help", true, group),
                answer("attach.owner.stays", "attach.owner.stays.help", false, group));
        WhileShown.of(part).watch(model.owners(), hosts -> {
            question.setText(
                    hosts.map(host -> kit.say("attach.owner", "host", host)).orElse(""));
            part.setVisible(hosts.isPresent());
            part.setManaged(hosts.isPresent());
        });
        return part;
    }

    private Node answer(String key, String helpKey, boolean gone, ToggleGroup group) {
        RadioButton button = kit.radio(kit.say(key), () -> model.ownerGone().set(Optional.of(gone)));
        button.setToggleGroup(group);
        button.setSelected(model.ownerGone().get().equals(Optional.of(gone)));
        Label help = kit.prose(kit.say(helpKey));
        help.getStyleClass().add("muted");
        return kit.column(2, button, help);
    }

    private Node failure() {
        Label failure = kit.prose("");
        failure.getStyleClass().add("danger-text");
        WhileShown.of(failure).watch(model.failure(), problem -> {
            failure.setText(
                    problem.map(cause -> kit.text().explain(cause).line()).orElse(""));
            failure.setManaged(problem.isPresent());
        });
        return failure;
    }
}
