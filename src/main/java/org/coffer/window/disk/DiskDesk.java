package org.coffer.window.disk;

import java.util.Set;
import java.util.random.RandomGenerator;
import org.coffer.console.Console;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.shell.Navigator;

/**
 * What every model of disk backup works with.
 *
 * @param services the console
 * @param background calls the services off the window's thread, as the window's caller
 * @param dialogs asks and tells above the page
 * @param navigator leads to other pages
 * @param elsewhere leads to what other packages hold
 * @param random makes names
 */
public record DiskDesk(
        Console services,
        Background background,
        Dialogs dialogs,
        Navigator navigator,
        Elsewhere elsewhere,
        RandomGenerator random) {
    /** The page with vaults, backups and disks; the argument {@code tab} chooses one of them. */
    public static final String DISK_BACKUP = "disk-backup";
    /** The page about one vault. */
    public static final String VAULT = "vault";
    /** The form that makes a vault; the argument {@code disks} names disks to protect, separated by commas. */
    public static final String NEW_VAULT = "vault-create";
    /** The tab with the disks. */
    public static final String DISKS_TAB = "disks";

    /** Lets {@code bridge} load again after any event of {@code kinds}, until the subscription is closed. */
    public Events.Subscription follow(Bridge<?> bridge, Set<Class<? extends Event>> kinds) {
        return services.events().subscribe(event -> {
            if (kinds.contains(event.getClass())) {
                bridge.changed();
            }
        });
    }
}
