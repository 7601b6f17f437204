package org.coffer.window.start;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.coffer.console.backup.Backups;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Places;
import org.coffer.console.vault.Vaults;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.kit.dialog.Step;
import org.coffer.window.kit.dialog.Wizard;

/** The first start: two questions with their answers ready, then the running backup, then a restore to try (G7). */
public final class FirstStart {
    private static final double SHEET = 640;

    private final Disks disks;
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
     */
    public record Ways(Consumer<UUID> recoverySheet, Consumer<UUID> tryRestore) {}

    /** The services that the first start uses. */
    public record Services(
            Disks disks, Places places, Vaults vaults, Backups backups, Tasks tasks, Events events, Clock clock) {}

    /**
     * A first start.
     *
     * @param random draws the digits of default names
     */
    public FirstStart(Services services, Background background, Dialogs dialogs, RandomGenerator random, Ways ways) {
        this.disks = services.disks();
        this.tasks = services.tasks();
        this.vaults = services.vaults();
        this.events = services.events();
        this.clock = services.clock();
        this.beginning = new Beginning(services.places(), services.vaults(), services.backups(), random);
        this.background = background;
        this.dialogs = dialogs;
        this.ways = ways;
    }

    /** Asks, starts, and stays until the user closes it. On the window's thread. */
    public void show(Kit kit) {
        var model = new StartModel(disks, beginning, background, dialogs, kit.say("start.where.ready"));
        List<Started> begun = new ArrayList<>();
        Wizard wizard = wizard(model, begun::add);
        model.look();
        if (dialogs.show(wizard)) {
            begun.forEach(this::follow);
        }
    }

    /** The wizard over {@code model}; it finishes when {@code begun} has got the backup. */
    static Wizard wizard(StartModel model, Consumer<Started> begun) {
        var wizard = new Wizard[1];
        Act start = model.start(started -> {
            begun.accept(started);
            wizard[0].finish();
        });
        Act now = Act.of("start.now", start::run).unless(start.whyNot());
        var what = new Step(
                "start.what", kit -> new DisksStepView(kit, model, now), model.disksAnswer(), model.somethingTicked());
        var where = new Step(
                "start.where",
                kit -> new PlaceStepView(kit, model, start::run),
                model.placeAnswer(),
                model.placeFits());
        wizard[0] = new Wizard("start.title", List.of(what, where), start).full();
        return wizard[0];
    }

    private void follow(Started started) {
        try (var model = new FirstBackupModel(
                started, tasks, vaults, events, background, clock, ways.recoverySheet(), ways.tryRestore())) {
            var sheet = new Sheet[1];
            sheet[0] = new Sheet(
                            Sentence.of("start.running.title"),
                            SHEET,
                            kit -> new FirstBackupView(kit, model, () -> sheet[0].done()))
                    .cancel("start.finish");
            dialogs.show(sheet[0]);
        }
    }
}
