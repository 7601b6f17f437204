package org.coffer.window.shell;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TextField;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.kit.form.Form;
import org.coffer.window.kit.table.TablePane;

/** Asks for a day and goes there in a list that is in the order of time (Ctrl+G). */
final class GoToDate {
    private static final double WIDTH = 400;

    private final Dialogs dialogs;

    GoToDate(Dialogs dialogs) {
        this.dialogs = dialogs;
    }

    /** Asks, at first with {@code today}, and goes. */
    void ask(TablePane<?> list, LocalDate today) {
        var typed = new SimpleStringProperty(today.toString());
        ObservableValue<Optional<Sentence>> problem = typed.map(
                words -> day(words).isPresent() ? Optional.empty() : Optional.of(Sentence.of("shell.go-to.problem")));
        var sheet = new Sheet(Sentence.of("shell.go-to.title"), WIDTH, kit -> {
                    TextField field = kit.field("");
                    field.textProperty().bindBidirectional(typed);
                    return new Form(kit).field("shell.go-to.day", field, "shell.go-to.help", problem);
                })
                .icon(Icon.POLICY);
        sheet.act(Act.of("shell.go-to", sheet::done).unless(problem));
        if (dialogs.show(sheet)) {
            day(typed.get()).ifPresent(list::goTo);
        }
    }

    private static Optional<LocalDate> day(String words) {
        try {
            return Optional.of(LocalDate.parse(words.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
