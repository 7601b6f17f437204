package org.coffer.window.tray;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.overview.Attention;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.SlotRun;
import org.coffer.console.resource.Disk;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.desk.Days;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.picture.Fx;
import org.coffer.window.shell.Strip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the icon in the tray says of a real console while the window is closed. */
class TrayModelTest {
    @TempDir
    private Path root;

    private Days days;
    private TrayModel model;
    private final Shown tray = new Shown();
    private final List<String> gone = new ArrayList<>();

    /** A tray that keeps what it shows. */
    private static final class Shown implements Tray {
        private volatile Optional<Face> face = Optional.empty();
        private final List<Notice> notices = new CopyOnWriteArrayList<>();

        @Override
        public boolean there() {
            return true;
        }

        @Override
        public void show(Face now) {
            face = Optional.of(now);
        }

        @Override
        public void hide() {
            face = Optional.empty();
        }

        @Override
        public void tell(Notice notice) {
            notices.add(notice);
        }

        Face now() {
            return face.orElseThrow();
        }
    }

    @BeforeEach
    void open() throws Exception {
        days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"));
        var kit = new Kit(Text.of(Language.ENGLISH, days.clock()), LayoutMemory.shortLived(), days.clock());
        var background = new Background(Runnable::run, TrayModelTest::onWindow, problem -> {
            throw new AssertionError(problem.toString());
        });
        model = Fx.call(() -> {
            TrayModel made = new TrayModel(
                    tray,
                    new TrayModel.Services(
                            days.console().tasks(),
                            days.console().events(),
                            days.console().overviews()::now,
                            Optional::empty),
                    new TrayModel.Ways(() -> gone.add("open"), () -> gone.add("attention"), () -> gone.add("quit")),
                    new SimpleObjectProperty<>(kit),
                    new SimpleObjectProperty<>(Optional.<Strip.Running>empty()),
                    background);
            made.begin(true);
            return made;
        });
    }

    private static void onWindow(Runnable task) {
        if (Platform.isFxApplicationThread()) {
            task.run();
        } else {
            Fx.run(task);
        }
    }

    @AfterEach
    void close() {
        days.close();
    }

    private List<Attention> asked() {
        return days.console().overviews().now().needs().stream()
                .filter(need -> need.kind() == Attention.Kind.RUN_ASKED)
                .toList();
    }

    /** P11: what is not answered is skipped at the next run, and the window is closed for days. */
    @Test
    void aMissedRunThatWaitsForAnAnswerIsSaidAndLeadsThere() throws Exception {
        Policies policies = days.console().policies();
        PolicyPlan plan = policies.list().getFirst().plan();
        Policy asking = policies.create(new PolicyPlan(
                "asking", true, plan.schedule(), plan.retention(), plan.fullEvery(), Missed.ASK, plan.conditions()));
        Disk web = days.image("web", 1, Disk.Role.DATA);
        policies.bind(asking.id(), days.vault("office", web).id());
        assertThat(tray.now().words()).doesNotContain("decision");

        days.pass(Duration.ofDays(1));
        days.console().scheduler().tick();
        days.console().scheduler().await();

        assertThat(asked()).singleElement().satisfies(need -> {
            assertThat(need.name()).isEqualTo("asking");
            assertThat(need.number()).isEqualTo(1);
        });
        String words = "1 missed run waits for your decision";
        assertThat(tray.now().attention()).isTrue();
        assertThat(tray.now().words()).contains(words);
        tray.now().menu().stream()
                .filter(item -> item.words().equals(words))
                .forEach(item -> item.act().run());
        assertThat(gone).containsExactly("attention");
        assertThat(tray.notices).singleElement().satisfies(notice -> {
            assertThat(notice.title()).isEqualTo("asking missed 1 run: make up for it?");
            assertThat(notice.words()).contains("skipped at the next run");
            notice.open().run();
        });
        assertThat(gone).containsExactly("attention", "attention");

        for (SlotRun open : days.console().scheduler().open()) {
            days.console().scheduler().answer(open, false);
        }
        assertThat(asked()).isEmpty();
        assertThat(tray.now().words()).doesNotContain("decision");
    }

    /** One message for a cause, not one for each run that fails for it; and another once it came back after it was gone. */
    @Test
    void aBackupThatFailsIsToldOfOnceAndAgainOnlyAfterItWasWell() throws Exception {
        Policy nightly = days.console().policies().list().getFirst();
        Disk web = days.image("web", 1, Disk.Role.DATA);
        days.console().policies().bind(nightly.id(), days.vault("office", web).id());
        days.dayOfPolicies();
        assertThat(tray.notices).as("all is well").isEmpty();
        Path away = root.resolve("away.img");
        Files.move(web.path(), away);
        days.dayOfPolicies();
        assertThat(tray.notices).extracting(Notice::title).containsExactly("The last backup of web failed");
        assertThat(tray.notices.getFirst().words()).as("and why").isNotBlank();
        days.dayOfPolicies();
        assertThat(tray.notices).as("the same cause").hasSize(1);
        again(true);
        assertThat(tray.notices).as("seen in the window").hasSize(1);
        again(false);
        assertThat(tray.notices).as("started at login").hasSize(2);
        Files.move(away, web.path());
        days.dayOfPolicies();
        Files.move(web.path(), away);
        days.dayOfPolicies();
        assertThat(tray.notices).hasSize(3);
    }

    /** The window was opened and closed, or there was none. */
    private void again(boolean seen) {
        Fx.run(() -> {
            model.end();
            model.begin(seen);
        });
    }
}
