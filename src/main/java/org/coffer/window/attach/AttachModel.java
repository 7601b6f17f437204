package org.coffer.window.attach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.attach.Attached;
import org.coffer.console.attach.Attaching;
import org.coffer.console.location.Location;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Remembered;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;

/**
 * The vaults of a location on their way back (V17): found, opened with what somebody knows, and attached once it was said
 * whether the Coffer that kept them is gone. Keys are wiped when the sheet is closed.
 */
final class AttachModel implements AutoCloseable {
    private final Attaching attaching;
    private final Location location;
    private final Background.Line line;
    private final ReadOnlyObjectWrapper<List<FoundVault>> vaults = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<List<String>>> owners = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty secret = new SimpleStringProperty("");
    private final ObjectProperty<Optional<Boolean>> ownerGone = new SimpleObjectProperty<>(Optional.empty());
    private boolean closed;

    AttachModel(Attaching attaching, Location location, Background background) {
        this.attaching = attaching;
        this.location = location;
        this.line = background.line();
    }

    // ---- Properties

    /** The vaults that lie there, but those that are attached already. */
    ReadOnlyObjectProperty<List<FoundVault>> vaults() {
        return vaults.getReadOnlyProperty();
    }

    /** A passphrase or a recovery code. */
    StringProperty secret() {
        return secret;
    }

    /** Where the Coffer works that kept them so far; empty as long as none was opened that another kept. */
    ReadOnlyObjectProperty<Optional<List<String>>> owners() {
        return owners.getReadOnlyProperty();
    }

    /** Whether it is gone for good; empty until somebody says so. */
    ObjectProperty<Optional<Boolean>> ownerGone() {
        return ownerGone;
    }

    /** Why looking, opening or attaching failed. */
    ReadOnlyObjectProperty<Optional<Problem>> failure() {
        return failure.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busy() {
        return line.busyProperty();
    }

    /** Whether any of them waits for a key. */
    ObservableValue<Boolean> locked() {
        return vaults.map(all -> all.stream().anyMatch(FoundVault::closed));
    }

    // ---- Commands

    /** Looks what is there, and opens what takes no key. */
    void look() {
        line.work(() -> attaching.find(location.id()).stream()
                        .map(FoundVault::of)
                        .filter(found -> found.refused()
                                .filter(problem -> problem.code().equals("vault.known"))
                                .isEmpty())
                        .map(found -> found.closed() && !found.stranger().encrypted()
                                ? opened(found, Optional.empty())
                                : found)
                        .toList())
                .then(found -> {
                    show(found);
                    failure.set(
                            found.isEmpty()
                                    ? Optional.of(Problem.of("attach.none", "location", location.name()))
                                    : Optional.empty());
                })
                .onError(problem -> failure.set(Optional.of(problem)))
                .start();
    }

    /** Tries what was typed on every vault that is not open yet. */
    Act open() {
        return Act.of("attach.open", this::tryOut)
                .with(Icon.KEY)
                .unless(secret.map(typed ->
                        typed.isBlank() ? Optional.of(Sentence.of("attach.secret.needed")) : Optional.empty()));
    }

    private void tryOut() {
        char[] typed = secret.get().strip().toCharArray();
        List<FoundVault> now = vaults.get();
        failure.set(Optional.empty());
        line.work(() -> {
                    try {
                        return now.stream()
                                .map(found -> found.closed() ? opened(found, Optional.of(typed)) : found)
                                .toList();
                    } finally {
                        Arrays.fill(typed, '\0');
                    }
                })
                .then(found -> {
                    show(found);
                    if (found.stream().filter(FoundVault::closed).findAny().isEmpty()) {
                        secret.set("");
                    }
                })
                .onError(problem -> failure.set(Optional.of(problem)))
                .start();
    }

    private FoundVault opened(FoundVault found, Optional<char[]> typed) {
        try {
            return found.with(attaching.open(found.stranger(), typed));
        } catch (ProblemException e) {
            return found.refused(e.problem());
        }
    }

    private void show(List<FoundVault> found) {
        if (closed) {
            opened(found).forEach(OpenedStranger::close);
            return;
        }
        vaults.set(found);
        List<Remembered.Owner> former = opened(found).stream()
                .flatMap(one -> attaching.formerOwner(one).stream())
                .toList();
        owners.set(
                former.isEmpty()
                        ? Optional.empty()
                        : Optional.of(former.stream()
                                .map(Remembered.Owner::host)
                                .distinct()
                                .toList()));
    }

    private static List<OpenedStranger> opened(List<FoundVault> all) {
        return all.stream().flatMap(found -> found.opened().stream()).toList();
    }

    /** Attaches those that are open. {@code done} is given what came back. */
    Act attach(Consumer<List<Attached>> done) {
        ObservableValue<Sentence> title = vaults.map(all -> {
            int open = opened(all).size();
            return open == 0 ? Sentence.of("attach.do") : Sentence.of("attach.do.some", "n", open);
        });
        return Act.of(title, () -> send(done))
                .unless(Bindings.createObjectBinding(this::whyNot, vaults, owners, ownerGone));
    }

    private Optional<Sentence> whyNot() {
        if (opened(vaults.get()).isEmpty()) {
            return Optional.of(Sentence.of("attach.unopened"));
        }
        return owners.get().isPresent() && ownerGone.get().isEmpty()
                ? Optional.of(Sentence.of("attach.unanswered"))
                : Optional.empty();
    }

    private void send(Consumer<List<Attached>> done) {
        if (line.busyProperty().get()) {
            return;
        }
        failure.set(Optional.empty());
        boolean gone = ownerGone.get().orElse(true);
        List<OpenedStranger> open = opened(vaults.get());
        line.work(() -> {
                    List<Attached> attached = new ArrayList<>();
                    for (OpenedStranger one : open) {
                        attached.add(attaching.attach(one, gone));
                    }
                    return attached;
                })
                .then(done)
                .onError(problem -> {
                    failure.set(Optional.of(problem));
                    look();
                })
                .start();
    }

    /** Wipes the keys of what was opened. */
    @Override
    public void close() {
        closed = true;
        opened(vaults.get()).forEach(OpenedStranger::close);
    }
}
