package org.coffer.window.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** Navigation, page and strip in one language; made anew when the language changes. */
final class Frame extends BorderPane {
    private static final double FOLDS_BELOW = 1100;

    private final Kit kit;
    private final NavigationView navigation;
    private final StripView strip;
    private final StackPane place = new StackPane();
    private final Map<Page, Node> views = new HashMap<>();

    Frame(Kit kit, Pages pages, History history, Strip strip, Optional<Act> restore) {
        this.kit = kit;
        this.navigation = new NavigationView(kit, pages, history, restore);
        this.strip = new StripView(kit, strip);
        var right = new BorderPane(place);
        right.setBottom(this.strip);
        setLeft(navigation);
        setCenter(right);
        place.setMinSize(0, 0);
        WhileShown.of(this)
                .watch(history.currentProperty(), now -> {
                    views.keySet().removeIf(page -> !history.isAlive(page));
                    show(now);
                })
                .watch(widthProperty(), width -> navigation.fold(width.doubleValue() < FOLDS_BELOW));
    }

    /** What is seen of the present page. */
    Optional<Node> view() {
        return place.getChildren().stream().findFirst();
    }

    NavigationView navigation() {
        return navigation;
    }

    StripView strip() {
        return strip;
    }

    private void show(Optional<History.Visit> now) {
        now.ifPresent(visit -> place.getChildren().setAll(views.computeIfAbsent(visit.page(), page -> page.view(kit))));
    }
}
