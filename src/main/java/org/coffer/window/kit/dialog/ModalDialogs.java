package org.coffer.window.kit.dialog;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/**
 * Dialogs as boxes inside the window, not as windows of their own: those come out in the wrong size on Linux at
 * fractional scales. A method that returns an answer runs a nested event loop until the box closes, so the window goes
 * on painting; boxes close from the top down, hence the loops end in order.
 */
public final class ModalDialogs implements Dialogs {
    private static final double QUESTION = 480;

    private final Supplier<Kit> kit;
    private final DialogHost host;

    /**
     * Dialogs above {@code host}.
     *
     * @param kit the kit of the language shown now
     */
    public ModalDialogs(Supplier<Kit> kit, DialogHost host) {
        this.kit = kit;
        this.host = host;
    }

    @Override
    public boolean confirm(Question question) {
        Sheet sheet = asking(question, now -> lines(now, question));
        sheet.act(acting(question, sheet::done));
        return show(sheet);
    }

    @Override
    public boolean confirmByName(Question question, String name) {
        var typed = new SimpleStringProperty("");
        Sheet sheet = asking(question, now -> {
            VBox box = lines(now, question);
            TextField field = now.field(name);
            field.textProperty().bindBidirectional(typed);
            field.setAccessibleText(now.say("kit.confirm.type", "name", name));
            box.getChildren().add(now.column(4, now.label(now.say("kit.confirm.type", "name", name), "strong"), field));
            return box;
        });
        Act act = acting(question, sheet::done)
                .when(typed.isEqualTo(name), Sentence.of("kit.confirm.type", "name", name));
        sheet.act(act);
        return show(sheet);
    }

    @Override
    public void error(Problem problem) {
        Kit now = kit.get();
        String what = now.text().explain(problem).what();
        var sheet = new Sheet(
                        Sentence.data(what),
                        560,
                        shown -> new ErrorView(shown, problem, "", shown.clock().instant()))
                .icon(Icon.ERROR)
                .cancel("kit.close");
        open(sheet, () -> {});
    }

    @Override
    public void error(Problem problem, Sentence plainly) {
        var sheet = new Sheet(
                        Sentence.of("kit.error.not-now"),
                        560,
                        shown -> new ErrorView(
                                shown, problem, plainly, shown.clock().instant()))
                .icon(Icon.WARN)
                .cancel("kit.close");
        open(sheet, () -> {});
    }

    @Override
    public boolean show(Sheet sheet) {
        waiting(closed -> open(sheet, closed));
        return sheet.isDone();
    }

    @Override
    public boolean show(Wizard wizard) {
        waiting(closed -> {
            var view = new WizardView(kit.get(), wizard);
            wizard.opened(once(host::close));
            host.open(view, closed);
            Platform.runLater(view::focusFirst);
        });
        return wizard.isFinished();
    }

    @Override
    public Optional<Path> chooseFile(Sentence title) {
        var chooser = new FileChooser();
        chooser.setTitle(kit.get().say(title));
        return path(chooser.showOpenDialog(window()));
    }

    @Override
    public Optional<Path> chooseFolder(Sentence title) {
        var chooser = new DirectoryChooser();
        chooser.setTitle(kit.get().say(title));
        return path(chooser.showDialog(window()));
    }

    @Override
    public Optional<Path> save(Sentence title, String name) {
        var chooser = new FileChooser();
        chooser.setTitle(kit.get().say(title));
        chooser.setInitialFileName(name);
        return path(chooser.showSaveDialog(window()));
    }

    private void open(Sheet sheet, Runnable closed) {
        var view = new SheetView(kit.get(), sheet);
        sheet.opened(once(host::close));
        host.open(view, closed);
        Platform.runLater(view::focusFirst);
    }

    /** Shows something and comes back when it was closed. */
    private static void waiting(Consumer<Runnable> show) {
        var loop = new Object();
        show.accept(() -> Platform.exitNestedEventLoop(loop, loop));
        Platform.enterNestedEventLoop(loop);
    }

    private static Runnable once(Runnable task) {
        var left = new java.util.concurrent.atomic.AtomicBoolean(true);
        return () -> {
            if (left.getAndSet(false)) {
                task.run();
            }
        };
    }

    private static Sheet asking(Question question, java.util.function.Function<Kit, Node> content) {
        var sheet = new Sheet(question.title(), QUESTION, content);
        return question.dangerous() ? sheet.icon(Icon.WARN) : sheet;
    }

    private static Act acting(Question question, Runnable done) {
        Act act = Act.of(question.act(), done);
        return question.dangerous() ? act.asDangerous() : act;
    }

    private static VBox lines(Kit kit, Question question) {
        var box = new VBox(8);
        question.lines().forEach(line -> box.getChildren().add(kit.prose(kit.say(line))));
        return box;
    }

    private Window window() {
        return host.getScene().getWindow();
    }

    private static Optional<Path> path(@org.jspecify.annotations.Nullable File file) {
        return Optional.ofNullable(file).map(File::toPath);
    }
}
