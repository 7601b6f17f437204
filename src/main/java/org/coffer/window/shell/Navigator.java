package org.coffer.window.shell;

/** Goes from page to page. Models get this interface; on the window's thread only. */
public interface Navigator {

    /** Opens a page; the present one stays in the history. */
    void open(Route route);

    /** Goes back to the page before, as it was left. */
    void back();

    /** Leaves the present page for good, as after its form was sent, and goes back. */
    void leave();
}
