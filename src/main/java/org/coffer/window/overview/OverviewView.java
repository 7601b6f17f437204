package org.coffer.window.overview;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.console.overview.Overview;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.EmptyState;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Scrolling;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.Card;
import org.coffer.window.kit.page.PageFrame;

/** The first page. */
final class OverviewView {
    private static final int MOST_NEEDS = 5;
    /** How far the page scrolls into its right margin. */
    private static final double MARGIN = 14;
    /** What is left of that beside a scroll bar. */
    private static final double BESIDE_BAR = 4;

    private static final double BELOW = 8;

    private final Kit kit;
    private final OverviewModel model;
    private final VBox content = new VBox(12);
    private boolean allNeeds;

    private OverviewView(Kit kit, OverviewModel model) {
        this.kit = kit;
        this.model = model;
    }

    /** Makes the page. */
    static Node of(Kit kit, OverviewModel model) {
        return new OverviewView(kit, model).page();
    }

    /** The scroll bar stands in the margin, so that the cards end where everything else on the page does. */
    private Node page() {
        content.getStyleClass().add("overview");
        var scroll = new ScrollPane(content);
        Scrolling.fill(scroll);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setMargin(scroll, new Insets(0, -MARGIN, 0, 0));
        content.paddingProperty().bind(scroll.viewportBoundsProperty().map(seen -> {
            boolean bar = seen.getWidth() < scroll.getWidth() - 1;
            return new Insets(0, bar ? BESIDE_BAR : MARGIN, BELOW, 0);
        }));
        WhileShown.of(content)
                .watch(model.stateProperty(), state -> show())
                .watch(model.problemProperty(), problem -> show());
        return new PageFrame(kit, "overview.title")
                .refresh(Act.of("overview.refresh", model::refresh))
                .content(scroll);
    }

    private void show() {
        content.getChildren().clear();
        model.problemProperty().get().ifPresent(problem -> content.getChildren().add(failure(problem)));
        Optional<Overview> state = model.stateProperty().get();
        state.ifPresent(now -> {
            if (now.vaults().isEmpty()) {
                var empty = EmptyState.withPrimary(kit, Icon.SHIELD, kit.say("overview.empty"), model.firstStart());
                VBox.setVgrow(empty, Priority.ALWAYS);
                content.getChildren().add(empty);
            } else {
                content.getChildren().addAll(verdict(now), new OverviewCards(kit, model).row(now), lists(now));
                if (!now.days().isEmpty()) {
                    var days = new Card(kit, Icon.POLICY, "overview.days");
                    int more = now.days().size() - DaysView.MOST_ROWS;
                    if (more > 0) {
                        days.aside(kit.say("overview.days.more", "n", more));
                    }
                    content.getChildren().add(days.add(new DaysView(kit, model, now.days())));
                }
            }
        });
    }

    private Node failure(Problem problem) {
        return Banner.of(
                kit,
                problem,
                Act.of("kit.retry", model::refresh),
                Act.of(
                        "kit.copy.details",
                        () -> Details.copy(
                                Details.of(kit.text(), problem, "", kit.clock().instant()))));
    }

    private Node verdict(Overview now) {
        String words = kit.say(model.verdict(now));
        return switch (now.verdict()) {
            case NOTHING_YET -> new Banner(kit, Icon.INFO, Tone.ACCENT, words, "", firstNeed(now));
            case NEEDS_ATTENTION ->
                new Banner(kit, Icon.WARN, tone(now), words, "", List.of(Act.of("overview.show", this::showNeeds)));
            case ALL_WELL ->
                new Banner(
                        kit,
                        Icon.OK,
                        Tone.SUCCESS,
                        words,
                        now.untried().isPresent() ? kit.say("overview.untried") : "",
                        now.untried().stream().map(model::tryRestore).toList());
        };
    }

    private List<Act> firstNeed(Overview now) {
        return model.needs(now).stream().limit(1).map(Need::act).toList();
    }

    private Tone tone(Overview now) {
        return model.needs(now).stream().anyMatch(need -> need.tone() == Tone.DANGER) ? Tone.DANGER : Tone.ATTENTION;
    }

    private Node lists(Overview now) {
        Card needs = new Card(kit, Icon.WARN, "overview.needs");
        int all = now.needs().size();
        if (!allNeeds && all > MOST_NEEDS) {
            needs.act(Act.of(Sentence.of("overview.needs.all", "n", all), () -> {
                allNeeds = true;
                show();
            }));
        }
        needs.add(needs(now));
        Card running = new Card(kit, Icon.BUSY, "overview.running")
                .act(model.allTasks())
                .add(new RunningView(kit, model));
        for (Card card : List.of(needs, running)) {
            HBox.setHgrow(card, Priority.ALWAYS);
            card.setMaxWidth(Double.MAX_VALUE);
            card.setMinHeight(Region.USE_PREF_SIZE);
        }
        needs.setPrefWidth(576);
        running.setPrefWidth(440);
        var row = new HBox(needs, running);
        row.getStyleClass().add("card-row");
        return row;
    }

    private VBox needs(Overview now) {
        List<Need> all = model.needs(now);
        var box = new VBox(1);
        box.setId("needs");
        all.stream()
                .limit(allNeeds ? all.size() : MOST_NEEDS)
                .forEach(need -> box.getChildren().add(line(need)));
        if (all.isEmpty()) {
            box.getChildren().add(kit.label(kit.say("overview.needs.none"), "muted"));
        }
        return box;
    }

    private Node line(Need need) {
        var words = kit.label(kit.say(need.words()), "may-clip");
        words.setMinWidth(0);
        need.cause()
                .ifPresent(cause ->
                        words.setTooltip(kit.tip(kit.text().explain(cause).line())));
        var act = kit.link(need.act());
        act.setMinWidth(Region.USE_PREF_SIZE);
        var row = kit.row(kit.icon(need.icon(), need.tone()), words, kit.spacer(), act);
        row.setMinHeight(28);
        return row;
    }

    /** Goes to the first thing that needs somebody: Enter deals with it. */
    private void showNeeds() {
        var button = content.lookup("#needs .hyperlink");
        if (button != null) {
            button.requestFocus();
        }
    }
}
