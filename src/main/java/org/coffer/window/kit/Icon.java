package org.coffer.window.kit;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The icons by what they mean, one meaning each; line style throughout (feather). */
public enum Icon {
    // Places
    OVERVIEW(Feather.HOME),
    SERVER(Feather.SERVER),
    DISK(Feather.HARD_DRIVE),
    FILE_SYSTEM(Feather.FOLDER),
    FILE(Feather.FILE_TEXT),
    POLICY(Feather.CALENDAR),
    TASK(Feather.LIST),
    LOCATION(Feather.DATABASE),
    MONITORING(Feather.ACTIVITY),
    AUDIT(Feather.BOOK_OPEN),
    SETTINGS(Feather.SETTINGS),
    VAULT(Feather.ARCHIVE),
    BACKUP(Feather.LAYERS),
    IMAGE(Feather.DISC),
    // Acts
    RESTORE(Feather.ROTATE_CCW),
    RUN(Feather.PLAY),
    PAUSE(Feather.PAUSE),
    STOP(Feather.SQUARE),
    ADD(Feather.PLUS),
    EDIT(Feather.EDIT_2),
    DELETE(Feather.TRASH_2),
    BIND(Feather.LINK),
    EXPAND(Feather.MAXIMIZE_2),
    MIGRATE(Feather.TRUCK),
    VERIFY(Feather.CHECK_SQUARE),
    SEARCH(Feather.SEARCH),
    FILTER(Feather.FILTER),
    REFRESH(Feather.REFRESH_CW),
    EXPORT(Feather.DOWNLOAD),
    IMPORT(Feather.UPLOAD),
    PRINT(Feather.PRINTER),
    SAVE(Feather.SAVE),
    COPY(Feather.COPY),
    COLUMNS(Feather.COLUMNS),
    MORE(Feather.MORE_HORIZONTAL),
    BACK(Feather.ARROW_LEFT),
    CLOSE(Feather.X),
    OPEN(Feather.EXTERNAL_LINK),
    UNMOUNT(Feather.LOG_OUT),
    // Marks
    OK(Feather.CHECK_CIRCLE),
    DONE(Feather.CHECK),
    WARN(Feather.ALERT_TRIANGLE),
    ERROR(Feather.ALERT_CIRCLE),
    INFO(Feather.INFO),
    HELP(Feather.HELP_CIRCLE),
    BUSY(Feather.LOADER),
    WAITING(Feather.CLOCK),
    LOCKED(Feather.LOCK),
    FROZEN(Feather.CLOUD_OFF),
    SKIPPED(Feather.CORNER_UP_RIGHT),
    CANCELED(Feather.X_CIRCLE),
    PAUSED(Feather.PAUSE_CIRCLE),
    OFF(Feather.MINUS_CIRCLE),
    IN_USE(Feather.CIRCLE),
    KEY(Feather.KEY),
    SHIELD(Feather.SHIELD),
    LINKED(Feather.LINK_2),
    TAG(Feather.TAG),
    COMPUTER(Feather.MONITOR),
    DOWN(Feather.CHEVRON_DOWN),
    NEXT(Feather.CHEVRON_RIGHT);

    private final Feather glyph;

    Icon(Feather glyph) {
        this.glyph = glyph;
    }

    /** A new node of 16 px, for text and buttons. It takes no part in hit tests or focus. */
    public FontIcon node() {
        return sized("icon");
    }

    /** A new node of 20 px, for the navigation and for page headers. */
    public FontIcon large() {
        return sized("icon", "icon-20");
    }

    /** A new node of 48 px, for empty pages. */
    public FontIcon picture() {
        return sized("icon", "icon-48");
    }

    private FontIcon sized(String... styleClasses) {
        var icon = new FontIcon(glyph);
        icon.getStyleClass().addAll(styleClasses);
        icon.setMouseTransparent(true);
        return icon;
    }
}
