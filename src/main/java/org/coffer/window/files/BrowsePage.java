package org.coffer.window.files;

import javafx.scene.Node;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Page;

/** The page with the files of a backup. */
public final class BrowsePage implements Page {
    /** How routes name this page; their ID is the backup's. */
    public static final String ID = "files";

    private final BrowseModel model;

    /** The page over {@code model}. */
    public BrowsePage(BrowseModel model) {
        this.model = model;
    }

    @Override
    public Node view(Kit kit) {
        return BrowseView.of(kit, model);
    }
}
