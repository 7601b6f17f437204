package org.coffer.window.desk;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Framed;

/** Pages and dialogs as they stand in the window. */
public final class Hosted {
    private Hosted() {}

    /** A page inside the window's frame, and a dialog above it. */
    public static Parent over(
            Clock clock,
            Kit kit,
            String page,
            Function<Desk, Function<Kit, ? extends Node>> view,
            Optional<BiConsumer<Desk, Kit>> open) {
        var host = new DialogHost();
        var desk = new TestDesk().windowDesk(clock, new ModalDialogs(() -> kit, host));
        Function<Kit, ? extends Node> made = view.apply(desk);
        host.setPage(Framed.around(kit, page, made));
        open.ifPresent(opens -> Platform.runLater(() -> opens.accept(desk, kit)));
        return host;
    }
}
