package org.coffer.window.location;

import java.util.Optional;
import javafx.scene.Node;
import org.coffer.console.attach.Forgetting;
import org.coffer.console.event.Events;
import org.coffer.console.location.Address;
import org.coffer.console.location.Locations;
import org.coffer.console.vault.Vaults;
import org.coffer.window.attach.AttachDialogs;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.shell.Page;

/** Storage locations. */
public final class LocationsPage implements Page {
    private static final double TRIAL = 480;
    private static final double FORM = 560;

    private final Locations locations;
    private final AttachDialogs attaching;
    private final Background background;
    private final Dialogs dialogs;
    private final LocationListModel model;

    /** The page over these services. */
    public LocationsPage(
            Locations locations,
            Vaults vaults,
            Forgetting forgetting,
            Events events,
            Background background,
            Dialogs dialogs,
            AttachDialogs attaching) {
        this.locations = locations;
        this.attaching = attaching;
        this.background = background;
        this.dialogs = dialogs;
        this.model = new LocationListModel(locations, vaults, forgetting, events, background, dialogs);
    }

    @Override
    public Node view(Kit kit) {
        return LocationListView.of(
                kit,
                model,
                Act.of("locations.add", this::add).with(Icon.ADD),
                row -> Act.of("locations.test", () -> test(row)).with(Icon.VERIFY),
                row -> Act.of("locations.limit.change", () -> limit(row)),
                this::access,
                row -> Act.of("locations.attach", () -> attach(row)).with(Icon.VAULT));
    }

    @Override
    public void shown() {
        model.rows().refresh();
    }

    @Override
    public void close() {
        model.close();
    }

    private void add() {
        new LocationSheets(locations, background, dialogs).add().ifPresent(added -> {
            model.rows().refresh();
            attaching.offer(added);
        });
    }

    private void attach(LocationRow row) {
        attaching.attach(row.location());
        model.rows().refresh();
    }

    private void limit(LocationRow row) {
        var model = new LimitModel(locations, row.location(), background);
        var sheet = new Sheet(
                Sentence.of("locations.limit.title", "location", row.location().name()),
                TRIAL,
                kit -> new LimitView(kit, model));
        sheet.act(model.keep(sheet::done));
        if (dialogs.show(sheet)) {
            this.model.rows().refresh();
        }
    }

    private Act access(LocationRow row) {
        Act act = Act.of("locations.access.change", () -> change(row)).with(Icon.KEY);
        return row.location().address() instanceof Address.Bucket
                ? act
                : act.unless(Optional.of(Sentence.of("locations.access.folder")));
    }

    private void change(LocationRow row) {
        if (row.location().address() instanceof Address.Bucket bucket) {
            var access = new AccessModel(locations, row.location(), bucket, background, dialogs);
            var sheet = new Sheet(
                            Sentence.of(
                                    "locations.access.title",
                                    "location",
                                    row.location().name()),
                            FORM,
                            kit -> new AccessView(kit, access))
                    .icon(Icon.KEY);
            sheet.act(access.keep(sheet::done));
            if (dialogs.show(sheet)) {
                model.rows().refresh();
            }
        }
    }

    private void test(LocationRow row) {
        var trial = new Trial(row.location().kind(), background);
        trial.start(() -> locations.test(row.location().id()));
        var sheet = new Sheet(
                        Sentence.of(
                                "locations.test.title.of",
                                "location",
                                row.location().name()),
                        TRIAL,
                        kit -> new TrialView(kit, trial))
                .cancel("kit.close");
        dialogs.show(sheet);
        model.rows().refresh();
    }
}
