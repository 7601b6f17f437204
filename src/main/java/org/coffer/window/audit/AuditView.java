package org.coffer.window.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.audit.AuditEntry;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.Caller;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.table.FilterBar;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;
import org.coffer.window.task.Since;

/** The page of the audit record. */
final class AuditView {
    private AuditView() {}

    /**
     * Makes the page.
     *
     * @param open shows a line's details
     */
    static Node of(Kit kit, AuditModel model, Consumer<AuditEntry> open) {
        var changes = new Changes(kit.text());
        var table = new TableBuilder<>(kit, "audit", model.rows())
                .text("time", 152, entry -> kit.formats().time(entry.at()))
                .hover(entry -> kit.formats().fullTime(entry.at()))
                .text("event", 208, entry -> kit.text().word(entry.event()))
                .hover(entry -> entry.event().apiName())
                .text("object", 200, AuditEntry::objectName)
                .grows()
                .hover(entry -> entry.objectType() + " " + entry.objectId())
                .text("who", 112, entry -> entry.caller().who())
                .text("from", 112, entry -> kit.text().word(entry.caller().from()))
                .state("result", 112, AuditView::result)
                .text("change", 120, changes::line)
                .grows()
                .hover(changes::line)
                .onOpen(open)
                .dated(model::find)
                .empty(Icon.AUDIT, "audit.empty", null)
                .onClearFilters(model::clear)
                .build();
        var below = new VBox(8, finding(kit, model), table);
        VBox.setVgrow(table, Priority.ALWAYS);
        return new PageFrame(kit, "audit.title")
                .search(model.query())
                .refresh(Act.of("audit.refresh", model.rows()::refresh))
                .beside(kit.button(model.verify()))
                .filters(filters(kit, model, table))
                .content(below);
    }

    private static State result(AuditEntry entry) {
        return entry.succeeded()
                ? State.of(Icon.OK, Tone.SUCCESS, "audit.result.succeeded")
                : State.of(Icon.ERROR, Tone.DANGER, "audit.result.failed");
    }

    private static Node filters(Kit kit, AuditModel model, TablePane<AuditEntry> table) {
        List<AuditEvent> events = new ArrayList<>(List.of(AuditEvent.values()));
        events.sort(Comparator.comparing(event -> kit.text().word(event)));
        return new FilterBar(kit)
                .choice("audit.column.event", model.event(), new SimpleObjectProperty<>(events), kit.text()::word)
                .choice("audit.column.from", model.from(), all(Caller.From.values()), kit.text()::word)
                .choice("audit.column.time", model.since(), all(Since.values()), since -> kit.say(since.key()))
                .end(kit.button(model.export()))
                .columns(table);
    }

    private static <E> ObservableValue<List<E>> all(E[] values) {
        return new SimpleObjectProperty<>(List.of(values));
    }

    private static Node finding(Kit kit, AuditModel model) {
        var place = new VBox();
        WhileShown.of(place).watch(model.findingProperty(), finding -> {
            place.getChildren().clear();
            finding.ifPresent(found -> place.getChildren()
                    .setAll(new Banner(
                            kit,
                            found.good() ? Icon.OK : Icon.ERROR,
                            found.good() ? Tone.SUCCESS : Tone.DANGER,
                            kit.say(found.words()),
                            kit.say(found.rest()),
                            List.of(Act.of("kit.close", model::dismiss)))));
            place.setManaged(finding.isPresent());
        });
        return place;
    }
}
