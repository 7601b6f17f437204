package org.coffer.window.backup;

import javafx.scene.Node;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Page;

/** The page about one backup. */
public final class BackupPage implements Page {
    /** How routes name this page; their ID is the backup's. */
    public static final String ID = "backup";

    private final BackupDetailsModel model;

    /** The page over {@code model}. */
    public BackupPage(BackupDetailsModel model) {
        this.model = model;
    }

    @Override
    public Node view(Kit kit) {
        return new BackupDetailsView(kit, model).page();
    }

    @Override
    public void shown() {
        model.refresh();
    }
}
