package org.coffer.engine.store.s3;

import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Room;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.store.s3.S3Request.Act;
import org.coffer.engine.work.Requests;
import org.coffer.problem.Problem;

/**
 * Objects in a bucket of object storage that speaks S3.
 *
 * <p><b>Put.</b> An answer of the server means that the object is there as a whole and lasts; until then nobody sees
 * anything of it. The SHA-256 of what goes out is signed with the request, so that a server which got other bytes refuses
 * them, and stays with the object, so that a whole one is checked when it comes back. A server that overwrites without a
 * word is asked first whether the name is taken; one that can be told not to ({@link S3Habits#conditionalPut}) is told.
 * Neither is more than a courtesy to whoever made a mistake: names are used once, see docs/vault-format.md.
 *
 * <p><b>Get.</b> Parts are held against the place that the answer says they have, and against nothing else: what a vault
 * stores proves itself piece by piece.
 *
 * <p><b>Failures</b> are tried again as {@link S3Patience} says, and then told with a problem that names the cause. A
 * request whose outcome is unknown may have come to pass, as everywhere.
 *
 * <p><b>Threads and memory.</b> Any number of callers; {@link S3Habits#inFlight} requests at once, the others wait for their
 * turn. Nothing is kept but the connections. A caller that is interrupted, or whose work is asked to stop, hears of it
 * within a twentieth of a second, also in the middle of a transfer or a pause; therefore this store needs no
 * {@link org.coffer.engine.store.PatientStore} before it.
 */
public final class S3Store implements ObjectStore {
    /** Most objects that one request deletes, by the rules of S3. */
    private static final int BATCH = 1000;

    private final S3Habits habits;
    private final Bucket bucket;
    private final Uploads uploads;
    private final Listing listing;
    private final String prefix;

    /**
     * Uses a place. Nothing is asked yet; an absent place shows at the first call.
     *
     * @param credentials gives the key, for each request anew, so that a key that was exchanged counts at once
     * @param clock the time that requests are signed with
     * @param random draws the pauses between tries
     * @throws StoreException of kind OTHER if the file with certificates cannot be used
     */
    public S3Store(S3Settings settings, Supplier<S3Credentials> credentials, Clock clock, RandomGenerator random)
            throws StoreException {
        this(settings, credentials, clock, random, Pauses.real());
    }

    /** The same, waited for by another time. */
    S3Store(
            S3Settings settings,
            Supplier<S3Credentials> credentials,
            Clock clock,
            RandomGenerator random,
            Pauses pauses)
            throws StoreException {
        this.habits = settings.habits();
        this.bucket = open(settings, credentials, clock, random, pauses);
        this.uploads = new Uploads(bucket, habits.part());
        this.prefix = settings.address().prefix();
        this.listing = new Listing(bucket, prefix);
    }

    /** @throws StoreException of kind OTHER if the file with certificates cannot be used */
    static Bucket open(S3Settings settings, Supplier<S3Credentials> credentials, Clock clock, RandomGenerator random)
            throws StoreException {
        return open(settings, credentials, clock, random, Pauses.real());
    }

    private static Bucket open(
            S3Settings settings,
            Supplier<S3Credentials> credentials,
            Clock clock,
            RandomGenerator random,
            Pauses pauses)
            throws StoreException {
        try {
            return new Bucket(settings, credentials, clock, random, pauses);
        } catch (IOException e) {
            String file = settings.network().authority().map(Object::toString).orElse("");
            Problem problem = Problem.of("storage.certificate.file", "path", file, "details", e.toString());
            throw new StoreException(StoreException.Kind.OTHER, problem, e.toString(), e);
        }
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        put(name, asked -> asked, bytes);
    }

    private void put(String name, UnaryOperator<S3Request> more, ByteBuffer... bytes) throws StoreException {
        String key = key(name);
        Payload payload = Payload.of(bytes);
        boolean large = payload.length() > habits.part();
        if ((large || !habits.conditionalPut()) && isThere(key, payload)) {
            return;
        }
        if (large) {
            uploads.put(key, payload);
            return;
        }
        S3Request asked = more.apply(S3Request.put(key, payload).header(Answers.SHA256, payload.sha256()));
        try {
            bucket.ask(habits.conditionalPut() ? asked.header("If-None-Match", "*") : asked, Answers::nothing);
        } catch (StoreException e) {
            // Perhaps a first try did it, and only its answer was lost.
            if (!(e.getCause() instanceof Refusal said) || said.status() != 412 || !isThere(key, payload)) {
                throw e;
            }
        }
    }

    @Override
    public boolean retains() {
        return habits.objectLock();
    }

    /** A large object is kept from when it is whole, for nobody sees it before; any other from its put on. */
    @Override
    public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
        long size = Arrays.stream(bytes).mapToLong(ByteBuffer::remaining).sum();
        if (size > habits.part()) {
            put(name, bytes);
            retain(name, until);
        } else {
            put(name, asked -> Retention.on(asked, until), bytes);
        }
    }

    @Override
    public void retain(String name, Instant until) throws StoreException {
        String key = key(name);
        try {
            bucket.ask(Retention.request(key, until), Answers::nothing);
        } catch (StoreException e) {
            // Nobody may shorten it: it was to be kept longer.
            if (!(e.getCause() instanceof Refusal) || !Retention.reaches(bucket, key, until)) {
                throw e;
            }
        }
    }

    /** Whether the object is there already. @throws StoreException of kind CONFLICT if another one has its name */
    private boolean isThere(String key, Payload payload) throws StoreException {
        record Found(long size, Optional<String> sha256) {}
        Found found;
        try {
            found = bucket.ask(
                    S3Request.head(key),
                    answer -> new Found(length(answer), Optional.ofNullable(answer.header(Answers.SHA256))));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return false;
            }
            throw e;
        }
        boolean same = found.size() < 0 || found.size() == payload.length();
        if (same && found.sha256().isPresent()) {
            same = found.sha256().get().equals(payload.sha256());
        } else if (same) {
            same = sha256(key, payload.length()).equals(payload.sha256());
        }
        if (!same) {
            throw new StoreException(StoreException.Kind.CONFLICT, key + " exists with other content");
        }
        return true;
    }

    private static long length(okhttp3.Response answer) {
        String said = answer.header("Content-Length");
        return said == null ? -1 : Long.parseLong(said);
    }

    /** The checksum of an object that carries none: somebody copied it there by other means. */
    private String sha256(String key, long size) throws StoreException {
        return bucket.ask(S3Request.get(key), size, answer -> {
            MessageDigest digest = Digests.sha256();
            byte[] step = new byte[64 << 10];
            okio.BufferedSource source = answer.body().source();
            for (int count = source.read(step); count >= 0; count = source.read(step)) {
                digest.update(step, 0, count);
            }
            return Digests.hex(digest);
        });
    }

    @Override
    public byte[] get(String name) throws StoreException {
        return bucket.ask(S3Request.get(key(name)), habits.part(), Answers::whole);
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        if (!target.hasRemaining()) {
            return;
        }
        int begin = target.position();
        long last = offset + target.remaining() - 1;
        S3Request asked = S3Request.get(key(name)).header("Range", "bytes=" + offset + "-" + last);
        try {
            bucket.ask(asked, target.remaining(), answer -> {
                target.position(begin); // What an earlier try left there does not count.
                shorter(name, answer, last);
                Answers.part(answer, offset, target);
                return true;
            });
        } catch (StoreException e) {
            target.position(begin);
            throw e;
        }
    }

    /** @throws StoreException of kind MISSING if the object ends before {@code last} */
    private static void shorter(String name, okhttp3.Response answer, long last) throws StoreException {
        long end = answer.code() == 206
                ? Answers.Range.of(answer).map(Answers.Range::to).orElse(last)
                : answer.body().contentLength() - 1;
        boolean known = answer.code() == 206 || answer.body().contentLength() >= 0;
        if (known && end < last) {
            throw new StoreException(StoreException.Kind.MISSING, name + " ends at " + (end + 1));
        }
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        if (length <= 0) {
            return new byte[0];
        }
        S3Request asked = S3Request.get(key(name)).header("Range", "bytes=-" + length);
        try {
            return bucket.ask(asked, length, answer -> Answers.suffix(answer, length));
        } catch (StoreException e) {
            // Of an empty object there is no last byte.
            if (e.getCause() instanceof Refusal said && said.status() == 416) {
                return get(name);
            }
            throw e;
        }
    }

    @Override
    public List<StoredObject> list(String inner) throws StoreException {
        return listing.all(inner);
    }

    @Override
    public List<String> beneath(String inner) throws StoreException {
        return listing.beneath(inner);
    }

    @Override
    public void delete(String name) throws StoreException {
        try {
            bucket.ask(S3Request.delete(key(name), Act.DELETE), Answers::nothing);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.MISSING) {
                throw e;
            }
        }
    }

    @Override
    public void delete(Collection<String> names) throws StoreException {
        Iterator<String> left = names.iterator();
        while (left.hasNext()) {
            List<String> batch = new ArrayList<>();
            while (left.hasNext() && batch.size() < BATCH) {
                batch.add(left.next());
            }
            if (batch.size() == 1) {
                delete(batch.getFirst());
            } else {
                deleteAtOnce(batch);
            }
        }
    }

    private void deleteAtOnce(List<String> names) throws StoreException {
        List<DeleteRequest.Object> objects =
                names.stream().map(name -> new DeleteRequest.Object(key(name))).toList();
        byte[] message = Messages.write(new DeleteRequest(objects, true));
        MessageDigest md5 = Digests.md5();
        md5.update(message);
        S3Request asked = S3Request.post("", Payload.of(ByteBuffer.wrap(message)), Act.DELETE)
                .query("delete", "")
                .header("Content-MD5", Base64.getEncoder().encodeToString(md5.digest()));
        DeleteResult result = bucket.ask(asked, answer -> Answers.message(DeleteResult.class, answer));
        for (DeleteResult.Error refused : result.errors()) {
            // One by one the reason is told in full, and what is gone by now is fine.
            delete(String.valueOf(refused.objectName()).substring(prefix.length()));
        }
    }

    /** Nothing: a delete that was answered lasts. */
    @Override
    public void syncDeletes() {
        // Deletes are durable when they are answered.
    }

    @Override
    public void sweep(String inner) throws StoreException {
        uploads.sweep(key(inner));
    }

    /** Takes one list. Where uploads cannot be listed or thrown away, the place's own rules for their end have to do it. */
    @Override
    public void sweep(Instant before, Predicate<String> names) throws StoreException {
        uploads.sweep(prefix, before, key -> names.test(key.substring(prefix.length())));
    }

    /** Nobody can say: object storage has no end, or a quota that it keeps to itself. */
    @Override
    public Room room() {
        return Room.unknown();
    }

    @Override
    public Optional<Duration> staleness() {
        // A location of before may have been taken for one that shows each put at once, by luck.
        return bucket.listsWithoutBound() && habits.staleness().equals(Optional.of(Duration.ZERO))
                ? Optional.of(S3Habits.UNPROVEN)
                : habits.staleness();
    }

    /** Half of what the place may have, for each of the few callers that read at once. */
    @Override
    public int readsAtOnce() {
        return Math.max(1, habits.inFlight() / 2);
    }

    @Override
    public String where() {
        return bucket.address().toString();
    }

    /** All requests of this store so far; those of one run of work are in {@link org.coffer.engine.work.Work#requests}. */
    public Requests requests() {
        return bucket.requests();
    }

    private String key(String name) {
        if (name.startsWith("/") || Arrays.asList(name.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException("not a name of an object: " + name);
        }
        return prefix + name;
    }

    @Override
    public void close() {
        bucket.close();
    }

    @Override
    public String toString() {
        return where();
    }
}
