package org.coffer.window.tray;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.overview.Attention;
import org.coffer.console.overview.Calls;
import org.coffer.console.overview.Overview;
import org.coffer.console.policy.Agenda;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.Tasks;
import org.coffer.problem.ProblemException;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Strip;

/**
 * What the icon in the tray says and offers while the window is closed: what runs, what comes next, what waits for the user;
 * opening the window, holding the work still, ending the program. Used on the window's thread; the tray itself is not.
 */
public final class TrayModel {
    /**
     * What it looks at.
     *
     * @param upcoming the next run of a policy
     */
    public record Services(
            Tasks tasks, Events events, Supplier<Overview> overview, Supplier<Optional<Agenda.Upcoming>> upcoming) {}

    /**
     * Where it leads; called by any thread.
     *
     * @param open shows the window
     * @param attention shows what needs somebody
     * @param quit asks whether the program is to end
     */
    public record Ways(Runnable open, Runnable attention, Runnable quit) {}

    /** One look at everything. */
    private record Look(Overview overview, Optional<Agenda.Upcoming> next, boolean pausable, boolean paused) {}

    /** Lines of one message. */
    private static final int MOST_LINES = 3;

    private final Tray tray;
    private final Services services;
    private final Ways ways;
    private final ObservableValue<Kit> kit;
    private final ObservableValue<Optional<Strip.Running>> running;
    private final Background background;
    private final Bridge<Look> bridge;
    private final TrayArt art = new TrayArt();
    private final ReentrantLock line = new ReentrantLock();
    private final Calls calls = new Calls();
    private Optional<Look> known = Optional.empty();
    private boolean on;
    private volatile Optional<Face> wanted = Optional.empty();

    /**
     * An icon that is not shown yet.
     *
     * @param running what the strip of the window says
     */
    public TrayModel(
            Tray tray,
            Services services,
            Ways ways,
            ObservableValue<Kit> kit,
            ObservableValue<Optional<Strip.Running>> running,
            Background background) {
        this.tray = tray;
        this.services = services;
        this.ways = ways;
        this.kit = kit;
        this.running = running;
        this.background = background;
        this.bridge = new Bridge<>(background, this::look, this::seen, background::unhandled);
        services.events().subscribe(event -> {
            if (!(event instanceof Event.TasksProgressed)) {
                background.onWindow(this::changed);
            }
        });
        running.subscribe((before, now) -> {
            if (!told(before).equals(told(now))) {
                paint();
            }
        });
        kit.subscribe((before, now) -> paint());
    }

    /** What of the work is worth to be painted anew: not each step of the seconds that are left. */
    private static List<Object> told(Optional<Strip.Running> now) {
        return now.map(run -> List.<Object>of((int) Math.floor(run.share() * 100), run.still(), run.also()))
                .orElse(List.of());
    }

    /**
     * Shows the icon from now on, and tells by a message of what comes up.
     *
     * @param seen whether what is there already was to be seen in the window; false if there was none, as at login
     */
    public void begin(boolean seen) {
        on = true;
        calls.begin(seen);
        bridge.changed();
    }

    /** Takes it away. */
    public void end() {
        on = false;
        known = Optional.empty();
        wanted = Optional.empty();
        background.act(this::push).start();
    }

    private void changed() {
        if (on) {
            bridge.changed();
        }
    }

    private Look look() {
        List<Task> open = services.tasks().open();
        return new Look(
                services.overview().get(),
                services.upcoming().get(),
                open.stream().anyMatch(services.tasks()::pausable),
                open.stream().anyMatch(task -> task.status() == TaskStatus.PAUSED));
    }

    private void seen(Look now) {
        known = Optional.of(now);
        paint();
        if (on) {
            tell(now);
        }
    }

    // ---- what it tells of by itself

    private void tell(Look now) {
        Calls.Found found = calls.look(now.overview().needs());
        if (!found.fresh().isEmpty()) {
            Notice notice = notice(kit.getValue(), found.open());
            background.act(() -> tray.tell(notice)).start();
        }
    }

    /** Of several the number, and the first few in lines. */
    private Notice notice(Kit says, List<Attention> open) {
        if (open.size() == 1) {
            Attention one = open.getFirst();
            String why = one.problem()
                    .map(problem -> says.text().explain(problem).line())
                    .orElseGet(() -> says.say("tray.notice.asked"));
            return new Notice(words(says, one), why, says.say("tray.open"), ways.attention());
        }
        String lines =
                open.stream().limit(MOST_LINES).map(one -> words(says, one)).collect(Collectors.joining("\n"));
        return new Notice(
                says.say("overview.verdict.needs", "n", open.size()), lines, says.say("tray.open"), ways.attention());
    }

    private static String words(Kit says, Attention need) {
        String kind = need.kind() == Attention.Kind.RUN_ASKED ? "run-asked" : "backup-failed";
        return says.say("word.overview.kind." + kind, "name", need.name(), "number", need.number());
    }

    private void paint() {
        if (on && known.isPresent()) {
            wanted = Optional.of(face(known.get()));
            background.act(this::push).start();
        }
    }

    /** Whoever comes last shows what is wanted last. */
    private void push() {
        line.lock();
        try {
            wanted.ifPresentOrElse(tray::show, tray::hide);
        } finally {
            line.unlock();
        }
    }

    // ---- what it says

    private Face face(Look now) {
        Kit says = kit.getValue();
        boolean attention = now.overview().verdict() == Overview.Verdict.NEEDS_ATTENTION;
        Optional<String> work = running.getValue().map(run -> says.say(run.words()));
        String next = next(says, now);
        Optional<String> needs = attention
                ? Optional.of(says.say(
                        "overview.verdict.needs", "n", now.overview().needs().size()))
                : Optional.empty();
        Optional<String> asked = asked(says, now);
        String words = Stream.of(work, asked, needs, Optional.of(next))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"));
        return new Face(
                attention,
                says.say("shell.name"),
                words,
                art.pictures(mark(attention, now)),
                ways.open(),
                menu(says, now, work, List.of(asked, needs), next));
    }

    private TrayArt.Mark mark(boolean attention, Look now) {
        if (attention) {
            return TrayArt.Mark.ATTENTION;
        }
        boolean works = running.getValue().filter(run -> !run.still()).isPresent() || now.pausable();
        return works ? TrayArt.Mark.WORKING : TrayArt.Mark.NONE;
    }

    private static String next(Kit says, Look now) {
        return now.next()
                .map(run -> says.say("tray.next", "vault", run.vault().name(), "time", run.at()))
                .orElseGet(() -> says.say("tray.none"));
    }

    private List<Face.Item> menu(Kit says, Look now, Optional<String> work, List<Optional<String>> calls, String next) {
        return List.of(
                Face.Item.of(says.say("tray.open"), ways.open()),
                Face.Item.LINE,
                work.map(Face.Item::told).orElse(Face.Item.ABSENT),
                Face.Item.told(next),
                call(calls.getFirst()),
                call(calls.getLast()),
                now.pausable() ? Face.Item.of(says.say("tray.pause"), () -> act(this::pause)) : Face.Item.ABSENT,
                now.paused() ? Face.Item.of(says.say("tray.resume"), () -> act(this::resume)) : Face.Item.ABSENT,
                Face.Item.LINE,
                Face.Item.of(says.say("tray.quit"), ways.quit()));
    }

    private Face.Item call(Optional<String> words) {
        return words.map(said -> Face.Item.of(said, ways.attention())).orElse(Face.Item.ABSENT);
    }

    /** Named beside the count of all needs: it goes by itself at the next run, so nobody should find it too late (P11). */
    private static Optional<String> asked(Kit says, Look now) {
        long missed = now.overview().needs().stream()
                .filter(need -> need.kind() == Attention.Kind.RUN_ASKED)
                .mapToLong(Attention::number)
                .sum();
        return missed == 0 ? Optional.empty() : Optional.of(says.say("tray.asked", "n", missed));
    }

    // ---- what it does

    private void act(Runnable what) {
        background.onWindow(() -> background.act(what).start());
    }

    private void pause() {
        services.tasks().open().stream().filter(services.tasks()::pausable).forEach(this::pause);
    }

    private void pause(Task task) {
        unlessOver(() -> services.tasks().pause(task.id()));
    }

    private void resume() {
        services.tasks().open().stream()
                .filter(task -> task.status() == TaskStatus.PAUSED)
                .forEach(task -> unlessOver(() -> services.tasks().resume(task.id())));
    }

    /** What ended meanwhile needs neither. */
    private static void unlessOver(Runnable act) {
        try {
            act.run();
        } catch (ProblemException e) {
            System.getLogger(TrayModel.class.getName()).log(System.Logger.Level.INFO, "it is over", e);
        }
    }
}
