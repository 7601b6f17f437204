package org.coffer.window;

import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.Console;
import org.coffer.console.policy.Agenda;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.kit.form.Choices;
import org.coffer.window.tray.Tray;

/**
 * What becomes of Coffer when its window is closed (Z3): it ends if nothing is left to do; it goes on for as long as
 * something runs; and where policies have runs to come, the user chooses between going on for them and ending.
 */
final class Farewell {
    private static final double WIDTH = 520;
    private static final String CHOICE = "window.close";

    /** What happens then. */
    enum After {
        /** The program ends; what runs is held still and goes on at the next start. */
        END,
        /** It goes on without a window, and ends with the work. */
        WITH_THE_WORK,
        /** It goes on without a window until it is started again, or stopped. */
        STAY
    }

    /**
     * What is left to do.
     *
     * @param busy whether something runs or waits
     * @param open whether a backup is open as a disk
     * @param next the next run of a policy
     * @param tray whether an icon shows that it goes on
     */
    record Left(boolean busy, boolean open, Optional<Agenda.Upcoming> next, boolean tray) {
        /** Looks; blocks. */
        static Left in(Console console, Tray tray) {
            return new Left(
                    console.tasks().busy(), console.openDisks().serving(), Farewell.next(console), tray.there());
        }
    }

    /** The next run of a policy; blocks. */
    static Optional<Agenda.Upcoming> next(Console console) {
        return console.policies().agenda().upcoming(1).stream().findFirst();
    }

    private final Dialogs dialogs;
    private final LayoutMemory memory;

    Farewell(Dialogs dialogs, LayoutMemory memory) {
        this.dialogs = dialogs;
        this.memory = memory;
    }

    /** Asks where there is something to ask; empty if the window stays open. */
    Optional<After> ask(Left left) {
        if (left.next().isPresent()) {
            boolean end = memory.recall(CHOICE).equals(Optional.of(After.END.name()));
            Optional<After> chosen = choose(left, "window.close.choose", end);
            chosen.ifPresent(now -> memory.keep(CHOICE, now.name()));
            return chosen;
        }
        if (!left.busy() && !left.open()) {
            return Optional.of(After.END);
        }
        Question question = Question.plain(
                Sentence.of(left.busy() ? "window.close.title" : "window.close.open.title"),
                Sentence.of("window.close"),
                Sentence.of(left.busy() ? "window.close.goes-on" : "window.close.open.goes-on"),
                Sentence.of(left.tray() ? "window.close.back.tray" : "window.close.back"));
        return dialogs.confirm(question) ? Optional.of(After.WITH_THE_WORK) : Optional.empty();
    }

    /** Asks somebody who wants it to end; empty if it is to go on as it was. */
    Optional<After> askToEnd(Left left) {
        if (left.next().isEmpty() && !left.busy() && !left.open()) {
            return Optional.of(After.END);
        }
        return choose(left, "window.quit.choose", true);
    }

    private Optional<After> choose(Left left, String title, boolean end) {
        After goOn = left.next().isPresent() ? After.STAY : After.WITH_THE_WORK;
        ObjectProperty<After> chosen = new SimpleObjectProperty<>(end ? After.END : goOn);
        var sheet = new Sheet(Sentence.of(title), WIDTH, kit -> choices(kit, left, goOn, chosen)).icon(Icon.POLICY);
        sheet.act(Act.of(
                chosen.map(now -> Sentence.of(now == After.END ? "window.close.end" : "window.close")), sheet::done));
        return dialogs.show(sheet) ? Optional.of(chosen.get()) : Optional.empty();
    }

    private static Choices<After> choices(Kit kit, Left left, After goOn, ObjectProperty<After> chosen) {
        return new Choices<>(kit, chosen)
                .choice(goOn, Icon.SHIELD, kit.say(goesOn(left)), kit.say(how(left)))
                .choice(After.END, Icon.STOP, kit.say("window.close.end"), kit.say(help(left)));
    }

    private static String goesOn(Left left) {
        if (left.next().isPresent()) {
            return "window.close.stay";
        }
        return left.busy() ? "window.quit.work" : "window.quit.open";
    }

    private static Sentence how(Left left) {
        return left.next()
                .map(next -> Sentence.of(
                        left.tray() ? "window.close.stay.help.tray" : "window.close.stay.help",
                        "vault",
                        next.vault().name(),
                        "time",
                        next.at()))
                .orElseGet(() -> Sentence.of(left.busy() ? "window.close.goes-on" : "window.close.open.goes-on"));
    }

    private static String help(Left left) {
        if (left.busy()) {
            return "window.close.end.busy";
        }
        return left.open() ? "window.close.end.open" : "window.close.end.help";
    }
}
