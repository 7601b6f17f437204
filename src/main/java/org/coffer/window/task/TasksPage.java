package org.coffer.window.task;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.shell.Page;

/** All work that takes time: what runs, what ended and how; and the disks that are open. */
public final class TasksPage implements Page {
    /** How routes name this page. */
    public static final String ID = "tasks";
    /** How routes name the page of one vault. */
    static final String VAULT = "vault";

    private final TaskListModel model;
    private final StripModel strip;
    private final List<PageTab> tabs;
    private final ObjectProperty<String> chosen;

    /**
     * The page over {@code model}; opening it marks failures as seen.
     *
     * @param opened the tab of open disks
     * @param tab the ID of the tab that is chosen at first; empty for that of the tasks
     */
    public TasksPage(TaskListModel model, StripModel strip, PageTab opened, Optional<String> tab) {
        this.model = model;
        this.strip = strip;
        PageTab tasks = TasksTab.over(model);
        this.tabs = List.of(tasks, opened);
        this.chosen = new SimpleObjectProperty<>(tab.orElse(tasks.id()));
    }

    @Override
    public Node view(Kit kit) {
        Act clear = Act.of("tasks.clear", model::clearFailed)
                .unless(model.failedProperty()
                        .map(count -> count.longValue() > 0
                                ? Optional.<Sentence>empty()
                                : Optional.of(Sentence.of("tasks.clear.none"))));
        Button button = kit.button(clear);
        WhileShown.of(button).watch(chosen, tab -> {
            boolean tasks = tab.equals(tabs.getFirst().id());
            button.setVisible(tasks);
            button.setManaged(tasks);
        });
        return new PageFrame(kit, "tasks.title").beside(button).tabs(chosen, tabs);
    }

    @Override
    public void shown() {
        strip.markSeen();
        tabs.forEach(PageTab::shown);
    }
}
