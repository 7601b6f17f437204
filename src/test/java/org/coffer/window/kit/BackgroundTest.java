package org.coffer.window.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Works and their answers, with both threads in the test's hand. */
class BackgroundTest {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final List<Problem> unhandled = new ArrayList<>();
    private final Background background = new Background(work::add, Runnable::run, unhandled::add);
    private final List<String> answers = new ArrayList<>();

    @Test
    void theAnswerArrivesOnTheWindowsThread() {
        background.work(() -> "vaults").then(answers::add).start();
        assertThat(answers).isEmpty();
        work.remove().run();
        assertThat(answers).containsExactly("vaults");
    }

    @Test
    void ofTwoWorksOnALineOnlyTheLastIsHeard() {
        Background.Line line = background.line();
        line.work(() -> "old").then(answers::add).start();
        line.work(() -> "new").then(answers::add).start();
        Runnable old = work.remove();
        work.remove().run();
        old.run();
        assertThat(answers).containsExactly("new");
        assertThat(line.busyProperty().get()).isFalse();
    }

    @Test
    void ofWorksThatFollowWhatIsTypedOnlyTheLastIsDone() {
        var typing = new ArrayDeque<String>(List.of("ab"));
        var done = new ArrayList<String>();
        var line = new Background.Line[1];
        // While the first work waits, another key is pressed.
        var patient = new Background(work::add, Runnable::run, unhandled::add, () -> {
            if (!typing.isEmpty()) {
                String more = typing.remove();
                line[0].work(() -> done.add(more)).start();
            }
        });
        line[0] = patient.lineAfterTyping();
        line[0].work(() -> done.add("a")).start();
        while (!work.isEmpty()) {
            work.remove().run();
        }
        assertThat(done).containsExactly("ab");
        assertThat(line[0].busyProperty().get()).isFalse();
    }

    @Test
    void aLineIsBusyUntilItsLastWorkEnds() {
        Background.Line line = background.line();
        line.work(() -> "old").start();
        line.work(() -> "new").start();
        work.remove().run();
        assertThat(line.busyProperty().get()).isTrue();
        work.remove().run();
        assertThat(line.busyProperty().get()).isFalse();
    }

    @Test
    void aHandledProblemGoesToItsHandlerAlone() {
        var handled = new ArrayList<Problem>();
        background
                .act(() -> {
                    throw new ProblemException(Problem.of("vault.full", "vault", "a"));
                })
                .onError(handled::add)
                .start();
        work.remove().run();
        assertThat(handled).extracting(Problem::code).containsExactly("vault.full");
        assertThat(unhandled).isEmpty();
    }

    @Test
    void aProblemThatNobodyHandlesReachesTheErrorDialog() {
        background
                .act(() -> {
                    throw new ProblemException(Problem.of("vault.full"));
                })
                .start();
        work.remove().run();
        assertThat(unhandled).extracting(Problem::code).containsExactly("vault.full");
    }

    @Test
    void aMistakeInTheTakerReachesTheErrorDialog() {
        background
                .work(() -> "x")
                .then(answer -> {
                    throw new IllegalStateException("taker");
                })
                .start();
        work.remove().run();
        assertThat(unhandled).extracting(Problem::code).containsExactly("bug");
    }

    @Test
    void aDroppedLineIsSilent() {
        Background.Line line = background.line();
        line.work(() -> "late").then(answers::add).start();
        line.drop();
        work.remove().run();
        assertThat(answers).isEmpty();
    }
}
