package org.coffer.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Power as the kernel shows it (Documentation/ABI/testing/sysfs-class-power), and the network as NetworkManager does
 * (property {@code Metered} of {@code org.freedesktop.NetworkManager}).
 */
final class LinuxSurroundings implements Surroundings {
    /** Asks NetworkManager; answers such as {@code u 4}. */
    static final List<String> NETWORK_MANAGER = List.of(
            "busctl",
            "get-property",
            "org.freedesktop.NetworkManager",
            "/org/freedesktop/NetworkManager",
            "org.freedesktop.NetworkManager",
            "Metered");

    private static final int SECONDS = 5;

    private final Path supplies;
    private final List<String> question;

    /**
     * Looks at some folder and asks by some command.
     *
     * @param supplies a folder for each source of power
     * @param question the command that tells whether the network is metered
     */
    LinuxSurroundings(Path supplies, List<String> question) {
        this.supplies = supplies;
        this.question = question;
    }

    @Override
    public Optional<Boolean> onBattery() {
        boolean battery = false;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(supplies)) {
            for (Path supply : all) {
                if (says(supply, "online", "1") && !says(supply, "type", "Battery")) {
                    return Optional.of(false);
                }
                battery |= says(supply, "type", "Battery")
                        && !says(supply, "scope", "Device") // a mouse's, say
                        && says(supply, "status", "Discharging");
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return battery ? Optional.of(true) : Optional.empty();
    }

    private static boolean says(Path supply, String name, String word) {
        try {
            return Files.readString(supply.resolve(name)).strip().equals(word);
        } catch (IOException e) {
            return false; // Not every source of power says everything.
        }
    }

    @Override
    public Optional<Boolean> metered() {
        try {
            Process asked = new ProcessBuilder(question)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            asked.getOutputStream().close();
            if (!asked.waitFor(SECONDS, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return Optional.empty();
            }
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return switch (answer) {
                case "u 1", "u 3" -> Optional.of(true); // yes, and probably
                case "u 2", "u 4" -> Optional.of(false);
                default -> Optional.empty();
            };
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
