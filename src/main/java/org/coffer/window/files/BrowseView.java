package org.coffer.window.files;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.PageFrame;

/** Folder at the left, the selected file at the right; above, of which backup, and a search through all of it. */
final class BrowseView {
    private BrowseView() {}

    static Node of(Kit kit, BrowseModel model) {
        Label about = kit.label("", "muted", "may-clip");
        var line = kit.row(about, kit.spacer(), kit.link(Act.of("browse.to-backup", model::toBackup)));
        line.setMinHeight(28);
        var failure = new VBox();
        WhileShown.of(line)
                .watch(
                        model.backupProperty(),
                        now -> about.setText(now.map(backup ->
                                        kit.say("browse.of", "disk", backup.diskName(), "at", backup.createdAt()))
                                .orElse("")))
                .watch(model.failureProperty(), now -> {
                    failure.getChildren().clear();
                    now.ifPresent(why -> {
                        var words = kit.text().explain(why);
                        failure.getChildren()
                                .add(new Banner(kit, Icon.ERROR, Tone.DANGER, words.what(), words.rest(), List.of()));
                    });
                });
        var folder = new FolderView(kit, model.folder(), row -> {}, Optional.of(model.openAsDisk()));
        HBox.setHgrow(folder, Priority.ALWAYS);
        folder.setMinWidth(0);
        var both = new HBox(16, folder, new LookView(kit, model));
        both.setMinHeight(0);
        VBox.setVgrow(both, Priority.ALWAYS);
        var frame = new PageFrame(kit, "browse.title")
                .search(model.folder().queryProperty())
                .refresh(Act.of("backups.refresh", model::refresh))
                .primary(model.restore())
                .filters(new VBox(4, line, failure))
                .content(both);
        WhileShown.of(frame).add(model::open);
        return frame;
    }
}
