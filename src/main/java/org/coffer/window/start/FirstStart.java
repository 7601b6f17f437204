package org.coffer.window.start;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.coffer.console.backup.Backups;
import org.coffer.console.event.Events;
import org.coffer.console.policy.Policies;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Places;
import org.coffer.console.vault.Vaults;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Step;
import org.coffer.window.kit.dialog.Wizard;

/** The first start: three questions with their answers ready, then the running backup, then a restore to try (G7). */
public final class FirstStart {
    private final Disks disks;
    private final Policies policies;
    private final Tasks tasks;
    private final Vaults vaults;
    private final Events events;
    private final Beginning beginning;
    private final Background background;
    private final Dialogs dialogs;
    private final Clock clock;
    private final Ways ways;

    /**
     * Where the first start leads.
     *
     * @param recoverySheet lets the user save or print a vault's recovery sheet
     * @param tryRestore lets the user restore a backup
     * @param attach brings back the vaults of another computer
     */
    public record Ways(Consumer<UUID> recoverySheet, Consumer<UUID> tryRestore, Runnable attach) {}

    /** The services that the first start uses. */
    public record Services(
            Disks disks,
            Places places,
            Vaults vaults,
            Policies policies,
            Backups backups,
            Tasks tasks,
            Events events,
            Clock clock) {}

    /**
     * A first start.
     *
     * @param random draws the digits of default names
     */
    public FirstStart(Services services, Background background, Dialogs dialogs, RandomGenerator random, Ways ways) {
        this.disks = services.disks();
        this.policies = services.policies();
        this.tasks = services.tasks();
        this.vaults = services.vaults();
        this.events = services.events();
        this.clock = services.clock();
        this.beginning =
                new Beginning(services.places(), services.vaults(), services.policies(), services.backups(), random);
        this.background = background;
        this.dialogs = dialogs;
        this.ways = ways;
    }

    /** Asks, starts, shows the first backup, and stays until the user closes it. On the window's thread. */
    public void show(Kit kit) {
        var model = new StartModel(
                disks,
                beginning,
                new WhenModel(policies, background, clock),
                background,
                dialogs,
                kit.say("start.where.ready"));
        try (var following = new Following(this::follow)) {
            Wizard wizard = wizard(model, following);
            wizard.aside(Act.of("start.already", () -> {
                wizard.leave();
                ways.attach().run();
            }));
            model.look();
            dialogs.show(wizard);
        }
    }

    /** The wizard over {@code model}; what follows its questions shows the backup that {@code following} has got. */
    static Wizard wizard(StartModel model, Following following) {
        var wizard = new Wizard[1];
        Act start = model.start(following::begin);
        Act now = Act.of("start.now", start::run).unless(start.whyNot());
        var what = new Step(
                "start.what", kit -> new DisksStepView(kit, model, now), model.disksAnswer(), model.somethingTicked());
        var where = new Step(
                "start.where",
                kit -> new PlaceStepView(kit, model, () -> wizard[0].next()),
                model.placeAnswer(),
                model.placeFits());
        var when = new Step(
                "start.when",
                kit -> new WhenStepView(kit, model.when(), start::run),
                model.when().answer(),
                model.when().fits());
        wizard[0] = new Wizard("start.title", List.of(what, where, when), start)
                .followedBy(following.step("start.running.title"), following.step("start.done.title"))
                .full();
        following.over(wizard[0]);
        return wizard[0];
    }

    private FirstBackupModel follow(Started started) {
        return new FirstBackupModel(
                started, tasks, vaults, events, background, clock, ways.recoverySheet(), ways.tryRestore());
    }
}
