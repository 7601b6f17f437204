package org.coffer.window.location;

import java.util.Optional;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Sheet;

/** The sheet that adds a location, for the page and for whoever has backups already. */
public final class LocationSheets {
    private static final double FORM = 640;

    private final Locations locations;
    private final Background background;
    private final Dialogs dialogs;

    /** Sheets over {@code dialogs}. */
    public LocationSheets(Locations locations, Background background, Dialogs dialogs) {
        this.locations = locations;
        this.background = background;
        this.dialogs = dialogs;
    }

    /** Lets the user add a location; empty if none was. */
    public Optional<Location> add() {
        var adding = new AddLocationModel(locations, background, dialogs);
        var sheet = new Sheet(Sentence.of("locations.add.title"), FORM, kit -> new AddLocationView(kit, adding));
        sheet.act(adding.add(sheet::done));
        return dialogs.show(sheet) ? adding.added() : Optional.empty();
    }
}
