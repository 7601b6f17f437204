package org.coffer.window.policy;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.window.kit.Background;
import org.coffer.window.shell.Desk;

/** How busy each hour of the day already is at a location (P2), because of the other policies. */
final class Busy {
    /** A location that holds a vault. */
    record Place(UUID id, String name) {}

    private final Policies policies;
    private final Vaults vaults;
    private final Background background;
    private final Background.Line line;
    private final Background.Line following;
    private final Optional<UUID> edited;
    private final Drafted draft;
    private final ReadOnlyObjectWrapper<List<Place>> places = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<Place>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Integer>> hours = new ReadOnlyObjectWrapper<>(List.of());

    /**
     * Looks for the places, and at the first of them.
     *
     * @param edited the policy that is edited, whose own runs do not count
     * @param draft by whose wall clock the hours are counted, and that says where copies go
     */
    Busy(PolicyPages.Services services, Desk desk, Optional<Policy> edited, Drafted draft) {
        this.policies = services.policies();
        this.vaults = services.vaults();
        this.background = desk.background();
        this.line = background.line();
        this.following = background.line();
        this.edited = edited.map(Policy::id);
        this.draft = draft;
        chosen.subscribe((was, now) -> now.ifPresent(this::look));
        draft.zone.subscribe((was, now) -> chosen.get().ifPresent(this::look));
        draft.kind.subscribe((was, now) -> follow());
        draft.target.subscribe((was, now) -> follow());
        background.work(this::find).then(this::found).start();
    }

    /** Where the backups of the edited policy lie comes first. */
    private List<Place> find() {
        List<Place> own = edited.flatMap(policies::find).map(policies::holding).orElse(List.of()).stream()
                .map(Busy::place)
                .toList();
        return java.util.stream.Stream.concat(
                        own.stream(), vaults.list(VaultFilter.ALL).stream().map(Busy::place))
                .distinct()
                .toList();
    }

    private static Place place(Vault vault) {
        return new Place(vault.locationId(), vault.locationName());
    }

    private void found(List<Place> all) {
        places.set(all);
        if (chosen.get().isEmpty()) {
            follow();
        }
    }

    /** Looks where copies go, as soon as that is chosen; of a policy that makes backups, at the first place. */
    private void follow() {
        Optional<UUID> target = draft.copies() ? draft.target.get() : Optional.empty();
        following
                .work(() -> target.flatMap(vaults::find).map(Busy::place))
                .then(place -> chosen.set(place.or(() -> places.get().stream().findFirst())))
                .start();
    }

    private void look(Place place) {
        ZoneId now = draft.zone.get();
        line.work(() -> policies.agenda().busyHours(place.id(), now, edited))
                .then(hours::set)
                .start();
    }

    /** Where there are vaults; that of the edited policy first. */
    ReadOnlyObjectProperty<List<Place>> places() {
        return places.getReadOnlyProperty();
    }

    /** The place that is looked at; none while there is no vault. */
    ObjectProperty<Optional<Place>> chosen() {
        return chosen;
    }

    /** How many disks begin to be backed up in each hour within a week: 24 numbers, or none while nothing is known. */
    ReadOnlyObjectProperty<List<Integer>> hours() {
        return hours.getReadOnlyProperty();
    }
}
