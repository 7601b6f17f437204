package org.coffer.window.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.overview.Attention;
import org.coffer.console.overview.Overview;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Act;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverviewModelTest {
    private final Clock clock = Clock.fixed(Samples.NOW, ZoneId.of("Asia/Shanghai"));
    private final Events events = new Events();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<UUID> canceled = new ArrayList<>();
    private final List<UUID> paused = new ArrayList<>();
    private final List<UUID> resumed = new ArrayList<>();
    private final HeardWays ways = new HeardWays();
    private Overview now = Samples.busy();
    private OverviewModel model;

    @BeforeEach
    void open() {
        var sources = new OverviewModel.Sources(
                () -> {
                    looks.incrementAndGet();
                    return now;
                },
                () -> now.running(),
                () -> List.of(),
                new OverviewModel.Deeds(
                        canceled::add, paused::add, resumed::add, task -> task.status() == TaskStatus.RUNNING),
                events);
        model = new OverviewModel(sources, TestConsole.direct(), clock, ways);
        model.refresh();
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void aRunningTaskIsPausedAndAPausedOneGoesOnByTheSameButton() {
        Task running = Samples.task("web-data", TaskStatus.RUNNING);
        Task paused = Samples.task("mail", TaskStatus.PAUSED);
        var shown = new SimpleObjectProperty<>(running);
        Act hold = model.hold(shown);
        assertThat(hold.title().getValue().key()).isEqualTo("tasks.pause");
        hold.run();
        shown.set(paused);
        assertThat(hold.title().getValue().key()).isEqualTo("tasks.resume");
        hold.run();
        assertThat(this.paused).containsExactly(running.id());
        assertThat(resumed).containsExactly(paused.id());
        assertThat(model.holdable(Samples.task("sdb", TaskStatus.WAITING))).isFalse();
    }

    @Test
    void theVerdictIsTheFirstThatApplies() {
        assertThat(model.verdict(Samples.busy()).key()).isEqualTo("overview.verdict.needs");
        assertThat(model.verdict(Samples.busy()).args())
                .contains(Samples.busy().needs().size());
        assertThat(model.verdict(Samples.calm()).key()).isEqualTo("overview.verdict.well.since");
        assertThat(model.verdict(Samples.empty()).key()).isEqualTo("overview.verdict.nothing");
    }

    @Test
    void aRestoreIsTriedFromHere() {
        model.tryRestore(Samples.untried().untried().orElseThrow()).run();
        assertThat(ways.heard).containsExactly("tryRestore");
    }

    @Test
    void everyKindOfNeedHasOneActThatLeadsSomewhere() {
        for (Attention.Kind kind : Attention.Kind.values()) {
            var attention = new Attention(
                    kind,
                    "it",
                    Optional.of(UUID.randomUUID()),
                    Optional.of(UUID.randomUUID()),
                    Optional.of(UUID.randomUUID()),
                    95,
                    Optional.empty());
            int before = ways.heard.size();

            Need.of(attention, ways).act().run();

            assertThat(ways.heard).as(kind.name()).hasSize(before + 1);
        }
        assertThat(Stream.of("expand", "recoverySheet", "backUp", "protect", "backup", "vault", "disks", "locations"))
                .allMatch(ways.heard::contains);
    }

    @Test
    void progressLooksAtTasksAlone() {
        int before = looks.get();

        events.publish(new Event.TasksProgressed());

        assertThat(looks).hasValue(before);
        assertThat(model.runningProperty().get()).isEqualTo(now.running());
    }

    @Test
    void anyOtherChangeLooksAtEverything() {
        now = Samples.calm();

        events.publish(new Event.BackupChanged(UUID.randomUUID()));

        assertThat(model.stateProperty().get().orElseThrow().verdict()).isEqualTo(Overview.Verdict.ALL_WELL);
    }

    @Test
    void afterItIsClosedNothingIsLookedAt() {
        int before = looks.get();
        model.close();

        events.publish(new Event.BackupChanged(UUID.randomUUID()));

        assertThat(looks).hasValue(before);
    }

    @Test
    void aRunningTaskCanBeCanceled() {
        model.cancel(now.running().getFirst()).run();

        assertThat(canceled).containsExactly(now.running().getFirst().id());
    }

    @Test
    void theLastSquareIsToday() {
        assertThat(model.date(OverviewModel.DAYS - 1)).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(model.date(0)).isEqualTo(LocalDate.of(2026, 10, 23));
    }
}
