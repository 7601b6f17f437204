package org.coffer.window.location;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.attach.Forgetting;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.location.Locations;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.kit.table.Sort;

/** The list of locations: what is there, what is left, and taking one off. */
final class LocationListModel implements AutoCloseable {
    private final Locations locations;
    private final Vaults vaults;
    private final Forgetting forgetting;
    private final Background background;
    private final Dialogs dialogs;
    private final ListRows<LocationRow> rows;
    private final StringProperty query = new SimpleStringProperty("");
    private final Events.Subscription events;

    LocationListModel(
            Locations locations,
            Vaults vaults,
            Forgetting forgetting,
            Events events,
            Background background,
            Dialogs dialogs) {
        this.locations = locations;
        this.forgetting = forgetting;
        this.vaults = vaults;
        this.background = background;
        this.dialogs = dialogs;
        this.rows = new ListRows<LocationRow>(
                        background, row -> row.location().id().toString(), this::load)
                .sortedBy("name", Comparator.comparing(row -> row.location().name()))
                .sortedBy("state", Comparator.comparing(row -> row.location().status()))
                .sortedBy("free", Comparator.comparingLong(LocationRow::free))
                .sortedBy("vaults", Comparator.comparingLong(LocationRow::vaults));
        rows.sortProperty().set(Optional.of(Sort.up("name")));
        query.subscribe(text -> filter(text));
        var bridge = new Bridge<>(background, this::load, rows::show, problem -> rows.refresh());
        this.events = events.subscribe(event -> {
            if (event instanceof Event.LocationChanged || event instanceof Event.VaultChanged) {
                bridge.changed();
            }
        });
    }

    ListRows<LocationRow> rows() {
        return rows;
    }

    StringProperty query() {
        return query;
    }

    /**
     * Takes a location off the list, after asking. Where vaults live, it says how many instead; one that cannot be reached may be
     * forgotten with them, because it may never come back.
     */
    Act remove(LocationRow row) {
        if (row.vaults() > 0 && !row.location().status().readable()) {
            return Act.of("locations.forget", () -> askAndForget(row))
                    .with(Icon.DELETE)
                    .asDangerous();
        }
        Act act = Act.of("locations.remove", () -> askAndRemove(row))
                .with(Icon.DELETE)
                .asDangerous();
        return row.vaults() == 0
                ? act
                : act.unless(Optional.of(Sentence.of(
                        "locations.remove.in-use", "location", row.location().name(), "n", row.vaults())));
    }

    @Override
    public void close() {
        events.close();
    }

    private void askAndRemove(LocationRow row) {
        String name = row.location().name();
        Question question = Question.plain(
                Sentence.of("locations.remove.title", "location", name),
                Sentence.of("locations.remove"),
                Sentence.of("locations.remove.stays", "path", row.location().where()));
        if (dialogs.confirm(question)) {
            background
                    .act(() -> locations.remove(row.location().id()))
                    .then(done -> rows.refresh())
                    .start();
        }
    }

    private void askAndForget(LocationRow row) {
        String name = row.location().name();
        Question question = Question.dangerous(
                Sentence.of("locations.forget.title", "location", name),
                Sentence.of("locations.forget"),
                Sentence.of("locations.forget.vaults", "n", row.vaults()),
                Sentence.of("locations.forget.stays"));
        if (dialogs.confirmByName(question, name)) {
            background
                    .act(() -> forgetting.forget(row.location().id()))
                    .then(done -> rows.refresh())
                    .start();
        }
    }

    private void filter(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        rows.filter(
                row -> row.location().name().toLowerCase(Locale.ROOT).contains(wanted)
                        || row.location().where().toLowerCase(Locale.ROOT).contains(wanted),
                !wanted.isEmpty());
    }

    private List<LocationRow> load() {
        Map<UUID, Long> counts = Stream.of(VaultFilter.ALL, VaultFilter.TRASH)
                .flatMap(filter -> vaults.list(filter).stream())
                .map(Vault::locationId)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<LocationRow> loaded = new ArrayList<>();
        locations
                .list()
                .forEach(location -> loaded.add(new LocationRow(location, counts.getOrDefault(location.id(), 0L))));
        return loaded;
    }
}
