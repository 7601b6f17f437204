package org.coffer.window.wizard;

import java.util.List;
import org.coffer.window.kit.Sentence;

/**
 * The evidence of a restore: what was asked, what came of it, when, by whom.
 *
 * @param verdict the verdict in one sentence
 * @param facts what is said of it, one line each
 * @param lists what is named one by one, such as files that are not back
 * @param fileName what it is called when it is saved, without an ending
 */
record ReceiptPage(Sentence verdict, List<Fact> facts, List<Names> lists, String fileName) {
    /** A line: the message key of what it is, and what it says. */
    record Fact(String nameKey, Sentence value) {}

    /** Names under a heading. */
    record Names(Sentence heading, List<Sentence> names) {}
}
