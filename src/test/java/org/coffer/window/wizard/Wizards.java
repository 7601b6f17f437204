package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.coffer.console.Console;
import org.coffer.window.kit.Act;
import org.coffer.window.shell.Desk;

/** The wizard over a real console, and what its last step leads to. */
final class Wizards {
    private Wizards() {}

    static RestoreWizard over(Console console, Desk desk, RestoreWizard.Ways ways) {
        return new RestoreWizard(
                new RestoreWizard.Services(
                        console.backups(),
                        console.disks(),
                        console.restores(),
                        console.files(),
                        console.tasks(),
                        console.events()),
                desk,
                ways);
    }

    /** Does what can be done now, and waits for the verdict. */
    static OutcomeModel.State.Ended finish(WizardModel model, Act act) throws Exception {
        return finish(model.outcome(), act);
    }

    /** The same of what follows a verdict. */
    static OutcomeModel.State.Ended finish(OutcomeModel outcome, Act act) throws Exception {
        var end = new CompletableFuture<OutcomeModel.State.Ended>();
        var following = outcome.stateProperty().subscribe((was, now) -> {
            if (now instanceof OutcomeModel.State.Ended ended) {
                end.complete(ended);
            }
        });
        assertThat(act.whyNot().getValue()).isEmpty();
        act.run();
        try {
            return end.get(60, TimeUnit.SECONDS);
        } finally {
            following.unsubscribe();
        }
    }
}
