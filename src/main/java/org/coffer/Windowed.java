package org.coffer;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.command.relay.Entrance;
import org.coffer.console.home.Autostart;
import org.coffer.console.home.Home;
import org.coffer.console.home.HomeOwnership;
import org.coffer.text.Language;
import org.coffer.window.App;
import org.coffer.window.settings.About;

/**
 * The program as a window. Only this class of its package knows the window, and it is loaded only for it: a command
 * starts without JavaFX.
 */
final class Windowed {
    /** How long the end of the session waits for work to stop cleanly: a little longer than tasks are given. */
    private static final long SECONDS_TO_STOP = 12;

    private final Home home;
    private final Clock clock;
    private final Entrance entrance;

    Windowed(Home home, Clock clock, Entrance entrance) {
        this.home = home;
        this.clock = clock;
        this.entrance = entrance;
    }

    /** Whether the words that were typed name no command: nothing but the options that may stand before one. */
    static boolean asked(List<String> words) {
        for (Iterator<String> left = words.iterator(); left.hasNext(); ) {
            String word = left.next();
            boolean takesValue = word.equals("--home") || word.equals("--lang");
            if (!takesValue
                    && !word.startsWith("--home=")
                    && !word.startsWith("--lang=")
                    && !word.equals(Autostart.HIDDEN)) {
                return false;
            }
            if (takesValue && left.hasNext() && left.next().isBlank()) {
                // Left to the commands, which say what is wrong with it.
                return false;
            }
        }
        return true;
    }

    /**
     * Shows the window and returns when it was closed and its work is done; or brings the window of the home's owner to
     * the front.
     *
     * @param words what was typed
     * @return false if it was the owner's window that came to the front
     * @throws org.coffer.problem.ProblemException as {@link Entrance#window}
     */
    boolean run(List<String> words) throws InterruptedException {
        if (words.contains(Autostart.HIDDEN)) {
            runHidden(words);
            return true;
        }
        return switch (entrance.window()) {
            case Entrance.Way.Relayed ignored -> false;
            case Entrance.Way.Owner owner -> {
                own(owner.ownership(), language(words), false);
                yield true;
            }
        };
    }

    /** As at login: nothing is shown, and where somebody owns the home already, nothing is left to do. */
    private void runHidden(List<String> words) throws InterruptedException {
        Optional<HomeOwnership> ownership = entrance.ownIfFree();
        if (ownership.isPresent()) {
            own(ownership.get(), language(words), true);
        }
    }

    private void own(HomeOwnership ownership, Optional<Language> language, boolean hidden) throws InterruptedException {
        App app = new App(about(), language, hidden, clock);
        var residence = new AtomicReference<Residence>();
        CountDownLatch left = stopCleanly(app);
        try {
            app.run(() -> {
                Residence own = Residence.open(home, ownership, clock, app::toFront);
                residence.set(own);
                return own.console();
            });
        } finally {
            Residence own = residence.get();
            if (own == null) {
                ownership.close();
            } else {
                own.close();
            }
            left.countDown();
        }
    }

    /** The end of the session stops the work first; Java waits for it within limits. */
    private static CountDownLatch stopCleanly(App app) {
        CountDownLatch left = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            app.quit();
            try {
                // What does not stop in time is settled at the next start, as after a crash.
                left.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        return left;
    }

    private static Optional<Language> language(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith("--lang=")) {
                return Language.parse(words.get(i).substring("--lang=".length()));
            }
            if (words.get(i).equals("--lang") && i + 1 < words.size()) {
                return Language.parse(words.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private About about() {
        Optional<Autostart> autostart = program()
                .flatMap(program -> Autostart.of(
                        home,
                        System.getProperty("os.name", ""),
                        Path.of(System.getProperty("user.home", "")),
                        System.getenv(),
                        program));
        return new About(version(), home.directory(), home.log(), autostart);
    }

    /** What starts Coffer from outside: the launcher of a checkout, or of an installed program. */
    private static Optional<Path> program() {
        return Optional.ofNullable(System.getProperty("coffer.launcher"))
                .or(() -> Optional.ofNullable(System.getProperty("jpackage.app-path")))
                .map(Path::of);
    }

    private static String version() {
        return Objects.requireNonNullElse(Windowed.class.getPackage().getImplementationVersion(), "development");
    }
}
