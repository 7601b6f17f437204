package org.coffer.window.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.coffer.console.event.Events;
import org.coffer.console.overview.Overview;
import org.coffer.console.task.TaskStatus;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Theme;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The overview as it is seen: in pictures, and by keyboard. */
@Tag("pictures")
class OverviewViewTest {
    private static final Clock CLOCK = Clock.fixed(Samples.NOW, ZoneId.of("Asia/Shanghai"));
    /** The room that the window leaves to a page. */
    private static final double WIDTH = 1080;

    private static final double HEIGHT = 648;

    /** Everything can be paused; nothing is done. */
    private static final OverviewModel.Deeds DEEDS =
            new OverviewModel.Deeds(id -> {}, id -> {}, id -> {}, task -> task.status() == TaskStatus.RUNNING);

    private final Pictures pictures = new Pictures(CLOCK);
    private final HeardWays ways = new HeardWays();

    private OverviewModel model(Overview now) {
        var sources = new OverviewModel.Sources(
                () -> now, now::running, () -> Samples.upcoming(now.vaults()), DEEDS, new Events());
        var model = new OverviewModel(sources, TestConsole.direct(), CLOCK, ways);
        model.refresh();
        return model;
    }

    /** What stands above the overview while nothing is asked: no room. */
    @Test
    void aBusyDayFits() {
        assertThat(pictures.take(
                        "overview-busy",
                        WIDTH,
                        HEIGHT,
                        kit -> (Parent) OverviewView.of(kit, model(Samples.busy())),
                        scene -> {}))
                .isEmpty();
    }

    @Test
    void aCalmDayFits() {
        assertThat(pictures.take(
                        "overview-calm",
                        WIDTH,
                        HEIGHT,
                        kit -> (Parent) OverviewView.of(kit, model(Samples.calm())),
                        scene -> {}))
                .isEmpty();
    }

    @Test
    void whoeverNeverTriedARestoreIsOfferedOne() {
        assertThat(pictures.take(
                        "overview-untried",
                        WIDTH,
                        HEIGHT,
                        kit -> (Parent) OverviewView.of(kit, model(Samples.untried())),
                        scene -> {}))
                .isEmpty();
    }

    @Test
    void aClockThatIsNotBelievedIsNamed() {
        assertThat(pictures.take(
                        "overview-clock",
                        WIDTH,
                        HEIGHT,
                        kit -> (Parent) OverviewView.of(kit, model(Samples.jumped())),
                        scene -> {}))
                .isEmpty();
    }

    @Test
    void theCardsEndWhereTheTitleRowDoesWithAScrollBarOrWithout() {
        for (Overview shown : List.of(Samples.busy(), Samples.calm())) {
            var kit = new Kit(Text.of(Language.ENGLISH, CLOCK), LayoutMemory.shortLived(), CLOCK);
            Stage stage = Fx.call(() -> {
                var made = new Stage();
                var scene = new Scene((Parent) OverviewView.of(kit, model(shown)), WIDTH, HEIGHT);
                Theme.dress(scene, false);
                made.setScene(scene);
                made.show();
                return made;
            });
            try {
                Fx.pulses(3);
                assertThat(right(stage, ".card-row"))
                        .as("%s needs", shown.needs().size())
                        .isEqualTo(right(stage, ".title-row"));
                assertThat(Fx.call(() -> stage.getScene().getRoot().lookupAll(".scroll-bar").stream()
                                .filter(Node::isVisible)
                                .allMatch(bar -> left(bar) > right(stage, ".card-row"))))
                        .isTrue();
            } finally {
                Fx.close(stage);
            }
        }
    }

    private static double right(Stage stage, String style) {
        Node node = stage.getScene().lookup(style);
        return node.localToScene(node.getLayoutBounds()).getMaxX();
    }

    private static double left(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinX();
    }

    @Test
    void anEmptyHomeLeadsToTheFirstStart() {
        assertThat(pictures.take(
                        "overview-empty",
                        WIDTH,
                        HEIGHT,
                        kit -> (Parent) OverviewView.of(kit, model(Samples.empty())),
                        scene -> {}))
                .isEmpty();
    }

    @Test
    void theDaysAreWalkedByKeyboard() {
        var kit = new Kit(Text.of(Language.ENGLISH, CLOCK), LayoutMemory.shortLived(), CLOCK);
        Stage stage = Fx.call(() -> {
            var made = new Stage();
            made.setScene(new Scene((Parent) OverviewView.of(kit, model(Samples.busy())), WIDTH, HEIGHT));
            made.setX(0);
            made.setY(0);
            made.show();
            made.getScene().lookup(".days").requestFocus();
            return made;
        });
        try {
            Fx.pulses(3);
            Keys.push(KeyCode.ENTER);
            Keys.push(KeyCode.LEFT);
            Keys.push(KeyCode.ENTER);
            Keys.push(KeyCode.HOME);
            Keys.push(KeyCode.ENTER);

            assertThat(ways.heard).containsExactly("tasks 2026-11-21", "tasks 2026-11-20", "tasks 2026-10-23");
        } finally {
            Fx.close(stage);
        }
    }
}
