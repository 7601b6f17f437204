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
     */
    record Left(boolean busy, boolean open, Optional<Agenda.Upcoming> next) {
        /** Looks; blocks. */
        static Left in(Console console) {
            return new Left(
                    console.tasks().busy(),
                    console.openDisks().serving(),
                    console.policies().agenda().upcoming(1).stream().findFirst());
        }
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
            return choose(left.next().get(), left);
        }
        if (!left.busy() && !left.open()) {
            return Optional.of(After.END);
        }
        Question question = Question.plain(
                Sentence.of(left.busy() ? "window.close.title" : "window.close.open.title"),
                Sentence.of("window.close"),
                Sentence.of(left.busy() ? "window.close.goes-on" : "window.close.open.goes-on"),
                Sentence.of("window.close.back"));
        return dialogs.confirm(question) ? Optional.of(After.WITH_THE_WORK) : Optional.empty();
    }

    private Optional<After> choose(Agenda.Upcoming next, Left left) {
        ObjectProperty<After> chosen = new SimpleObjectProperty<>(
                memory.recall(CHOICE).equals(Optional.of(After.END.name())) ? After.END : After.STAY);
        var sheet = new Sheet(Sentence.of("window.close.choose"), WIDTH, kit -> choices(kit, next, left, chosen))
                .icon(Icon.POLICY);
        sheet.act(Act.of("window.close", sheet::done));
        if (!dialogs.show(sheet)) {
            return Optional.empty();
        }
        memory.keep(CHOICE, chosen.get().name());
        return Optional.of(chosen.get());
    }

    private static Choices<After> choices(Kit kit, Agenda.Upcoming next, Left left, ObjectProperty<After> chosen) {
        return new Choices<>(kit, chosen)
                .choice(
                        After.STAY,
                        Icon.SHIELD,
                        kit.say("window.close.stay"),
                        kit.say("window.close.stay.help", "vault", next.vault().name(), "time", next.at()))
                .choice(After.END, Icon.STOP, kit.say("window.close.end"), kit.say(help(left)));
    }

    private static String help(Left left) {
        if (left.busy()) {
            return "window.close.end.busy";
        }
        return left.open() ? "window.close.end.open" : "window.close.end.help";
    }
}
