package org.coffer.window.tray;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Where the bus of the user's session is. Without one there is no tray, as under {@code sudo} or over the network. */
final class SessionBus {
    private static final String SOCKET = "unix:path=";

    private SessionBus() {}

    /** Its address: a socket in the file system, the only kind that Java opens. */
    static Optional<String> address(Map<String, String> environment) {
        String named = environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "");
        if (!named.isBlank()) {
            return Arrays.stream(named.split(";"))
                    .filter(address -> address.startsWith(SOCKET))
                    .findFirst();
        }
        return Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .map(folder -> Path.of(folder, "bus"))
                .filter(Files::exists)
                .map(socket -> SOCKET + socket);
    }
}
