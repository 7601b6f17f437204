package org.coffer.window.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/** A run of a policy by hand, being prepared: of which disks of its vaults (P14), or of which it copies the backups (X1). */
final class RunPolicyModel {
    /**
     * A disk that may be backed up, or whose backups may be copied.
     *
     * @param busy why it cannot be now
     */
    record Line(Vault vault, Disk disk, Optional<Problem> busy) {}

    /**
     * What is known when the question is put.
     *
     * @param soon that it runs by itself soon, if it does
     */
    private record Known(List<Line> lines, Optional<Problem> soon) {}

    private final PolicyPages.Services services;
    private final Desk desk;
    private final Policy policy;
    private final Known known;
    private final ReadOnlyObjectWrapper<Set<UUID>> ticked;
    private final BooleanProperty starting = new SimpleBooleanProperty();

    private RunPolicyModel(PolicyPages.Services services, Desk desk, Policy policy, Known known) {
        this.services = services;
        this.desk = desk;
        this.policy = policy;
        this.known = known;
        this.ticked = new ReadOnlyObjectWrapper<>(known.lines().stream()
                .filter(line -> line.busy().isEmpty())
                .map(line -> line.disk().id())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Looks at the disks, off the window's thread; all that are idle are ticked. */
    static RunPolicyModel of(PolicyPages.Services services, Desk desk, Policy policy) {
        List<Line> lines = services.policies().vaultsOf(policy.id()).stream()
                .flatMap(vault -> vault.disks().stream()
                        .flatMap(id -> services.disks().find(id).stream())
                        .map(disk -> new Line(vault, disk, busy(services, policy, disk))))
                .toList();
        return new RunPolicyModel(
                services,
                desk,
                policy,
                new Known(lines, services.policies().agenda().soon(policy.id())));
    }

    /** A disk that is being backed up, or restored, has backups that can be copied all the same. */
    private static Optional<Problem> busy(PolicyPages.Services services, Policy policy, Disk disk) {
        return copies(policy) ? Optional.empty() : services.backups().busy(disk.id());
    }

    private static boolean copies(Policy policy) {
        return policy.kind() == PolicyKind.REPLICATION;
    }

    Policy policy() {
        return policy;
    }

    /** The disks of all its vaults. */
    List<Line> lines() {
        return known.lines();
    }

    /** That it runs by itself soon, if it does. */
    Optional<Problem> soon() {
        return known.soon();
    }

    /** The ticked disks. */
    ObservableValue<Set<UUID>> ticked() {
        return ticked.getReadOnlyProperty();
    }

    /** Ticks or unticks a disk. */
    void tick(UUID disk, boolean yes) {
        var now = new HashSet<>(ticked.get());
        if (yes ? now.add(disk) : now.remove(disk)) {
            ticked.set(Set.copyOf(now));
        }
    }

    /** What the button says. */
    ObservableValue<Sentence> title() {
        return ticked.map(now -> Sentence.of(copies(policy) ? "policies.run.copy" : "backup.do", "n", now.size()));
    }

    /** Why nothing can be started. */
    ObservableValue<Optional<Sentence>> whyNot() {
        return Bindings.createObjectBinding(
                () -> starting.get()
                        ? Optional.of(Sentence.of("backup.wait"))
                        : ticked.get().isEmpty() ? Optional.of(Sentence.of("backup.no-disk")) : Optional.empty(),
                ticked,
                starting);
    }

    /** Starts the backups, or the copies; {@code done} is called once their tasks are there. */
    void start(Runnable done) {
        if (whyNot().getValue().isPresent()) {
            return;
        }
        List<UUID> chosen = List.copyOf(ticked.get());
        starting.set(true);
        desk.background()
                .work(() -> services.policies().byHand().run(policy.id(), chosen))
                .then(tasks -> {
                    starting.set(false);
                    done.run();
                    desk.news()
                            .tell(
                                    Sentence.of(
                                            copies(policy) ? "policies.run.copying" : "policies.run.started",
                                            "n",
                                            tasks.size(),
                                            "policy",
                                            policy.name()),
                                    Optional.empty());
                })
                .onError(problem -> {
                    starting.set(false);
                    desk.dialogs().error(problem);
                })
                .start();
    }
}
