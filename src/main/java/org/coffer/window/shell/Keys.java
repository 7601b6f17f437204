package org.coffer.window.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.page.DetailsFrame;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.page.SearchField;
import org.coffer.window.kit.page.Tabs;
import org.coffer.window.kit.table.TablePane;

/** The keys that work on every page. While a dialog is open they rest. */
final class Keys {
    private final Pages pages;
    private final History history;
    private final DialogHost host;
    private final Supplier<Frame> frame;
    private final Supplier<Optional<Act>> restore;
    private final Consumer<String> help;
    private final Consumer<TablePane<?>> goTo;

    Keys(
            Pages pages,
            History history,
            DialogHost host,
            Supplier<Frame> frame,
            Supplier<Optional<Act>> restore,
            Consumer<String> help,
            Consumer<TablePane<?>> goTo) {
        this.pages = pages;
        this.history = history;
        this.host = host;
        this.frame = frame;
        this.restore = restore;
        this.help = help;
        this.goTo = goTo;
    }

    /** Listens to {@code scene}. */
    void listen(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (!host.isOpen() && (event.isShortcutDown() ? shortcut(event) : plain(event))) {
                event.consume();
            }
        });
    }

    private boolean plain(KeyEvent event) {
        return switch (event.getCode()) {
            case F1 -> help();
            case F5 -> act(view(PageFrame.class).flatMap(PageFrame::refreshAct)) || lookAgain();
            case F6 -> cycle(event.isShiftDown() ? -1 : 1);
            case LEFT -> event.isAltDown() && back();
            default -> false;
        };
    }

    private boolean shortcut(KeyEvent event) {
        return switch (event.getCode()) {
            case F -> view(SearchField.class).map(this::search).orElse(false);
            case N -> act(primary());
            case G -> goToDate();
            case R -> event.isShiftDown() && act(restore.get());
            case TAB ->
                view(Tabs.class)
                        .map(tabs -> turn(tabs, event.isShiftDown() ? -1 : 1))
                        .orElse(false);
            case DIGIT1, DIGIT2, DIGIT3, DIGIT4, DIGIT5, DIGIT6, DIGIT7, DIGIT8, DIGIT9 ->
                openNumber(event.getCode().getCode() - javafx.scene.input.KeyCode.DIGIT1.getCode());
            default -> false;
        };
    }

    private Optional<Act> primary() {
        return view(PageFrame.class)
                .flatMap(PageFrame::primaryAct)
                .or(() -> view(DetailsFrame.class).flatMap(DetailsFrame::primaryAct));
    }

    private <N extends Node> Optional<N> view(Class<N> type) {
        return frame.get().view().flatMap(view -> Nodes.first(view, type));
    }

    private boolean act(Optional<Act> act) {
        act.ifPresent(Act::run);
        return act.isPresent();
    }

    /** Pages without a refresh button look again as if they had just been opened. */
    private boolean lookAgain() {
        history.currentProperty().get().ifPresent(visit -> visit.page().shown());
        return true;
    }

    private boolean goToDate() {
        Optional<TablePane<?>> table = frame.get()
                .view()
                .flatMap(view -> Nodes.first(view, TablePane.class))
                .<TablePane<?>>map(found -> found)
                .filter(found -> found.isDated());
        // Not from within the key's own handling: the question waits for its answer.
        table.ifPresent(list -> Platform.runLater(() -> goTo.accept(list)));
        return table.isPresent();
    }

    private boolean help() {
        history.currentProperty()
                .get()
                .ifPresent(visit -> help.accept(visit.entry().parent()));
        return true;
    }

    private boolean back() {
        history.back();
        return true;
    }

    private boolean search(SearchField field) {
        field.requestFocus();
        field.selectAll();
        return true;
    }

    private static boolean turn(Tabs tabs, int step) {
        tabs.turn(step);
        return true;
    }

    private boolean openNumber(int index) {
        List<PageEntry> entries = pages.navigation();
        if (index >= entries.size()) {
            return false;
        }
        history.open(Route.to(entries.get(index).id()));
        return true;
    }

    /** Navigation, filters, table, panel, strip, and round again. */
    private boolean cycle(int step) {
        Frame now = frame.get();
        var regions = new ArrayList<Node>();
        regions.add(now.navigation());
        now.view().ifPresent(view -> {
            Optional.ofNullable(view.lookup(".bar")).ifPresent(regions::add);
            Nodes.first(view, TableView.class).ifPresentOrElse(regions::add, () -> regions.add(view));
            Optional.ofNullable(view.lookup(".docked")).filter(Node::isVisible).ifPresent(regions::add);
        });
        regions.add(now.strip());
        Node owner = now.getScene().getFocusOwner();
        int at = -1;
        for (int i = 0; i < regions.size(); i++) {
            if (Nodes.isWithin(owner, regions.get(i))) {
                at = i;
            }
        }
        for (int i = 1; i <= regions.size(); i++) {
            Node region = regions.get(Math.floorMod(at + i * step, regions.size()));
            if (region.equals(now.navigation())) {
                now.navigation().focusHere();
                return true;
            }
            Optional<Node> first = Nodes.firstFocusable(region);
            if (first.isPresent()) {
                first.get().requestFocus();
                return true;
            }
        }
        return false;
    }
}
