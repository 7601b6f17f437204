package org.coffer.window.start;

import java.util.UUID;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;

/** When backups are made, as the first start was answered. */
sealed interface When {
    /** As a policy says that is there already. */
    record By(UUID policy) implements When {}

    /** As a policy says that is made for it. */
    record Planned(Schedule schedule, Retention retention) implements When {}

    /** Only this once. */
    record Once() implements When {}
}
