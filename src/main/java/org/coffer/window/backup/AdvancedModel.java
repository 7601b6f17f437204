package org.coffer.window.backup;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Kind;
import org.coffer.console.backup.Origin;
import org.coffer.window.kit.Sentence;

/** Search conditions being filled in. */
final class AdvancedModel {
    final StringProperty name;
    final StringProperty id;
    final StringProperty vaultId;
    final StringProperty diskName;
    final StringProperty diskId;
    final StringProperty from;
    final StringProperty until;
    final ObjectProperty<Optional<Kind>> kind;
    final ObjectProperty<Optional<Origin>> origin;

    /** Begins with what is asked now. */
    AdvancedModel(Advanced now) {
        name = new SimpleStringProperty(now.name());
        id = new SimpleStringProperty(now.id());
        vaultId = new SimpleStringProperty(now.vaultId());
        diskName = new SimpleStringProperty(now.diskName());
        diskId = new SimpleStringProperty(now.diskId());
        from = new SimpleStringProperty(now.from().map(LocalDate::toString).orElse(""));
        until = new SimpleStringProperty(now.until().map(LocalDate::toString).orElse(""));
        kind = new SimpleObjectProperty<>(now.kind());
        origin = new SimpleObjectProperty<>(now.origin());
    }

    /** What is wrong with a day. */
    ObservableValue<Optional<Sentence>> problem(StringProperty day) {
        return day.map(words -> words.isBlank() || day(words).isPresent()
                ? Optional.<Sentence>empty()
                : Optional.of(Sentence.of("backups.advanced.day.wrong")));
    }

    Advanced result() {
        return new Advanced(
                name.get().strip(),
                id.get().strip(),
                vaultId.get().strip(),
                diskName.get().strip(),
                diskId.get().strip(),
                kind.get(),
                origin.get(),
                day(from.get()),
                day(until.get()));
    }

    private static Optional<LocalDate> day(String words) {
        try {
            return words.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(words.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
