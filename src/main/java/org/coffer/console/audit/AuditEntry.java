package org.coffer.console.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One line of the audit record.
 *
 * @param seq its number, from 1 without gaps
 * @param at when
 * @param caller who, and from where
 * @param event what was done
 * @param objectType the kind of the object: {@code vault}, {@code backup}, {@code disk} …
 * @param objectId its ID
 * @param objectName its name then
 * @param succeeded whether it succeeded
 * @param before the values that changed, as they were; empty if nothing was there
 * @param after the values that changed, as they became
 * @param hash SHA-256 over the previous line's hash and this line, hexadecimal
 */
public record AuditEntry(
        long seq,
        Instant at,
        Caller caller,
        AuditEvent event,
        String objectType,
        String objectId,
        String objectName,
        boolean succeeded,
        Map<String, Object> before,
        Map<String, Object> after,
        String hash) {}
