package org.coffer.window.kit.table;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.jspecify.annotations.Nullable;

/**
 * A table as {@link TableBuilder} described it: the rows, a message above them when a load failed, two pixels on top
 * while one runs. Rows keep their height, the table keeps its place, its selection (by ID) and its ticks through every
 * refresh.
 *
 * @param <R> a row
 */
public final class TablePane<R> extends VBox {
    static final PseudoClass TICKED = PseudoClass.getPseudoClass("ticked");
    /** Width of the table from which optional columns appear: a window of 1500 less navigation and margins. */
    private static final double ROOMY = 1250;

    private final Kit kit;
    private final TableBuilder<R> description;
    private final Rows<R> rows;
    private final TableView<R> table = new TableView<>();
    private final ColumnWidths<R> widths = new ColumnWidths<>();
    private final TableLayout<R> layout;
    private final StackPane message = new StackPane();
    private @Nullable TickColumn<R> ticks;
    private @Nullable ContextMenu rowMenu;
    private boolean built;
    private int wished = -1;

    TablePane(TableBuilder<R> description) {
        super(8);
        this.description = description;
        this.kit = description.kit;
        this.rows = description.rows;
        this.layout = new TableLayout<>(kit.memory(), description.name, table, widths);
        setMinHeight(0);
        var stack = new StackPane(table, new RefreshBar(rows.busyProperty()));
        StackPane.setAlignment(stack.getChildren().getLast(), Pos.TOP_CENTER);
        VBox.setVgrow(stack, Priority.ALWAYS);
        getChildren().addAll(message, stack);
        build();
        message.setManaged(false);
        WhileShown.of(this)
                .watch(rows.problemProperty(), this::tell)
                .watch(
                        rows.totalProperty(),
                        total -> table.setAccessibleText(kit.say("kit.table.spoken", "n", total.longValue())))
                .watch(rows.selectedProperty(), id -> restoreSelection())
                .add(this::followRows);
    }

    /** The JavaFX table, for focus and for tests. */
    public TableView<R> table() {
        return table;
    }

    /** Whether rows are in the order of time, so that {@link #goTo} leads somewhere. */
    public boolean isDated() {
        return description.dated != null;
    }

    /** Scrolls to the newest row of {@code day}, or of the day before it that has any, and selects it. */
    public void goTo(LocalDate day) {
        BiConsumer<LocalDate, IntConsumer> finder = description.dated;
        if (finder != null) {
            finder.accept(day, this::goTo);
        }
    }

    private void goTo(int index) {
        int last = rows.items().size() - 1;
        if (last < 0) {
            return;
        }
        int here = Math.clamp(index, 0, last);
        table.requestFocus();
        table.scrollTo(here);
        wished = here;
        selectWished();
    }

    /** Selects the row that was gone to once it is loaded; true while it is awaited. */
    private boolean selectWished() {
        if (wished < 0 || wished >= rows.items().size()) {
            return false;
        }
        R item = rows.items().get(wished);
        if (item != null) {
            wished = -1;
            rows.selectedProperty().set(Optional.of(rows.idOf(item)));
        }
        return item == null;
    }

    /** The menu that shows and hides columns, for a button in the filter row. */
    public ContextMenu columnsMenu() {
        ContextMenu menu = Kit.emptyMenu();
        menu.setOnShowing(event -> menu.getItems().setAll(columnItems()));
        menu.getItems().setAll(columnItems());
        return menu;
    }

    private void build() {
        table.setFixedCellSize(description.rowHeight);
        table.setId(description.name);
        if (description.ticks) {
            ticks = new TickColumn<>(kit, rows, table);
            widths.add(ticks, TickColumn.WIDTH, false);
            table.getColumns().add(ticks);
        }
        for (Column<R> column : description.columns) {
            table.getColumns().add(made(column));
        }
        table.setColumnResizePolicy(widths);
        widths.onDragged(layout::keep);
        table.setPlaceholder(new Placeholders<>(description));
        table.setRowFactory(view -> row());
        table.setItems(rows.items());
        layout.restore().ifPresent(sort -> rows.sortProperty().set(Optional.of(sort)));
        // The policy first: JavaFX's own would sort the list by the words of the records as soon as an order is shown.
        // JavaFX sorts at once when it is given a policy, by an order that is not shown yet: that is nobody's wish.
        table.setSortPolicy(view -> !built || sort());
        rows.sortProperty().get().ifPresent(this::showSort);
        built = true;
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        table.addEventHandler(KeyEvent.KEY_RELEASED, event -> rememberSelection());
        table.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> rememberSelection());
        table.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::keyboardMenu);
        table.widthProperty().addListener((property, old, now) -> showOptional(now.doubleValue()));
        table.getColumns().addListener((ListChangeListener<Object>) change -> layout.keep());
        // One header menu for all columns, and a table without its own: both would say the same.
        ContextMenu menu = columnsMenu();
        table.getColumns().forEach(column -> column.setContextMenu(menu));
    }

    private TableColumn<R, R> made(Column<R> description) {
        String titleKey = description.titleKey;
        String title = kit.say(titleKey == null ? this.description.name + ".column." + description.id : titleKey);
        var column = new TableColumn<R, R>(title);
        column.setId(description.id);
        column.setSortable(description.sortable);
        column.setReorderable(!description.fixed);
        column.setMinWidth(40);
        column.setPrefWidth(description.width);
        column.setVisible(!description.optional);
        column.setCellValueFactory(features -> new ReadOnlyObjectWrapper<>(features.getValue()));
        column.setCellFactory(owner -> new RowCell<>(kit, description));
        if (description.align == Pos.CENTER_RIGHT) {
            column.getStyleClass().add("align-right");
        }
        widths.add(column, description.width, description.grows);
        return column;
    }

    private TableRow<R> row() {
        var row = new TableRow<R>();
        row.setOnMouseClicked(event -> {
            R item = row.getItem();
            if (item != null && event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                open(item);
            }
        });
        row.setOnContextMenuRequested(event -> {
            R item = row.getItem();
            if (item != null && !event.isKeyboardTrigger()) {
                menu(item).ifPresent(menu -> menu.show(row, event.getScreenX(), event.getScreenY()));
                event.consume();
            }
        });
        return row;
    }

    private void keyboardMenu(ContextMenuEvent event) {
        if (event.isKeyboardTrigger()) {
            menuAtSelection();
            event.consume();
        }
    }

    /** The menu of the selected row, below it. Some systems report the keys, some the wish, some both. */
    private void menuAtSelection() {
        R item = table.getSelectionModel().getSelectedItem();
        Node row = table.lookup(".table-row-cell:selected");
        if (item != null && row != null && (rowMenu == null || !rowMenu.isShowing())) {
            menu(item).ifPresent(menu -> {
                rowMenu = menu;
                menu.show(row, Side.BOTTOM, 48, 0);
            });
        }
    }

    private Optional<ContextMenu> menu(R item) {
        return Optional.ofNullable(description.acts)
                .map(acts -> acts.apply(item))
                .filter(acts -> !acts.isEmpty())
                .map(kit::menu);
    }

    private void open(R item) {
        Consumer<R> opener = description.open;
        if (opener != null) {
            opener.accept(item);
        }
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.A && ticks != null) {
            ticks.tickPage(true);
            event.consume();
            return;
        }
        if (event.getCode() == KeyCode.F10 && event.isShiftDown()) {
            menuAtSelection();
            event.consume();
            return;
        }
        R item = table.getSelectionModel().getSelectedItem();
        if (item == null || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        Consumer<R> deed = description.keys.get(event.getCode());
        if (deed != null) {
            deed.accept(item);
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            open(item);
            event.consume();
        } else if (event.getCode() == KeyCode.SPACE && description.ticks) {
            String id = rows.idOf(item);
            rows.ticks().set(id, !rows.ticks().has(id));
            event.consume();
        }
    }

    // ---- Selection, by ID

    private void rememberSelection() {
        R item = table.getSelectionModel().getSelectedItem();
        rows.selectedProperty().set(Optional.ofNullable(item).map(rows::idOf));
    }

    private Subscription followRows() {
        ListChangeListener<R> listener = change -> {
            if (!selectWished()) {
                restoreSelection();
            }
        };
        rows.items().addListener(listener);
        restoreSelection();
        return () -> rows.items().removeListener(listener);
    }

    private void restoreSelection() {
        int index = rows.selectedProperty().get().map(rows::loadedIndex).orElse(-1);
        if (index < 0) {
            table.getSelectionModel().clearSelection();
        } else if (table.getSelectionModel().getSelectedIndex() != index) {
            table.getSelectionModel().clearAndSelect(index);
        }
    }

    // ---- Arrangement

    private boolean sort() {
        Optional<Sort> wanted = table.getSortOrder().isEmpty()
                ? Optional.empty()
                : Optional.of(new Sort(
                        table.getSortOrder().getFirst().getId(),
                        table.getSortOrder().getFirst().getSortType() == TableColumn.SortType.ASCENDING));
        if (!wanted.equals(rows.sortProperty().get())) {
            rows.sortProperty().set(wanted);
        }
        layout.keep();
        return true;
    }

    private void showSort(Sort sort) {
        for (TableColumn<R, ?> column : table.getColumns()) {
            if (sort.column().equals(column.getId())) {
                column.setSortType(sort.ascending() ? TableColumn.SortType.ASCENDING : TableColumn.SortType.DESCENDING);
                table.getSortOrder().setAll(List.of(column));
            }
        }
    }

    private void showOptional(double width) {
        for (Column<R> column : description.columns) {
            if (column.optional && !layout.isDecided(column.id)) {
                table.getColumns().stream()
                        .filter(made -> column.id.equals(made.getId()))
                        .forEach(made -> made.setVisible(width >= ROOMY));
            }
        }
    }

    private List<CheckMenuItem> columnItems() {
        var items = new ArrayList<CheckMenuItem>();
        for (Column<R> column : description.columns) {
            if (!column.fixed) {
                table.getColumns().stream()
                        .filter(made -> column.id.equals(made.getId()))
                        .forEach(made -> items.add(columnItem(made)));
            }
        }
        return items;
    }

    private CheckMenuItem columnItem(TableColumn<R, ?> column) {
        var item = new CheckMenuItem(column.getText());
        item.setMnemonicParsing(false);
        item.setSelected(column.isVisible());
        item.setOnAction(event -> {
            column.setVisible(item.isSelected());
            layout.decide(column.getId());
        });
        return item;
    }

    // ---- Failure

    private void tell(Optional<Problem> problem) {
        message.getChildren().clear();
        problem.ifPresent(cause -> message.getChildren()
                .setAll(Banner.of(
                        kit,
                        cause,
                        Act.of("kit.retry", rows::refresh),
                        Act.of(
                                "kit.copy.details",
                                () -> Details.copy(Details.of(
                                        kit.text(), cause, "", kit.clock().instant()))))));
        message.setManaged(problem.isPresent());
    }

    /** Where the row of {@code id} is on the screen, if it is seen; for popovers. */
    public Optional<Bounds> placeOf(String id) {
        return table.lookupAll(".table-row-cell").stream()
                .filter(node -> node instanceof TableRow<?> row
                        && row.getItem() != null
                        && idOf(row).equals(id))
                .map(node -> node.localToScreen(node.getLayoutBounds()))
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    private String idOf(TableRow<?> row) {
        return rows.idOf((R) row.getItem());
    }
}
