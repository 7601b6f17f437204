package org.coffer.console.backup;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Kept;
import org.coffer.console.name.Names;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.SessionId;

/**
 * What became of backups since they were made: their names, dates, and whether they lie in the trash. Their commits never
 * change, so the vault keeps it in its description, for those that are not as their commits say any more (V17).
 */
final class Labels {
    private static final String BACKUPS = "backups";

    private final BackupStore store;
    private final Vaults vaults;

    Labels(BackupStore store, Vaults vaults) {
        this.store = store;
        this.vaults = vaults;
        vaults.memory().also(this::of);
    }

    /**
     * How a backup is labeled.
     *
     * @param expires when it goes by itself; empty for never
     * @param left whether no count of its policy takes it in
     */
    record Label(String name, String description, Optional<Instant> expires, Optional<Instant> trashed, boolean left) {}

    private Map<String, Object> of(UUID vault) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Backup backup : store.relabeled(vault)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", backup.name());
            one.put("description", backup.description());
            backup.expiresAt().ifPresent(at -> one.put("expires", at.toString()));
            backup.trashedAt().ifPresent(at -> one.put("trashed", at.toString()));
            backup.automatic().filter(Backup.Automatic::left).ifPresent(from -> one.put("left", true));
            all.put(backup.session().orElseThrow(), one);
        }
        return all.isEmpty() ? Map.of() : Map.of(BACKUPS, all);
    }

    /** What a vault remembers of its backups. */
    Map<SessionId, Label> remembered(UUID vault) {
        Map<SessionId, Label> labels = new LinkedHashMap<>();
        Kept all = new Kept(new Kept(vaults.memory().of(vault).rest()).inner(BACKUPS));
        for (String session : all.names()) {
            label(new Kept(all.inner(session))).ifPresent(label -> {
                try {
                    labels.put(SessionId.of(session), label);
                } catch (IllegalArgumentException e) {
                    all.expect(false);
                }
            });
        }
        return labels;
    }

    private static Optional<Label> label(Kept kept) {
        Optional<String> name =
                kept.text("name").filter(text -> Names.problem(text).isEmpty());
        Optional<Instant> expires = kept.moment("expires");
        Optional<Instant> trashed = kept.moment("trashed");
        boolean left = kept.flag("left");
        String description = kept.text("description")
                .filter(text -> Names.descriptionProblem(text).isEmpty())
                .orElse("");
        return name.filter(whole -> kept.whole()).map(whole -> new Label(whole, description, expires, trashed, left));
    }
}
