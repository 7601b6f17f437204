package org.coffer.window.audit;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.audit.AuditEntry;
import org.coffer.window.kit.Kit;

/** One line of the record in full, with what changed before and after. */
final class AuditDetailsView extends VBox {
    private final Kit kit;

    AuditDetailsView(Kit kit, AuditEntry entry) {
        super(16);
        this.kit = kit;
        var facts = grid(2);
        fact(facts, "audit.details.event", entry.event().apiName());
        fact(facts, "audit.details.time", kit.formats().fullTime(entry.at()));
        fact(facts, "audit.details.object", entry.objectName());
        fact(facts, "audit.details.id", entry.objectType() + " " + entry.objectId());
        fact(facts, "audit.details.who", entry.caller().who());
        fact(facts, "audit.details.from", kit.text().word(entry.caller().from()));
        fact(
                facts,
                "audit.details.result",
                kit.say(entry.succeeded() ? "audit.result.succeeded" : "audit.result.failed"));
        fact(facts, "audit.details.line", kit.formats().count(entry.seq()));
        getChildren().add(facts);
        List<Changes.Change> changes = new Changes(kit.text()).of(entry);
        if (changes.isEmpty()) {
            getChildren().add(kit.label(kit.say("audit.details.unchanged"), "muted"));
        } else {
            getChildren().add(table(changes));
        }
        Label hash = kit.label(entry.hash(), "mono", "may-clip");
        hash.setMaxWidth(Double.MAX_VALUE);
        getChildren().add(kit.column(2, kit.caption(kit.say("audit.details.hash")), hash));
    }

    private GridPane table(List<Changes.Change> changes) {
        var table = grid(3);
        table.getStyleClass().add("details");
        table.addRow(
                0,
                kit.caption(kit.say("audit.details.field")),
                kit.caption(kit.say("audit.details.before")),
                kit.caption(kit.say("audit.details.after")));
        for (int i = 0; i < changes.size(); i++) {
            Changes.Change change = changes.get(i);
            table.addRow(i + 1, words(change.field()), words(dash(change.before())), words(dash(change.after())));
        }
        return table;
    }

    private void fact(GridPane grid, String key, String value) {
        grid.addRow(grid.getRowCount(), kit.label(kit.say(key), "fact-name"), words(value));
    }

    private Label words(String words) {
        Label label = kit.label(words);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private static String dash(String value) {
        return value.isEmpty() ? "—" : value;
    }

    private static GridPane grid(int columns) {
        var grid = new GridPane(16, 8);
        for (int i = 0; i < columns; i++) {
            var column = new ColumnConstraints();
            if (i == 0) {
                column.setMinWidth(120);
            } else {
                column.setHgrow(Priority.ALWAYS);
                column.setPercentWidth(columns == 3 ? 38 : -1);
            }
            grid.getColumnConstraints().add(column);
        }
        return grid;
    }
}
