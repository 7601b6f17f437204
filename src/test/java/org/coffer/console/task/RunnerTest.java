package org.coffer.console.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a place at a location, and when (T1, B7, P11). */
class RunnerTest {
    private final Runner runner = new Runner();
    private final UUID location = UUID.randomUUID();
    private final LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final List<Run> runs =
            Stream.of("a", "b", "c", "d", "e").map(Run::new).toList();

    /** A run that goes on until it is told to end. */
    private record Run(String name, UUID id, CountDownLatch end) {
        Run(String name) {
            this(name, UUID.randomUUID(), new CountDownLatch(1));
        }
    }

    private Run run(int n) {
        return runs.get(n);
    }

    private void submit(Run... all) {
        for (Run run : all) {
            runner.submit(Optional.of(location), run.id(), () -> {
                begun.add(run.name());
                try {
                    run.end().await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private boolean back(Run run) {
        return runner.comeBackInTurn(run.id(), () -> begun.add("back " + run.name()));
    }

    private String next() throws InterruptedException {
        String next = begun.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private void nothingBegins() throws InterruptedException {
        assertThat(begun.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    /** The first two run. */
    private void twoRun() throws InterruptedException {
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("a", "b");
        nothingBegins();
    }

    @AfterEach
    void end() {
        runner.close();
        runs.forEach(run -> run.end().countDown());
    }

    @Test
    void whatIsBarredGetsNoPlaceAndTheNextDoes() throws Exception {
        submit(run(0), run(1), run(2), run(3));
        twoRun();
        runner.bar(Set.of(run(2).id()));
        runner.leave(run(0).id());
        assertThat(next()).isEqualTo("d");
        runner.leave(run(1).id());
        nothingBegins();
        runner.bar(Set.of());
        assertThat(next()).isEqualTo("c");
    }

    @Test
    void whatGoesOnInTurnWaitsForAPlaceBeforeThoseThatNeverHadOne() throws Exception {
        submit(run(0), run(1), run(2), run(3), run(4));
        twoRun();
        runner.leave(run(0).id());
        runner.leave(run(1).id());
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("c", "d");
        assertThat(back(run(0))).isFalse();
        assertThat(back(run(1))).isFalse();
        assertThat(back(run(0))).as("asked again at the next look").isFalse();
        nothingBegins();
        run(2).end().countDown();
        assertThat(next()).isEqualTo("back a");
        nothingBegins();
        run(3).end().countDown();
        assertThat(next()).isEqualTo("back b");
        nothingBegins();
        run(0).end().countDown();
        assertThat(next()).isEqualTo("e");
    }

    @Test
    void whatWaitsToGoOnAndIsBarredAgainLetsOthersPass() throws Exception {
        submit(run(0), run(1), run(2), run(3));
        twoRun();
        runner.leave(run(0).id());
        assertThat(next()).isEqualTo("c");
        assertThat(back(run(0))).isFalse();
        runner.bar(Set.of(run(0).id()));
        run(1).end().countDown();
        assertThat(next()).isEqualTo("d");
        run(2).end().countDown();
        nothingBegins();
        assertThat(back(run(0))).as("there is a place").isFalse();
        assertThat(next()).isEqualTo("back a");
    }

    @Test
    void whatSomebodyWantsNowTakesAPlaceOfItsOwnUntilThereAreFewer() throws Exception {
        submit(run(0), run(1), run(2), run(3));
        twoRun();
        runner.leave(run(0).id());
        assertThat(next()).isEqualTo("c");
        assertThat(back(run(0))).isFalse();
        runner.comeBack(run(0).id());
        run(1).end().countDown();
        nothingBegins();
        run(2).end().countDown();
        assertThat(next()).as("neither its turn from before").isEqualTo("d");
        nothingBegins();
    }

    @Test
    void whatEndsWhileItWaitsToGoOnKeepsNoPlace() throws Exception {
        submit(run(0), run(1), run(2), run(3), run(4));
        twoRun();
        runner.leave(run(0).id());
        assertThat(next()).isEqualTo("c");
        assertThat(back(run(0))).isFalse();
        runner.release(run(0).id());
        run(0).end().countDown();
        nothingBegins();
        run(1).end().countDown();
        assertThat(next()).isEqualTo("d");
        run(2).end().countDown();
        assertThat(next()).isEqualTo("e");
        nothingBegins();
    }
}
