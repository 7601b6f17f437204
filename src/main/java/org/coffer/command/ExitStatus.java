package org.coffer.command;

/** What the program tells the shell. */
public final class ExitStatus {
    /** Done. */
    public static final int DONE = 0;
    /** An expected problem, or a task that failed. */
    public static final int PROBLEM = 1;
    /** The command was not understood. */
    public static final int USAGE = 2;
    /** A confirmation was needed and not given. */
    public static final int UNCONFIRMED = 3;
    /** A mistake in Coffer. */
    public static final int BUG = 70;
    /** Ended by Ctrl+C, as shells report it. */
    public static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
