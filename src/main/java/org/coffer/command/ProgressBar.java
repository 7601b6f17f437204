package org.coffer.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.coffer.command.terminal.Terminal;

/**
 * One line on a terminal that says how far something is, drawn at most four times a second. On a pipe it draws nothing.
 *
 * <p>It writes to standard error, so that standard output holds results alone.
 */
final class ProgressBar implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final int BAR = 24;
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final PrintWriter screen;
    private final boolean visible;
    private final int columns;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private boolean drawn;

    ProgressBar(Terminal terminal, Clock clock) {
        this.screen = terminal.err();
        this.visible = terminal.invocation().errors();
        this.columns = terminal.invocation().columns();
        this.clock = clock;
    }

    /**
     * Draws the line, unless it was drawn less than a quarter of a second ago.
     *
     * @param percent 0 to 100
     * @param words what stands beside the bar
     */
    void show(int percent, String words) {
        Instant now = clock.instant();
        if (!visible || now.isBefore(next)) {
            return;
        }
        next = now.plus(BETWEEN);
        drawn = true;
        int full = Math.clamp(percent, 0, 100) * BAR / 100;
        String line = "█".repeat(full) + "░".repeat(BAR - full) + ' ' + words;
        screen.print(BACK_AND_CLEAR + Columns.cut(line, Math.max(1, columns - 1)));
        screen.flush();
    }

    /** Removes the line. */
    @Override
    public void close() {
        if (drawn) {
            screen.print(BACK_AND_CLEAR);
            screen.flush();
            drawn = false;
        }
    }
}
