package org.coffer.window.overview;

import java.time.Instant;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;

/** What is asked before a clock that jumped is believed. */
public final class ClockQuestion {
    private ClockQuestion() {}

    /**
     * The question.
     *
     * @param before what it would say had it not jumped
     * @param now what it says
     */
    public static Question of(Instant before, Instant now) {
        return Question.plain(
                Sentence.of("overview.clock.title"),
                Sentence.of("overview.need.clock"),
                Sentence.of("overview.clock.jump", "before", before, "now", now),
                Sentence.of("overview.clock.dates"));
    }
}
