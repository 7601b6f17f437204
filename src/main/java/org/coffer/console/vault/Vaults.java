package org.coffer.console.vault;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.Kept;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.home.Secrets;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disks;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Vaults for disks: making, looking, editing. What concerns their disks is in {@link Bindings}, their size in
 * {@link Capacity}, their keys in {@link VaultKeys}. Acts that concern their backups too, such as deleting one, belong
 * to the backups.
 */
public final class Vaults implements AutoCloseable {
    /** How long a deleted vault rests in the trash (V12). */
    public static final int TRASH_DAYS = 14;

    private static final System.Logger LOG = System.getLogger(Vaults.class.getName());

    private final Catalog catalog;
    private final VaultStore store;
    private final Locations locations;
    private final Disks disks;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private final OpenVaults open;
    private final VaultKeys keys;
    private final Bindings bindings;
    private final AutoBinding autoBinding;
    private final Naming naming;
    private final VaultMaker maker;
    private final Strangers strangers;
    private final VaultMemory memory;

    /**
     * Keeps vaults in {@code catalog}.
     *
     * @param secrets where keys are kept sealed
     */
    public Vaults(
            Catalog catalog,
            Locations locations,
            Disks disks,
            Secrets secrets,
            Path cache,
            Audit audit,
            Events events,
            Clock clock) {
        this.catalog = catalog;
        this.store = new VaultStore(catalog);
        this.locations = locations;
        this.disks = disks;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.open = new OpenVaults(store, locations, secrets, cache, clock);
        this.keys = new VaultKeys(store, open, this, locations, audit, events);
        this.bindings = new Bindings(catalog, store, this, locations, disks, audit, events);
        this.autoBinding = new AutoBinding(store, this, bindings, audit);
        this.naming = new Naming(catalog, store);
        this.memory = new VaultMemory(store, open, disks, audit);
        this.strangers = new Strangers(store, naming, open, locations, disks, clock);
        this.maker = new VaultMaker(store, this, naming, bindings, open, locations, disks, audit, clock);
        open.onOpen(this::learnLock);
        open.onOpen(this::learnOwner);
        locations.guard(this::vaultsAt);
        disks.guard(bindings::holds);
    }

    /** The keys of the vaults. */
    public VaultKeys keys() {
        return keys;
    }

    /** Which disks are bound to which vault. */
    public Bindings bindings() {
        return bindings;
    }

    /** Which disks bind themselves. */
    public AutoBinding autoBinding() {
        return autoBinding;
    }

    /** Vaults in a location that are not this home's. */
    public Strangers strangers() {
        return strangers;
    }

    /** For the nouns to the right: the open vaults. */
    public OpenVaults open() {
        return open;
    }

    Clock clock() {
        return clock;
    }

    VaultStore store() {
        return store;
    }

    // ---- looking

    /** The vaults that match, by name. */
    public List<Vault> list(VaultFilter filter) {
        return shown(store.all()).stream().filter(filter::matches).toList();
    }

    /** The vault with this ID, also one in the trash. */
    public Optional<Vault> find(UUID id) {
        return shown(store.all().stream().filter(row -> row.id().equals(id)).toList()).stream()
                .findFirst();
    }

    /**
     * The vault with this ID.
     *
     * @throws ProblemException {@code vault.unknown}
     */
    public Vault get(UUID id) {
        return find(id).orElseThrow(() -> new ProblemException(Problem.of("vault.unknown", "vault", id)));
    }

    /**
     * Whether another console keeps the vault, and this one works beside it (V17): then nothing goes by itself here that the
     * other one made, because only that one knows what became of it since.
     */
    public boolean beside(UUID id) {
        return store.find(id).filter(VaultStore.Row::beside).isPresent();
    }

    /**
     * Looks whether another console took a vault over that this one keeps; then it works beside that one from now on. Asked before
     * anything goes by itself, and before each run.
     *
     * @throws ProblemException why it cannot be read, and so nothing may go
     */
    public void lookAtOwner(UUID id) {
        memory.look(id);
    }

    private void learnOwner(UUID id) {
        try {
            memory.look(id);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "looking who keeps vault " + id, e);
        }
    }

    /**
     * Whether this console keeps what a console made in a vault: it is that one itself, or was told that the others are gone.
     *
     * @param console who made it
     */
    public boolean ownedHere(UUID id, String console) {
        return memory.me(console) || attaching(id).filter(Attaching::ownerGone).isPresent();
    }

    /**
     * What is left to do of attaching a vault.
     *
     * @param ownerGone whether the console that kept it so far is gone for good
     * @param rest what the nouns to the right still have to do
     */
    public record Attaching(boolean ownerGone, Map<String, Object> rest) {}

    /** What is left to do of attaching a vault; empty if nothing is. Until then no rule judges what lies there. */
    public Optional<Attaching> attaching(UUID id) {
        return store.attaching(id)
                .map(Json::read)
                .map(all -> new Attaching(new Kept(all).flag("ownerGone"), new Kept(all).inner("rest")));
    }

    /** In the transaction of an act: notes what is left to do of attaching a vault. */
    public void attaching(UUID id, Attaching left) {
        store.attaching(id, Json.write(Map.of("ownerGone", left.ownerGone(), "rest", left.rest())));
    }

    /** In the transaction of an act: no other console keeps a vault any more. */
    public void besideNobody(UUID id) {
        store.beside(id, false);
    }

    /** In the transaction of an act: nothing is left to do of attaching a vault. */
    public void attached(UUID id) {
        store.attaching(id, null);
    }

    /** Looks only at the locations of these vaults: another that does not answer holds nobody up. */
    private List<Vault> shown(List<VaultStore.Row> rows) {
        Map<UUID, Location> places = new HashMap<>();
        locations
                .list(rows.stream().map(VaultStore.Row::location).collect(Collectors.toSet()))
                .forEach(location -> places.put(location.id(), location));
        Map<UUID, Long> sizes = disks.capacities();
        Map<UUID, List<UUID>> bound = store.bindings();
        Map<UUID, Map<String, String>> tags = store.tags();
        return rows.stream()
                .map(row -> {
                    List<UUID> mine = bound.getOrDefault(row.id(), List.of());
                    long size = mine.stream()
                            .mapToLong(disk -> sizes.getOrDefault(disk, 0L))
                            .sum();
                    return vault(row, places.get(row.location()), tags.getOrDefault(row.id(), Map.of()), mine, size);
                })
                .toList();
    }

    private Vault vault(
            VaultStore.Row row,
            @org.jspecify.annotations.Nullable Location location,
            Map<String, String> tags,
            List<UUID> bound,
            long boundBytes) {
        Optional<Problem> keyless = open.keyless(row);
        VaultStatus status = row.status();
        Optional<Problem> problem = row.problem();
        if (location == null || !location.status().writable()) {
            if (status != VaultStatus.DELETING) {
                status = VaultStatus.FROZEN;
                problem = location == null ? Optional.empty() : location.problem();
            }
        } else if (status == VaultStatus.AVAILABLE) {
            Optional<Problem> shut = keyless.or(() -> open.refusal(row, location.address()));
            if (shut.isPresent()) {
                status = VaultStatus.ERROR;
                problem = shut;
            }
        }
        return new Vault(
                row.id(),
                row.name(),
                row.description(),
                row.location(),
                location == null ? "" : location.name(),
                row.capacityGb(),
                row.used(),
                status,
                problem,
                row.encrypted(),
                keyless.isEmpty(),
                row.autoExpand(),
                row.backupPrefix(),
                row.sheetSaved(),
                row.createdAt(),
                row.trashedAt(),
                row.trashedAt().map(at -> at.plus(Duration.ofDays(TRASH_DAYS))),
                tags,
                bound,
                boundBytes,
                row.lockedAt()
                        .map(since -> new RetentionLock(
                                since, location != null && location.address().retains())),
                row.beside(),
                row.owner(),
                row.protection());
    }

    /** Where in a location the objects of each of its vaults lie, those in the trash included; the prefixes by vault. */
    public Map<UUID, String> prefixes(UUID location) {
        Map<UUID, String> prefixes = new HashMap<>();
        store.all().stream()
                .filter(row -> row.location().equals(location))
                .forEach(row -> prefixes.put(row.id(), row.prefix()));
        return prefixes;
    }

    private Optional<Problem> vaultsAt(Location location) {
        long n = store.all().stream()
                .filter(row -> row.location().equals(location.id()))
                .count();
        return n == 0
                ? Optional.empty()
                : Optional.of(Problem.of("location.in-use", "location", location.name(), "n", n));
    }

    // ---- making

    /** The advised capacity in GB for these disks (V4): twice their size, in whole GB, within the limits. */
    public long suggestedCapacityGb(List<UUID> chosen) {
        return maker.suggestedCapacityGb(chosen);
    }

    /** What is wrong with a new vault, by the field's name: name, description, location, capacity, disks, passphrase … */
    public Map<String, Problem> problems(NewVault wanted) {
        return maker.problems(wanted);
    }

    /**
     * Makes a vault.
     *
     * @throws ProblemException the first of {@link #problems}, or why the location cannot be written
     */
    public Vault create(NewVault wanted) {
        return create(wanted, id -> {});
    }

    /**
     * The same.
     *
     * @param also done in the transaction that enters it
     */
    public Vault create(NewVault wanted, Consumer<UUID> also) {
        Vault made = maker.create(wanted, also);
        changed(made.id());
        return made;
    }

    // ---- editing

    /**
     * Changes name and description.
     *
     * @throws ProblemException {@code name.*}, {@code description.long}, or that the state does not allow it
     */
    public void rename(UUID id, String name, String description) {
        Vault before = allowed(id, VaultAction.EDIT);
        Names.descriptionProblem(description).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        naming.give(name, id, () -> {
            store.rename(id, name, description);
            return id;
        });
        audit.succeeded(
                AuditEvent.UPDATE_VAULT,
                target(before),
                Map.of("name", before.name(), "description", before.description()),
                Map.of("name", name, "description", description));
        changed(id);
    }

    /** Switches automatic growth (V7). Takes effect at the next backup that ends above the capacity. */
    public void autoExpand(UUID id, boolean on) {
        Vault before = allowed(id, VaultAction.EDIT);
        store.autoExpand(id, on);
        audit.succeeded(
                AuditEvent.UPDATE_VAULT,
                target(before),
                Map.of("autoExpand", before.autoExpand()),
                Map.of("autoExpand", on));
        changed(id);
    }

    /**
     * Replaces the tags.
     *
     * @throws ProblemException {@code tag.*}
     */
    public void tag(UUID id, Map<String, String> tags) {
        Vault before = allowed(id, VaultAction.EDIT);
        Tags.problem(tags).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        catalog.transaction(() -> store.tags(id, tags));
        audit.succeeded(AuditEvent.UPDATE_VAULT, target(before), Map.of("tags", before.tags()), Map.of("tags", tags));
        changed(id);
    }

    /**
     * Sets the retention lock (V16), which nobody can take back. It is written into the vault first: what stands there
     * counts for every console that opens it.
     *
     * @param typedName what the user typed: must be the vault's name
     * @throws ProblemException {@code vault.name-mismatch}, {@code lock.set} if it is locked already, that the state does
     *     not allow it, or why the vault cannot be written
     */
    public void lock(UUID id, String typedName) {
        Vault before = allowed(id, VaultAction.LOCK);
        if (!typedName.equals(before.name())) {
            throw new ProblemException(Problem.of("vault.name-mismatch", "vault", before.name()));
        }
        if (before.lock().isPresent()) {
            throw new ProblemException(Problem.of("lock.set", "vault", before.name()));
        }
        memory.lock(before);
        store.lock(id, now());
        audit.succeeded(AuditEvent.UPDATE_VAULT, target(before), Map.of("locked", false), Map.of("locked", true));
        events.publish(new Event.VaultChanged(id));
    }

    /** A vault that another console locked is locked here too. */
    private void learnLock(UUID id) {
        try {
            lookForLock(id);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "looking whether vault " + id + " is locked", e);
        }
    }

    /**
     * Whether a vault is locked by now: looks into it, because another console may have locked it meanwhile.
     *
     * @throws ProblemException why it cannot be read
     */
    public boolean lookForLock(UUID id) {
        if (store.find(id).filter(row -> row.lockedAt().isPresent()).isPresent()) {
            return true;
        }
        boolean locked = open.get(id).locked();
        if (locked) {
            store.lock(id, now());
            events.publish(new Event.VaultChanged(id));
        }
        return locked;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The vault, if its state allows an act.
     *
     * @throws ProblemException {@code vault.unknown}, or the refusal
     */
    public Vault allowed(UUID id, VaultAction action) {
        Vault vault = get(id);
        action.refusal(vault).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return vault;
    }

    // ---- for the nouns to the right

    /** Writes what the vault should remember about itself into the vault, and tells the window. */
    void changed(UUID id) {
        describe(id);
        events.publish(new Event.VaultChanged(id));
    }

    /** What the vaults remember of themselves, so that they can be attached from their location alone (V17). */
    public VaultMemory memory() {
        return memory;
    }

    /** Writes the vault's own description into it, as {@link VaultMemory#write}. */
    public void describe(UUID id) {
        if (memory.write(get(id))) {
            learnLock(id);
        }
    }

    /** Counts what the vault's objects take, and remembers it. */
    public long measure(UUID id) {
        long used = open.get(id).usage().bytes();
        store.used(id, used);
        events.publish(new Event.VaultChanged(id));
        return used;
    }

    /** Sets the state and its cause. */
    public void status(UUID id, VaultStatus status, Optional<Problem> problem) {
        store.status(id, status, problem.orElse(null));
        tell(id);
    }

    /** In a transaction: marks a vault as being deleted; {@link #tell} after it. */
    public void deleting(UUID id) {
        store.status(id, VaultStatus.DELETING, null);
    }

    /** In a transaction: puts a vault into the trash, or takes it out; {@link #tell} after it. */
    public void trashed(UUID id, boolean inTrash) {
        store.trashed(id, inTrash ? clock.instant() : null);
    }

    /** Tells everybody that a vault changed, after the commit. */
    public void tell(UUID id) {
        events.publish(new Event.VaultChanged(id));
    }

    /**
     * Counts today for every vault in the trash and returns those that have rested long enough: days are counted when
     * they are seen, and only if none so late was seen before, so that a clock that jumps ahead, or goes to and fro, deletes
     * nothing early.
     *
     * @param today as {@code 2026-11-22}
     */
    public List<UUID> restedInTrash(String today) {
        for (VaultStore.Row row : store.all()) {
            boolean seen =
                    row.trashSeen().filter(day -> day.compareTo(today) >= 0).isPresent();
            if (row.trashedAt().isPresent() && !seen) {
                int days = row.trashSeen().isEmpty() ? 0 : row.trashDays() + 1;
                store.trashDay(row.id(), days, today);
            }
        }
        return store.all().stream()
                .filter(row -> row.trashedAt().isPresent() && row.trashDays() >= TRASH_DAYS)
                .map(VaultStore.Row::id)
                .toList();
    }

    /** In a transaction: forgets a vault that lies where nobody gets at it any more. Its key stays, should it come back. */
    public void leave(UUID id) {
        store.delete(id);
    }

    /** Forgets a vault whose objects are deleted, and its key. */
    public void forget(UUID id) {
        open.close(id);
        catalog.transaction(() -> store.delete(id));
        open.forgetKey(id);
        events.publish(new Event.VaultChanged(id));
    }

    /** Where the vault's objects lie: its location and prefix. */
    public org.coffer.engine.store.ObjectStore objects(UUID id) {
        VaultStore.Row row =
                store.find(id).orElseThrow(() -> new ProblemException(Problem.of("vault.unknown", "vault", id)));
        return locations.open(row.location(), row.prefix());
    }

    /** Names a vault in the audit record. */
    public static Audit.Target target(Vault vault) {
        return new Audit.Target("vault", vault.id().toString(), vault.name());
    }

    @Override
    public void close() {
        open.close();
    }
}
