package org.coffer.console.restore;

import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.TestHome;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disk;

/**
 * The moment in which a disk is marked because a restore is about to overwrite it, and nothing is written to it yet. Listeners are called
 * by the thread to which something happens, so the restore stands still as long as the act takes.
 */
final class MarkedMoment {
    private MarkedMoment() {}

    /** Something that happens then. */
    @FunctionalInterface
    interface Mishap {
        void happen() throws Exception;
    }

    /** Lets something happen in the first such moment of a disk, until closed. */
    static Events.Subscription of(TestHome home, Disk disk, Mishap mishap) {
        var once = new AtomicBoolean();
        return home.console().events().subscribe(event -> {
            if (event instanceof Event.ResourcesChanged
                    && home.console().disks().get(disk.id()).unfinishedRestore().isPresent()
                    && once.compareAndSet(false, true)) {
                try {
                    mishap.happen();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }
}
