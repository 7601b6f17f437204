package org.coffer.window.vault;

import java.util.Map;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** The tags of a vault. */
final class VaultTagsView extends VBox {

    VaultTagsView(Kit kit, VaultModel model) {
        super(8);
        setMinHeight(0);
        TablePane<Map.Entry<String, String>> table = new TableBuilder<>(kit, "vault.tags", model.tags())
                .text("key", 320, Map.Entry::getKey)
                .text("value", 480, Map.Entry::getValue)
                .grows()
                .empty(Icon.TAG, "vault.tags.empty", model.editTags())
                .build();
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(kit.row(kit.small(kit.button(model.editTags()))), table);
    }
}
