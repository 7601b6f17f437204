package org.coffer.window.kit.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Theme;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables in a window of 1080×500, with sources that answer from another thread. */
class TablePaneTest {
    private record Row(String id, String name, long size) {}

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final Background background = new Background(threads, Platform::runLater, problem -> {
        throw new AssertionError(problem);
    });
    private final LayoutMemory memory = LayoutMemory.shortLived();
    private final Kit kit = new Kit(Text.of(Language.ENGLISH, Clock.systemUTC()), memory, Clock.systemUTC());
    private final List<Stage> stages = new ArrayList<>();
    private List<Row> rows = IntStream.range(0, 20)
            .mapToObj(i -> new Row("id" + i, "name_" + i, i))
            .toList();

    @AfterEach
    void close() {
        stages.forEach(stage -> Fx.close(stage));
        threads.shutdown();
    }

    @Test
    void aHundredThousandRowsScrollWithTheCellsOfOneScreen() {
        var paged = new PagedRows<Row, String>(
                background,
                Row::id,
                (filter, sort, offset, limit) -> new Slice<>(
                        IntStream.range(offset, Math.min(100_000, offset + limit))
                                .mapToObj(i -> new Row("id" + i, "name_" + i, i))
                                .toList(),
                        100_000),
                "");
        Fx.run(paged::refresh);
        TableView<Row> table = shown(builder(paged));
        Fx.until("all rows", () -> table.getItems().size() == 100_000);
        for (int i = 0; i < 200; i++) {
            int target = i * 499;
            Fx.run(() -> {
                table.scrollTo(target);
                table.applyCss();
                table.layout();
            });
        }
        Fx.until("the last rows", () -> visibleNames(table).contains("name_99301"));
        // What makes it smooth: however far it scrolls, the cells of one screen are all there are.
        assertThat(Fx.call(() -> table.lookupAll(".table-row-cell").size())).isLessThan(100);
    }

    @Test
    void rowsHaveTheHeightTheyWereGiven() {
        TableView<Row> table = shown(builder(list()).rowHeight(52));
        assertThat(Fx.call(() -> table.lookupAll(".table-row-cell").stream()
                        .filter(node -> node instanceof TableRow<?> row && row.getItem() != null)
                        .map(node -> node.getLayoutBounds().getHeight())
                        .distinct()
                        .toList()))
                .containsExactly(52.0);
    }

    @Test
    void aColumnOfEightyStaysNarrowAndNothingScrollsSideways() {
        TableView<Row> table = shown(builder(list()));
        Fx.run(() -> {
            assertThat(table.getColumns().get(2).getWidth()).isEqualTo(81);
            double all = table.getColumns().stream()
                    .filter(TableColumn::isVisible)
                    .mapToDouble(TableColumn::getWidth)
                    .sum();
            assertThat(all).isLessThanOrEqualTo(table.getWidth());
            assertThat(table.getColumns().get(1).getWidth()).isGreaterThan(300);
        });
    }

    @Test
    void theSelectionStaysOnItsRowWhenRowsMove() {
        ListRows<Row> list = list();
        TableView<Row> table = shown(builder(list));
        Fx.run(() -> list.selectedProperty().set(Optional.of("id3")));
        assertThat(Fx.call(() -> table.getSelectionModel().getSelectedIndex())).isEqualTo(3);
        Fx.run(() -> list.show(rows.reversed()));
        assertThat(Fx.call(() -> table.getSelectionModel().getSelectedItem().id()))
                .isEqualTo("id3");
    }

    @Test
    void theTableStaysInPlaceThroughARefresh() {
        ListRows<Row> list = list();
        TableView<Row> table = shown(builder(list));
        Fx.run(() -> table.scrollTo(8));
        Fx.pulses(3);
        List<String> before = Fx.call(() -> visibleNames(table));
        rows = rows.stream()
                .map(row -> new Row(row.id(), row.name(), row.size() + 1))
                .toList();
        Fx.run(list::refresh);
        Fx.until("the new sizes", () -> list.items().getFirst().size() == 1);
        Fx.pulses(3);
        assertThat(Fx.call(() -> visibleNames(table))).isEqualTo(before);
    }

    @Test
    void keysTickOpenAndAskToDelete() {
        ListRows<Row> list = list();
        var heard = new ArrayList<String>();
        TableView<Row> table = shown(builder(list)
                .onOpen(row -> heard.add("open " + row.id()))
                .onKey(KeyCode.DELETE, row -> heard.add("delete " + row.id())));
        Fx.run(() -> {
            list.selectedProperty().set(Optional.of("id1"));
            table.requestFocus();
        });
        Keys.push(KeyCode.SPACE);
        Keys.push(KeyCode.ENTER);
        Keys.push(KeyCode.DELETE);
        Fx.pulses(2);
        assertThat(heard).containsExactly("open id1", "delete id1");
        assertThat(Fx.call(() -> list.ticks().chosen())).isEqualTo(new Chosen.These(java.util.Set.of("id1")));
        Keys.push(KeyCode.CONTROL, KeyCode.A);
        Fx.pulses(2);
        assertThat(Fx.call(() -> list.ticks().countProperty().get())).isEqualTo(20);
    }

    @Test
    void theRowMenuOpensByKeyboard() {
        ListRows<Row> list = list();
        TableView<Row> table = shown(builder(list));
        Fx.run(() -> {
            list.selectedProperty().set(Optional.of("id1"));
            table.requestFocus();
        });
        Keys.push(KeyCode.SHIFT, KeyCode.F10);
        Fx.until(
                "the menu",
                () -> javafx.stage.Window.getWindows().stream()
                        .anyMatch(window -> window instanceof javafx.scene.control.ContextMenu menu
                                && menu.getItems().size() == 2));
        Keys.push(KeyCode.ESCAPE);
    }

    @Test
    void aDayIsGoneToAlsoWhereItsPageIsNotLoadedYet() {
        var paged = new PagedRows<Row, String>(
                background,
                Row::id,
                (filter, sort, offset, limit) -> new Slice<>(
                        IntStream.range(offset, Math.min(10_000, offset + limit))
                                .mapToObj(i -> new Row("id" + i, "name_" + i, i))
                                .toList(),
                        10_000),
                "");
        Fx.run(paged::refresh);
        // A row a day, the newest first.
        LocalDate today = LocalDate.of(2026, 11, 21);
        TableView<Row> table = shown(builder(paged)
                .dated((day, at) -> at.accept((int) java.time.temporal.ChronoUnit.DAYS.between(day, today))));
        Fx.until("all rows", () -> table.getItems().size() == 10_000);
        TablePane<?> pane = Fx.call(() -> (TablePane<?>) table.getScene().getRoot());
        assertThat(pane.isDated()).isTrue();
        Fx.run(() -> pane.goTo(today.minusDays(5000)));
        Fx.until("the row of the day", () -> visibleNames(table).contains("name_5000"));
        Fx.until("the selection", () -> table.getSelectionModel().getSelectedIndex() == 5000);
        Fx.run(() -> pane.goTo(today.minusDays(50_000)));
        Fx.until(
                "the last rows",
                () -> visibleNames(table).contains("name_9999")
                        && !paged.busyProperty().get());
    }

    @Test
    void aHeaderClickSortsThroughTheModelAndIsRemembered() {
        ListRows<Row> list = list();
        TableView<Row> table = shown(builder(list));
        Fx.run(() -> {
            TableColumn<Row, ?> size = table.getColumns().get(2);
            size.setSortType(TableColumn.SortType.DESCENDING);
            table.getSortOrder().setAll(List.of(size));
        });
        assertThat(Fx.call(() -> list.items().getFirst().id())).isEqualTo("id19");
        ListRows<Row> again = list();
        shown(builder(again));
        assertThat(Fx.call(() -> again.sortProperty().get())).contains(Sort.down("size"));
    }

    @Test
    void theOrderThatTheModelBeganWithIsShownAndKept() {
        ListRows<Row> list = list();
        Fx.run(() -> list.sortProperty().set(java.util.Optional.of(Sort.down("size"))));
        TableView<Row> table = shown(builder(list));
        assertThat(Fx.call(() -> list.sortProperty().get())).contains(Sort.down("size"));
        assertThat(Fx.call(() -> table.getSortOrder().getFirst().getId())).isEqualTo("size");
        assertThat(Fx.call(() -> list.items().getFirst().id())).isEqualTo("id19");
    }

    @Test
    void optionalColumnsAppearWhereThereIsRoomUnlessTheUserSaidOtherwise() {
        ListRows<Row> list = list();
        TableView<Row> table =
                shown(builder(list).text("tags", 120, Row::id).title("=Tags").optional());
        TableColumn<Row, ?> tags = table.getColumns().getLast();
        assertThat(Fx.call(tags::isVisible)).isFalse();
        Fx.run(() -> table.getScene().getWindow().setWidth(1400));
        Fx.pulses(3);
        assertThat(Fx.call(tags::isVisible)).isTrue();
        Fx.run(() -> {
            var menu = tags.getContextMenu();
            menu.getOnShowing().handle(null);
            ((javafx.scene.control.CheckMenuItem) menu.getItems().getLast()).setSelected(false);
            menu.getItems().getLast().fire();
        });
        ListRows<Row> again = list();
        TableView<Row> later =
                shown(builder(again).text("tags", 120, Row::id).title("=Tags").optional());
        Fx.run(() -> later.getScene().getWindow().setWidth(1400));
        Fx.pulses(3);
        assertThat(Fx.call(() -> later.getColumns().getLast().isVisible())).isFalse();
    }

    private ListRows<Row> list() {
        var list = new ListRows<Row>(background, Row::id, () -> rows)
                .sortedBy("name", java.util.Comparator.comparing(Row::name))
                .sortedBy("size", java.util.Comparator.comparingLong(Row::size));
        Fx.run(list::refresh);
        Fx.until("the rows", () -> list.loadedProperty().get());
        return list;
    }

    private TableBuilder<Row> builder(Rows<Row> source) {
        return new TableBuilder<>(kit, "test", source)
                .ticks()
                .text("name", 200, Row::name)
                .title("=Name")
                .grows()
                .sortable()
                .number("size", 80, row -> kit.formats().size(row.size()))
                .title("=Size")
                .sortable()
                .actions(140, 1, row -> List.of(Act.of("=Back up", () -> {}), Act.of("=Delete", () -> {})))
                .title("=Actions");
    }

    private TableView<Row> shown(TableBuilder<Row> builder) {
        TableView<Row> table = Fx.call(() -> {
            TablePane<Row> pane = builder.build();
            var stage = new Stage(StageStyle.UNDECORATED);
            stages.add(stage);
            var scene = new Scene(pane, 1080, 500);
            Theme.dress(scene, false);
            stage.setScene(scene);
            stage.setX(0);
            stage.setY(0);
            stage.show();
            return pane.table();
        });
        Fx.pulses(4);
        return table;
    }

    private static List<String> visibleNames(TableView<Row> table) {
        return table.lookupAll(".table-row-cell").stream()
                .filter(node -> node instanceof TableRow<?> row && row.isVisible() && row.getItem() instanceof Row)
                .map(node -> ((Row) ((TableRow<?>) node).getItem()).name())
                .sorted()
                .toList();
    }
}
