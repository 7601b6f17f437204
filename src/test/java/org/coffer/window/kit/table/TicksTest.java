package org.coffer.window.kit.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ticks as sets of IDs. */
class TicksTest {
    private final Ticks ticks = new Ticks();

    @Test
    void tickedRowsAreCountedOnce() {
        ticks.set("a", true);
        ticks.set("a", true);
        ticks.setAll(List.of("a", "b"), true);
        assertThat(ticks.countProperty().get()).isEqualTo(2);
        assertThat(ticks.chosen()).isEqualTo(new Chosen.These(Set.of("a", "b")));
    }

    @Test
    void allMatchingIsAFlagAndItsExceptions() {
        ticks.set("a", true);
        ticks.selectAllMatching(10_204);
        ticks.set("b", false);
        assertThat(ticks.countProperty().get()).isEqualTo(10_203);
        assertThat(ticks.has("z")).isTrue();
        assertThat(ticks.has("b")).isFalse();
        assertThat(ticks.chosen()).isEqualTo(new Chosen.AllBut(Set.of("b")));
    }

    @Test
    void allMatchingFollowsTheNumberOfRows() {
        ticks.selectAllMatching(100);
        ticks.matching(90);
        assertThat(ticks.countProperty().get()).isEqualTo(90);
    }

    @Test
    void clearingUnticksEverything() {
        ticks.selectAllMatching(100);
        ticks.clear();
        assertThat(ticks.countProperty().get()).isZero();
        assertThat(ticks.has("a")).isFalse();
    }
}
