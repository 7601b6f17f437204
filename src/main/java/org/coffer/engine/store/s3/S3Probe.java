package org.coffer.engine.store.s3;

import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.s3.S3Request.Act;
import org.coffer.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Tries a place in object storage out, step by step, with one small object that it takes away again. Each thing is tried
 * once, so that an answer comes within seconds; a failed step tells its problem.
 *
 * <p>The first request, which lists a single name, goes through the first seven steps: what it failed at is read from how
 * far its connection got and what the server said. The others are one or two requests each. If deleting is all that fails,
 * the small object stays there, and the place is usable all the same.
 */
public final class S3Probe {
    /** The steps, in their order. */
    public enum Step {
        /** The server's name is known. */
        RESOLVE,
        /** Somebody answers there. */
        CONNECT,
        /** The connection is encrypted, and the certificate is right; not offered by http. */
        SECURE,
        /** The clocks are close enough together. */
        CLOCK,
        /** The key and the region are accepted. */
        SIGN_IN,
        /** The bucket exists. */
        BUCKET,
        /** Names can be listed. */
        LIST,
        /** An object can be put. */
        WRITE,
        /** It comes back as it was. */
        READ,
        /** So does a part of it. */
        RANGE,
        /** A put that must not overwrite does not: useful, and not needed. */
        KEEP,
        /** A listing right after the put shows it, at a server that does not do so by luck. */
        SHOW,
        /** The bucket can keep objects from being deleted until a moment: needed by none but locked vaults. */
        LOCK,
        /** The object can be deleted, and is gone then. */
        DELETE
    }

    /** How a step went. */
    public enum Result {
        /** As it should. */
        PASSED,
        /** The place does not offer this. */
        ABSENT,
        /** It failed; there is a problem. */
        FAILED,
        /** An earlier step failed. */
        SKIPPED
    }

    /** Steps whose failure a vault can live with. */
    private static final Set<Step> OPTIONAL = Set.of(Step.SECURE, Step.KEEP, Step.SHOW, Step.LOCK, Step.DELETE);

    /** Steps of the first request, in their order. */
    private static final List<Step> FIRST =
            List.of(Step.RESOLVE, Step.CONNECT, Step.SECURE, Step.CLOCK, Step.SIGN_IN, Step.BUCKET, Step.LIST);

    private final S3Address address;
    private final Bucket bucket;
    private final Clock clock;
    private final String key;
    private final byte[] content;
    private final Map<Step, Tried> tried = new EnumMap<>(Step.class);
    private final AtomicReference<@Nullable Duration> ahead = new AtomicReference<>();

    /**
     * One step.
     *
     * @param problem what failed, if it did
     */
    public record Tried(Step step, Result result, Optional<Problem> problem) {}

    /**
     * All of them.
     *
     * @param steps each step once, in their order
     * @param ahead how far this computer's clock is ahead of the server's, to a second; negative if it is behind
     */
    public record Report(List<Tried> steps, Optional<Duration> ahead) {
        /** How one step went. */
        public Tried of(Step step) {
            return steps.stream().filter(one -> one.step() == step).findFirst().orElseThrow();
        }

        /** Whether vaults can live there. Without the right to delete they can, but no room is freed. */
        public boolean usable() {
            return steps.stream().allMatch(one -> OPTIONAL.contains(one.step()) || one.result() == Result.PASSED);
        }

        /** For {@link S3Habits#conditionalPut}. */
        public boolean conditionalPut() {
            return of(Step.KEEP).result() == Result.PASSED;
        }

        /** Whether a listing showed a put at once, at a server that is not known to do so only mostly. */
        public boolean showsAtOnce() {
            return of(Step.SHOW).result() == Result.PASSED;
        }

        /** For {@link S3Habits#objectLock}. */
        public boolean objectLock() {
            return of(Step.LOCK).result() == Result.PASSED;
        }

        /** The first thing that failed. */
        public Optional<Problem> problem() {
            return steps.stream().flatMap(one -> one.problem().stream()).findFirst();
        }
    }

    private S3Probe(S3Address address, Bucket bucket, Clock clock, RandomGenerator random) {
        byte[] name = new byte[16];
        random.nextBytes(name);
        this.address = address;
        this.bucket = bucket;
        this.clock = clock;
        this.key = address.prefix() + "trial/" + HexFormat.of().formatHex(name);
        this.content = ("A trial by Coffer, to be deleted: " + key).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Tries a place out.
     *
     * @param random draws the name of the small object
     */
    public static Report run(
            S3Settings settings, Supplier<S3Credentials> credentials, Clock clock, RandomGenerator random) {
        try (Bucket bucket = S3Store.open(settings.with(S3Patience.once()), credentials, clock, random)) {
            return new S3Probe(settings.address(), bucket, clock, random).run();
        } catch (StoreException e) {
            List<Tried> steps = new ArrayList<>();
            for (Step step : Step.values()) {
                boolean here = step == Step.SECURE;
                steps.add(
                        new Tried(step, here ? Result.FAILED : Result.SKIPPED, here ? e.problem() : Optional.empty()));
            }
            return new Report(steps, Optional.empty());
        }
    }

    private Report run() {
        if (signIn()) {
            tryObject();
        }
        List<Tried> steps = new ArrayList<>();
        for (Step step : Step.values()) {
            steps.add(tried.getOrDefault(step, new Tried(step, Result.SKIPPED, Optional.empty())));
        }
        return new Report(List.copyOf(steps), Optional.ofNullable(ahead.get()));
    }

    /** The first request; true if it is worth while to go on. */
    private boolean signIn() {
        Trace trace = new Trace();
        try {
            Listing.one(bucket, address.prefix(), trace, answer -> {
                Refusal.date(answer).ifPresent(there -> ahead.set(Duration.between(there, clock.instant())));
                return true;
            });
            passUpTo(Step.LIST);
            pass(Step.LIST);
            return true;
        } catch (StoreException e) {
            Step failed = step(e, trace);
            passUpTo(failed);
            fail(failed, e);
            return failed == Step.LIST && code(e).equals("storage.denied.list");
        }
    }

    private void passUpTo(Step failed) {
        for (Step step : FIRST) {
            if (step == failed) {
                return;
            }
            boolean open = step == Step.SECURE && !address.secure();
            tried.put(step, new Tried(step, open ? Result.ABSENT : Result.PASSED, Optional.empty()));
        }
    }

    private static String code(StoreException e) {
        return e.problem().map(Problem::code).orElse("");
    }

    /** Where the first request failed. */
    private static Step step(StoreException e, Trace trace) {
        return switch (code(e)) {
            case "storage.name" -> Step.RESOLVE;
            case "storage.proxy.needed" -> e.getCause() instanceof UnknownHostException ? Step.RESOLVE : Step.CONNECT;
            case "storage.proxy", "storage.proxy.login", "storage.refused" -> Step.CONNECT;
            case "storage.clock.ahead", "storage.clock.behind" -> Step.CLOCK;
            case "storage.endpoint",
                    "storage.key",
                    "storage.secret",
                    "storage.token",
                    "storage.region",
                    "storage.region.other" -> Step.SIGN_IN;
            case "storage.bucket" -> Step.BUCKET;
            case "storage.tls",
                    "storage.certificate.early",
                    "storage.certificate.expired",
                    "storage.certificate.name",
                    "storage.certificate.unknown" -> Step.SECURE;
            default -> trace.reached() == Trace.Reached.CONNECTION ? Step.LIST : Step.CONNECT;
        };
    }

    private void pass(Step step) {
        tried.put(step, new Tried(step, Result.PASSED, Optional.empty()));
    }

    private void fail(Step step, StoreException e) {
        Problem problem = e.problem().orElseGet(() -> odd(String.valueOf(e.getMessage())));
        tried.put(step, new Tried(step, Result.FAILED, Optional.of(problem)));
    }

    private Problem odd(String details) {
        return Problem.of("storage.habits", "location", address.toString(), "details", details);
    }

    /** What a step does; false if the place gave another result than it should. */
    @FunctionalInterface
    private interface Doing {
        boolean run() throws StoreException;
    }

    /** Does a step; true if it passed. */
    private boolean step(Step step, String otherwise, Doing doing) {
        try {
            if (doing.run()) {
                pass(step);
                return true;
            }
            tried.put(step, new Tried(step, Result.FAILED, Optional.of(odd(otherwise))));
        } catch (StoreException e) {
            fail(step, e);
        }
        return false;
    }

    /** The same for what a place need not offer. */
    private void offer(Step step, Doing doing) {
        try {
            Result result = doing.run() ? Result.PASSED : Result.ABSENT;
            tried.put(step, new Tried(step, result, Optional.empty()));
        } catch (StoreException e) {
            fail(step, e);
        }
    }

    private void tryObject() {
        Payload payload = Payload.of(ByteBuffer.wrap(content));
        S3Request put = S3Request.put(key, payload).header(Answers.SHA256, payload.sha256());
        if (!step(Step.WRITE, "", () -> bucket.ask(put, Answers::nothing))) {
            return;
        }
        if (step(Step.READ, "an object came back changed", this::comesBack)) {
            step(Step.RANGE, "instead of a part of an object the whole came", this::partComesBack);
        }
        offer(Step.KEEP, this::keeps);
        Tried list = tried.get(Step.LIST);
        if (list != null && list.result() == Result.PASSED) {
            offer(
                    Step.SHOW,
                    () -> !bucket.listsWithoutBound()
                            && !new Listing(bucket, "").all(key).isEmpty());
        }
        offer(Step.LOCK, this::locks);
        step(Step.DELETE, "an object was still there after it was deleted", this::deletes);
    }

    private boolean comesBack() throws StoreException {
        return Arrays.equals(bucket.ask(S3Request.get(key), Answers::whole), content);
    }

    private boolean partComesBack() throws StoreException {
        ByteBuffer part = ByteBuffer.allocate(7);
        boolean partial = bucket.ask(S3Request.get(key).header("Range", "bytes=3-9"), answer -> {
            Answers.part(answer, 3, part.clear());
            return answer.code() == 206;
        });
        return partial && Arrays.equals(part.array(), Arrays.copyOfRange(content, 3, 10));
    }

    /** Whether a second put that must not overwrite is refused. */
    private boolean keeps() throws StoreException {
        byte[] other = Arrays.copyOf(content, content.length + 1);
        S3Request again = S3Request.put(key, Payload.of(ByteBuffer.wrap(other))).header("If-None-Match", "*");
        try {
            bucket.ask(again, Answers::nothing);
            return false;
        } catch (StoreException e) {
            if (!(e.getCause() instanceof Refusal said)) {
                throw e;
            }
            if (said.status() == 412) {
                return comesBack();
            }
            if (said.status() == 501 || said.status() == 400) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether object lock is switched on. Servers that know nothing of it refuse the question, or answer another one; who may
     * not ask cannot use it either.
     */
    private boolean locks() throws StoreException {
        try {
            // A server that passes over the question lists the bucket: then a single name will do.
            S3Request asked = S3Request.list().query("object-lock", "").query("max-keys", "1");
            String said = new String(bucket.ask(asked, Answers::whole), StandardCharsets.UTF_8);
            return said.contains("<ObjectLockEnabled>Enabled<");
        } catch (StoreException e) {
            if (e.getCause() instanceof Refusal) {
                return false;
            }
            throw e;
        }
    }

    private boolean deletes() throws StoreException {
        bucket.ask(S3Request.delete(key, Act.DELETE), Answers::nothing);
        try {
            bucket.ask(S3Request.head(key), Answers::nothing);
            return false;
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return true;
            }
            throw e;
        }
    }
}
