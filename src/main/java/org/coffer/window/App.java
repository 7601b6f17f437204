package org.coffer.window;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.coffer.console.Console;
import org.coffer.console.audit.Caller;
import org.coffer.console.event.Event;
import org.coffer.console.setting.Settings;
import org.coffer.console.vault.VaultFilter;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Look;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.ErrorView;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.settings.About;
import org.coffer.window.shell.Appearance;
import org.coffer.window.shell.Route;
import org.coffer.window.shell.Scale;
import org.coffer.window.shell.Shell;
import org.coffer.window.tray.Tray;
import org.coffer.window.tray.TrayModel;
import org.jspecify.annotations.Nullable;

/**
 * The window of one home, from the first frame to the end of the process.
 *
 * <p>{@link #run} shows an empty frame at once and opens the services beside it; the pages come when both are there.
 * Closing the window while work runs hides it: the work goes on, and the program ends with it, unless the window was
 * brought back by {@link #toFront}. Started hidden, as at login, it is as if it had been closed. While it is hidden there is an
 * icon in the desktop's tray, if that has one. What nobody handled, on whatever thread, ends in the error dialog. Services are
 * called by virtual threads that act as the window's caller; the window's own thread never waits for them.
 */
public final class App {
    private static final System.Logger LOG = System.getLogger(App.class.getName());
    /** After the last key, before what takes a while is worked out. */
    private static final Duration TYPING = Duration.ofMillis(150);

    private final About about;
    private final Clock clock;
    private final Optional<Language> asked;
    private final WindowFile memory;
    private final Appearance appearance;
    private final Background background;
    private final Tray tray;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Shell shell;
    private @Nullable Console console;
    private @Nullable Stage stage;
    private @Nullable TrayModel icon;
    private boolean hidden;
    /** Whether it goes on for the policies while it is hidden. */
    private boolean staying;

    private boolean telling;
    /** Whether it is ending already, so that nothing is asked any more. */
    private boolean leaving;

    /**
     * A window that is not shown yet.
     *
     * @param about what is started, over a home's folder that exists
     * @param asked the language asked for when starting, which goes before the one that was chosen earlier
     * @param hidden whether it runs the policies without a window until it is brought {@linkplain #toFront to the front}
     */
    public App(About about, Optional<Language> asked, boolean hidden, Clock clock) {
        this(about, asked, hidden, clock, Tray.here(System.getenv()), Thread::startVirtualThread);
    }

    /**
     * A window whose works are run by {@code threads}, none of them on the window's own thread.
     *
     * @param tray shows an icon while the window is hidden
     */
    App(About about, Optional<Language> asked, boolean hidden, Clock clock, Tray tray, Executor threads) {
        this.about = about;
        this.tray = tray;
        this.hidden = hidden;
        this.staying = hidden;
        this.clock = clock;
        this.memory = new WindowFile(about.home().resolve("window.properties"));
        this.asked = asked;
        Language language = asked.or(() -> memory.recall(Settings.LANGUAGE).flatMap(Language::parse))
                .orElseGet(Language::ofSystem);
        this.appearance = new Appearance(language, look(memory.recall(Settings.LOOK)), memory, clock);
        Executor work =
                task -> threads.execute(() -> Caller.me(Caller.From.WINDOW).run(task));
        this.background = new Background(work, Platform::runLater, this::tell, App::pause);
    }

    /**
     * Shows the window, and returns when it was closed and no work is left.
     *
     * @param open opens the services; called on this thread while the toolkit starts
     */
    public void run(Supplier<Console> open) throws InterruptedException {
        Scale.chosen(memory).apply();
        Platform.startup(() -> {
            Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> unexpected(thrown));
            Platform.setImplicitExit(false);
            show(new Stage());
        });
        try {
            Console opened = open.get();
            First first = look(opened);
            Platform.runLater(() -> furnish(opened, first));
        } catch (RuntimeException e) {
            Problem problem = Problem.from(e);
            LOG.log(System.Logger.Level.ERROR, "opening " + about.home(), e);
            Platform.runLater(() -> cannotOpen(problem));
        }
        ended.await();
        Platform.exit();
    }

    /**
     * Brings the window to the front, as when Coffer is started a second time. May be called on any thread.
     *
     * @return true: there is a window
     */
    public boolean toFront() {
        Platform.runLater(() -> {
            hidden = false;
            Optional.ofNullable(icon).ifPresent(TrayModel::end);
            Optional.ofNullable(stage).ifPresent(window -> {
                window.setIconified(false);
                window.show();
                window.toFront();
                window.requestFocus();
            });
        });
        return true;
    }

    /** Ends {@link #run} without asking, as when the session ends. May be called on any thread. */
    public void quit() {
        ended.countDown();
    }

    /** What is asked of the services before the first page: preferences that another process changed, and vaults. */
    record First(Optional<String> language, Optional<String> look, boolean empty) {}

    static First look(Console console) {
        Settings settings = console.settings();
        return new First(
                settings.get(Settings.LANGUAGE),
                settings.get(Settings.LOOK),
                console.vaults().list(VaultFilter.ALL).isEmpty()
                        && console.vaults().list(VaultFilter.TRASH).isEmpty());
    }

    /** Shows the frame. */
    void show(Stage window) {
        stage = window;
        var made = new Shell(window, appearance);
        shell = made;
        window.setOnCloseRequest(this::closing);
        made.prepare(Opening.view(appearance.kit().getValue()));
        if (!hidden) {
            window.show();
        }
        appearance.languageProperty().subscribe((old, now) -> memory.keep(Settings.LANGUAGE, now.tag()));
        appearance.lookProperty().subscribe((old, now) -> memory.keep(Settings.LOOK, now.name()));
    }

    /** Fills the frame with pages, and begins to look around. */
    void furnish(Console opened, First first) {
        Shell frame = shell;
        if (frame == null) {
            throw new IllegalStateException("there is no frame yet");
        }
        console = opened;
        asked.or(() -> first.language().flatMap(Language::parse)).ifPresent(appearance.languageProperty()::set);
        first.look().ifPresent(name -> appearance.lookProperty().set(look(Optional.of(name))));
        var rooms = new Rooms(opened, frame, appearance, background, about);
        rooms.register();
        frame.open(Route.to(Rooms.OVERVIEW));
        opened.events().subscribe(event -> {
            if (event instanceof Event.TaskChanged || event instanceof Event.OpenDisksChanged) {
                Platform.runLater(this::endWithTheWork);
            }
        });
        icon = new TrayModel(
                tray,
                new TrayModel.Services(
                        opened.tasks(), opened.events(), opened.overviews()::now, () -> Farewell.next(opened)),
                new TrayModel.Ways(this::toFront, () -> attention(frame), this::quitFromTray),
                appearance.kit(),
                frame.strip().runningProperty(),
                background);
        if (hidden) {
            icon.begin(false);
        }
        background.act(opened::watch).start();
        if (first.empty() && !hidden) {
            Platform.runLater(rooms::firstStart);
        }
    }

    /** Says why there is nothing to show, and ends when that was read. */
    private void cannotOpen(Problem problem) {
        if (!hidden) {
            Optional.ofNullable(shell).ifPresent(frame -> frame.dialogs().show(explaining(problem)));
        }
        end();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TYPING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- Closing

    private void closing(WindowEvent event) {
        event.consume();
        Console opened = console;
        Shell frame = shell;
        if (opened == null || frame == null) {
            end();
        } else if (!telling && !leaving) {
            var farewell = new Farewell(frame.dialogs(), memory);
            background
                    .work(() -> Farewell.Left.in(opened, tray))
                    .then(left -> farewell.ask(left).ifPresent(this::leave))
                    .onError(problem -> leave(Farewell.After.END))
                    .start();
        }
    }

    private void leave(Farewell.After after) {
        if (after == Farewell.After.END) {
            Console opened = console;
            if (opened == null) {
                end();
                return;
            }
            leaving = true;
            Optional.ofNullable(stage).ifPresent(Stage::hide);
            // Holding runs still waits for what is on its way, which is nothing to keep the window's thread with.
            background
                    .work(() -> {
                        opened.suspend();
                        return opened;
                    })
                    .then(_ -> end())
                    .onError(_ -> end())
                    .start();
            return;
        }
        hidden = true;
        staying = after == Farewell.After.STAY;
        save();
        Optional.ofNullable(stage).ifPresent(Stage::hide);
        Optional.ofNullable(icon).ifPresent(shown -> shown.begin(true));
        endWithTheWork();
    }

    /** Shows what needs somebody. */
    private void attention(Shell frame) {
        toFront();
        Platform.runLater(() -> frame.navigator().open(Route.to(Rooms.OVERVIEW)));
    }

    /** Asks above the window, which closes again if the answer is to go on. */
    private void quitFromTray() {
        boolean stayed = staying;
        toFront();
        Platform.runLater(() -> {
            Console opened = console;
            Shell frame = shell;
            if (opened == null || frame == null || telling || leaving) {
                return;
            }
            background
                    .work(() -> Farewell.Left.in(opened, tray))
                    .then(left -> leave(new Farewell(frame.dialogs(), memory)
                            .askToEnd(left)
                            .orElse(stayed ? Farewell.After.STAY : Farewell.After.WITH_THE_WORK)))
                    .onError(problem -> leave(Farewell.After.END))
                    .start();
        });
    }

    /** Ends the program once nobody looks and nothing runs. */
    private void endWithTheWork() {
        Console opened = console;
        if (hidden
                && !staying
                && (opened == null
                        || !(opened.tasks().busy() || opened.openDisks().serving()))) {
            end();
        }
    }

    private void end() {
        Optional.ofNullable(stage).ifPresent(Stage::hide);
        Optional.ofNullable(icon).ifPresent(TrayModel::end);
        save();
        ended.countDown();
    }

    /** Whether the program may end, for tests. */
    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    private void save() {
        try {
            memory.save();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "keeping the window's arrangement", e);
        }
    }

    // ---- Errors

    private void unexpected(Throwable thrown) {
        LOG.log(System.Logger.Level.ERROR, "nobody handled this", thrown);
        Platform.runLater(() -> tell(Problem.from(thrown)));
    }

    /** One at a time: what fails while somebody reads of the first failure is in the log. */
    private void tell(Problem problem) {
        Shell frame = shell;
        if (frame == null || telling || hidden) {
            LOG.log(System.Logger.Level.ERROR, "not shown: {0}", problem);
            return;
        }
        telling = true;
        try {
            frame.dialogs().show(explaining(problem));
        } finally {
            telling = false;
        }
    }

    private Sheet explaining(Problem problem) {
        String what = appearance.kit().getValue().text().explain(problem).what();
        return new Sheet(Sentence.data(what), 560, kit -> new ErrorView(kit, problem, "", clock.instant()))
                .icon(Icon.ERROR)
                .cancel("kit.close");
    }

    private static Look look(Optional<String> name) {
        return name.map(chosen -> chosen.toUpperCase(Locale.ROOT))
                .flatMap(chosen -> Arrays.stream(Look.values())
                        .filter(look -> look.name().equals(chosen))
                        .findFirst())
                .orElse(Look.SYSTEM);
    }
}
