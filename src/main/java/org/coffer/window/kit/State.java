package org.coffer.window.kit;

import java.util.Optional;

/**
 * The state of a thing as it is shown everywhere: icon, word, colour.
 *
 * @param icon the mark
 * @param tone the colour
 * @param words the word, such as <em>Available</em> or <em>Deleting 40 %</em>
 * @param detail since when, why, and what ends it: shown on hover and read to screen readers
 */
public record State(Icon icon, Tone tone, Sentence words, Optional<Sentence> detail) {

    /** A state without details. */
    public static State of(Icon icon, Tone tone, String key, Object... namesAndValues) {
        return new State(icon, tone, Sentence.of(key, namesAndValues), Optional.empty());
    }

    /** The same state with {@code key} as its detail. */
    public State because(String key, Object... namesAndValues) {
        return new State(icon, tone, words, Optional.of(Sentence.of(key, namesAndValues)));
    }
}
