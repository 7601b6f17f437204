package org.coffer.window.wizard;

import org.coffer.console.task.Task;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.kit.Sentence;

/**
 * What the wizard was told to do: how it is begun, and what is said of it when it has ended. Its methods ask the services:
 * not on the window's thread, except those that return sentences without a task.
 */
interface Errand {
    /**
     * Begins it.
     *
     * @throws org.coffer.problem.ProblemException the first thing that stands in the way
     */
    Task begin();

    /**
     * Begins it once more after it did not end well: it goes on where it was, if it can.
     *
     * @throws org.coffer.problem.ProblemException the first thing that stands in the way
     */
    default Task again(Task ended) {
        return begin();
    }

    /** What is being done, as the heading over its progress. */
    Sentence doing();

    /** What it means to stop now. */
    Sentence stopping();

    /** How it ended. */
    Verdict verdict(Task task);

    /** What is kept as evidence, in the language of {@code words}. */
    ReceiptSheet receipt(Task task, ReceiptWords words);
}
