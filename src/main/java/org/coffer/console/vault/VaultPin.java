package org.coffer.console.vault;

import org.coffer.engine.vault.Pin;
import org.coffer.engine.vault.VaultId;

/** How the catalog writes down which vault it knows, so that no other can be put in its place. */
final class VaultPin {
    private VaultPin() {}

    static String text(Pin pin) {
        return pin.vault() + ":" + pin.fingerprint() + ':' + pin.version();
    }

    /** Reads what {@link #text} wrote. @throws IllegalArgumentException if the text is anything else */
    static Pin parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("no pin of a vault: " + text);
        }
        return new Pin(VaultId.of(parts[0]), parts[1], Integer.parseInt(parts[2]));
    }
}
