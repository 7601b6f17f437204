package org.coffer.console.vault;

import java.time.Instant;
import java.util.Optional;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.Pin;

/**
 * A vault that lies in a location and was opened with its key, but is not this home's yet. Holds the key until closed.
 *
 * @param found where it lies
 * @param remembered what it says of itself
 * @param backups how many backups can be restored from it
 * @param newest when the newest of them was made
 * @param damaged how many of its objects cannot be used
 * @param secret what it was opened with
 */
public record OpenedStranger(
        Stranger found, Remembered remembered, int backups, Optional<Instant> newest, int damaged, Secret secret)
        implements AutoCloseable {
    /**
     * What opens it.
     *
     * @param byCode whether whoever opened it had the recovery code, so that it is written down somewhere
     */
    record Secret(MasterKey key, Pin pin, boolean encrypted, boolean byCode) {}

    /** Its name, or the folder that it lies in. */
    public String name() {
        return remembered.facts().name().orElse(found.folder());
    }

    /** Wipes the key. */
    @Override
    public void close() {
        secret.key().close();
    }
}
