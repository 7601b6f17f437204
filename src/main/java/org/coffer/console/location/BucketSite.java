package org.coffer.console.location;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.coffer.engine.store.LocationMarker;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Room;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;
import org.coffer.engine.store.s3.S3Credentials;
import org.coffer.engine.store.s3.S3Habits;
import org.coffer.engine.store.s3.S3Patience;
import org.coffer.engine.store.s3.S3Probe;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.S3Store;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** A bucket in object storage. Its marker lies beside the vaults, below the prefix. */
final class BucketSite implements Site {
    /** Twice in the minute within which a location that is gone has to be noticed (L3). */
    private static final Duration LOOK_COUNTS = Duration.ofSeconds(25);
    /** For a look: a hiccup is borne, and an answer comes within seconds. */
    private static final S3Patience LOOKING = new S3Patience(
            4,
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(6));

    private final Address.Bucket address;
    private final Supplier<String> accessKey;
    private final Supplier<Secret> secret;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * A bucket.
     *
     * @param accessKey the name of the key, asked for each request
     * @param secret what goes with the access key, asked for each request
     */
    BucketSite(Address.Bucket address, Supplier<String> accessKey, Supplier<Secret> secret, Clock clock) {
        this.address = address;
        this.accessKey = accessKey;
        this.secret = secret;
        this.clock = clock;
    }

    /** What is wrong shows when it is tried out, and in the fields before there is an address ({@link BucketFields}). */
    @Override
    public Map<String, Problem> problems() {
        return Map.of();
    }

    @Override
    public TestReport test(Optional<String> expected) {
        S3Probe.Report report = S3Probe.run(settings(address), this::credentials, clock, random);
        List<TestStep> steps = new ArrayList<>(report.steps().stream()
                .map(BucketSite::step)
                .map(step -> expected.isPresent() ? known(step) : step)
                .toList());
        Address.Bucket found = address.with(habits(report));
        if (!report.usable()) {
            steps.add(new TestStep(TestStep.Act.ALONE, TestStep.Result.SKIPPED, Optional.empty()));
            return new TestReport(steps, false, found, Optional.empty());
        }
        try (S3Store place = store(found, LOOKING)) {
            steps.add(Occupants.look(place, address.text()));
            if (steps.getLast().result() == TestStep.Result.FAILED) {
                return new TestReport(steps, false, found, Optional.empty());
            }
            Optional<String> marker = marker(place);
            if (expected.isPresent() && !marker.equals(expected)) {
                return failed(steps, found, lost(address.text()));
            }
            return new TestReport(steps, true, found, Optional.of(marker.isPresent() ? marker.get() : mark(place)));
        } catch (StoreException e) {
            return failed(steps, found, StoreProblems.of(e, address.text()).problem());
        }
    }

    /**
     * What a trial found of the place's ways. Somebody who knows it may have said how long lists lag; else it is nothing where a
     * trial can prove that, and long enough where it cannot.
     */
    private S3Habits habits(S3Probe.Report report) {
        S3Habits known = address.habits();
        Optional<Duration> found = Optional.of(report.showsAtOnce() ? Duration.ZERO : S3Habits.UNPROVEN);
        Optional<Duration> staleness =
                known.staleness().filter(Duration::isPositive).or(() -> found);
        return new S3Habits(report.conditionalPut(), staleness, known.part(), known.inFlight(), report.objectLock());
    }

    private String mark(S3Store place) throws StoreException {
        String id = LocationMarker.draw(random);
        place.put(LocationMarker.NAME, ByteBuffer.wrap(LocationMarker.content(id)));
        return id;
    }

    private static TestReport failed(List<TestStep> steps, Address found, Problem problem) {
        List<TestStep> told = steps.stream()
                .map(step -> step.act() == TestStep.Act.WRITE ? new TestStep(step.act(), Optional.of(problem)) : step)
                .toList();
        return new TestReport(told, false, found, Optional.empty());
    }

    private static TestStep known(TestStep step) {
        return new TestStep(step.act(), step.result(), step.problem().map(BucketSite::known));
    }

    /** Where a location is, the bucket was there: it is not a mistyped one, whoever asks for it first in this process. */
    private static Problem known(Problem problem) {
        return problem.code().equals("storage.bucket")
                ? Problem.of(
                        "storage.bucket.gone",
                        "bucket",
                        problem.args().getOrDefault("bucket", ""),
                        "host",
                        problem.args().getOrDefault("host", ""))
                : problem;
    }

    private Problem lost(String name) {
        return Problem.of("location.marker", "location", name, "path", address.text(), "file", LocationMarker.NAME);
    }

    private static TestStep step(S3Probe.Tried tried) {
        return new TestStep(
                TestStep.Act.valueOf(tried.step().name()),
                TestStep.Result.valueOf(tried.result().name()),
                tried.problem());
    }

    @Override
    public Optional<String> marker() {
        try (S3Store place = store(address, LOOKING)) {
            return marker(place);
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> marker(ObjectStore place) throws StoreException {
        try {
            return LocationMarker.id(place.get(LocationMarker.NAME, LocationMarker.LIMIT));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public ObjectStore open(String marker) throws StoreException {
        try (S3Store look = store(address, LOOKING)) {
            if (!marker(look).equals(Optional.of(marker))) {
                Problem problem = lost(address.text());
                throw new StoreException(
                        StoreException.Kind.UNREACHABLE, problem, address.text() + " is another location", null);
            }
        } catch (StoreException e) {
            if (e.problem().isEmpty()) {
                throw e;
            }
            throw new StoreException(e.kind(), known(e.problem().get()), String.valueOf(e.getMessage()), e);
        }
        return store(address, S3Patience.standard());
    }

    private S3Store store(Address.Bucket place, S3Patience patience) throws StoreException {
        return new S3Store(settings(place).with(patience), this::credentials, clock, random);
    }

    private S3Settings settings(Address.Bucket place) {
        return S3Settings.of(place.at()).with(place.network(secret.get())).with(place.habits());
    }

    private S3Credentials credentials() {
        return new S3Credentials(accessKey.get(), secret.get().text());
    }

    @Override
    public Look look(LocationStore.Row row) {
        try (S3Store place = store(address, LOOKING)) {
            return marker(place).filter(row.marker()::equals).isPresent()
                    ? new Look(Location.Status.CONNECTED, Room.unknown(), Optional.empty(), Optional.empty())
                    : Look.away(lost(row.name()));
        } catch (StoreException e) {
            return Look.away(known(StoreProblems.of(e, row.name()).problem()));
        } catch (ProblemException e) {
            // The home's secrets cannot be read, as after a move to another computer.
            return Look.away(e.problem());
        }
    }

    @Override
    public Duration lookCounts() {
        return LOOK_COUNTS;
    }
}
