package org.coffer.window.opened;

import java.util.List;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.opened.OpenDisks;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;

/** Keeps in sight that disks are open: a link at the end of the strip. Followed for as long as the window lives. */
public final class OpenDisksNote {
    private final Events events;
    private final Bridge<Long> bridge;

    /**
     * A note that is not there yet.
     *
     * @param notes what stands at the end of the strip
     * @param show leads to the open disks
     */
    public OpenDisksNote(
            OpenDisks opened, Events events, Background background, ObservableList<Act> notes, Runnable show) {
        this.events = events;
        this.bridge = new Bridge<>(
                background,
                () -> opened.list().stream().filter(disk -> !disk.kept()).count(),
                count -> notes.setAll(
                        count == 0
                                ? List.of()
                                : List.of(Act.of(Sentence.of("opened.strip", "n", count), show)
                                        .with(Icon.DISK))),
                background::unhandled);
    }

    /** Follows what is open, until the subscription ends. */
    public Subscription follow() {
        Events.Subscription hearing = events.subscribe(event -> {
            if (event instanceof Event.OpenDisksChanged) {
                bridge.changed();
            }
        });
        bridge.changed();
        return hearing::close;
    }
}
