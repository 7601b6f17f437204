package org.coffer.window.wizard;

import javafx.scene.layout.VBox;
import org.coffer.window.files.FilePlaceView;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** Where to? For files or for a disk, as the question before was answered. */
final class PlaceView extends VBox {
    PlaceView(Kit kit, WizardModel model, Runnable goOn) {
        super(12);
        var files = new FilePlaceView(kit, model.filePlace(), goOn);
        var disk = new DiskPlaceView(kit, model.diskPlace(), goOn);
        WhileShown.of(this)
                .watch(
                        model.scopeProperty(),
                        scope -> getChildren().setAll(scope == WizardModel.Scope.DISK ? disk : files));
    }
}
