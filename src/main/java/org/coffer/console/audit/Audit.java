package org.coffer.console.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;

/**
 * The audit record (U1, U2): every change, each line chained to the one before by its hash, so that a line that is
 * altered or removed later is found by {@link #firstBrokenLine}.
 */
public final class Audit {
    private static final String START = "0".repeat(64);

    private final Catalog catalog;
    private final AuditStore store;
    private final Events events;
    private final Clock clock;

    /** Keeps the record in {@code catalog}. */
    public Audit(Catalog catalog, Events events, Clock clock) {
        this.catalog = catalog;
        this.store = new AuditStore(catalog);
        this.events = events;
        this.clock = clock;
    }

    /** Names the object that an act concerns. */
    public record Target(String type, String id, String name) {}

    /** Records that the current caller did something. */
    public void succeeded(AuditEvent event, Target target, Map<String, ?> before, Map<String, ?> after) {
        append(event, target, true, before, after);
    }

    /** Records that the current caller did something that changes no values worth keeping. */
    public void succeeded(AuditEvent event, Target target) {
        append(event, target, true, Map.of(), Map.of());
    }

    /** Records that something which the current caller started did not succeed. */
    public void failed(AuditEvent event, Target target, String code) {
        failed(event, target, Map.of("code", code));
    }

    /**
     * Records that something which the current caller started did not succeed.
     *
     * @param after what is known of it; {@code code} among it says why
     */
    public void failed(AuditEvent event, Target target, Map<String, ?> after) {
        append(event, target, false, Map.of(), after);
    }

    private synchronized void append(
            AuditEvent event, Target target, boolean succeeded, Map<String, ?> before, Map<String, ?> after) {
        AuditEntry entry = catalog.transaction(() -> {
            Optional<AuditEntry> last = store.last();
            long seq = last.map(AuditEntry::seq).orElse(0L) + 1;
            AuditEntry open = new AuditEntry(
                    seq,
                    clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                    Caller.current(),
                    event,
                    target.type(),
                    target.id(),
                    target.name(),
                    succeeded,
                    Map.copyOf(before),
                    Map.copyOf(after),
                    "");
            String beforeText = Json.write(before);
            String afterText = Json.write(after);
            String hash = hash(last.map(AuditEntry::hash).orElse(START), open, beforeText, afterText);
            store.insert(open, beforeText, afterText, hash);
            return open;
        });
        events.publish(new Event.Audited(entry.seq()));
    }

    /** One page of the record, newest first. */
    public List<AuditEntry> list(AuditFilter filter, int offset, int limit) {
        return store.list(filter, offset, limit);
    }

    /** How many lines match. */
    public long count(AuditFilter filter) {
        return store.count(filter);
    }

    /** Walks the whole chain; empty if it is whole, else the number of the first line that does not fit. */
    public Optional<Long> firstBrokenLine() {
        return store.firstBroken(START, Audit::hash);
    }

    /** SHA-256 over the previous hash and every field, each preceded by its length so that fields cannot run together. */
    static String hash(String previous, AuditEntry entry, String before, String after) {
        StringBuilder all = new StringBuilder(previous);
        for (Object field : List.of(
                entry.seq(),
                entry.at().toEpochMilli(),
                entry.caller().who(),
                entry.caller().from(),
                entry.event().name(),
                entry.objectType(),
                entry.objectId(),
                entry.objectName(),
                entry.succeeded(),
                before,
                after)) {
            String text = field.toString();
            all.append('\n').append(text.length()).append(':').append(text);
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
