package org.coffer.machine;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What backups may have to wait for, besides disks. Every answer is empty where the system cannot tell. Methods block for a
 * few seconds at most.
 */
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

    /** Those of this computer: known on Linux, where the kernel tells of power and NetworkManager of the network. */
    static Surroundings here() {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return linux
                ? new LinuxSurroundings(Path.of("/sys/class/power_supply"), LinuxSurroundings.NETWORK_MANAGER)
                : UNKNOWN;
    }

    /** Whether this computer runs on its battery. */
    Optional<Boolean> onBattery();

    /** Whether the network costs by volume. */
    Optional<Boolean> metered();
}
