package org.coffer.window.start;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.ProgressView;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.dialog.ErrorView;

/** The first backup: its progress with the recovery sheet beside, then its figures with a restore to try. */
final class FirstBackupView extends VBox {
    private final Kit kit;
    private final FirstBackupModel model;
    private final Runnable close;
    private final ObjectProperty<ProgressView.Progress> progress =
            new SimpleObjectProperty<>(new ProgressView.Progress(0, Sentence.data("")));
    private final VBox news = new VBox(12);
    private Class<?> shown = Void.class;

    /**
     * The view.
     *
     * @param close closes what the view stands in
     */
    FirstBackupView(Kit kit, FirstBackupModel model, Runnable close) {
        super(24);
        this.kit = kit;
        this.model = model;
        this.close = close;
        getChildren().addAll(news, sheet());
        WhileShown.of(this).watch(model.stateProperty(), this::show);
    }

    private void show(FirstBackupModel.State now) {
        if (now instanceof FirstBackupModel.State.Running running) {
            progress.set(new ProgressView.Progress(running.share(), numbers(running)));
            if (shown != FirstBackupModel.State.Running.class) {
                news.getChildren()
                        .setAll(
                                kit.prose(kit.say("start.running", "n", running.disks())),
                                new ProgressView(kit, 320, progress));
            }
        } else {
            news.getChildren().setAll(ended(now));
        }
        shown = now.getClass();
    }

    private static Sentence numbers(FirstBackupModel.State.Running running) {
        int percent = (int) Math.floor(running.share() * 100);
        return running.bytesPerSecond() == 0 || running.secondsLeft() < 0
                ? Sentence.of("start.running.percent", "p", percent)
                : Sentence.of(
                        "start.running.numbers",
                        "p",
                        percent,
                        "speed",
                        running.bytesPerSecond(),
                        "left",
                        running.secondsLeft());
    }

    private Node ended(FirstBackupModel.State now) {
        return switch (now) {
            case FirstBackupModel.State.Done done -> done(done);
            case FirstBackupModel.State.Failed failed -> failed(failed);
            case FirstBackupModel.State.Running running -> throw new IllegalArgumentException("it still runs");
        };
    }

    private Node failed(FirstBackupModel.State.Failed failed) {
        var box = new VBox(
                12,
                kit.section(kit.text().explain(failed.cause()).what()),
                new ErrorView(kit, failed.cause(), "", kit.clock().instant()));
        if (failed.repeatable()) {
            box.getChildren().add(kit.row(kit.button(model.retry())));
        }
        return box;
    }

    private Node done(FirstBackupModel.State.Done done) {
        var line = kit.label(
                kit.say(
                        "start.done",
                        "n",
                        done.disks(),
                        "stored",
                        done.stored(),
                        "took",
                        kit.formats().duration(done.took())),
                "section");
        line.setWrapText(true);
        var head = kit.row(kit.icon(Icon.OK, Tone.SUCCESS), line);
        var box = new VBox(12, head, kit.prose(kit.say("start.done.try.help")));
        var buttons = new HBox(8);
        done.backup().ifPresent(backup -> buttons.getChildren().add(kit.button(model.tryRestore(backup, close))));
        if (!buttons.getChildren().isEmpty()) {
            box.getChildren().add(buttons);
        }
        return box;
    }

    /** Only the sheet opens the backups elsewhere, so it is offered at once and not only later. */
    private Node sheet() {
        var words = kit.prose(kit.say("start.sheet"));
        var title = kit.label(kit.say("start.sheet.title"), "strong");
        title.setWrapText(true);
        title.setMinHeight(USE_PREF_SIZE);
        var box = new VBox(8, title, words, kit.row(kit.button(model.sheet()), kit.flat(model.later())));
        box.getStyleClass().addAll("notice", Tone.ATTENTION.styleClass());
        WhileShown.of(box).watch(model.sheetOffered(), offered -> {
            box.setVisible(offered);
            box.setManaged(offered);
        });
        return box;
    }
}
