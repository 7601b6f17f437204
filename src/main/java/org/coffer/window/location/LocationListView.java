package org.coffer.window.location;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Node;
import org.coffer.console.location.Location;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Problems;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.table.TableBuilder;

/** The page of locations. */
final class LocationListView {
    private LocationListView() {}

    /**
     * Makes the page.
     *
     * @param add opens the sheet that adds a folder
     * @param test opens the sheet that tries a location out
     * @param limit opens the sheet that limits its speed
     * @param access opens the sheet that changes how it is reached
     * @param attach opens the sheet that brings its vaults back
     */
    static Node of(
            Kit kit,
            LocationListModel model,
            Act add,
            Function<LocationRow, Act> test,
            Function<LocationRow, Act> limit,
            Function<LocationRow, Act> access,
            Function<LocationRow, Act> attach) {
        var table = new TableBuilder<>(kit, "locations", model.rows())
                .rowHeight(52)
                .text("name", 200, row -> row.location().name())
                .grows()
                .sortable()
                .twoLines(
                        "kind", 140, row -> kit.text().word(row.location().kind()), row -> limited(kit, row.location()))
                .text("path", 252, row -> row.location().where())
                .grows()
                .hover(row -> row.location().where())
                .state("state", 132, row -> state(row.location()))
                .sortable()
                .twoLines("free", 148, row -> free(kit, row.location()), row -> total(kit, row.location()))
                .sortable()
                .number("vaults", 60, row -> kit.formats().count(row.vaults()))
                .sortable()
                .actions(
                        124,
                        1,
                        row -> List.of(
                                test.apply(row),
                                attach.apply(row),
                                access.apply(row),
                                limit.apply(row),
                                model.remove(row)))
                .onOpen(row -> test.apply(row).run())
                .empty(Icon.LOCATION, "locations.empty", add)
                .onClearFilters(() -> model.query().set(""))
                .build();
        return new PageFrame(kit, "locations.title")
                .search(model.query())
                .refresh(Act.of("locations.refresh", model.rows()::refresh))
                .primary(add)
                .content(table);
    }

    private static State state(Location location) {
        Sentence words = Sentence.of("word.location.status."
                + location.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        State state = switch (location.status()) {
            case CONNECTED -> new State(Icon.OK, Tone.SUCCESS, words, Optional.empty());
            case NEARLY_FULL -> new State(Icon.WARN, Tone.ATTENTION, words, Optional.empty());
            case READ_ONLY -> new State(Icon.LOCKED, Tone.ATTENTION, words, Optional.empty());
            case UNREACHABLE -> new State(Icon.FROZEN, Tone.ATTENTION, words, Optional.empty());
        };
        return location.problem()
                .map(problem -> new State(state.icon(), state.tone(), words, Optional.of(Problems.what(problem))))
                .orElse(state);
    }

    private static String limited(Kit kit, Location location) {
        return location.limit() == 0 ? "" : kit.say("locations.limit.most", "mb", location.limit());
    }

    private static String free(Kit kit, Location location) {
        return location.freeBytes() < 0 ? "—" : kit.formats().size(location.freeBytes());
    }

    private static String total(Kit kit, Location location) {
        return location.totalBytes() < 0 ? "" : kit.say("locations.free.of", "total", location.totalBytes());
    }
}
