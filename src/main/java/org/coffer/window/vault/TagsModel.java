package org.coffer.window.vault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.vault.Tags;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.disk.DiskDesk;

/** The tags of a vault while they are edited (V10). */
final class TagsModel {
    private final DiskDesk desk;
    private final Vault vault;
    private final StringProperty key = new SimpleStringProperty("");
    private final StringProperty value = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Map<String, String>> tags;
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());

    TagsModel(DiskDesk desk, Vault vault) {
        this.desk = desk;
        this.vault = vault;
        this.tags = new ReadOnlyObjectWrapper<>(new TreeMap<>(vault.tags()));
    }

    // ---- Properties

    StringProperty key() {
        return key;
    }

    StringProperty value() {
        return value;
    }

    ReadOnlyObjectProperty<Map<String, String>> tags() {
        return tags.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    // ---- Commands

    /** Adds the tag in the fields; one with the same key takes the new value. Says whether it could be added. */
    boolean add() {
        var more = new TreeMap<>(tags.get());
        more.put(key.get().strip(), value.get().strip());
        Optional<Problem> wrong = Tags.problem(more);
        problem.set(wrong);
        if (wrong.isEmpty()) {
            tags.set(more);
            key.set("");
            value.set("");
        }
        return wrong.isEmpty();
    }

    void remove(String gone) {
        var fewer = new TreeMap<>(tags.get());
        fewer.remove(gone);
        tags.set(fewer);
        problem.set(Optional.empty());
    }

    /** Saves them, with what still stands in the fields. */
    void save(Runnable done) {
        if (!key.get().isBlank() && !add()) {
            return;
        }
        Map<String, String> now = new LinkedHashMap<>(tags.get());
        desk.background()
                .act(() -> desk.services().vaults().tag(vault.id(), now))
                .then(saved -> done.run())
                .onError(cause -> problem.set(Optional.of(cause)))
                .start();
    }
}
