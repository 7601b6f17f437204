package org.coffer.console.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.coffer.engine.vault.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What a replica is a copy of (X1). It lies with the replica in its vault, so that another home that finds it there knows too.
 *
 * @param session names the copied backup for ever, in whatever catalog
 * @param name its name then
 * @param vault the name then of the vault that it lay in
 */
public record CopyOf(String session, String name, String vault) {
    private static final String ABOUT = "copyOf";

    /** What the vault keeps of it. */
    Map<String, Object> about() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("session", session);
        all.put("name", name);
        all.put("vault", vault);
        return Map.of(ABOUT, all);
    }

    /** Reads it out of what was kept; empty if the backup is no replica, or the session no session. */
    static Optional<CopyOf> read(Map<String, Object> about) {
        if (!(about.get(ABOUT) instanceof Map<?, ?> kept) || !(kept.get("session") instanceof String session)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new CopyOf(SessionId.of(session).toString(), text(kept.get("name")), text(kept.get("vault"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable Object kept) {
        return kept instanceof String text ? text : "";
    }
}
