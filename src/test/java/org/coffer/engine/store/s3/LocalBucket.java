package org.coffer.engine.store.s3;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * A real S3 server inside the tests, which keeps its objects in memory and checks signatures and checksums. There is one for
 * all tests of a process, because it takes seconds to start and to stop; each test makes a bucket of its own.
 */
public final class LocalBucket {
    /** What the server knows. */
    public static final S3Credentials KEY = new S3Credentials("coffer-key", "coffer-secret");

    /** Short pauses, and limits that no test should meet. */
    public static final S3Patience PATIENCE = new S3Patience(
            6,
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20));

    /** Secret keys by the keys that the server lets in. */
    private static final Map<String, String> KEYS = new ConcurrentHashMap<>(Map.of(KEY.accessKey(), KEY.secretKey()));

    private final int port;

    /** Started by whoever asks for it first. */
    private static final class Shared {
        static final LocalBucket SERVER = start();
    }

    private LocalBucket(int port) {
        this.port = port;
    }

    /** The server of this process. */
    public static LocalBucket shared() {
        return Shared.SERVER;
    }

    private static LocalBucket start() {
        try {
            var objects = new TransientNio2BlobStore();
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(objects)
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, KEY.accessKey(), KEY.secretKey())
                    .v4MaxNonChunkedRequestSize(1 << 28)
                    .build();
            proxy.setBlobStoreLocator((key, bucket, object) -> {
                String secret = key == null ? null : KEYS.get(key);
                return secret == null ? null : new AccessGrant(secret, objects);
            });
            proxy.start();
            return new LocalBucket(proxy.getPort());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the server listens, on the loopback address. */
    public int port() {
        return port;
    }

    /** Another key that the server lets in from now on. */
    public S3Credentials grant() {
        var key = new S3Credentials("key-" + UUID.randomUUID(), "secret-" + UUID.randomUUID());
        KEYS.put(key.accessKey(), key.secretKey());
        return key;
    }

    /** Lets a key in no more, from the next request on. */
    public void revoke(S3Credentials key) {
        KEYS.remove(key.accessKey());
    }

    /** A new, empty bucket. */
    public S3Settings fresh() {
        S3Settings settings = at(URI.create("http://127.0.0.1:" + port), "b" + UUID.randomUUID());
        create(settings);
        return settings;
    }

    /** The same bucket, reached through something that listens on another port. */
    public static S3Settings through(int other, S3Settings settings) {
        return at(URI.create("http://127.0.0.1:" + other), settings.address().bucket());
    }

    /** A bucket at any server, whether it is there or not. */
    public static S3Settings at(URI endpoint, String bucket) {
        S3Address address = new S3Address(endpoint, "us-east-1", bucket, "some where/", true);
        return S3Settings.of(address)
                .with(new S3Habits(false, Optional.of(Duration.ZERO), 5 << 20, 16))
                .with(PATIENCE);
    }

    /** A store in that bucket. */
    public static S3Store store(S3Settings settings) {
        return store(settings, Clock.systemUTC());
    }

    /** A store of what lies below another prefix of that bucket. */
    public static S3Store beneath(S3Settings settings, String prefix) {
        return beneath(settings, prefix, KEY);
    }

    /** The same by another key, or at another server. */
    public static S3Store beneath(S3Settings settings, String prefix, S3Credentials key) {
        S3Address at = settings.address();
        S3Settings there = S3Settings.of(new S3Address(at.endpoint(), at.region(), at.bucket(), prefix, true))
                .with(settings.habits())
                .with(PATIENCE);
        return store(there, key, Clock.systemUTC());
    }

    static S3Store store(S3Settings settings, Clock clock) {
        return store(settings, KEY, clock);
    }

    static S3Store store(S3Settings settings, S3Credentials key) {
        return store(settings, key, Clock.systemUTC());
    }

    private static S3Store store(S3Settings settings, S3Credentials key, Clock clock) {
        try {
            return new S3Store(settings, () -> key, clock, new SplittableRandom(5));
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    static void create(S3Settings settings) {
        bucket(settings, "PUT", KEY);
    }

    /** Takes the bucket away, which has to be empty. */
    static void remove(S3Settings settings) {
        bucket(settings, "DELETE", KEY);
    }

    /** Takes the bucket away with all that lies in it, as somebody would who may. */
    public static void destroy(S3Settings settings) {
        try (S3Store all = beneath(settings, "")) {
            for (StoredObject object : all.list("")) {
                all.delete(object.name());
            }
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
        remove(settings);
    }

    static void bucket(S3Settings settings, String method, S3Credentials key) {
        Payload payload = method.equals("PUT") ? Payload.NONE : null;
        try (Bucket bucket = S3Store.open(settings, () -> key, Clock.systemUTC(), new SplittableRandom(6))) {
            bucket.ask(new S3Request(method, "", List.of(), List.of(), payload, S3Request.Act.WRITE), Answers::nothing);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
