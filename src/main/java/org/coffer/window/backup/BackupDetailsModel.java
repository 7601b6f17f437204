package org.coffer.window.backup;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.CopyOf;
import org.coffer.console.backup.Replicas;
import org.coffer.console.backup.Soundness;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.policy.Verdict;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStep;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;
import org.coffer.window.task.TasksPage;

/** One backup, the task that made or deletes it, and its place among the backups of the same disk. */
public final class BackupDetailsModel implements Timeline {
    /** More backups of one disk than these are left out of the timeline; the list has them all. */
    private static final int TIMELINE = 2000;

    private final BackupServices services;
    private final Desk desk;
    private final BackupActs acts;
    private final Bridge<Optional<Whole>> bridge;
    private final ReadOnlyObjectWrapper<Optional<Whole>> whole = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private volatile UUID id;

    /**
     * Everything the page shows.
     *
     * @param backup the backup
     * @param task what works on it now, else the task that made it
     * @param steps that task's log
     * @param timeline all backups of the disk in the vault, oldest first, trash left out
     * @param soundness how many backups in its vault are damaged
     * @param kept what keeps it and until when; empty where nothing decides that, as in the trash
     * @param replication what it was copied from and to
     * @param held whether a retention lock holds it
     */
    public record Whole(
            Backup backup,
            Optional<Task> task,
            List<TaskStep> steps,
            List<Backup> timeline,
            Soundness soundness,
            Optional<Verdict> kept,
            Replication replication,
            boolean held) {
        /** The sound backup of the same disk whose moment is nearest. */
        Optional<Backup> nearestSound() {
            return timeline.stream()
                    .filter(other -> other.restorable()
                            && !other.damaged()
                            && !other.id().equals(backup.id()))
                    .min(Comparator.comparing(other -> Duration.between(other.createdAt(), backup.createdAt())
                            .abs()));
        }
    }

    /**
     * The records of replication (X1), and what follows from them.
     *
     * @param of what it is a copy of; empty if it is none
     * @param original that backup, where this catalog still has it
     * @param copies its own copies: there, being made, or failed; newest first
     * @param healer the copy that can heal it, if it is damaged
     */
    public record Replication(
            Optional<CopyOf> of, Optional<Backup> original, List<Backup> copies, Optional<Backup> healer) {
        private static final Replication NONE =
                new Replication(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        /** Keeps an unmodifiable copy. */
        public Replication {
            copies = List.copyOf(copies);
        }
    }

    /** The page about the backup {@code id}; nothing is loaded yet. */
    public BackupDetailsModel(BackupServices services, Desk desk, BackupActs acts, UUID id) {
        this.services = services;
        this.desk = desk;
        this.acts = acts;
        this.id = id;
        this.bridge = new Bridge<>(desk.background(), () -> load(this.id), this::show, problem -> {
            whole.set(Optional.empty());
            failure.set(Optional.of(problem));
        });
    }

    /** Follows what changes, until the subscription ends. */
    public Subscription follow() {
        Events.Subscription hearing = services.events().subscribe(event -> {
            boolean moves = event instanceof Event.TasksProgressed
                    && whole.get()
                            .flatMap(Whole::task)
                            .filter(task -> !task.status().ended())
                            .isPresent();
            if (moves || event instanceof Event.BackupChanged || event instanceof Event.TaskChanged) {
                bridge.changed();
            }
        });
        bridge.changed();
        return hearing::close;
    }

    /** What is shown; empty before the first load, and when the backup is gone. */
    public ObservableValue<Optional<Whole>> whole() {
        return whole.getReadOnlyProperty();
    }

    /** Why nothing is shown, such as that the backup was deleted. */
    public ObservableValue<Optional<Problem>> failure() {
        return failure.getReadOnlyProperty();
    }

    /** What can be done with it. */
    BackupActs acts() {
        return acts;
    }

    /** Loads again. */
    public void refresh() {
        bridge.changed();
    }

    /** The backups of the same disk, this one chosen. */
    @Override
    public ObservableValue<Optional<Shown>> shown() {
        return whole.map(now -> now.map(found -> new Shown(found.timeline(), found.backup())));
    }

    /** Shows another backup in the same place. */
    @Override
    public void go(Backup other) {
        if (!other.id().equals(id)) {
            id = other.id();
            whole.get()
                    .ifPresent(now -> whole.set(Optional.of(new Whole(
                            other,
                            Optional.empty(),
                            List.of(),
                            now.timeline(),
                            now.soundness(),
                            Optional.empty(),
                            Replication.NONE,
                            false))));
            bridge.changed();
        }
    }

    /** Leaves for where the user came from. */
    public void leave() {
        desk.navigator().back();
    }

    /** Opens the page of another backup, such as a replica. */
    void open(Backup other) {
        acts.open(other);
    }

    /** Reads every byte of it and puts back what its copy still has. */
    Act heal(Backup damaged) {
        return Act.of(
                        "backup.heal",
                        () -> desk.background()
                                .work(() -> services.verification().startBackup(damaged.id(), true))
                                .then(task -> desk.news()
                                        .tell(
                                                Sentence.of("backup.heal.started", "name", damaged.name()),
                                                Optional.of(Act.of(
                                                        "tasks.news.show",
                                                        () -> desk.navigator().open(Route.to(TasksPage.ID))))))
                                .onError(desk.dialogs()::error)
                                .start())
                .with(Icon.VERIFY);
    }

    /** Opens the vault's page. */
    public void openVault() {
        whole.get()
                .ifPresent(now -> desk.navigator()
                        .open(Route.to("vault", now.backup().vaultId().toString())));
    }

    private Optional<Whole> load(UUID wanted) {
        Backup backup = services.backups().get(wanted);
        List<Task> open = services.tasks().open();
        Optional<Task> task = open.stream()
                .filter(running ->
                        running.subject().backupId().filter(wanted::equals).isPresent())
                .findFirst()
                .or(() -> backup.taskId().flatMap(services.tasks()::find));
        List<TaskStep> steps =
                task.map(found -> services.tasks().steps(found.id())).orElse(List.of());
        List<Backup> newestFirst = services.backups()
                .list(
                        BackupFilter.ALL.inVault(backup.vaultId()).ofDisk(backup.diskId()),
                        BackupSort.NEWEST,
                        0,
                        TIMELINE);
        return Optional.of(new Whole(
                backup,
                task,
                steps,
                newestFirst.reversed(),
                services.backups().soundness(backup.vaultId(), 1),
                Optional.ofNullable(services.histories()
                        .verdicts(backup.vaultId(), desk.clock().instant())
                        .get(wanted)),
                replication(backup),
                services.backups().held(List.of(backup)).contains(wanted)));
    }

    private Replication replication(Backup backup) {
        Replicas replicas = services.replicas();
        return new Replication(
                replicas.copied(backup.id()),
                replicas.original(backup.id()),
                replicas.of(backup),
                backup.damaged() ? replicas.healer(backup) : Optional.empty());
    }

    private void show(Optional<Whole> found) {
        // The user may have moved on while this was being loaded.
        if (found.filter(now -> now.backup().id().equals(id)).isPresent()) {
            failure.set(Optional.empty());
            whole.set(found);
        }
    }
}
