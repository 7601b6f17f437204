package org.coffer.window.policy;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** The missed runs one below the other, each with its two answers; and the question about them across a page. */
public final class MissedRunsView extends VBox {
    private static final double TALLEST = 360;

    private final Kit kit;
    private final MissedRuns missed;

    MissedRunsView(Kit kit, MissedRuns missed) {
        super(12);
        this.kit = kit;
        this.missed = missed;
        var lines = new VBox(4);
        var scroll = new ScrollPane(lines);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(TALLEST);
        getChildren().addAll(kit.prose(kit.say("missed.help")), scroll);
        WhileShown.of(lines)
                .watch(
                        missed.asked(),
                        now -> lines.getChildren()
                                .setAll(now.stream().map(this::line).toList()));
    }

    private Node line(MissedRuns.Asked asked) {
        Label words = kit.label(
                kit.say(
                        "missed.line",
                        "policy",
                        asked.policy().name(),
                        "vault",
                        asked.vault().name()),
                "may-clip");
        words.setMinWidth(0);
        Label when = kit.label(kit.formats().time(asked.slot()), "muted");
        when.setMinWidth(Region.USE_PREF_SIZE);
        return kit.row(words, when, kit.spacer(), link(missed.run(asked)), link(missed.skip(asked)));
    }

    private Hyperlink link(Act act) {
        Hyperlink link = kit.link(act);
        link.setMinWidth(Region.USE_PREF_SIZE);
        return link;
    }

    /** The question across a page; takes no room while there is none. */
    public static Node banner(Kit kit, MissedRuns missed) {
        var place = new VBox();
        WhileShown.of(place).watch(missed.asked(), now -> {
            place.setVisible(!now.isEmpty());
            place.setManaged(!now.isEmpty());
            place.getChildren().setAll(now.isEmpty() ? List.of() : List.of(question(kit, missed, now)));
        });
        return place;
    }

    private static Banner question(Kit kit, MissedRuns missed, List<MissedRuns.Asked> now) {
        MissedRuns.Asked first = now.getFirst();
        String headline = now.size() == 1
                ? kit.say(
                        "missed.one",
                        "policy",
                        first.policy().name(),
                        "vault",
                        first.vault().name(),
                        "time",
                        first.slot())
                : kit.say("missed.many", "n", now.size());
        List<Act> acts = now.size() == 1
                ? List.of(missed.run(), missed.skip())
                : List.of(missed.run(), missed.skip(), missed.show());
        return new Banner(kit, Icon.INFO, Tone.ATTENTION, headline, kit.say("missed.help"), acts);
    }
}
