package org.coffer.window.tray;

import java.util.Map;

/** Where the desktop shows icons and messages of programs that have no window open. All methods may block for a moment. */
public interface Tray {
    /** On a desktop without one. */
    Tray NONE = new Tray() {
        @Override
        public boolean there() {
            return false;
        }

        @Override
        public void show(Face face) {}

        @Override
        public void hide() {}

        @Override
        public void tell(Notice notice) {}
    };

    /** The one of the desktop in whose session Coffer runs; nothing is asked or loaded before it is used. */
    static Tray here(Map<String, String> environment) {
        return SessionBus.address(environment).<Tray>map(StatusNotifier::new).orElse(NONE);
    }

    /** Whether an icon would be seen now. */
    boolean there();

    /** Shows the icon, or what it became. Where there is no tray yet, as at login, it appears with the tray. */
    void show(Face face);

    /** Takes the icon away. */
    void hide();

    /** Shows a message in the place of the one before, where the desktop shows any; also where it has no place for icons. */
    void tell(Notice notice);
}
