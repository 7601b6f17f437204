package org.coffer.window.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.Scheduler;
import org.coffer.console.policy.SlotFate;
import org.coffer.console.policy.SlotRun;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.shell.Desk;

/** Runs that were missed by policies whose administrator wants to be asked (P11), and the answers. */
public final class MissedRuns implements AutoCloseable {
    private static final double WIDTH = 640;

    /**
     * A run about which is asked.
     *
     * @param run its slot
     */
    public record Asked(SlotRun run, Policy policy, Vault vault) {
        /** When it should have been. */
        Instant slot() {
            return run.slot();
        }
    }

    private final Scheduler scheduler;
    private final Policies policies;
    private final Vaults vaults;
    private final Desk desk;
    private final ReadOnlyObjectWrapper<List<Asked>> asked = new ReadOnlyObjectWrapper<>(List.of());
    private final Bridge<List<Asked>> bridge;
    private final Events.Subscription subscription;

    /** Follows what the scheduler asks, until closed. */
    public MissedRuns(Scheduler scheduler, Policies policies, Vaults vaults, Events events, Desk desk) {
        this.scheduler = scheduler;
        this.policies = policies;
        this.vaults = vaults;
        this.desk = desk;
        this.bridge = new Bridge<>(desk.background(), this::load, asked::set, desk.background()::unhandled);
        this.subscription = events.subscribe(event -> {
            if (event instanceof Event.PolicyChanged) {
                bridge.changed();
            }
        });
    }

    private List<Asked> load() {
        return scheduler.open().stream()
                .filter(run -> run.fate() == SlotFate.ASKED)
                .flatMap(run -> asked(run).stream())
                .toList();
    }

    private Optional<Asked> asked(SlotRun run) {
        return policies.find(run.policy())
                .flatMap(policy -> vaults.find(run.vault()).map(vault -> new Asked(run, policy, vault)));
    }

    /** Looks again. */
    public void refresh() {
        bridge.changed();
    }

    /** The questions, oldest first. */
    ReadOnlyObjectProperty<List<Asked>> asked() {
        return asked.getReadOnlyProperty();
    }

    /** Makes up for all that are asked about. */
    Act run() {
        return Act.of(
                        several() ? Sentence.of("missed.run.all") : Sentence.of("missed.run"),
                        () -> answer(asked.get(), true))
                .with(Icon.RUN);
    }

    /** Lets all that are asked about be. */
    Act skip() {
        return Act.of(
                several() ? Sentence.of("missed.skip.all") : Sentence.of("missed.skip"),
                () -> answer(asked.get(), false));
    }

    private boolean several() {
        return asked.get().size() > 1;
    }

    /** Makes up for one. */
    Act run(Asked one) {
        return Act.of("missed.run", () -> answer(List.of(one), true)).with(Icon.RUN);
    }

    /** Lets one be. */
    Act skip(Asked one) {
        return Act.of("missed.skip", () -> answer(List.of(one), false)).with(Icon.SKIPPED);
    }

    /** Shows them one by one. */
    public Act show() {
        return Act.of("missed.show", () -> {
            var sheet = new Sheet(Sentence.of("missed.title"), WIDTH, kit -> new MissedRunsView(kit, this))
                    .icon(Icon.POLICY)
                    .cancel("kit.close");
            Subscription allAnswered = asked.subscribe((before, now) -> {
                if (now.isEmpty()) {
                    sheet.done();
                }
            });
            try {
                desk.dialogs().show(sheet);
            } finally {
                allAnswered.unsubscribe();
            }
        });
    }

    private void answer(List<Asked> answered, boolean run) {
        desk.background()
                .work(() -> answered.stream()
                        .flatMap(one -> scheduler.answer(one.run(), run).stream())
                        .collect(Collectors.groupingBy(SlotRun::fate, Collectors.counting())))
                .then(fates -> {
                    refresh();
                    tell("missed.started", fates.getOrDefault(SlotFate.STARTED, 0L));
                    tell("missed.waiting", fates.getOrDefault(SlotFate.WAITING, 0L));
                    tell("missed.skipped", fates.getOrDefault(SlotFate.SKIPPED, 0L));
                })
                .start();
    }

    private void tell(String key, long n) {
        if (n > 0) {
            desk.news().tell(Sentence.of(key, "n", n), Optional.empty());
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
