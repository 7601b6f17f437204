package org.coffer.window.kit.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import org.coffer.window.fixture.AtOnce;
import org.coffer.window.kit.Background;
import org.junit.jupiter.api.Test;

/** Rows in memory. */
class ListRowsTest {
    private record Vault(String id, int used) {}

    private List<Vault> vaults = List.of(new Vault("b", 2), new Vault("a", 3), new Vault("c", 1));
    private final Background background = AtOnce.background(problem -> {
        throw new AssertionError(problem);
    });
    private final ListRows<Vault> rows = new ListRows<>(background, Vault::id, () -> vaults)
            .sortedBy("name", Comparator.comparing(Vault::id))
            .sortedBy("used", Comparator.comparingInt(Vault::used));

    @Test
    void rowsAreSortedByTheRecord() {
        rows.refresh();
        rows.sortProperty().set(Optional.of(Sort.down("used")));
        assertThat(rows.items()).extracting(Vault::id).containsExactly("a", "b", "c");
    }

    @Test
    void aFilterLeavesOutAndSaysSo() {
        rows.refresh();
        rows.filter(vault -> vault.used() > 1, true);
        assertThat(rows.items()).extracting(Vault::id).containsExactly("b", "a");
        assertThat(rows.filteredProperty().get()).isTrue();
        assertThat(rows.totalProperty().get()).isEqualTo(2);
    }

    @Test
    void aRefreshReplacesOnlyWhatDiffers() {
        rows.refresh();
        var changes = new ArrayList<Integer>();
        rows.items().addListener((ListChangeListener<Vault>) change -> {
            while (change.next()) {
                changes.add(change.getFrom());
            }
        });
        vaults = List.of(new Vault("b", 2), new Vault("a", 4), new Vault("c", 1));
        rows.refresh();
        assertThat(changes).containsExactly(1);
    }

    @Test
    void ticksOfRowsThatAreGoneAreGone() {
        rows.refresh();
        rows.ticks().setAll(List.of("a", "b"), true);
        vaults = List.of(new Vault("b", 2));
        rows.refresh();
        assertThat(rows.ticks().countProperty().get()).isEqualTo(1);
    }
}
