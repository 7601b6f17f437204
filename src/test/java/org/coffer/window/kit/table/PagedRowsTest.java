package org.coffer.window.kit.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.kit.Background;
import org.junit.jupiter.api.Test;

/** A list of 100,000 rows that loads 200 at a time. */
class PagedRowsTest {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Queue<Runnable> window = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private final Background background = new Background(work::add, window::add, problem -> {
        throw new AssertionError(problem);
    });
    private int total = 100_000;
    private boolean broken;
    private final PagedRows<String, String> rows = new PagedRows<>(background, row -> row, this::load, "");

    private Slice<String> load(String filter, Optional<Sort> sort, int offset, int limit) {
        asked.add(offset);
        orders.add(sort.map(Sort::column).orElse(""));
        if (broken) {
            throw new ProblemException(Problem.of("vault.full"));
        }
        int end = Math.min(total, offset + limit);
        return new Slice<>(
                IntStream.range(offset, end).mapToObj(i -> filter + "row " + i).toList(), total);
    }

    @Test
    void theFirstPageTellsHowLongTheListIs() {
        first();
        assertThat(rows.items()).hasSize(100_000);
        assertThat(rows.items().get(0)).isEqualTo("row 0");
        assertThat(asked).containsExactly(0);
    }

    @Test
    void aRowThatIsNotThereYetIsNullAndCallsItsPage() {
        first();
        assertThat(rows.items().get(50_000)).isNull();
        drain();
        assertThat(rows.items().get(50_000)).isEqualTo("row 50000");
        assertThat(asked).containsExactly(0, 50_000);
    }

    @Test
    void whileSomebodyDragsThroughTheListOnlyTheLastPagesAreLoaded() {
        first();
        for (int i = 1000; i < 100_000; i += 200) {
            rows.items().get(i);
        }
        drain();
        assertThat(asked).hasSizeLessThan(8);
        assertThat(rows.items().get(99_900)).isEqualTo("row 99900");
    }

    @Test
    void anotherFilterKeepsTheOldRowsUntilTheNewOnesAreThere() {
        first();
        total = 300;
        rows.filter("web ", true);
        assertThat(rows.items().get(0)).isEqualTo("row 0");
        drain();
        assertThat(rows.items()).hasSize(300);
        assertThat(rows.items().get(0)).isEqualTo("web row 0");
        assertThat(rows.totalProperty().get()).isEqualTo(300);
    }

    @Test
    void answersToAnOlderQuestionAreDropped() {
        first();
        rows.filter("old ", true);
        Runnable late = work.remove();
        rows.filter("new ", true);
        drain();
        late.run();
        drain();
        assertThat(rows.items().get(0)).isEqualTo("new row 0");
    }

    @Test
    void sortingIsTheSourcesWork() {
        first();
        rows.sortProperty().set(Optional.of(Sort.down("name")));
        drain();
        assertThat(orders).containsExactly("", "name");
    }

    @Test
    void aFailedLoadKeepsTheRowsAndAsksNoMoreUntilRefreshed() {
        first();
        broken = true;
        rows.refresh();
        drain();
        assertThat(rows.problemProperty().get()).isPresent();
        assertThat(rows.items().get(0)).isEqualTo("row 0");
        int before = asked.size();
        rows.items().get(7_000);
        drain();
        assertThat(asked).hasSize(before);
        broken = false;
        rows.refresh();
        drain();
        assertThat(rows.problemProperty().get()).isEmpty();
    }

    @Test
    void aRefreshOfTheSameLengthChangesOnlyLoadedRows() {
        first();
        var changed = new ArrayList<Integer>();
        rows.items().addListener((ListChangeListener<String>) change -> {
            while (change.next()) {
                changed.add(change.getTo() - change.getFrom());
            }
        });
        rows.refresh();
        drain();
        assertThat(changed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
    }

    private void first() {
        rows.refresh();
        drain();
    }

    private void drain() {
        while (!work.isEmpty() || !window.isEmpty()) {
            (window.isEmpty() ? work : window).remove().run();
        }
    }
}
