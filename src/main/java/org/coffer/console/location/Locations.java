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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.home.Secrets;
import org.coffer.console.name.Names;
import org.coffer.engine.store.ObjectStore;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The places where vaults live (L1, L2, L3). Once {@link #watch} was called each is looked at from time to time,
 * so that one which was unplugged is noticed, and noticed again when it is back.
 */
public final class Locations implements AutoCloseable {
    private final LocationStore store;
    private final Events events;
    private final Audit audit;
    private final Clock clock;
    private final Grounds grounds;
    private final Sites sites;
    private final Looks looks;
    private final OpenPlaces open;
    private final List<Guard> guards = new ArrayList<>();
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
     * @param secrets where the keys of object storage are kept
     * @param home the home's folder, in which the ready location of {@link #suggested} lies
     */
    public Locations(Catalog catalog, Events events, Audit audit, Clock clock, Secrets secrets, Path home) {
        this.store = new LocationStore(catalog);
        this.events = events;
        this.audit = audit;
        this.clock = clock;
        this.grounds = new Grounds(store, home);
        this.sites = new Sites(grounds, secrets, clock);
        this.looks = new Looks(store, sites, events, clock);
        this.open = new OpenPlaces(sites);
    }

    /** Adds a reason that may keep a location from being removed. */
    public void guard(Guard guard) {
        guards.add(guard);
    }

    /** Lets {@code answering} judge places that may be copies. */
    public void witness(Witness answering) {
        sites.witness(answering);
    }

    /** All locations by name, as they are now. */
    public List<Location> list() {
        return looks.at(store.all());
    }

    /** Those of these that there are, as they are now. */
    public List<Location> list(Set<UUID> ids) {
        return looks.at(
                store.all().stream().filter(row -> ids.contains(row.id())).toList());
    }

    /** The location with this ID, as it is now. */
    public Optional<Location> find(UUID id) {
        return store.all().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .map(looks::at);
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
        Site site = sites.of(wanted.address(), wanted.secret());
        Optional<LocationStore.Row> moved = known(wanted.address(), site);
        if (store.all().stream()
                .filter(row -> !moved.equals(Optional.of(row)))
                .anyMatch(row -> row.name().equals(wanted.name().strip()))) {
            problems.put("name", Problem.of("name.taken", "name", wanted.name().strip()));
        }
        problems.putAll(site.problems());
        if (wanted.address() instanceof Address.Bucket bucket) {
            nested(bucket, moved).ifPresent(p -> problems.put("bucket", p));
        }
        limitProblem(wanted.limit()).ifPresent(p -> problems.put("limit", p));
        return problems;
    }

    /**
     * The location that this place is said to be, before it was tried out: by a folder's marker; by the bucket itself where a
     * location cannot be reached any more, so that another key, region or way to it can be entered.
     */
    private Optional<LocationStore.Row> known(Address address, Site site) {
        return switch (address) {
            case Address.Folder folder -> site.marker().flatMap(marker -> moved(folder, marker));
            case Address.Bucket bucket ->
                store.all().stream()
                        .filter(row -> row.address() instanceof Address.Bucket other
                                && other.at().sameBucket(bucket.at())
                                && other.at().prefix().equals(bucket.at().prefix()))
                        .filter(row -> looks.at(row).status() == Location.Status.UNREACHABLE)
                        .findFirst();
        };
    }

    /** Why a bucket cannot become a location: another one is there, around it, or below it. */
    private Optional<Problem> nested(Address.Bucket bucket, Optional<LocationStore.Row> moved) {
        for (LocationStore.Row row : store.all()) {
            if (row.address() instanceof Address.Bucket other
                    && other.at().sameBucket(bucket.at())
                    && !moved.equals(Optional.of(row))) {
                String theirs = other.at().prefix();
                String mine = bucket.at().prefix();
                String code = theirs.equals(mine)
                        ? Grounds.KNOWN
                        : mine.startsWith(theirs)
                                ? "location.inside"
                                : theirs.startsWith(mine) ? "location.around" : "";
                if (!code.isEmpty()) {
                    return Optional.of(Problem.of(code, "path", bucket.text(), "location", row.name()));
                }
            }
        }
        return Optional.empty();
    }

    /** The location of this kind that carries this marker, if it is not to be reached where it was. */
    private Optional<LocationStore.Row> moved(Address address, String marker) {
        return store.all().stream()
                .filter(row -> row.marker().equals(marker))
                .filter(row -> row.address().kind() == address.kind())
                .filter(row -> looks.at(row).status() == Location.Status.UNREACHABLE)
                .findFirst();
    }

    /**
     * Follows a location to the address that somebody moved it to, as long as what is there is no older copy of it.
     *
     * @throws ProblemException {@code location.old-copy}
     */
    private Location follow(LocationStore.Row row, Address address, Secret secret) {
        if (!sites.complete(row, sites.of(address, secret))) {
            throw new ProblemException(Problem.of(
                    "location.old-copy",
                    "location",
                    row.name(),
                    "path",
                    row.address().text(),
                    "other",
                    address.text()));
        }
        move(row.id(), address, secret);
        Location found = looks.at(row.at(address));
        audit.succeeded(
                AuditEvent.UPDATE_LOCATION,
                target(found),
                Map.of("path", row.address().text()),
                Map.of("path", address.text()));
        events.publish(new Event.LocationChanged(row.id()));
        return found;
    }

    /** Tries a place out that is not known yet: what it takes to reach it, and to write, read, list and delete there. */
    public TestReport test(Address address, Secret secret) {
        return sites.of(address, secret).test(Optional.empty());
    }

    /**
     * Tries a location out.
     *
     * @throws ProblemException {@code location.unknown}
     */
    public TestReport test(UUID id) {
        LocationStore.Row row = row(id);
        TestReport report = sites.of(row).test(Optional.of(row.marker()));
        looks.forget(id);
        if (report.usable() && listDelay(report.address()).compareTo(listDelay(row.address())) > 0) {
            // A location of before, whose lists were believed to show at once what they show later.
            store.move(id, report.address());
            open.leave(id);
            row = row.at(report.address());
            events.publish(new Event.LocationChanged(id));
        }
        looks.at(row);
        return report;
    }

    private static Duration listDelay(Address address) {
        return address instanceof Address.Bucket bucket ? bucket.listDelay().orElse(Duration.ZERO) : Duration.ZERO;
    }

    private LocationStore.Row row(UUID id) {
        return store.all().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of("location.unknown", "location", id)));
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
    public synchronized Location add(NewLocation wanted) {
        problems(wanted).values().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Site site = sites.of(wanted.address(), wanted.secret());
        TestReport report = site.test(Optional.empty());
        if (!report.usable()) {
            throw new ProblemException(report.problem().orElseThrow());
        }
        String marker = report.marker().orElseThrow();
        Optional<LocationStore.Row> moved = moved(wanted.address(), marker);
        if (moved.isPresent()) {
            return follow(moved.get(), report.address(), wanted.secret());
        }
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
                report.address(),
                wanted.address().region().orElse(wanted.region()),
                wanted.limit(),
                marker,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        sites.keep(row.id(), report.address(), wanted.secret());
        store.insert(row);
        Location added = looks.at(row);
        audit.succeeded(AuditEvent.CREATE_LOCATION, target(added), Map.of(), written(added));
        events.publish(new Event.LocationChanged(added.id()));
        return added;
    }

    /**
     * Uses another key for a location in object storage, after trying it out.
     *
     * @throws ProblemException {@code location.unknown}, {@code location.keyless}, or why the test failed
     */
    public Location key(UUID id, String accessKey, Secret secret) {
        BucketFields now = BucketFields.of(bucket(row(id)));
        return reach(id, now.reached(accessKey, now.authority(), now.proxy(), now.proxyUser()), secret);
    }

    /**
     * Reaches a location in object storage another way from now on, after trying it out: with another key, trusting other
     * certificates, through another proxy. What runs goes on with the way that it knows.
     *
     * @param wanted the bucket as it is, with {@link BucketFields#reached another way} to it
     * @param secret the parts that are another; what is empty stays
     * @throws ProblemException {@code location.unknown}, {@code location.keyless}, the first of the fields' problems, or why
     *     the test failed
     */
    public Location reach(UUID id, BucketFields wanted, Secret secret) {
        LocationStore.Row row = row(id);
        Address.Bucket before = bucket(row);
        wanted.problems().values().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Address.Bucket given = wanted.address();
        Address.Bucket address = new Address.Bucket(
                before.at(),
                given.network(),
                given.accessKey(),
                before.habits().listDelay(given.habits().staleness()));
        Secret whole = secret.or(sites.secret(id));
        if (given.network().proxy().filter(proxy -> !proxy.user().isEmpty()).isEmpty()) {
            whole = new Secret(whole.text());
        }
        TestReport report = sites.of(address, whole).test(Optional.of(row.marker()));
        if (!report.usable()) {
            throw new ProblemException(report.problem().orElseThrow());
        }
        move(id, report.address(), whole);
        open.leave(id);
        Location found = looks.at(row.at(report.address()));
        audit.succeeded(AuditEvent.UPDATE_LOCATION, target(found), way(before), way(bucket(row.at(report.address()))));
        events.publish(new Event.LocationChanged(id));
        return found;
    }

    private static Address.Bucket bucket(LocationStore.Row row) {
        if (row.address() instanceof Address.Bucket bucket) {
            return bucket;
        }
        throw new ProblemException(Problem.of("location.keyless", "location", row.name()));
    }

    /** How a bucket is reached, for the record; nothing secret is in it. */
    private static Map<String, Object> way(Address.Bucket bucket) {
        Map<String, Object> way = new LinkedHashMap<>();
        way.put("key", bucket.accessKey());
        bucket.network().authority().ifPresent(file -> way.put("authority", file.toString()));
        bucket.network().proxy().ifPresent(proxy -> way.put("proxy", proxy.toString()));
        bucket.listDelay().ifPresent(delay -> way.put("listDelay", delay.toSeconds()));
        return way;
    }

    private void move(UUID id, Address address, Secret secret) {
        store.move(id, address);
        sites.keep(id, address, secret);
        looks.forget(id);
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
        open.limit(id, megabytes);
        audit.succeeded(
                AuditEvent.UPDATE_LOCATION,
                target(before),
                Map.of("limit", before.limit()),
                Map.of("limit", megabytes));
        events.publish(new Event.LocationChanged(id));
        return get(id);
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
        sites.forget(id);
        looks.remove(id);
        open.leave(id);
        audit.succeeded(AuditEvent.DELETE_LOCATION, target(location), Map.of("path", location.where()), Map.of());
        events.publish(new Event.LocationChanged(id));
    }

    /**
     * For the vaults: the objects of one vault.
     *
     * @param prefix the vault's own prefix, ending in a slash
     */
    public ObjectStore open(UUID id, String prefix) {
        return open.open(row(id), prefix);
    }

    /** The whole of a location, for finding vaults in it. It is shared: nobody closes it. */
    public ObjectStore open(UUID id) {
        return open.open(row(id));
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

    private static Audit.Target target(Location location) {
        return new Audit.Target("location", location.id().toString(), location.name());
    }

    @Override
    public void close() {
        closed = true;
        open.close();
        if (watcher.isVirtual()) {
            watcher.interrupt();
        }
    }
}
