package org.coffer.window.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.coffer.window.kit.LayoutMemory;

/**
 * How large everything in the window is drawn: words, lines, distances and what pops up, alike. The toolkit takes it up
 * once, when it starts, so another choice is seen at the next start.
 */
public enum Scale {
    /** As the system says for each screen. */
    SYSTEM(0),
    P100(100),
    P125(125),
    P150(150),
    P175(175),
    P200(200);

    private static final String KEY = "window.scale";
    /** The toolkit's own settings, on Linux and on Windows; macOS knows no other scale than its own. */
    private static final List<String> TOOLKIT = List.of("glass.gtk.uiScale", "glass.win.uiScale");

    private final int percent;

    Scale(int percent) {
        this.percent = percent;
    }

    /** In percent; 0 for the system's. */
    public int percent() {
        return percent;
    }

    /** What was chosen, also before this window was opened. */
    public static Scale chosen(LayoutMemory memory) {
        Optional<String> kept = memory.recall(KEY);
        return Arrays.stream(values())
                .filter(scale -> kept.equals(Optional.of(String.valueOf(scale.percent))))
                .findFirst()
                .orElse(SYSTEM);
    }

    /** Keeps this choice for later starts. */
    public void keep(LayoutMemory memory) {
        memory.keep(KEY, String.valueOf(percent));
    }

    /** Tells the toolkit, which must not have been started yet. What the command line says goes before. */
    public void apply() {
        if (this != SYSTEM) {
            TOOLKIT.stream()
                    .filter(name -> System.getProperty(name) == null)
                    .forEach(name -> System.setProperty(name, percent + "%"));
        }
    }
}
