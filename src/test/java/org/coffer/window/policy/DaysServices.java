package org.coffer.window.policy;

import org.coffer.console.Console;
import org.coffer.window.desk.Days;

/** What the pages of policies work with, in a home where days pass. */
final class DaysServices {
    private DaysServices() {}

    static PolicyPages.Services of(Days days) {
        Console console = days.console();
        return new PolicyPages.Services(
                console.policies(),
                console.scheduler(),
                console.results(),
                console.simulator(),
                console.backups(),
                console.vaults(),
                console.disks(),
                console.events());
    }
}
