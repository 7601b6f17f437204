package org.coffer.window.shell;

/** The groups of the navigation, from top to bottom. */
public enum Group {
    TOP("nav.group.top"),
    BACKUP("nav.group.backup"),
    OPERATION("nav.group.operation"),
    MANAGEMENT("nav.group.management");

    private final String key;

    Group(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
