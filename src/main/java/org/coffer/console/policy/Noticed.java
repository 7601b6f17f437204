package org.coffer.console.policy;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.coffer.machine.Surroundings;

/**
 * What the surroundings of this computer said at the scheduler's last look, however many runs ask for it: an answer may cost a
 * process, and seconds where the system does not answer (P11).
 */
final class Noticed {
    /** Longer than the looks are apart. */
    private static final Duration LIFE = Duration.ofSeconds(30);

    private final Answer battery;
    private final Answer metered;

    /** Asks {@code surroundings}. */
    Noticed(Surroundings surroundings) {
        this.battery = new Answer(() -> surroundings.onBattery().orElse(false));
        this.metered = new Answer(() -> surroundings.metered().orElse(false));
    }

    /** A look begins: asks again what anybody wanted to know since the last one, and forgets the rest. Blocks as {@link Surroundings}. */
    void look() {
        battery.look();
        metered.look();
    }

    /** Whether this computer is known to run on its battery. */
    boolean onBattery() {
        return battery.get();
    }

    /** Whether the network is known to cost by volume. */
    boolean metered() {
        return metered.get();
    }

    /** One question. */
    private static final class Answer {
        private final BooleanSupplier question;
        private boolean known;
        private boolean wanted;
        private boolean answer;
        private long asked;

        Answer(BooleanSupplier question) {
            this.question = question;
        }

        synchronized void look() {
            known = false;
            if (wanted) {
                wanted = false;
                ask();
            }
        }

        synchronized boolean get() {
            wanted = true;
            if (!known || System.nanoTime() - asked > LIFE.toNanos()) {
                ask();
            }
            return answer;
        }

        private void ask() {
            answer = question.getAsBoolean();
            asked = System.nanoTime();
            known = true;
        }
    }
}
