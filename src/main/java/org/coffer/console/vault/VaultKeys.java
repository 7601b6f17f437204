package org.coffer.console.vault;

import java.nio.CharBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.engine.vault.KeySlots;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.Unlock;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The keys of the vaults (B12): the recovery sheet, passphrases, and unlocking a vault whose key this home has lost.
 */
public final class VaultKeys {
    /** The shortest passphrase that is taken, in characters. */
    public static final int SHORTEST_PASSPHRASE = 4;

    /** What a recovery code looks like. */
    static final Pattern CODE = Pattern.compile("\\s*(?:[0-9A-Za-z][-\\s]*){56}");

    private final VaultStore store;
    private final OpenVaults open;
    private final Vaults vaults;
    private final Locations locations;
    private final Events events;
    private final Audit audit;
    private final Clock clock;

    VaultKeys(VaultStore store, OpenVaults open, Vaults vaults, Locations locations, Audit audit, Events events) {
        this.store = store;
        this.open = open;
        this.vaults = vaults;
        this.locations = locations;
        this.events = events;
        this.audit = audit;
        this.clock = vaults.clock();
    }

    /**
     * What the recovery sheet says.
     *
     * @param vault the vault's name
     * @param id its ID
     * @param location the location's name
     * @param where its path
     * @param code opens the vault for ever, without any passphrase
     * @param encrypted whether the code is a secret at all
     * @param made when the sheet was made
     */
    public record Sheet(
            String vault, UUID id, String location, String where, String code, boolean encrypted, Instant made) {}

    /**
     * Makes the recovery sheet. Showing it is recorded.
     *
     * @throws ProblemException {@code vault.no-key}, or why the vault cannot be opened
     */
    public Sheet sheet(UUID id) {
        Vault vault = vaults.get(id);
        Location location = locations.get(vault.locationId());
        String code = code(id);
        audit.succeeded(AuditEvent.SHOW_RECOVERY_CODE, Vaults.target(vault));
        return new Sheet(vault.name(), id, location.name(), location.where(), code, vault.encrypted(), now());
    }

    /** Remembers that the sheet was saved or printed. */
    public void sheetSaved(UUID id) {
        Vault vault = vaults.get(id);
        store.sheetSaved(id, now());
        vaults.describe(id);
        audit.succeeded(AuditEvent.SAVE_RECOVERY_SHEET, Vaults.target(vault));
        events.publish(new Event.VaultChanged(id));
    }

    /** What is wrong with a new passphrase: {@code passphrase.short}. */
    public static Optional<Problem> problem(char[] passphrase) {
        return passphrase.length < SHORTEST_PASSPHRASE
                ? Optional.of(Problem.of("passphrase.short", "n", SHORTEST_PASSPHRASE))
                : Optional.empty();
    }

    /** Whether a passphrase opens the vault. @throws ProblemException why the vault cannot be opened */
    public boolean hasPassphrase(UUID id) {
        return open.get(id).slots().list().stream().anyMatch(slot -> slot.kind() == KeySlots.Kind.PASSPHRASE);
    }

    /**
     * Sets the passphrase; one set before no longer opens the vault. No stored data is rewritten. Whoever once had the
     * old passphrase may have kept the key itself: against that only a new vault helps.
     *
     * @param passphrase the caller wipes it
     * @throws ProblemException {@code passphrase.short}, {@code vault.not-encrypted}, or why the vault cannot be changed
     */
    public void changePassphrase(UUID id, char[] passphrase) {
        Vault vault = vaults.get(id);
        problem(passphrase).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        if (!vault.encrypted()) {
            throw new ProblemException(Problem.of("vault.not-encrypted", "vault", vault.name()));
        }
        replace(open.get(id).slots(), passphrase);
        audit.succeeded(AuditEvent.UPDATE_VAULT_KEY, Vaults.target(vault), Map.of(), Map.of("passphrase", "changed"));
        events.publish(new Event.VaultChanged(id));
    }

    /**
     * Opens a vault with a passphrase or a recovery code, and keeps its key sealed in this home from now on.
     *
     * @param secret a passphrase or a recovery code; the caller wipes it
     * @throws ProblemException {@code key.wrong}, or why the vault cannot be opened
     */
    public void unlock(UUID id, char[] secret) {
        Vault vault = vaults.get(id);
        VaultStore.Row row = store.find(id).orElseThrow();
        boolean keyed = vault.keyed();
        try (org.coffer.engine.vault.Vault opened = opened(row, secret);
                MasterKey key = opened.key()) {
            keep(id, key);
        }
        if (!keyed) {
            open.close(id);
        }
        audit.succeeded(AuditEvent.UNLOCK_VAULT, Vaults.target(vault));
        events.publish(new Event.VaultChanged(id));
    }

    private void keep(UUID id, MasterKey key) {
        byte[] bytes = key.copy();
        try {
            open.keep(id, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private String code(UUID id) {
        try (MasterKey key = open.get(id).key()) {
            return key.recoveryCode();
        }
    }

    /** The new slot first: at no moment is the vault without a passphrase that had one. */
    private static void replace(KeySlots slots, char[] passphrase) {
        KeySlots.KeySlot fresh = slots.addPassphrase(passphrase);
        slots.list().stream()
                .filter(slot -> slot.kind() == KeySlots.Kind.PASSPHRASE)
                .filter(slot -> !slot.id().equals(fresh.id()))
                .forEach(slot -> slots.remove(slot.id()));
    }

    /** What has the shape of a recovery code is tried as one first; nobody's passphrase carries its checksum by chance. */
    private org.coffer.engine.vault.Vault opened(VaultStore.Row row, char[] secret) {
        // Only what has that shape becomes a string, which nobody can wipe.
        if (CODE.matcher(CharBuffer.wrap(secret)).matches()) {
            try {
                return open.open(row, new Unlock.Recovery(new String(secret)));
            } catch (ProblemException e) {
                if (!e.problem().code().equals("key.wrong")) {
                    throw e;
                }
            }
        }
        return open.open(row, new Unlock.Passphrase(secret));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
