package org.coffer.window.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.LostRanges;
import org.coffer.problem.Problem;
import org.coffer.text.backup.LostWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.DetailsFrame;

/** The page about one backup: facts and sizes at the left, the disk's timeline and the task at the right. */
final class BackupDetailsView {
    private static final double LEFT = 480;
    private static final State LOADING = State.of(Icon.WAITING, Tone.MUTED, "backup.loading");

    private final Kit kit;
    private final BackupDetailsModel model;
    private final VBox left = new VBox(16);
    private final VBox right = new VBox(16);

    BackupDetailsView(Kit kit, BackupDetailsModel model) {
        this.kit = kit;
        this.model = model;
    }

    Node page() {
        var timeline = new TimelineView(kit, model);
        var replication = new ReplicationCard(kit, model);
        var task = new TaskCard(kit, model);
        left.setMinWidth(LEFT);
        left.setMaxWidth(LEFT);
        right.getChildren().addAll(timeline, replication, task);
        right.setMinWidth(0);
        HBox.setHgrow(right, Priority.ALWAYS);
        var body = new ScrollPane(new HBox(16, left, right));
        body.setFitToWidth(true);
        body.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(body, Priority.ALWAYS);
        WhileShown.of(body).watch(model.whole(), this::fill);
        WhileShown.of(body).add(model::follow);
        return new DetailsFrame(kit, of(Backup::name, ""))
                .crumb("backups.tab", model::leave)
                .rename(act("backups.edit", backup -> model.acts().edit(backup)))
                .state(model.whole()
                        .map(now -> now.map(whole -> BackupStates.of(whole.backup(), whole.task()))
                                .orElse(LOADING)))
                .acts(
                        act("backups.restore", backup -> model.acts().restore(backup))
                                .with(Icon.RESTORE),
                        List.of(act(
                                        "backups.open-as-disk",
                                        backup -> model.acts().openAsDisk(backup))
                                .with(Icon.OPEN)),
                        this::rest)
                .message(message())
                .part(body);
    }

    private <T> ObservableValue<T> of(Function<Backup, T> reads, T otherwise) {
        return model.whole()
                .map(now -> now.map(BackupDetailsModel.Whole::backup).map(reads).orElse(otherwise));
    }

    /** An act on whatever backup is shown when it is done. */
    private Act act(String key, Function<Backup, Act> of) {
        return Act.of(
                        key,
                        () -> model.whole()
                                .getValue()
                                .ifPresent(now -> of.apply(now.backup()).run()))
                .unless(of(backup -> of.apply(backup).whyNot().getValue(), Optional.of(Sentence.of("backup.loading"))));
    }

    private List<Act> rest() {
        return model.whole()
                .getValue()
                .map(now -> model.acts().of(now.backup()))
                .orElse(List.of());
    }

    // ---- what is wrong

    private ObservableValue<Optional<Node>> message() {
        return model.whole()
                .flatMap(now -> model.failure()
                        .map(failure -> failure.isPresent() ? failure.map(this::gone) : now.flatMap(this::trouble)));
    }

    private Node gone(Problem problem) {
        var words = kit.text().explain(problem);
        return new Banner(
                kit, Icon.INFO, Tone.MUTED, words.what(), words.rest(), List.of(Act.of("kit.back", model::leave)));
    }

    private Optional<Node> trouble(BackupDetailsModel.Whole whole) {
        Backup backup = whole.backup();
        if (backup.trashedAt().isPresent()) {
            return Optional.of(new Banner(
                    kit,
                    Icon.DELETE,
                    Tone.MUTED,
                    kit.say("backup.in-trash"),
                    kit.say("backup.in-trash.rest"),
                    model.acts().of(backup)));
        }
        if (backup.problem().isEmpty() || !(backup.status() == BackupStatus.ERROR || backup.damaged())) {
            return Optional.empty();
        }
        Problem problem = backup.problem().get();
        if (backup.damaged()) {
            return Optional.of(damaged(whole, problem));
        }
        var words = kit.text().explain(problem);
        return Optional.of(new Banner(
                kit,
                Icon.ERROR,
                Tone.DANGER,
                words.what(),
                words.rest(),
                List.of(model.acts().delete(backup), copy(backup, problem))));
    }

    /** What is damaged, how much else is hit, and the ways out: another backup first. */
    private Node damaged(BackupDetailsModel.Whole whole, Problem problem) {
        Backup backup = whole.backup();
        List<Act> acts = new ArrayList<>();
        Optional<Backup> healer = whole.replication().healer();
        healer.ifPresent(copy -> acts.add(model.heal(backup)));
        whole.nearestSound()
                .ifPresent(other -> acts.add(
                        Act.of("backup.damaged.other", () -> model.go(other)).with(Icon.BACKUP)));
        if (healer.isEmpty()) {
            acts.add(model.acts().verify(backup));
        }
        acts.add(copy(backup, problem));
        String numbers = kit.say(
                "backup.damaged.numbers",
                "vault",
                backup.vaultName(),
                "n",
                whole.soundness().damaged(),
                "m",
                whole.soundness().sound());
        String remedy = healer.map(
                        copy -> kit.say("backup.damaged.do.heal", "name", copy.name(), "vault", copy.vaultName()))
                .or(() -> whole.nearestSound()
                        .map(other -> kit.say(
                                "backup.damaged.do",
                                "disk",
                                backup.diskName(),
                                "name",
                                other.name(),
                                "at",
                                other.createdAt())))
                .orElseGet(() -> kit.say("backup.damaged.do.none", "disk", backup.diskName()));
        return new Banner(
                kit,
                Icon.ERROR,
                Tone.DANGER,
                kit.say("backup.damaged", "name", backup.name()),
                numbers + '\n' + lost(problem) + remedy,
                acts);
    }

    /** Which stretches of its disk it cannot give back, in a line of its own, if a check told. */
    private String lost(Problem problem) {
        return LostRanges.of(problem)
                .map(lost -> kit.say("backup.lost", "runs", new LostWords(kit.text()).line(lost, 3)) + '\n')
                .orElse("");
    }

    private Act copy(Backup backup, Problem problem) {
        return Act.of(
                "kit.copy.details",
                () -> Details.copy(Details.of(
                        kit.text(),
                        problem,
                        backup.taskId().map(Object::toString).orElse(""),
                        backup.createdAt())));
    }

    // ---- facts

    private void fill(Optional<BackupDetailsModel.Whole> now) {
        left.getChildren().clear();
        now.ifPresent(whole ->
                left.getChildren().addAll(new BasicsCard(kit, model, whole), new SizesCard(kit, whole.backup())));
        right.setVisible(now.isPresent());
    }
}
