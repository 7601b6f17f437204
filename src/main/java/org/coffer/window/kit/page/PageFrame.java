package org.coffer.window.kit.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a page: title row (title, search, refresh, one primary act), tabs, a row of filters, content. Parts that
 * are not asked for take no room.
 *
 * <pre>{@code
 * new PageFrame(kit, "nav.disk-backup")
 *         .search(model.query())
 *         .refresh(model.refresh())
 *         .primary(model.create())
 *         .tabs(new Tabs(kit, model.tab()).tab("vaults", "vaults.tab", model.rows().totalProperty()))
 *         .filters(filterBar)
 *         .content(table);
 * }</pre>
 */
public final class PageFrame extends VBox {
    private final Kit kit;
    private final HBox title = new HBox();
    private final HBox heading = new HBox(8);
    private @Nullable SearchField search;
    private @Nullable Act refresh;
    private @Nullable Act primary;
    private @Nullable Tabs tabs;
    private final List<Node> others = new ArrayList<>();

    /** A page called by the message {@code titleKey}. */
    public PageFrame(Kit kit, String titleKey) {
        this.kit = kit;
        getStyleClass().add("page");
        title.getStyleClass().add("title-row");
        heading.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        heading.getChildren().add(kit.pageTitle(kit.say(titleKey)));
        getChildren().add(title);
        arrange();
    }

    /** A search field whose committed text goes to {@code query}; Ctrl+F goes there. */
    public PageFrame search(StringProperty query) {
        search = new SearchField(kit, query);
        return arrange();
    }

    /** What the refresh button and F5 do. */
    public PageFrame refresh(Act act) {
        refresh = act.with(Icon.REFRESH);
        return arrange();
    }

    /** The one primary act, top right; Ctrl+N does it too. */
    public PageFrame primary(Act act) {
        primary = act;
        return arrange();
    }

    /** A control left of the primary act, such as a secondary button. */
    public PageFrame beside(Node node) {
        others.add(node);
        return arrange();
    }

    /** The tabs. */
    public PageFrame tabs(Tabs row) {
        tabs = row;
        getChildren().add(row);
        return this;
    }

    /** The row of filters, or anything else between tabs and content. */
    public PageFrame filters(Node row) {
        getChildren().add(row);
        return this;
    }

    /** The content; takes the rest of the page. */
    public PageFrame content(Node node) {
        VBox.setVgrow(node, Priority.ALWAYS);
        getChildren().add(node);
        return this;
    }

    /** Tabs that bring their own search, refresh and primary act; {@code chosen} holds the ID of the chosen one. */
    public PageFrame tabs(ObjectProperty<String> chosen, List<? extends PageTab> all) {
        var row = new Tabs(kit, chosen);
        Map<String, Supplier<Node>> contents = new LinkedHashMap<>();
        for (PageTab tab : all) {
            row.tab(tab.id(), tab.titleKey(), tab.count());
            contents.put(tab.id(), () -> tab.content(kit));
        }
        tabs(row).content(chosen, contents);
        WhileShown.of(row)
                .watch(
                        chosen,
                        id -> all.stream()
                                .filter(tab -> tab.id().equals(id))
                                .findFirst()
                                .ifPresent(this::dress));
        return this;
    }

    private void dress(PageTab tab) {
        search = new SearchField(kit, tab.query());
        refresh = tab.refresh().with(Icon.REFRESH);
        primary = tab.primary().orElse(null);
        arrange();
    }

    /** One content per tab ID, made when its tab is first chosen. */
    public PageFrame content(ObjectProperty<String> chosen, Map<String, Supplier<Node>> perTab) {
        return content(switching(chosen, perTab));
    }

    static StackPane switching(ObservableValue<String> chosen, Map<String, Supplier<Node>> perTab) {
        Map<String, Node> made = new LinkedHashMap<>();
        var place = new StackPane();
        place.setMinHeight(0);
        WhileShown.of(place).watch(chosen, id -> {
            Supplier<Node> maker = perTab.get(id);
            if (maker != null) {
                place.getChildren().setAll(made.computeIfAbsent(id, key -> maker.get()));
            }
        });
        return place;
    }

    /** Where Ctrl+F goes, if the page can be searched. */
    public Optional<SearchField> searchField() {
        return Optional.ofNullable(search);
    }

    /** What F5 does. */
    public Optional<Act> refreshAct() {
        return Optional.ofNullable(refresh);
    }

    /** What Ctrl+N does. */
    public Optional<Act> primaryAct() {
        return Optional.ofNullable(primary);
    }

    /** What Ctrl+Tab turns. */
    public Optional<Tabs> tabRow() {
        return Optional.ofNullable(tabs);
    }

    private PageFrame arrange() {
        title.getChildren().setAll(heading, kit.spacer());
        if (search != null) {
            title.getChildren().add(search);
        }
        if (refresh != null) {
            title.getChildren().add(kit.iconButton(refresh));
        }
        title.getChildren().addAll(others);
        if (primary != null) {
            title.getChildren().add(kit.primary(primary));
        }
        return this;
    }
}
