package org.coffer.window.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;

/** From bursts of events to single repaints. */
class BridgeTest {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Queue<Runnable> window = new ArrayDeque<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final List<Integer> painted = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Background background = new Background(work::add, window::add, problems::add);
    private final Bridge<Integer> bridge =
            new Bridge<>(background, loads::incrementAndGet, painted::add, problems::add);

    @Test
    void aThousandEventsLoadOneSnapshot() {
        for (int i = 0; i < 1000; i++) {
            bridge.changed();
        }
        drain();
        assertThat(painted).containsExactly(1);
    }

    @Test
    void eventsDuringALoadLeadToExactlyOneMore() {
        bridge.changed();
        window.remove().run();
        for (int i = 0; i < 1000; i++) {
            bridge.changed();
            window.forEach(Runnable::run);
            window.clear();
        }
        drain();
        assertThat(painted).containsExactly(1, 2);
    }

    @Test
    void afterAFailedLoadTheNextEventTriesAgain() {
        var failing = new Bridge<Integer>(
                background,
                () -> {
                    if (loads.incrementAndGet() == 1) {
                        throw new IllegalStateException("catalog");
                    }
                    return loads.get();
                },
                painted::add,
                problems::add);
        failing.changed();
        drain();
        failing.changed();
        drain();
        assertThat(problems).hasSize(1);
        assertThat(painted).containsExactly(2);
    }

    private void drain() {
        while (!work.isEmpty() || !window.isEmpty()) {
            (window.isEmpty() ? work : window).remove().run();
        }
    }
}
