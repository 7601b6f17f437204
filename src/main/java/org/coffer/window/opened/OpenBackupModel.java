package org.coffer.window.opened;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.opened.OpenDisks;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/** How a backup is to be opened as a disk. */
final class OpenBackupModel {
    private final OpenDisks opened;
    private final Backup backup;
    private final Background.Line line;
    private final ObjectProperty<Access> access = new SimpleObjectProperty<>(Access.READ_ONLY);
    private final BooleanProperty port = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper goesOn = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<OpenDisk>> already = new ReadOnlyObjectWrapper<>(Optional.empty());

    OpenBackupModel(OpenDisks opened, Desk desk, Backup backup) {
        this.opened = opened;
        this.backup = backup;
        this.line = desk.background().line();
        desk.background()
                .work(() -> opened.keepsChanges(backup.id()))
                .then(goesOn::set)
                .start();
        desk.background()
                .work(() -> opened.list().stream()
                        .filter(disk ->
                                disk.backup().equals(backup.id()) && disk.uri().isPresent())
                        .findFirst())
                .then(already::set)
                .start();
    }

    /** Whether it takes writes. */
    ObjectProperty<Access> accessProperty() {
        return access;
    }

    /** Whether it is served on a port of this computer, and not on a socket that only its user reaches. */
    BooleanProperty portProperty() {
        return port;
    }

    /** Whether a writable disk goes on with changes from before. */
    ObservableValue<Boolean> goesOn() {
        return goesOn.getReadOnlyProperty();
    }

    /** A disk of the same backup that is open already. */
    ObservableValue<Optional<OpenDisk>> already() {
        return already.getReadOnlyProperty();
    }

    /** Why it cannot be opened now. */
    ObservableValue<Optional<Sentence>> whyNot() {
        return line.busyProperty()
                .map(busy -> busy ? Optional.of(Sentence.of("opened.opening")) : Optional.<Sentence>empty());
    }

    /** Opens it. */
    void open(Consumer<OpenDisk> then) {
        var address = port.get() ? new NewOpening.Address.Port(0) : new NewOpening.Address.Anywhere();
        var wanted = new NewOpening(backup.id(), access.get() == Access.WRITABLE, address);
        line.work(() -> opened.open(wanted)).then(then).start();
    }
}
