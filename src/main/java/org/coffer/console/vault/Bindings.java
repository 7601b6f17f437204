package org.coffer.console.vault;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.machine.Overlap;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Which disks are bound to which vault, and the rules of binding (V5, V13, L5). */
public final class Bindings {
    /** Bytes above which the length of the first run is told (V13). */
    private static final long LARGE = 4000 * Vault.GB;

    /** Bytes a second that this estimate assumes and names: what one ordinary hard disk reads in a row. */
    private static final long ASSUMED_SPEED = 150_000_000L;

    private final Catalog catalog;
    private final VaultStore store;
    private final Vaults vaults;
    private final Locations locations;
    private final Disks disks;
    private final Audit audit;
    private final Events events;

    Bindings(
            Catalog catalog,
            VaultStore store,
            Vaults vaults,
            Locations locations,
            Disks disks,
            Audit audit,
            Events events) {
        this.catalog = catalog;
        this.store = store;
        this.vaults = vaults;
        this.locations = locations;
        this.disks = disks;
        this.audit = audit;
        this.events = events;
    }

    /** The vault that a disk is bound to; vaults in the trash bind nothing. */
    public Optional<Vault> vaultOf(UUID disk) {
        return vaults.list(VaultFilter.ALL).stream()
                .filter(vault -> vault.disks().contains(disk))
                .findFirst();
    }

    /** All disks on the list, each with the reason why it cannot be bound to a vault at {@code location}, if there is one. */
    public List<Candidate> candidates(UUID location) {
        Location place = locations.get(location);
        return disks.list().stream()
                .map(disk -> new Candidate(disk, refusal(disk, place), warnings(disk, place)))
                .toList();
    }

    /**
     * What to know before these disks are bound to a vault at {@code location} (L5, V13): {@code location.beside} and
     * {@code bind.large}, disk by disk.
     */
    public List<Problem> warnings(UUID location, List<UUID> chosen) {
        Location place = locations.get(location);
        return chosen.stream()
                .flatMap(id -> warnings(disks.get(id), place).stream())
                .toList();
    }

    private Optional<Problem> refusal(Disk disk, Location place) {
        Optional<Vault> taken = vaultOf(disk.id());
        if (taken.isPresent()) {
            return Optional.of(Problem.of(
                    "bind.taken", "disk", disk.name(), "vault", taken.get().name()));
        }
        if (!disk.state().readable()) {
            return Optional.of(disk.cause()
                    .orElse(Problem.of(
                            disk.state() == Disk.State.MISSING ? "disk.missing" : "disk.faulty", "disk", disk.name())));
        }
        if (disk.unfinishedRestore().isPresent()) {
            return Optional.of(Problem.of("disk.unfinished", "disk", disk.name()));
        }
        return disks.inGrounds(disk).or(() -> carried(disk, place));
    }

    /** L5: a location is never on the disk it protects. */
    private Optional<Problem> carried(Disk disk, Location place) {
        return switch (overlap(disk, place)) {
            case CARRIES ->
                Optional.of(Problem.of("location.same-disk", "location", place.name(), "disk", disk.name()));
            case UNKNOWN -> Optional.of(Problem.of("location.unclear", "location", place.name(), "disk", disk.name()));
            case NONE, BESIDE -> Optional.empty();
        };
    }

    /** What is no folder of this computer lies on none of its disks. */
    private Overlap overlap(Disk disk, Location place) {
        return place.folder().map(folder -> disks.overlap(disk.id(), folder)).orElse(Overlap.NONE);
    }

    private List<Problem> warnings(Disk disk, Location place) {
        List<Problem> warnings = new ArrayList<>();
        if (overlap(disk, place) == Overlap.BESIDE) {
            warnings.add(Problem.of("location.beside", "location", place.name(), "disk", disk.name()));
        }
        if (disk.capacity() > LARGE) {
            warnings.add(Problem.of(
                    "bind.large",
                    "disk",
                    disk.name(),
                    "size",
                    disk.capacity(),
                    "hours",
                    Math.ceilDiv(disk.capacity(), ASSUMED_SPEED * 3600),
                    "speed",
                    ASSUMED_SPEED));
        }
        return warnings;
    }

    /**
     * Why these disks cannot be bound together with those that are.
     *
     * @return {@code bind.many}, {@code bind.taken}, {@code location.same-disk}, {@code location.unclear}, {@code disk.*},
     *     {@code image.in-location}, {@code image.in-home}, or {@code bind.capacity}
     */
    Optional<Problem> problem(String vault, Location place, long capacityGb, List<UUID> already, List<UUID> more) {
        Set<UUID> all = new HashSet<>(already);
        all.addAll(more);
        if (all.size() > Vault.MOST_DISKS) {
            return Optional.of(Problem.of("bind.many", "vault", vault, "most", Vault.MOST_DISKS));
        }
        for (UUID id : more) {
            Optional<Problem> refusal = refusal(disks.get(id), place);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return capacityProblem(vault, capacityGb, already, all);
    }

    /** V5: the capacity of everything bound must fit the vault's. */
    private Optional<Problem> capacityProblem(String vault, long capacityGb, List<UUID> already, Set<UUID> all) {
        long sum = sum(all);
        long bound = sum(already);
        if (sum == bound || sum <= capacityGb * Vault.GB) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                "bind.capacity",
                "vault",
                vault,
                "sum",
                gb(sum - bound),
                "room",
                Math.max(0, (capacityGb * Vault.GB - bound) / Vault.GB),
                "suggest",
                gb(sum)));
    }

    private static long gb(long bytes) {
        return Math.ceilDiv(bytes, Vault.GB);
    }

    private long sum(Iterable<UUID> ids) {
        long bytes = 0;
        for (UUID id : ids) {
            bytes += disks.find(id).map(Disk::capacity).orElse(0L);
        }
        return bytes;
    }

    /** Why these disks cannot be bound to this vault now; empty if they can. */
    public Optional<Problem> problem(UUID vault, List<UUID> more) {
        Vault into = vaults.get(vault);
        return VaultAction.BIND
                .refusal(into)
                .or(() ->
                        problem(into.name(), locations.get(into.locationId()), into.capacityGb(), into.disks(), more));
    }

    /**
     * Binds disks: all of them or none. Of two that are asked for at once, the second is judged by what the first left.
     *
     * @throws ProblemException the first reason why one cannot be bound
     */
    public void bind(UUID vault, List<UUID> more) {
        List<UUID> fresh = catalog.transaction(() -> {
            store.lockForBinding(vault, more);
            problem(vault, more).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            return insert(vault, more, vaults.get(vault).disks());
        });
        audit.succeeded(
                AuditEvent.ADD_RESOURCES,
                Vaults.target(vaults.get(vault)),
                Map.of(),
                Map.of("disks", fresh.stream().map(id -> disks.get(id).name()).toList()));
        vaults.changed(vault);
        events.publish(new Event.ResourcesChanged());
    }

    /**
     * For a vault that is being made, in the transaction that inserts it: binds its first disks.
     *
     * @throws ProblemException the first reason why one cannot be bound any more
     */
    void bindFirst(Vault made, List<UUID> first) {
        store.lockForBinding(made.id(), first);
        problem(made.name(), locations.get(made.locationId()), made.capacityGb(), List.of(), first)
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        insert(made.id(), first, List.of());
    }

    private List<UUID> insert(UUID vault, List<UUID> more, List<UUID> already) {
        List<UUID> fresh = new ArrayList<>(new LinkedHashSet<>(more));
        fresh.removeAll(already);
        Instant now = vaults.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        fresh.forEach(disk -> store.bind(vault, disk, now));
        return fresh;
    }

    /** Why these disks, bound to some other vault, cannot be moved to this one; empty if they can. */
    public Optional<Problem> movable(UUID vault, List<UUID> more) {
        Vault into = vaults.get(vault);
        Location place = locations.get(into.locationId());
        Set<UUID> all = new HashSet<>(into.disks());
        all.addAll(more);
        if (all.size() > Vault.MOST_DISKS) {
            return Optional.of(Problem.of("bind.many", "vault", into.name(), "most", Vault.MOST_DISKS));
        }
        return more.stream()
                .flatMap(disk -> carried(disks.get(disk), place).stream())
                .findFirst()
                .or(() -> capacityProblem(into.name(), into.capacityGb(), into.disks(), all));
    }

    /**
     * In a transaction: binds a disk to another vault. {@link Event.ResourcesChanged} after it.
     *
     * @return whether it was bound to the first
     */
    public boolean move(UUID from, UUID disk, UUID to) {
        return store.rebind(from, disk, to);
    }

    /** Lets go of disks of a vault that comes out of the trash: they were bound to others meanwhile. */
    public void leave(UUID vault, List<UUID> gone) {
        catalog.transaction(() -> gone.forEach(disk -> store.unbind(vault, disk)));
        released(vault, gone);
    }

    /** Unbinds disks; what becomes of their backups is the backups' business. */
    public void unbind(UUID vault, List<UUID> gone) {
        catalog.transaction(() -> release(vault, gone));
        released(vault, gone);
    }

    /** The first half of {@link #unbind}, in a transaction; {@link #released} after it. */
    public void release(UUID vault, List<UUID> gone) {
        vaults.allowed(vault, VaultAction.UNBIND);
        gone.forEach(disk -> store.unbind(vault, disk));
    }

    /** The second half: tells of it. */
    public void released(UUID vault, List<UUID> gone) {
        audit.succeeded(
                AuditEvent.REMOVE_RESOURCES,
                Vaults.target(vaults.get(vault)),
                Map.of("disks", gone.stream().map(id -> disks.get(id).name()).toList()),
                Map.of());
        vaults.changed(vault);
        events.publish(new Event.ResourcesChanged());
    }

    /** Keeps a bound disk on the list of disks. */
    Optional<Problem> holds(Disk disk) {
        return vaultOf(disk.id()).map(vault -> Problem.of("disk.bound", "disk", disk.name(), "vault", vault.name()));
    }
}
