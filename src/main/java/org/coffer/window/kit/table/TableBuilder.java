package org.coffer.window.kit.table;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.State;
import org.jspecify.annotations.Nullable;

/**
 * Describes a table, column by column from left to right, and builds it.
 *
 * <pre>{@code
 * new TableBuilder<>(kit, "vaults", model.rows())
 *         .rowHeight(52)
 *         .ticks()
 *         .link("name", 196, VaultRow::name, VaultRow::shortId, model::open).grows().sortable()
 *         .state("state", 120, VaultRow::state)
 *         .number("disks", 56, row -> kit.formats().count(row.disks()))
 *         .actions(172, 2, model::acts)
 *         .empty(Icon.VAULT, "vaults.empty", model.create())
 *         .build();
 * }</pre>
 *
 * Titles are the messages {@code <name>.column.<id>}. {@code grows}, {@code sortable}, {@code optional},
 * {@code hover} speak of the column described last. Widths, order, visibility and sorting are remembered under the
 * table's name.
 *
 * @param <R> a row
 */
public final class TableBuilder<R> {
    final Kit kit;
    final String name;
    final Rows<R> rows;
    final List<Column<R>> columns = new ArrayList<>();
    final Map<KeyCode, Consumer<R>> keys = new EnumMap<>(KeyCode.class);
    double rowHeight = 36;
    boolean ticks;

    @Nullable
    Function<R, List<Act>> acts;

    @Nullable
    Consumer<R> open;

    @Nullable
    BiConsumer<LocalDate, IntConsumer> dated;

    Supplier<@Nullable Node> empty = () -> null;

    @Nullable
    Runnable clearFilters;

    /** A table called {@code name} that shows {@code rows}. */
    public TableBuilder(Kit kit, String name, Rows<R> rows) {
        this.kit = kit;
        this.name = name;
        this.rows = rows;
    }

    /** The height of every row: 36, or 52 for two lines. */
    public TableBuilder<R> rowHeight(double height) {
        rowHeight = height;
        return this;
    }

    /** Begins with a column of ticks, 36 wide. */
    public TableBuilder<R> ticks() {
        ticks = true;
        return this;
    }

    /** A column of words. */
    public TableBuilder<R> text(String id, double width, Function<? super R, String> words) {
        return custom(id, width, () -> Cells.text(kit, words));
    }

    /** A column of numbers: right-aligned, with digits of equal width. */
    public TableBuilder<R> number(String id, double width, Function<? super R, String> words) {
        text(id, width, words);
        last().align = Pos.CENTER_RIGHT;
        return this;
    }

    /** A column of two lines, the lower one muted; for rows of 52. */
    public TableBuilder<R> twoLines(
            String id, double width, Function<? super R, String> above, Function<? super R, String> below) {
        return custom(id, width, () -> Cells.twoLines(kit, above, below));
    }

    /** A column of names that lead to their pages, with a muted line below that may be empty. */
    public TableBuilder<R> link(
            String id,
            double width,
            Function<? super R, String> title,
            Function<? super R, String> below,
            Consumer<? super R> follow) {
        return custom(id, width, () -> Cells.link(kit, title, below, follow));
    }

    /** A column of states. */
    public TableBuilder<R> state(String id, double width, Function<? super R, State> state) {
        custom(id, width, () -> Cells.state(kit, state));
        last().styleClass = "state-cell";
        return this;
    }

    /** A column of states with a muted line below that says why, and may be empty; for rows of 52. */
    public TableBuilder<R> state(
            String id, double width, Function<? super R, State> state, Function<? super R, String> why) {
        custom(id, width, () -> Cells.state(kit, state, why));
        last().styleClass = "state-cell";
        return this;
    }

    /** A column of meters 56 wide with words beside; amber from 90 %, red above 100 %. */
    public TableBuilder<R> meter(
            String id, double width, Function<? super R, Double> share, Function<? super R, String> words) {
        return custom(id, width, () -> Cells.meter(kit, share, words));
    }

    /** A column of whatever {@code views} make. */
    public TableBuilder<R> custom(String id, double width, Supplier<CellView<R>> views) {
        columns.add(new Column<>(id, width, views));
        return this;
    }

    /**
     * The last column: the first {@code inline} acts as links, all of them under ⋯ and on right click.
     *
     * @param offered what can be done with a row, commonest first
     */
    public TableBuilder<R> actions(double width, int inline, Function<R, List<Act>> offered) {
        acts = offered;
        custom("actions", width, () -> Cells.actions(kit, inline, offered));
        last().fixed = true;
        last().styleClass = "actions-cell";
        return this;
    }

    /** The column takes a share of what is left over. */
    public TableBuilder<R> grows() {
        last().grows = true;
        return this;
    }

    /** The column sorts; {@link Rows#sortProperty()} says by what. */
    public TableBuilder<R> sortable() {
        last().sortable = true;
        return this;
    }

    /** The column is hidden until there is room, or the user shows it. */
    public TableBuilder<R> optional() {
        last().optional = true;
        return this;
    }

    /** The column's title is another message than {@code <name>.column.<id>}. */
    public TableBuilder<R> title(String key) {
        last().titleKey = key;
        return this;
    }

    /** The column's cells have little room around them, for buttons. */
    public TableBuilder<R> tight() {
        last().styleClass = "actions-cell";
        return this;
    }

    /** The column's cells hold states made elsewhere, such as live ones. */
    public TableBuilder<R> states() {
        last().styleClass = "state-cell";
        return this;
    }

    /** What hovering over the column's cells shows. */
    public TableBuilder<R> hover(Function<? super R, String> words) {
        last().hover = words;
        return this;
    }

    /** What Enter and double click do. */
    public TableBuilder<R> onOpen(Consumer<R> opener) {
        open = opener;
        return this;
    }

    /** What a key does with the selected row, such as Delete or F2. */
    public TableBuilder<R> onKey(KeyCode key, Consumer<R> deed) {
        keys.put(key, deed);
        return this;
    }

    /**
     * Where Ctrl+G leads: finds the row at which a day begins, counting back from now, and hands its index on; it may
     * take its time and answers on the window's thread.
     */
    public TableBuilder<R> dated(BiConsumer<LocalDate, IntConsumer> finder) {
        dated = finder;
        return this;
    }

    /** What stands where there are no rows at all. */
    public TableBuilder<R> empty(Icon icon, String key, @Nullable Act start) {
        empty = () -> new org.coffer.window.kit.EmptyState(kit, icon, kit.say(key), start);
        return this;
    }

    /** What stands where there are no rows at all, asked for each time. */
    public TableBuilder<R> empty(Supplier<@Nullable Node> node) {
        empty = node;
        return this;
    }

    /** What <em>Clear filters</em> does where a filter leaves nothing over. */
    public TableBuilder<R> onClearFilters(Runnable clear) {
        clearFilters = clear;
        return this;
    }

    /** Builds it. */
    public TablePane<R> build() {
        return new TablePane<>(this);
    }

    private Column<R> last() {
        return columns.getLast();
    }
}
