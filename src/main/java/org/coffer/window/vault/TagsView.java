package org.coffer.window.vault;

import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.vault.Tags;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** The tags of a vault as lines, and two fields for one more. */
final class TagsView {
    private TagsView() {}

    static Node of(Kit kit, TagsModel model) {
        TextField key = kit.field(kit.say("vault.tags.key"));
        key.textProperty().bindBidirectional(model.key());
        TextField value = kit.field(kit.say("vault.tags.value"));
        value.textProperty().bindBidirectional(model.value());
        HBox.setHgrow(key, Priority.ALWAYS);
        HBox.setHgrow(value, Priority.ALWAYS);
        value.setOnAction(event -> model.add());
        var lines = new VBox(4);
        WhileShown.of(lines)
                .watch(
                        model.tags(),
                        now -> lines.getChildren()
                                .setAll(now.entrySet().stream()
                                        .map(tag -> line(kit, model, tag))
                                        .toList()));
        Label problem = kit.label("", "tone-danger", "problem-line");
        problem.setWrapText(true);
        WhileShown.of(problem).watch(model.problem(), now -> {
            problem.setText(now.map(cause -> kit.text().explain(cause).line()).orElse(""));
            problem.setManaged(now.isPresent());
        });
        Label help = kit.caption(kit.say("vault.tags.help", "most", Tags.MOST));
        help.setWrapText(true);
        help.setMinHeight(Label.USE_PREF_SIZE);
        return new VBox(
                12, kit.row(key, value, kit.button(Act.of("vault.tags.add", model::add))), problem, lines, help);
    }

    private static Node line(Kit kit, TagsModel model, Map.Entry<String, String> tag) {
        return kit.row(
                kit.label(tag.getKey(), "strong", "may-clip"),
                kit.label(tag.getValue(), "may-clip"),
                kit.spacer(),
                kit.small(kit.iconButton(Act.of("vault.tags.remove", () -> model.remove(tag.getKey()))
                        .with(Icon.CLOSE))));
    }
}
