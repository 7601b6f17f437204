package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.engine.store.ObjectStore;

/**
 * Leaves packs that are lost out of what a backup may refer to, so that what they held is stored again.
 *
 * <p>No rule of the protocol needs it: it is for a place that loses objects by itself, or by somebody's hand. A place that is near is
 * asked before each backup. One that is some way off is asked again {@link #TRUSTED} after nothing was missing there, for it lists
 * 1,000 names a request, and before each backup as long as something is. What a check or a restore meets meanwhile is condemned, and
 * left out by that.
 *
 * <p>That nothing was missing is remembered by this process, and in {@link NearCache} for later ones. Thread-safe.
 */
final class LostPacks {
    /** How long a far place that lost nothing so far is not asked. */
    static final Duration TRUSTED = Duration.ofDays(7);

    /** What the note is kept as, among the parts of objects; no object has such a name. */
    private static final String NOTE = "packs";

    private static final String WHEN = "complete";

    private final VaultCore core;
    private volatile long complete = Long.MIN_VALUE;

    LostPacks(VaultCore core) {
        this.core = core;
    }

    /** Removes from {@code uses} what is known to be lost. */
    void leaveOut(PackSet uses) throws IOException {
        ObjectStore store = core.store();
        boolean far = store.readsAtOnce() > 1;
        if (uses.isEmpty() || (far && trusted())) {
            return;
        }
        long now = core.clock().millis();
        Map<ObjectType, StoredPacks> stored = new ConcurrentHashMap<>();
        List<SideBySide.Act> lists = new ArrayList<>();
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            lists.add(() -> stored.put(type, StoredPacks.list(store, type)));
        }
        SideBySide.small(store, lists);
        boolean[] lost = {false};
        stored.forEach((type, packs) -> uses.keep(type, pack -> {
            boolean there = packs.contains(pack);
            lost[0] |= !there;
            return there;
        }));
        if (far && !lost[0]) {
            complete = now;
            core.near()
                    .put(
                            NOTE,
                            WHEN,
                            ByteBuffer.allocate(Long.BYTES).putLong(now).array());
        }
    }

    /** Whether nothing was missing lately. A clock that went back since is not believed. */
    private boolean trusted() {
        if (complete == Long.MIN_VALUE) {
            byte[] noted = core.near().get(NOTE, WHEN);
            if (noted == null || noted.length != Long.BYTES) {
                return false;
            }
            complete = ByteBuffer.wrap(noted).getLong();
        }
        long now = core.clock().millis();
        return complete <= now && now - complete < TRUSTED.toMillis();
    }
}
