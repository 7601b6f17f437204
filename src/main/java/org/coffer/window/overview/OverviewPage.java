package org.coffer.window.overview;

import java.time.Clock;
import javafx.scene.Node;
import org.coffer.console.event.Events;
import org.coffer.console.overview.Overviews;
import org.coffer.console.policy.Policies;
import org.coffer.console.task.Tasks;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Page;

/** Overview: am I safe, what runs, what must I do? */
public final class OverviewPage implements Page {
    /** So many of the next runs are shown. */
    private static final int RUNS = 3;

    private final OverviewModel model;

    /**
     * The page over these services.
     *
     * @param ways lead to where things are done
     */
    public OverviewPage(
            Overviews overviews,
            Policies policies,
            Tasks tasks,
            Events events,
            Background background,
            Clock clock,
            Ways ways) {
        this.model = new OverviewModel(
                new OverviewModel.Sources(
                        overviews::now,
                        tasks::open,
                        () -> policies.agenda().upcoming(RUNS),
                        new OverviewModel.Deeds(tasks::cancel, tasks::pause, tasks::resume, tasks::pausable),
                        events),
                background,
                clock,
                ways);
    }

    @Override
    public Node view(Kit kit) {
        return OverviewView.of(kit, model);
    }

    @Override
    public void shown() {
        model.refresh();
    }

    @Override
    public void close() {
        model.close();
    }
}
