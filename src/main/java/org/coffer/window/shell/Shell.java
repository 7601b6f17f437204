package org.coffer.window.shell;

import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Theme;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.dialog.Toasts;
import org.coffer.window.kit.table.TablePane;
import org.jspecify.annotations.Nullable;

/**
 * The window: a frame around pages, dialogs above them, toasts, keys. It is made first, so that pages can be given its
 * dialogs and its navigator; then pages are registered; then it opens.
 *
 * <pre>{@code
 * var shell = new Shell(stage, appearance);
 * shell.pages().add(PageEntry.top("vaults", "nav.vaults", Group.BACKUP, Icon.DISK,
 *         route -> new VaultsPage(services, shell.dialogs(), shell.navigator())));
 * shell.open(Route.to("vaults"));
 * }</pre>
 */
public final class Shell {
    private static final String LAST_PAGE = "window.page";

    private final Stage stage;
    private final Appearance appearance;
    private final Pages pages = new Pages();
    private final History history = new History(pages);
    private final Strip strip = new Strip();
    private final DialogHost host = new DialogHost();
    private final Dialogs dialogs;
    private final Toasts toasts;
    private Optional<Act> restore = Optional.empty();
    private Consumer<String> help = page -> {};
    private @Nullable Frame frame;

    /** A window that is not open yet. */
    public Shell(Stage stage, Appearance appearance) {
        this.stage = stage;
        this.appearance = appearance;
        this.dialogs = new ModalDialogs(() -> appearance.kit().getValue(), host);
        this.toasts = new Toasts(() -> appearance.kit().getValue());
        host.addFloating(toasts, Pos.BOTTOM_RIGHT);
    }

    /** The registry of pages; to be filled before {@link #open}. */
    public Pages pages() {
        return pages;
    }

    /** Goes from page to page. */
    public Navigator navigator() {
        return history;
    }

    /** Where the user is. */
    public History history() {
        return history;
    }

    /** Asks and tells above the page. */
    public Dialogs dialogs() {
        return dialogs;
    }

    /** News at the bottom right. */
    public Toasts toasts() {
        return toasts;
    }

    /** What the strip at the bottom says. */
    public Strip strip() {
        return strip;
    }

    /** The button above the navigation, also Ctrl+Shift+R; to be set before {@link #open}. */
    public void restore(Act act) {
        restore = Optional.of(act);
    }

    /** What F1 does, given the ID of the page that is open; to be set before {@link #open}. */
    public void help(Consumer<String> opener) {
        help = opener;
    }

    /** What happens with files that are dropped on the window. */
    public void onFiles(Consumer<List<Path>> taker) {
        host.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (event.getDragboard().hasFiles() && !host.isOpen()) {
                event.acceptTransferModes(TransferMode.LINK, TransferMode.COPY);
                event.consume();
            }
        });
        host.addEventHandler(DragEvent.DRAG_DROPPED, event -> {
            List<Path> files =
                    event.getDragboard().getFiles().stream().map(File::toPath).toList();
            event.setDropCompleted(true);
            event.consume();
            Platform.runLater(() -> taker.accept(files));
        });
    }

    /**
     * Makes the window ready to be shown at its place and in its look, while the services that the pages need are still being opened.
     * Dialogs work already.
     *
     * @param placeholder stands where the frame will be
     */
    public void prepare(Node placeholder) {
        var scene = new Scene(host);
        Theme.follow(scene, appearance.lookProperty());
        stage.setScene(scene);
        new WindowMemory(appearance.memory(), stage).restore();
        host.setPage(placeholder);
        stage.setTitle(appearance.kit().getValue().say("shell.name"));
    }

    /** Opens the window at the page it was left at, else at {@code first}. */
    public void open(Route first) {
        if (stage.getScene() == null) {
            prepare(new StackPane());
            stage.show();
        }
        new Keys(pages, history, host, this::frame, () -> restore, page -> help.accept(page), this::goToDate)
                .listen(stage.getScene());
        history.open(appearance
                .memory()
                .recall(LAST_PAGE)
                .filter(pages::has)
                .map(Route::to)
                .orElse(first));
        appearance.kit().subscribe(this::build);
        history.currentProperty().subscribe(now -> moved(now));
        strip.runningProperty().subscribe(now -> title());
    }

    /** Brings the window to the front, as when Coffer is started a second time. May be called on any thread. */
    public void toFront() {
        Platform.runLater(() -> {
            stage.setIconified(false);
            stage.show();
            stage.toFront();
            stage.requestFocus();
        });
    }

    private void goToDate(TablePane<?> list) {
        Clock clock = appearance.kit().getValue().clock();
        new GoToDate(dialogs).ask(list, LocalDate.ofInstant(clock.instant(), clock.getZone()));
    }

    private Frame frame() {
        Frame now = frame;
        if (now == null) {
            throw new IllegalStateException("the window is not open");
        }
        return now;
    }

    /** A frame in the language of the moment; the page stays, and so does how far it was scrolled. */
    private void build(Kit kit) {
        Optional<ScrollPlaces> places =
                Optional.ofNullable(frame).flatMap(Frame::view).map(ScrollPlaces::new);
        var made = new Frame(kit, pages, history, strip, restore);
        frame = made;
        host.setPage(made);
        title();
        places.ifPresent(kept -> made.view().ifPresent(view -> {
            host.applyCss();
            host.layout();
            kept.restore(view);
        }));
    }

    private void moved(Optional<History.Visit> now) {
        now.map(visit -> visit.entry().parent())
                .ifPresent(page -> appearance.memory().keep(LAST_PAGE, page));
        title();
    }

    private void title() {
        Kit kit = appearance.kit().getValue();
        String name = kit.say("shell.name");
        String page = history.currentProperty()
                .get()
                .map(visit -> kit.say(visit.entry().titleKey()) + " · ")
                .orElse("");
        String progress = strip.runningProperty()
                .get()
                .map(running -> kit.formats().percent((int) Math.floor(running.share() * 100)) + " · ")
                .orElse("");
        stage.setTitle(progress + page + name);
    }
}
