package org.coffer.window.kit;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.text.Fact;

/**
 * Words for paper: always dark on white, in the window's letters, on as many pages as they need. A paper is made for one
 * printing, because what stands on it can stand in one place only.
 */
public final class PaperSheet {
    private static final double GAP = 10;
    private static final double NAMES = 130;
    private static final String HEADING = "section";

    private final List<Region> lines = new ArrayList<>();

    // ---- What stands on it

    /** The heading of all. */
    public PaperSheet title(String words) {
        return words(words, "page-title");
    }

    /** A heading within it; it never stands alone at the end of a page. */
    public PaperSheet heading(String words) {
        return words(words, HEADING);
    }

    /** Words in a style of their own. */
    public PaperSheet words(String words, String... styleClasses) {
        lines.add(label(words, styleClasses));
        return this;
    }

    /** Names and values in two columns. */
    public PaperSheet facts(List<Fact> facts) {
        for (Fact fact : facts) {
            Label name = label(fact.name());
            name.setMinWidth(NAMES);
            name.setMaxWidth(NAMES);
            lines.add(new HBox(12, name, label(fact.value(), "strong")));
        }
        return this;
    }

    /** Steps, numbered from 1. */
    public PaperSheet steps(List<String> steps) {
        for (int i = 0; i < steps.size(); i++) {
            words((i + 1) + ". " + steps.get(i));
        }
        return this;
    }

    /** Names, one a line. */
    public PaperSheet names(List<String> names) {
        names.forEach(name -> words(name));
        return this;
    }

    private static Label label(String words, String... styleClasses) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styleClasses);
        return label;
    }

    // ---- Pages

    /** Its pages, laid out and each in a scene of its own; sizes in points. Called once. On the window's thread. */
    public List<Parent> pages(double width, double height) {
        Parent all = dressed(lines, width);
        List<Double> heights = lines.stream()
                .map(Node::getLayoutBounds)
                .map(bounds -> bounds.getHeight())
                .toList();
        all.getScene().setRoot(new VBox());
        List<Parent> pages = new ArrayList<>();
        List<Region> page = new ArrayList<>();
        double used = 0;
        for (int at = 0; at < lines.size(); at++) {
            double with = heading(at) && at + 1 < lines.size()
                    ? heights.get(at) + GAP + heights.get(at + 1)
                    : heights.get(at);
            if (!page.isEmpty() && used + with > height) {
                pages.add(dressed(page, width));
                page = new ArrayList<>();
                used = 0;
            }
            page.add(lines.get(at));
            used += heights.get(at) + GAP;
        }
        pages.add(dressed(page, width));
        return pages;
    }

    private boolean heading(int at) {
        return lines.get(at).getStyleClass().contains(HEADING);
    }

    private static Parent dressed(List<Region> lines, double width) {
        var page = new VBox(GAP);
        page.getStyleClass().add("paper");
        page.setMinWidth(width);
        page.setMaxWidth(width);
        page.getChildren().addAll(lines);
        var scene = new Scene(page);
        Theme.dress(scene, false);
        page.applyCss();
        page.autosize();
        page.layout();
        return page;
    }
}
