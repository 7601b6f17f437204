package org.coffer.console.location;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
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
import org.coffer.engine.store.s3.S3Patience;
import org.coffer.engine.store.s3.S3Probe;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.S3Store;
import org.coffer.problem.Problem;

/** A bucket in object storage. Its marker lies beside the vaults, below the prefix. */
final class BucketSite implements Site {
    /** Twice in the minute within which a location that is gone has to be noticed (L3). */
    private static final Duration LOOK_COUNTS = Duration.ofSeconds(25);

    private final Address.Bucket address;
    private final Supplier<Secret> secret;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param secret what goes with the access key, asked for each request */
    BucketSite(Address.Bucket address, Supplier<Secret> secret, Clock clock) {
        this.address = address;
        this.secret = secret;
        this.clock = clock;
    }

    /** What is wrong shows when it is tried out, and in the fields before there is an address ({@link BucketFields}). */
    @Override
    public Map<String, Problem> problems() {
        return Map.of();
    }

    @Override
    public TestReport test() {
        S3Probe.Report report = S3Probe.run(settings(), this::credentials, clock, random);
        List<TestStep> steps = report.steps().stream().map(BucketSite::step).toList();
        Address.Bucket found = address.with(address.habits().conditionalPut(report.conditionalPut()));
        if (!report.usable()) {
            return new TestReport(steps, false, found);
        }
        try (S3Store place = store(S3Patience.once())) {
            if (marker(place).isEmpty()) {
                String id = LocationMarker.draw(random);
                place.put(LocationMarker.NAME, ByteBuffer.wrap(LocationMarker.content(id)));
            }
            return new TestReport(steps, true, found);
        } catch (StoreException e) {
            Problem problem = StoreProblems.of(e, address.text()).problem();
            List<TestStep> failed = steps.stream()
                    .map(step ->
                            step.act() == TestStep.Act.WRITE ? new TestStep(step.act(), Optional.of(problem)) : step)
                    .toList();
            return new TestReport(failed, false, found);
        }
    }

    private static TestStep step(S3Probe.Tried tried) {
        return new TestStep(
                TestStep.Act.valueOf(tried.step().name()),
                TestStep.Result.valueOf(tried.result().name()),
                tried.problem());
    }

    @Override
    public Optional<String> marker() {
        try (S3Store place = store(S3Patience.once())) {
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
        return store(S3Patience.standard());
    }

    private S3Store store(S3Patience patience) throws StoreException {
        return new S3Store(settings().with(patience), this::credentials, clock, random);
    }

    private S3Settings settings() {
        return S3Settings.of(address.at()).with(address.network()).with(address.habits());
    }

    private S3Credentials credentials() {
        return new S3Credentials(address.accessKey(), secret.get().text());
    }

    @Override
    public Look look(LocationStore.Row row) {
        try (S3Store place = store(S3Patience.once())) {
            return marker(place).filter(row.marker()::equals).isPresent()
                    ? new Look(Location.Status.CONNECTED, Room.unknown(), Optional.empty(), Optional.empty())
                    : Look.away(Problem.of(
                            "location.marker",
                            "location",
                            row.name(),
                            "path",
                            address.text(),
                            "file",
                            LocationMarker.NAME));
        } catch (StoreException e) {
            return Look.away(StoreProblems.of(e, row.name()).problem());
        }
    }

    @Override
    public Duration lookCounts() {
        return LOOK_COUNTS;
    }
}
