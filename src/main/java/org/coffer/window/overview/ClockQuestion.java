package org.coffer.window.overview;

import java.util.Optional;
import java.util.function.Supplier;
import org.coffer.console.policy.ClockDoubt;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.shell.Desk;

/** What is asked before a clock that jumped is believed: with the count of the backups that go by it. */
public final class ClockQuestion {
    private final Supplier<Optional<ClockDoubt>> doubt;
    private final Runnable believe;
    private final Desk desk;

    /**
     * Asks at {@code desk}.
     *
     * @param doubt what goes once the clock is believed; empty while it is
     * @param believe what is done when the answer is that the clock is right
     */
    public ClockQuestion(Supplier<Optional<ClockDoubt>> doubt, Runnable believe, Desk desk) {
        this.doubt = doubt;
        this.believe = believe;
        this.desk = desk;
    }

    /** Asks, if the clock is still under suspicion, and does what is answered. */
    public void ask() {
        desk.background()
                .work(doubt::get)
                .then(asked -> asked.ifPresent(this::ask))
                .onError(desk.dialogs()::error)
                .start();
    }

    private void ask(ClockDoubt asked) {
        if (desk.dialogs().confirm(of(asked))) {
            desk.background().act(believe).onError(desk.dialogs()::error).start();
        }
    }

    /** The question. */
    public static Question of(ClockDoubt doubt) {
        Sentence title = Sentence.of("overview.clock.title");
        Sentence jump = Sentence.of("overview.clock.jump", "before", doubt.trusted(), "now", doubt.now());
        int n = doubt.gone().size();
        return n == 0
                ? Question.plain(title, Sentence.of("overview.need.clock"), jump, Sentence.of("overview.clock.none"))
                : Question.dangerous(
                        title,
                        Sentence.of("overview.clock.delete", "n", n),
                        jump,
                        Sentence.of("overview.clock.dates", "n", n, "frees", doubt.frees()));
    }
}
