package org.coffer.window.vault;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Sentence;

/** Binding disks to a vault, which grows first where they do not fit (V5, V13). */
final class BindModel {
    private final DiskDesk desk;
    private final Vault vault;
    private final DiskChooserModel chooser;
    private boolean sending;

    BindModel(DiskDesk desk, Vault vault) {
        this.desk = desk;
        this.vault = vault;
        this.chooser = new DiskChooserModel(
                desk,
                () -> desk.services().vaults().bindings().candidates(vault.locationId()),
                List.of(),
                vault.boundBytes(),
                Optional.of(vault.capacityBytes()));
        chooser.load();
    }

    // ---- Properties

    DiskChooserModel chooser() {
        return chooser;
    }

    /** The capacity in GB that the chosen disks need; the present one if they fit. */
    long neededGb() {
        return Math.max(vault.capacityGb(), Math.ceilDiv(chooser.totalBytes(), Vault.GB));
    }

    private boolean grows() {
        return !chooser.chosen().get().isEmpty() && neededGb() > vault.capacityGb();
    }

    /** What the button says: <em>Bind 2 disks</em>, or <em>Expand to 300 GB and bind</em>. */
    ObservableValue<Sentence> title() {
        return Bindings.createObjectBinding(
                () -> grows()
                        ? Sentence.of("vault.bind.expand", "gb", neededGb())
                        : Sentence.of(
                                "vault.bind.act", "n", chooser.chosen().get().size()),
                chooser.chosen(),
                chooser.rows().totalProperty());
    }

    ObservableValue<Optional<Sentence>> whyNot() {
        return Bindings.createObjectBinding(
                this::hindrance, chooser.chosen(), chooser.rows().totalProperty());
    }

    private Optional<Sentence> hindrance() {
        if (chooser.chosen().get().isEmpty()) {
            return Optional.of(Sentence.of("vault.bind.nothing"));
        }
        return grows() ? VaultAction.EXPAND.refusal(vault).map(Sentence::explaining) : Optional.empty();
    }

    // ---- Commands

    /** Binds them; the input stays if that fails. */
    void bind(Runnable done) {
        if (sending) {
            return;
        }
        sending = true;
        List<UUID> chosen = chooser.chosen().get();
        long more = grows() ? neededGb() - vault.capacityGb() : 0;
        desk.background()
                .work(() -> {
                    if (more > 0) {
                        expand(more);
                    }
                    desk.services().vaults().bindings().bind(vault.id(), chosen);
                    return chosen.size();
                })
                .then(n -> done.run())
                .onError(problem -> {
                    sending = false;
                    desk.dialogs().error(problem);
                })
                .start();
    }

    private void expand(long byGb) throws InterruptedException {
        Task task = desk.services()
                .tasks()
                .await(desk.services().capacity().expand(vault.id(), byGb).id());
        if (task.status() != TaskStatus.SUCCEEDED) {
            throw new ProblemException(task.problem().orElse(Problem.of("vault.expand-failed", "vault", vault.name())));
        }
    }
}
