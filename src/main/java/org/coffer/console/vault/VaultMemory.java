package org.coffer.console.vault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.resource.Disks;
import org.coffer.engine.vault.Description;
import org.coffer.problem.ProblemException;

/**
 * What vaults remember of themselves: each keeps its own slice of the catalog, so that it can be brought back from its
 * location alone (V17).
 *
 * <p>One console describes a vault, its owner: two that overwrite each other's words would lose both. A console that works
 * beside the owner writes none, and an owner that finds that somebody else took its place leaves the vault to him.
 */
public final class VaultMemory {
    private static final System.Logger LOG = System.getLogger(VaultMemory.class.getName());

    private final VaultStore store;
    private final OpenVaults open;
    private final Disks disks;
    private final Audit audit;
    private final List<Function<UUID, Map<String, Object>>> more = new CopyOnWriteArrayList<>();
    private volatile String me = "";

    VaultMemory(VaultStore store, OpenVaults open, Disks disks, Audit audit) {
        this.store = store;
        this.open = open;
        this.disks = disks;
        this.audit = audit;
    }

    /** Lets a noun to the right add to what every vault remembers. */
    public void also(Function<UUID, Map<String, Object>> what) {
        more.add(what);
    }

    /** Says who this console is, by the ID that it has in the vaults. */
    public void writtenBy(String console) {
        this.me = console;
    }

    /** Whether this is the ID of this console. */
    boolean me(String console) {
        return me.equals(console);
    }

    /** What a vault remembers now. @throws ProblemException why it cannot be read */
    public Remembered of(UUID id) {
        return open.get(id)
                .description()
                .map(kept -> Remembered.read(kept.payload()))
                .orElse(Remembered.nothing());
    }

    /**
     * Writes down what the vault should remember, if that is anything new. A vault that cannot be written now is described
     * at the next change or backup.
     *
     * @return whether this console describes it
     */
    boolean write(Vault vault) {
        boolean beside = store.find(vault.id()).filter(VaultStore.Row::beside).isPresent();
        boolean attaching = store.attaching(vault.id()).isPresent();
        if (vault.status() == VaultStatus.FROZEN || !vault.keyed() || beside || attaching) {
            return false;
        }
        try {
            open.get(vault.id())
                    .revise(
                            known -> mayWrite(vault, known) ? Optional.of(content(vault)) : Optional.empty(),
                            locked(vault));
            return true;
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "describing vault " + vault.name(), e);
            return false;
        }
    }

    /**
     * Sets the retention lock, which counts whoever describes the vault.
     *
     * @throws ProblemException why it cannot be written
     */
    void lock(Vault vault) {
        open.get(vault.id()).revise(known -> mayWrite(vault, known) ? Optional.of(content(vault)) : known, true);
    }

    /**
     * Describes a vault whoever described it before: from now on this console does.
     *
     * @throws ProblemException why it cannot be written
     */
    public void takeOver(Vault vault) {
        store.beside(vault.id(), false);
        open.get(vault.id()).revise(known -> Optional.of(content(vault)), locked(vault));
    }

    private static boolean locked(Vault vault) {
        return vault.lock().isPresent();
    }

    /**
     * Looks who describes a vault that this console keeps. If somebody else does by now, the vault is left to him, and so is
     * what was made here.
     *
     * @throws ProblemException why it cannot be read
     */
    void look(UUID id) {
        Optional<VaultStore.Row> row = store.find(id);
        boolean keeps = row.filter(known -> !known.beside()).isPresent();
        if (row.isPresent() && !keeps) {
            // A name may be new, and of homes of before none was kept.
            of(id).owner().filter(owner -> !me(owner.console())).ifPresent(owner -> store.owner(id, owner.host()));
        }
        if (keeps && store.attaching(id).isEmpty()) {
            mayWrite(id, open.get(id).description().map(Description::payload));
        }
    }

    private boolean mayWrite(Vault vault, Optional<byte[]> known) {
        return mayWrite(vault.id(), known);
    }

    /** Whether nobody else describes it. Who finds that somebody does remembers it. */
    private boolean mayWrite(UUID id, Optional<byte[]> known) {
        Optional<Remembered.Owner> other =
                known.map(Remembered::read).flatMap(Remembered::owner).filter(owner -> !me(owner.console()));
        Optional<VaultStore.Row> kept = store.find(id).filter(row -> !row.beside());
        if (other.isPresent() && kept.isPresent()) {
            store.leaveToOther(id, other.get().host());
            audit.succeeded(
                    AuditEvent.YIELD_VAULT,
                    new Audit.Target("vault", id.toString(), kept.get().name()),
                    Map.of(),
                    Map.of("owner", other.get().host()));
        }
        return other.isEmpty();
    }

    /** Read in one transaction: each question by itself would wait for whoever is writing to the catalog. */
    private byte[] content(Vault vault) {
        return store.atOnce(() -> VaultDescription.of(vault, store.autoBind(vault.id()), disks)
                .with(all(vault.id()))
                .toBytes());
    }

    private Map<String, Object> all(UUID vault) {
        Map<String, Object> all = new LinkedHashMap<>();
        more.forEach(one -> all.putAll(one.apply(vault)));
        return all;
    }
}
