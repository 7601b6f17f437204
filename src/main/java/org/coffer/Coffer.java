package org.coffer;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.coffer.command.Opened;
import org.coffer.console.Console;
import org.coffer.console.home.Home;
import org.coffer.console.home.HomeLog;

/** An open home: its log and its services. Opened by the process that owns the home, closed in the opposite order. */
final class Coffer implements Opened, AutoCloseable {
    private final Home home;
    private final HomeLog log;
    private final Console console;

    private Coffer(Home home, HomeLog log, Console console) {
        this.home = home;
        this.log = log;
        this.console = console;
    }

    /**
     * Opens a home that this process owns.
     *
     * @throws org.coffer.problem.ProblemException why it cannot be opened
     */
    static Coffer open(Home home, Clock clock) {
        HomeLog log = HomeLog.open(home);
        try {
            return new Coffer(home, log, Console.open(home, clock));
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    @Override
    public Console console() {
        return console;
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(home.log());
    }

    @Override
    public void close() {
        try {
            console.close();
        } finally {
            log.close();
        }
    }
}
