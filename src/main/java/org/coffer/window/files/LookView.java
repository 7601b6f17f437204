package org.coffer.window.files;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.file.FilePreview;
import org.coffer.console.file.FileVersion;
import org.coffer.text.Printable;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/** The selected file at the right of its folder: name, times, its beginning as text or picture, its versions. */
final class LookView extends VBox {
    static final double WIDTH = 300;

    private static final double PICTURE = 220;

    private final Kit kit;
    private final LookModel model;
    private final BrowseModel browse;
    private final VBox content = new VBox(8);
    private final VBox versions = new VBox(2);

    LookView(Kit kit, BrowseModel browse) {
        super(12);
        this.kit = kit;
        this.browse = browse;
        this.model = browse.look();
        getStyleClass().add("summary");
        setMinWidth(WIDTH);
        setMaxWidth(WIDTH);
        setMinHeight(0);
        VBox.setVgrow(content, Priority.ALWAYS);
        content.setMinHeight(0);
        getChildren().addAll(kit.label(kit.say("browse.preview"), "strong"), content, versions);
        WhileShown.of(this).watch(model.seenProperty(), this::show).watch(model.versionsProperty(), this::showVersions);
    }

    private void show(Optional<LookModel.Seen> now) {
        content.getChildren().clear();
        if (now.isEmpty()) {
            content.getChildren().add(muted("browse.preview.nothing"));
            return;
        }
        LookModel.Seen seen = now.get();
        Label name = kit.label(FileNames.name(kit, seen.row()), "section");
        name.setWrapText(true);
        name.setMinHeight(USE_PREF_SIZE);
        content.getChildren().add(name);
        if (seen.row().isFolder()) {
            content.getChildren().add(muted("browse.preview.folder"));
        } else {
            content.getChildren().add(kit.caption(kit.formats().size(seen.row().size())));
        }
        seen.row()
                .modified()
                .ifPresent(at -> content.getChildren().add(kit.caption(kit.say("browse.preview.changed", "at", at))));
        seen.problem().ifPresent(why -> {
            boolean damaged = why.code().equals("vault.damaged");
            Text.Explanation said = kit.text().explain(why);
            Label what = kit.prose(damaged ? kit.say("browse.preview.damaged") : said.what());
            what.getStyleClass().add("problem-line");
            Label rest = kit.caption(damaged ? said.line() : said.rest());
            rest.setWrapText(true);
            rest.setMinHeight(USE_PREF_SIZE);
            content.getChildren().addAll(what, rest);
        });
        seen.preview().ifPresent(this::show);
    }

    private void show(FilePreview preview) {
        switch (preview) {
            case FilePreview.Text text -> {
                var area = new TextArea(Printable.text(text.text()));
                area.setEditable(false);
                area.setWrapText(true);
                area.setAccessibleText(kit.say("browse.preview"));
                VBox.setVgrow(area, Priority.ALWAYS);
                content.getChildren().add(area);
                if (!text.whole()) {
                    content.getChildren().add(muted("browse.preview.cut"));
                }
            }
            case FilePreview.Picture picture -> show(picture);
            case FilePreview.TooLarge large ->
                content.getChildren()
                        .add(muted(
                                Sentence.of("browse.preview.large", "width", large.width(), "height", large.height())));
            case FilePreview.None() -> content.getChildren().add(muted("browse.preview.none"));
        }
    }

    private void show(FilePreview.Picture picture) {
        var place = new VBox(8);
        content.getChildren().add(place);
        model.draw(
                () -> decode(picture),
                image -> show(image, picture, place),
                () -> place.getChildren().setAll(muted("browse.preview.none")));
    }

    /** Scaled while it is read: a large picture takes no more room than it is shown in. */
    private static Image decode(FilePreview.Picture picture) {
        byte[] bytes = new byte[picture.bytes().remaining()];
        picture.bytes().duplicate().get(bytes);
        return new Image(new ByteArrayInputStream(bytes), PICTURE * 2, PICTURE * 2, true, true);
    }

    private void show(Image image, FilePreview.Picture picture, VBox place) {
        if (image.isError()) {
            place.getChildren().setAll(muted("browse.preview.none"));
            return;
        }
        var view = new ImageView(image);
        view.setPreserveRatio(true);
        view.setFitWidth(Math.min(WIDTH - 32, image.getWidth()));
        view.setFitHeight(PICTURE);
        view.setAccessibleText(kit.say("browse.preview"));
        place.getChildren().setAll(view);
        if (!picture.whole()) {
            place.getChildren().add(muted("browse.preview.cut"));
        }
    }

    private void showVersions(List<FileVersion> all) {
        versions.getChildren().clear();
        if (all.isEmpty()) {
            return;
        }
        versions.getChildren().add(kit.label(kit.say("browse.preview.versions"), "strong"));
        if (all.size() == 1) {
            versions.getChildren().add(muted("browse.preview.versions.none"));
            return;
        }
        for (FileVersion version : all) {
            versions.getChildren()
                    .add(kit.link(Act.of(
                            Sentence.of(
                                    "browse.version",
                                    "at",
                                    version.entry().modified(),
                                    "bytes",
                                    version.entry().size()),
                            () -> browse.show(version.newest()))));
        }
    }

    private Label muted(String key) {
        return muted(Sentence.of(key));
    }

    private Label muted(Sentence words) {
        Label label = kit.label(kit.say(words), "muted");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
