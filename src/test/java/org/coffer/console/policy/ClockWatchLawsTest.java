package org.coffer.console.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.coffer.console.SetClock;
import org.coffer.console.TestHome;
import org.coffer.console.audit.Audit;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Events;
import org.jspecify.annotations.Nullable;

/** The time that is trusted while a clock is under suspicion, however that is set to and fro. */
class ClockWatchLawsTest {
    private static final ZoneId ZONE = ZoneOffset.UTC;
    private static final Instant BEFORE = Instant.parse("2026-11-02T10:00:00Z");

    private static @Nullable Path folder;
    private static @Nullable Catalog catalog;

    @BeforeContainer
    static void open() throws Exception {
        folder = Files.createTempDirectory("clock");
        catalog = Catalog.open(folder);
    }

    @AfterContainer
    static void close() throws Exception {
        requireNonNull(catalog).close();
        TestHome.erase(requireNonNull(folder));
    }

    /**
     * What happens to a clock.
     *
     * @param hours by which it is set, or runs on
     * @param restart whether Coffer is started anew then
     */
    record Step(int hours, boolean restart) {}

    /** A watch over the one catalog, which a restart makes anew, as a process does. */
    private static final class Watched {
        private final SetClock clock = new SetClock(ZONE, "2026-11-02T10:00");
        private final List<Instant> seen = new ArrayList<>();
        private ClockWatch watch = started();

        Watched(Duration jump) {
            requireNonNull(catalog).sql().execute("delete from clock_watch");
            restart();
            go(jump);
        }

        private ClockWatch started() {
            Catalog open = requireNonNull(catalog);
            var events = new Events();
            return new ClockWatch(open, new Audit(open, events, clock), events, clock);
        }

        void restart() {
            watch = started();
            watch.look();
        }

        void go(Duration by) {
            clock.push(by);
            watch.look();
            seen.add(clock.instant());
        }

        void go(Step step) {
            clock.push(Duration.ofHours(step.hours()));
            if (step.restart()) {
                watch = started();
            }
            go(Duration.ZERO);
        }

        boolean suspected() {
            return watch.suspected().isPresent();
        }

        /** How much of time the clock showed, each moment once, jumps left out. */
        Duration shown() {
            Duration sum = Duration.ZERO;
            Instant highest = seen.getFirst();
            for (int i = 1; i < seen.size(); i++) {
                Instant now = seen.get(i);
                boolean ran = Duration.between(seen.get(i - 1), now).compareTo(ClockWatch.JUMP) <= 0;
                if (now.isAfter(highest)) {
                    sum = ran ? sum.plus(Duration.between(highest, now)) : sum;
                    highest = now;
                }
            }
            return sum;
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theTrustedTimeRunsNoFasterThanTheClockShowsTimeThatItNeverShowed(
            @ForAll("jumps") Duration jump, @ForAll("steps") List<Step> steps) {
        var watched = new Watched(jump);
        Instant trusted = watched.watch.trusted();
        assertThat(trusted).as("right after the jump").isEqualTo(BEFORE);
        for (Step step : steps) {
            watched.go(step);
            if (!watched.suspected()) {
                return;
            }
            Instant next = watched.watch.trusted();
            assertThat(next).isAfterOrEqualTo(trusted).isEqualTo(BEFORE.plus(watched.shown()));
            trusted = next;
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void aClockThatIsSetToAndFroGainsNothing(@ForAll("jumps") Duration jump, @ForAll("swings") List<Integer> swings) {
        var watched = new Watched(jump);
        int widest = 0;
        for (int swing : swings) {
            widest = Math.max(widest, swing);
            watched.go(Duration.ofHours(swing));
            watched.go(Duration.ofHours(-swing));
        }
        assertThat(watched.suspected()).isTrue();
        assertThat(watched.watch.trusted())
                .as("as if it had gone there once")
                .isEqualTo(BEFORE.plus(Duration.ofHours(widest)));
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void aClockThatRunsOnIsFollowedThroughRestarts(@ForAll("runs") List<Step> steps) {
        var watched = new Watched(Duration.ofDays(1000));
        int hours = 0;
        for (Step step : steps) {
            watched.go(step);
            hours += step.hours();
        }
        assertThat(watched.watch.trusted()).isEqualTo(BEFORE.plus(Duration.ofHours(hours)));
    }

    @Provide
    Arbitrary<Duration> jumps() {
        return Arbitraries.integers()
                .between(200, 2000)
                .flatMap(days ->
                        Arbitraries.of(1, -1).map(way -> Duration.ofDays(days).multipliedBy(way)));
    }

    private static Arbitrary<List<Step>> steps(int from, int to) {
        return Arbitraries.integers()
                .between(from, to)
                .flatMap(hours -> Arbitraries.of(true, false).map(restart -> new Step(hours, restart)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    /** Up to ten days, so that some are jumps. */
    @Provide
    Arbitrary<List<Step>> steps() {
        return steps(-240, 240);
    }

    @Provide
    Arbitrary<List<Step>> runs() {
        return steps(0, 168);
    }

    /** Less than a day's worth together, so that a clock that is behind is not seen on another day. */
    @Provide
    Arbitrary<List<Integer>> swings() {
        return Arbitraries.integers().between(1, 13).list().ofMinSize(1).ofMaxSize(10);
    }
}
