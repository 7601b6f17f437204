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
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Patience;
import org.coffer.engine.store.PatientStore;
import org.coffer.engine.store.Room;
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
    private static final long NEARLY_FULL_BYTES = 1_000_000_000L;
    /** How long a look at a folder may take: a disk that sleeps needs ten seconds to turn again. */
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
    private volatile Witness witness = (location, folder) -> true;
    private volatile boolean closed;
    private volatile Thread watcher = Thread.currentThread();

    /** Says why a location cannot be removed now; declared here, answered by the nouns to the right. */
    @FunctionalInterface
    public interface Guard {
        /** The reason, if there is one. */
        Optional<Problem> holds(Location location);
    }

    /** Says whether a folder is a location's, and not an older copy of it; declared here, answered to the right. */
    @FunctionalInterface
    public interface Witness {
        /** Whether everything that this home knows to be at the location is in {@code folder}. */
        boolean complete(UUID location, ObjectStore folder);
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

    /** Lets {@code answering} judge folders that may be copies. */
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
        Path folder = absolute(wanted.folder());
        Optional<LocationStore.Row> moved = moved(folder);
        if (store.all().stream()
                .filter(row -> !moved.equals(Optional.of(row)))
                .anyMatch(row -> row.name().equals(wanted.name().strip()))) {
            problems.put("name", Problem.of("name.taken", "name", wanted.name().strip()));
        }
        if (!Files.exists(folder)) {
            problems.put("folder", Problem.of("location.missing", "path", folder.toString()));
        } else if (!Files.isDirectory(folder)) {
            problems.put("folder", Problem.of("location.file", "path", folder.toString()));
        } else {
            grounds.folder(folder).ifPresent(p -> problems.put("folder", p));
        }
        limitProblem(wanted.limit()).ifPresent(p -> problems.put("limit", p));
        return problems;
    }

    /** The location that was in this folder before it was moved there; empty if it is still where it was. */
    private Optional<LocationStore.Row> moved(Path folder) {
        Optional<String> marker = FolderStore.identify(folder);
        return store.all().stream()
                .filter(row -> marker.equals(Optional.of(row.marker())))
                .filter(row -> look(row).status() == Location.Status.UNREACHABLE)
                .findFirst();
    }

    /**
     * Follows a location to the folder that somebody moved it to, as long as that is no older copy of it.
     *
     * @throws ProblemException {@code location.old-copy}
     */
    private Location follow(LocationStore.Row row, Path folder) {
        if (!complete(row, folder)) {
            throw new ProblemException(Problem.of(
                    "location.old-copy",
                    "location",
                    row.name(),
                    "path",
                    row.path().toString(),
                    "other",
                    folder.toString()));
        }
        store.move(row.id(), folder);
        Location found = look(row.at(folder));
        audit.succeeded(
                AuditEvent.UPDATE_LOCATION,
                target(found),
                Map.of("path", row.path().toString()),
                Map.of("path", folder.toString()));
        events.publish(new Event.LocationChanged(row.id()));
        return found;
    }

    /**
     * Tries a folder out: writes, reads, lists and deletes a small object.
     *
     * @return the steps that were tried; the last one failed, or all four passed
     */
    public List<TestStep> test(Path folder) {
        return grounds.folder(absolute(folder))
                .filter(problem -> !problem.code().equals(Grounds.KNOWN))
                .map(problem -> List.of(new TestStep(TestStep.Act.WRITE, Optional.of(problem))))
                .orElseGet(() -> FolderTrial.run(absolute(folder)));
    }

    /** What is wrong with a limit in MB a second: {@code location.limit}; empty if nothing. 0 is no limit. */
    public static Optional<Problem> limitProblem(long megabytes) {
        return megabytes >= 0 && megabytes <= Location.MOST_LIMIT
                ? Optional.empty()
                : Optional.of(Problem.of("location.limit", "given", megabytes, "most", Location.MOST_LIMIT));
    }

    /**
     * Tests a folder and takes it into use. One that a location was moved to becomes that location's, which keeps its
     * name.
     *
     * @throws ProblemException the first of {@link #problems}, or why the test failed
     */
    public Location add(NewLocation wanted) {
        problems(wanted).values().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Path folder = absolute(wanted.folder());
        test(folder).stream()
                .flatMap(step -> step.problem().stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        Optional<LocationStore.Row> moved = moved(folder);
        if (moved.isPresent()) {
            return follow(moved.get(), folder);
        }
        String marker = FolderStore.identify(folder).orElseThrow();
        Optional<LocationStore.Row> same =
                store.all().stream().filter(row -> row.marker().equals(marker)).findFirst();
        if (same.isPresent()) {
            throw new ProblemException(Problem.of(
                    Grounds.KNOWN,
                    "path",
                    folder.toString(),
                    "location",
                    same.get().name()));
        }
        LocationStore.Row row = new LocationStore.Row(
                UUID.randomUUID(),
                wanted.name().strip(),
                folder,
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
        for (Location location : list()) {
            if (location.path().equals(absolute(folder))) {
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
        return add(new NewLocation(name, folder, ""));
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
        facts.put("path", added.path().toString());
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
        audit.succeeded(
                AuditEvent.DELETE_LOCATION,
                target(location),
                Map.of("path", location.path().toString()),
                Map.of());
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
        PatientStore folder = new PatientStore(new FolderStore(row.path(), row.marker()), waiting);
        return new ThrottledStore(folder, throttle(id, row.limit())).within(prefix);
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

    /** What a look found, and to which folder the location has moved. */
    private record Seen(Location location, Optional<Path> moved) {}

    /** A folder that hangs holds up nobody for longer than {@link #LOOK}, and those who ask while it does hardly at all. */
    private Location look(LocationStore.Row row) {
        Patience waiting = looks.computeIfAbsent(row.id(), key -> new Patience(LOOK, LOOK_AGAIN, Duration.ZERO));
        Location now;
        try {
            Seen seen = waiting.ask(() -> isHere(row) ? new Seen(examine(row), Optional.empty()) : lookElsewhere(row));
            seen.moved().ifPresent(path -> store.move(row.id(), path));
            now = seen.location();
        } catch (StoreException e) {
            now = away(row, StoreProblems.of(e, row.name()).problem());
        }
        Location before = known.put(now.id(), now);
        if (before != null && (before.status() != now.status() || !before.path().equals(now.path()))) {
            events.publish(new Event.LocationChanged(now.id()));
        }
        return now;
    }

    private Seen lookElsewhere(LocationStore.Row row) {
        return switch (Finder.find(row, folder -> complete(row, folder))) {
            case Finder.Found.Nowhere() ->
                new Seen(away(row, Problem.of("location.unreachable", "location", row.name())), Optional.empty());
            case Finder.Found.Doubtful(Problem problem) -> new Seen(away(row, problem), Optional.empty());
            case Finder.Found.At(Path path) -> new Seen(examine(row.at(path)), Optional.of(path));
        };
    }

    private boolean complete(LocationStore.Row row, Path folder) {
        try (var candidate = new FolderStore(folder, row.marker())) {
            return witness.complete(row.id(), candidate);
        }
    }

    private static Location away(LocationStore.Row row, Problem problem) {
        return location(row, Location.Status.UNREACHABLE, Room.unknown(), Optional.of(problem));
    }

    private static boolean isHere(LocationStore.Row row) {
        return FolderStore.identify(row.path()).filter(row.marker()::equals).isPresent();
    }

    private Location examine(LocationStore.Row row) {
        if (!isHere(row)) {
            return away(row, Problem.of("location.unreachable", "location", row.name()));
        }
        try (var place = new FolderStore(row.path(), row.marker())) {
            Room room = place.room();
            if (!Files.isWritable(row.path())) {
                Problem problem = Problem.of(
                        "location.denied", "path", row.path().toString(), "user", System.getProperty("user.name", "?"));
                return location(row, Location.Status.READ_ONLY, room, Optional.of(problem));
            }
            long free = room.free().orElse(Long.MAX_VALUE);
            boolean full = free < NEARLY_FULL_BYTES || free < room.total().orElse(0) / 20;
            return location(
                    row, full ? Location.Status.NEARLY_FULL : Location.Status.CONNECTED, room, Optional.empty());
        } catch (StoreException e) {
            return away(row, StoreProblems.of(e, row.name()).problem());
        }
    }

    private static Location location(
            LocationStore.Row row, Location.Status status, Room room, Optional<Problem> problem) {
        return new Location(
                row.id(),
                row.name(),
                Location.Kind.FOLDER,
                row.path(),
                row.region(),
                row.limit(),
                status,
                room.free().orElse(-1),
                room.total().orElse(-1),
                problem,
                row.addedAt());
    }

    private static Path absolute(Path folder) {
        return folder.toAbsolutePath().normalize();
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
