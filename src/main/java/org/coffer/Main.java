package org.coffer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.coffer.command.Cli;
import org.coffer.command.ExitStatus;
import org.coffer.command.Opened;
import org.coffer.command.relay.Entrance;
import org.coffer.command.relay.OwnerServer;
import org.coffer.command.terminal.LocalTerminal;
import org.coffer.console.Console;
import org.coffer.console.audit.Caller;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.home.Home;
import org.coffer.console.home.HomeLog;
import org.coffer.text.Language;
import org.jspecify.annotations.Nullable;

/**
 * Where the program starts: without a noun it is the window, else a command, carried out here or by the process that
 * owns the home.
 */
public final class Main implements Opened {
    /** How long Ctrl+C waits for work to stop cleanly: a little longer than tasks are given. */
    private static final long SECONDS_TO_STOP = 12;

    private final List<String> words;
    private final Home home;
    private final LocalTerminal terminal;
    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final Entrance entrance;
    private final Thread quiet;
    private @Nullable Residence residence;

    /** @param quiet what keeps the log off the terminal; to be waited for before anything is done */
    private Main(List<String> words, Map<String, String> environment, Thread quiet) {
        this.words = words;
        this.quiet = quiet;
        this.home = Cli.home(words)
                .map(named -> new Home(Path.of(named)))
                .orElseGet(() -> Home.usual(
                        System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", "")), environment));
        this.terminal = LocalTerminal.ofProcess(words, Language.ofSystem().tag(), environment);
        this.entrance = new Entrance(home, clock, environment);
    }

    /** Starts Coffer with the words that were typed after its name. */
    public static void main(String[] words) throws InterruptedException {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        // None of this depends on what was typed, which a thread of its own takes as long to understand.
        Thread.ofPlatform().daemon().name("words").start(() -> {
            Cli.prepare();
            OwnerServer.prepare();
        });
        Thread quiet = Thread.ofPlatform().daemon().name("log").start(HomeLog::quiet);
        Thread.ofPlatform().daemon().name("catalog").start(Catalog::prepare);
        System.exit(new Main(List.of(words), System.getenv(), quiet).run());
    }

    private int run() throws InterruptedException {
        if (Windowed.asked(words)) {
            quiet.join();
            return window();
        }
        Cli cli = new Cli(terminal, clock, this);
        Cli.Understood understood = cli.understand();
        quiet.join();
        return switch (understood) {
            case Cli.Understood.Finished finished -> finished.status();
            case Cli.Understood.Ready ready -> {
                try {
                    yield ready.needsHome() ? inHome(cli, ready) : alone(cli, ready);
                } catch (RuntimeException | IOException e) {
                    yield cli.failed(e);
                }
            }
        };
    }

    @Override
    public Console console() {
        Residence own = residence;
        if (own == null) {
            throw new IllegalStateException("no home is open");
        }
        return own.console();
    }

    @Override
    public Optional<Path> log() {
        return Optional.ofNullable(residence).flatMap(Residence::log);
    }

    private int window() {
        try {
            boolean shown = new Windowed(home, clock, entrance).run(words);
            return shown ? ExitStatus.DONE : new Cli(terminal, clock, this).broughtToFront();
        } catch (RuntimeException e) {
            return new Cli(terminal, clock, this).failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.PROBLEM;
        }
    }

    private int alone(Cli cli, Cli.Understood.Ready ready) {
        CountDownLatch left = stopCleanly();
        try {
            return cli.carryOut(ready);
        } finally {
            left.countDown();
        }
    }

    private int inHome(Cli cli, Cli.Understood.Ready ready) throws IOException {
        return switch (ready.owning() ? new Entrance.Way.Owner(entrance.own()) : entrance.command(terminal)) {
            case Entrance.Way.Relayed relayed -> relayed.status();
            case Entrance.Way.Owner owner
            when ready.background() -> {
                // What is started must outlive this process: another one takes the home and does it.
                owner.ownership().close();
                Background.start(home);
                yield entrance.guest(terminal);
            }
            case Entrance.Way.Owner owner -> {
                CountDownLatch left = stopCleanly();
                try (Residence own = Residence.open(home, owner.ownership(), clock, () -> false)) {
                    residence = own;
                    yield Caller.me(Caller.From.COMMAND).call(() -> cli.carryOut(ready));
                } finally {
                    left.countDown();
                }
            }
        };
    }

    /** Ctrl+C, or the end of the session, stops the work first; Java waits for it within limits. */
    private CountDownLatch stopCleanly() {
        CountDownLatch left = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            terminal.interrupt();
            try {
                // What does not stop in time is settled at the next start, as after a crash.
                left.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        return left;
    }
}
