package org.coffer.window.vault;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.AutoBinding;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;

/** The rule by which disks bind themselves to a vault (V8), and what it matches while it is typed. */
final class AutoBindModel {
    private static final String ANY = "*";

    private final DiskDesk desk;
    private final Vault vault;
    private final AutoBinding binding;
    private final Background.Line line;
    private final BooleanProperty on;
    private final StringProperty pattern;
    private final StringProperty folder;
    private final ReadOnlyObjectWrapper<Optional<List<Disk>>> matches = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private boolean sending;

    /**
     * The rule that a vault has, to be changed; switched on where there is none yet.
     *
     * @param rule what it has
     */
    AutoBindModel(DiskDesk desk, Vault vault, Optional<AutoBindRule> rule) {
        this.desk = desk;
        this.vault = vault;
        this.binding = desk.services().vaults().autoBinding();
        this.line = desk.background().line();
        this.on = new SimpleBooleanProperty(true);
        this.pattern = new SimpleStringProperty(rule.map(AutoBindRule::pattern).orElse(ANY));
        this.folder = new SimpleStringProperty(rule.map(AutoBindRule::folder).orElse(""));
        on.subscribe((was, now) -> look());
        pattern.subscribe((was, now) -> look());
        folder.subscribe((was, now) -> look());
        look();
    }

    private AutoBindRule rule() {
        return new AutoBindRule(pattern.get().strip(), folder.get().strip());
    }

    private void look() {
        AutoBindRule typed = rule();
        problem.set(on.get() ? AutoBinding.problem(typed) : Optional.empty());
        if (problem.get().isPresent()) {
            matches.set(Optional.empty());
            return;
        }
        line.work(() -> binding.matches(vault.id(), typed))
                .then(found -> matches.set(Optional.of(found)))
                .start();
    }

    // ---- Properties

    /** Whether there is a rule. */
    BooleanProperty on() {
        return on;
    }

    /** What names look like. */
    StringProperty pattern() {
        return pattern;
    }

    /** Below which folder the disks lie; empty for anywhere. */
    StringProperty folder() {
        return folder;
    }

    /** The disks that would be bound now; empty while the rule is none. */
    ReadOnlyObjectProperty<Optional<List<Disk>>> matches() {
        return matches.getReadOnlyProperty();
    }

    /** What is wrong with the name. */
    ObservableValue<Optional<Sentence>> problem() {
        return problem.map(now -> now.map(Sentence::explaining));
    }

    // ---- Commands

    /** Chooses the folder. */
    void choose() {
        desk.dialogs()
                .chooseFolder(Sentence.of("vault.auto-bind.folder.choose"))
                .ifPresent(chosen -> folder.set(chosen.toString()));
    }

    /** Keeps the rule, or takes it away; {@code done} is called after it. */
    void save(Runnable done) {
        if (sending || problem.get().isPresent()) {
            return;
        }
        sending = true;
        Optional<AutoBindRule> rule = on.get() ? Optional.of(rule()) : Optional.empty();
        desk.background()
                .act(() -> binding.set(vault.id(), rule))
                .then(ended -> done.run())
                .onError(why -> {
                    sending = false;
                    desk.dialogs().error(why);
                })
                .start();
    }
}
