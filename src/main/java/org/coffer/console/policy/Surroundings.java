package org.coffer.console.policy;

import java.util.Optional;

/** What a run may have to wait for. Every answer is empty where the system cannot tell, and then counts as well. */
public interface Surroundings {
    /** Nothing is known. */
    Surroundings UNKNOWN = new Surroundings() {
        @Override
        public Optional<Boolean> onBattery() {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> metered() {
            return Optional.empty();
        }
    };

    /** Whether this computer runs on its battery. */
    Optional<Boolean> onBattery();

    /** Whether the network costs by volume. */
    Optional<Boolean> metered();
}
