package org.coffer.window.task;

import java.util.Optional;
import javafx.scene.Node;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.shell.Page;

/** All work that takes time: what runs, what ended and how. */
public final class TasksPage implements Page {
    /** How routes name this page. */
    public static final String ID = "tasks";
    /** How routes name the page of one vault. */
    static final String VAULT = "vault";

    private final TaskListModel model;
    private final StripModel strip;

    /** The page over {@code model}; opening it marks failures as seen. */
    public TasksPage(TaskListModel model, StripModel strip) {
        this.model = model;
        this.strip = strip;
    }

    @Override
    public Node view(Kit kit) {
        Act clear = Act.of("tasks.clear", model::clearFailed)
                .unless(model.failedProperty()
                        .map(count -> count.longValue() > 0
                                ? Optional.<Sentence>empty()
                                : Optional.of(Sentence.of("tasks.clear.none"))));
        return new PageFrame(kit, "tasks.title")
                .search(model.queryProperty())
                .refresh(Act.of("tasks.refresh", model::refresh).with(Icon.REFRESH))
                .beside(kit.button(clear))
                .content(new TaskListView(kit, model));
    }

    @Override
    public void shown() {
        strip.markSeen();
        model.refresh();
    }
}
