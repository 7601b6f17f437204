package org.coffer.console.location;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.name.Names;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Patience;
import org.coffer.engine.store.PatientStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;
import org.coffer.engine.store.Throttle;
import org.coffer.engine.store.ThrottledStore;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The places where vaults live (L1, L2, L3). Once {@link #watch} was called each is looked at from time to time,
 * so that one which was unplugged is noticed, and noticed again when it is back.
 */
public final class Locations implements AutoCloseable {
    /** How long a look at a place may take: a disk that sleeps needs ten seconds to turn again. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final LocationStore store;
    private final Events events;
    private final Audit audit;
    private final Clock clock;
    private final Grounds grounds;
    private final Map<UUID, Location> known = new ConcurrentHashMap<>();
    private final List<Guard> guards = new ArrayList<>();
    private final Map<UUID, Throttle> limits = new ConcurrentHashMap<>();
    private final Map<UUID, Patience> patience = new ConcurrentHashMap<>();
    private final Map<UUID, Patience> looks = new ConcurrentHashMap<>();
    private volatile Witness witness = (location, place) -> true;
    private volatile boolean closed;
    private volatile Thread watcher = Thread.currentThread();

    /** Says why a location cannot be removed now; declared here, answered by the nouns to the right. */
    @FunctionalInterface
    public interface Guard {
        /** The reason, if there is one. */
        Optional<Problem> holds(Location location);
    }

    /** Says whether a place is a location's, and not an older copy of it; declared here, answered to the right. */
    @FunctionalInterface
    public interface Witness {
        /** Whether everything that this home knows to be at the location is in {@code place}. */
        boolean complete(UUID location, ObjectStore place);
    }

    /**
     * Keeps locations in {@code catalog}.
     *
     * @param home the home's folder, in which the ready location of {@link #suggested} lies
     */
    public Locations(Catalog catalog, Events events, Audit audit, Clock clock, Path home) {
        this.store = new LocationStore(catalog);
        this.events = events;
        this.audit = audit;
        this.clock = clock;
        this.grounds = new Grounds(store, home);
    }

    /** Adds a reason that may keep a location from being removed. */
    public void guard(Guard guard) {
        guards.add(guard);
    }

    /** Lets {@code answering} judge places that may be copies. */
    public void witness(Witness answering) {
        witness = answering;
    }

    /** All locations by name, as they are now. */
    public List<Location> list() {
        return store.all().stream().map(this::look).toList();
    }

    /** The location with this ID, as it is now. */
    public Optional<Location> find(UUID id) {
        return store.all().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .map(this::look);
    }

    /**
     * The location with this ID.
     *
     * @throws ProblemException {@code location.unknown}
     */
    public Location get(UUID id) {
        return find(id).orElseThrow(() -> new ProblemException(Problem.of("location.unknown", "location", id)));
    }

    /** A ready place to begin with (L2): made on the disk with the most room that is not this home's, else here. */
    public Path suggested() {
        return grounds.ready();
    }

    /** Which folders are Coffer's own. */
    public Grounds grounds() {
        return grounds;
    }

    /** What is wrong with a new location, field by field; empty if it can be tested. */
    public Map<String, Problem> problems(NewLocation wanted) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        Names.labelProblem(wanted.name()).ifPresent(p -> problems.put("name", p));
        Optional<LocationStore.Row> moved = moved(wanted.address());
        if (store.all().stream()
                .filter(row -> !moved.equals(Optional.of(row)))
                .anyMatch(row -> row.name().equals(wanted.name().strip()))) {
            problems.put("name", Problem.of("name.taken", "name", wanted.name().strip()));
        }
        problems.putAll(site(wanted.address()).problems());
        limitProblem(wanted.limit()).ifPresent(p -> problems.put("limit", p));
        return problems;
    }

    private Site site(Address address) {
        return switch (address) {
            case Address.Folder folder -> new FolderSite(folder, grounds, this::complete);
        };
    }

    /** The location that is at this address now, after it was moved there; empty if it is still where it was. */
    private Optional<LocationStore.Row> moved(Address address) {
        Optional<String> marker = site(address).marker();
        return store.all().stream()
                .filter(row -> marker.equals(Optional.of(row.marker())))
                .filter(row -> look(row).status() == Location.Status.UNREACHABLE)
                .findFirst();
    }

    /**
     * Follows a location to the address that somebody moved it to, as long as what is there is no older copy of it.
     *
     * @throws ProblemException {@code location.old-copy}
     */
    private Location follow(LocationStore.Row row, Address address) {
        if (!complete(row, address)) {
            throw new ProblemException(Problem.of(
                    "location.old-copy",
                    "location",
                    row.name(),
                    "path",
                    row.address().text(),
                    "other",
                    address.text()));
        }
        store.move(row.id(), address);
        Location found = look(row.at(address));
        audit.succeeded(
                AuditEvent.UPDATE_LOCATION,
                target(found),
                Map.of("path", row.address().text()),
                Map.of("path", address.text()));
        events.publish(new Event.LocationChanged(row.id()));
        return found;
    }

    /**
     * Tries a place out: writes, reads, lists and deletes a small object.
     *
     * @return the steps that were tried; the last one failed, or all passed
     */
    public List<TestStep> test(Address address) {
        return site(address).test();
    }

    /** What is wrong with a limit in MB a second: {@code location.limit}; empty if nothing. 0 is no limit. */
    public static Optional<Problem> limitProblem(long megabytes) {
        return megabytes >= 0 && megabytes <= Location.MOST_LIMIT
                ? Optional.empty()
                : Optional.of(Problem.of("location.limit", "given", megabytes, "most", Location.MOST_LIMIT));
    }

    /**
     * Tests a place and takes it into use. One that a location was moved to becomes that location's, which keeps its
     * name.
     *
     * @throws ProblemException the first of {@link #problems}, or why the test failed
     */
    public Location add(NewLocation wanted) {
        problems(wanted).values().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        test(wanted.address()).stream()
                .flatMap(step -> step.problem().stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        Optional<LocationStore.Row> moved = moved(wanted.address());
        if (moved.isPresent()) {
            return follow(moved.get(), wanted.address());
        }
        String marker = site(wanted.address()).marker().orElseThrow();
        Optional<LocationStore.Row> same =
                store.all().stream().filter(row -> row.marker().equals(marker)).findFirst();
        if (same.isPresent()) {
            throw new ProblemException(Problem.of(
                    Grounds.KNOWN,
                    "path",
                    wanted.address().text(),
                    "location",
                    same.get().name()));
        }
        LocationStore.Row row = new LocationStore.Row(
                UUID.randomUUID(),
                wanted.name().strip(),
                wanted.address(),
                wanted.region(),
                wanted.limit(),
                marker,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        store.insert(row);
        Location added = look(row);
        audit.succeeded(AuditEvent.CREATE_LOCATION, target(added), Map.of(), written(added));
        events.publish(new Event.LocationChanged(added.id()));
        return added;
    }

    /**
     * Makes the {@link #suggested} folder and takes it, or returns the location that is there already (L2).
     *
     * @param name what to call it
     */
    public Location addSuggested(String name) {
        Path folder = suggested();
        Address address = new Address.Folder(folder);
        for (Location location : list()) {
            if (location.address().equals(address)) {
                return location;
            }
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("location.denied", "path", folder.toString(), "user", System.getProperty("user.name")),
                    e);
        }
        return add(new NewLocation(name, address, "", 0));
    }

    /**
     * Limits how fast data goes to and comes from a location (B13), also for what is running now.
     *
     * @param megabytes most MB a second, over all tasks together; 0 for no limit
     * @throws ProblemException {@code location.unknown}, {@code location.limit}
     */
    public Location limit(UUID id, long megabytes) {
        Location before = get(id);
        limitProblem(megabytes).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        store.limit(id, megabytes);
        throttle(id, megabytes);
        audit.succeeded(
                AuditEvent.UPDATE_LOCATION,
                target(before),
                Map.of("limit", before.limit()),
                Map.of("limit", megabytes));
        events.publish(new Event.LocationChanged(id));
        return get(id);
    }

    /** The one throttle of a location, through which all its bytes go, set to its limit. */
    private Throttle throttle(UUID id, long megabytes) {
        Throttle throttle = limits.computeIfAbsent(id, key -> Throttle.unlimited());
        throttle.limit(megabytes * Location.MB);
        return throttle;
    }

    private static Map<String, Object> written(Location added) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("path", added.where());
        if (added.limit() > 0) {
            facts.put("limit", added.limit());
        }
        return facts;
    }

    /**
     * Forgets a location. What lies there stays.
     *
     * @throws ProblemException whatever a {@link Guard} says
     */
    public void remove(UUID id) {
        Location location = get(id);
        for (Guard guard : guards) {
            guard.holds(location).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
        }
        store.delete(id);
        known.remove(id);
        limits.remove(id);
        patience.remove(id);
        looks.remove(id);
        audit.succeeded(AuditEvent.DELETE_LOCATION, target(location), Map.of("path", location.where()), Map.of());
        events.publish(new Event.LocationChanged(id));
    }

    /**
     * For the vaults: the objects of one vault.
     *
     * @param prefix the vault's own prefix, ending in a slash
     */
    public ObjectStore open(UUID id, String prefix) {
        LocationStore.Row row = store.all().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of("location.unknown", "location", id)));
        Patience waiting = patience.computeIfAbsent(id, key -> Patience.standard());
        PatientStore patient = new PatientStore(site(row.address()).open(row.marker()), waiting);
        return new ThrottledStore(patient, throttle(id, row.limit())).within(prefix);
    }

    /** Starts looking at the locations, once in every {@code time}, until closed. */
    public void watch(Duration time) {
        watcher = Thread.ofVirtual().name("locations").start(() -> {
            while (!closed) {
                try {
                    TimeUnit.MILLISECONDS.sleep(time.toMillis());
                    list();
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    System.getLogger(Locations.class.getName())
                            .log(System.Logger.Level.WARNING, "looking at the locations", e);
                }
            }
        });
    }

    /** A place that hangs holds up nobody for longer than {@link #LOOK}, and those who ask while it does hardly at all. */
    private Location look(LocationStore.Row row) {
        Patience waiting = looks.computeIfAbsent(row.id(), key -> new Patience(LOOK, LOOK_AGAIN, Duration.ZERO));
        Site.Look seen;
        try {
            seen = waiting.ask(() -> site(row.address()).look(row));
            seen.moved().ifPresent(address -> store.move(row.id(), address));
        } catch (StoreException e) {
            seen = Site.Look.away(StoreProblems.of(e, row.name()).problem());
        }
        Location now = location(row, seen);
        Location before = known.put(now.id(), now);
        if (before != null
                && (before.status() != now.status() || !before.address().equals(now.address()))) {
            events.publish(new Event.LocationChanged(now.id()));
        }
        return now;
    }

    /** Whether everything that should be at a location is at an address that carries its marker. */
    private boolean complete(LocationStore.Row row, Address address) {
        try (ObjectStore candidate = site(address).open(row.marker())) {
            return witness.complete(row.id(), candidate);
        }
    }

    private static Location location(LocationStore.Row row, Site.Look seen) {
        return new Location(
                row.id(),
                row.name(),
                seen.moved().orElse(row.address()),
                row.region(),
                row.limit(),
                seen.status(),
                seen.room().free().orElse(-1),
                seen.room().total().orElse(-1),
                seen.problem(),
                row.addedAt());
    }

    private static Audit.Target target(Location location) {
        return new Audit.Target("location", location.id().toString(), location.name());
    }

    @Override
    public void close() {
        closed = true;
        if (watcher.isVirtual()) {
            watcher.interrupt();
        }
    }
}
