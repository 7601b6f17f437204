package org.coffer.engine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.coffer.engine.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What goes out for object lock, against a stub that answers as S3's reference says. It keeps the retention of each object, and
 * refuses one that would end earlier. {@link CephStoreTest} shows it at a server that enforces it.
 */
class ObjectLockTest {
    private static final Instant SPRING = Instant.parse("2027-03-20T12:00:00Z");

    private final Map<String, Instant> kept = new ConcurrentHashMap<>();
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private HttpServer server;
    private S3Settings settings;
    private boolean forbidden;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        settings = LocalBucket.at(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "bucket")
                .with(LocalBucket.at(URI.create("http://127.0.0.1"), "bucket")
                        .habits()
                        .objectLock(true));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            byte[] body = call.getRequestBody().readAllBytes();
            String key = call.getRequestURI().getPath().substring("/bucket/".length());
            String query = String.valueOf(call.getRequestURI().getQuery());
            switch (call.getRequestMethod()) {
                case "PUT" -> put(call, key, query, body);
                case "HEAD" -> {
                    Instant until = kept.get(key);
                    if (until != null) {
                        call.getResponseHeaders().add("x-amz-object-lock-retain-until-date", until.toString());
                    }
                    call.sendResponseHeaders(objects.containsKey(key) ? 200 : 404, -1);
                }
                default -> call.sendResponseHeaders(501, -1);
            }
        }
    }

    private void put(HttpExchange call, String key, String query, byte[] body) throws IOException {
        Headers headers = call.getRequestHeaders();
        boolean retention = query.startsWith("retention");
        String until = retention
                ? new String(body, StandardCharsets.UTF_8)
                        .replaceAll("(?s).*<RetainUntilDate>(.*)</RetainUntilDate>.*", "$1")
                : headers.getFirst("x-amz-object-lock-retain-until-date");
        boolean right = until == null
                || (md5(body).equals(headers.getFirst("Content-MD5"))
                        && (retention
                                ? new String(body, StandardCharsets.UTF_8).contains("<Mode>COMPLIANCE</Mode>")
                                : "COMPLIANCE".equals(headers.getFirst("x-amz-object-lock-mode"))));
        boolean shorter = until != null && kept.getOrDefault(key, Instant.MIN).isAfter(Instant.parse(until));
        if (!right || shorter || (until != null && forbidden)) {
            byte[] refusal =
                    "<Error><Code>AccessDenied</Code><Message>no</Message></Error>".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(403, refusal.length);
            call.getResponseBody().write(refusal);
            return;
        }
        if (until != null) {
            kept.put(key, Instant.parse(until));
        }
        if (!retention) {
            objects.put(key, body);
        }
        call.sendResponseHeaders(200, -1);
    }

    private static String md5(byte[] body) throws IOException {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private S3Store store() throws StoreException {
        return new S3Store(settings, () -> LocalBucket.KEY, Clock.systemUTC(), new SplittableRandom(5));
    }

    @Test
    void aPutCarriesItsRetentionAndLaterRequestsMoveItsEndOnlyForward() throws Exception {
        try (S3Store store = store()) {
            assertThat(store.retains()).isTrue();
            store.put("plain", ByteBuffer.wrap(new byte[3]));
            assertThat(kept).isEmpty();
            store.putKept("a", SPRING.plusNanos(5), ByteBuffer.wrap(new byte[] {1, 2}));
            assertThat(kept).containsExactly(Map.entry("some where/a", SPRING));
            store.retain("a", SPRING.plus(Duration.ofDays(9)));
            assertThat(kept).containsExactly(Map.entry("some where/a", SPRING.plus(Duration.ofDays(9))));
            store.retain("a", SPRING);
            assertThat(kept)
                    .as("one that would end earlier is no failure: it is kept longer")
                    .containsExactly(Map.entry("some where/a", SPRING.plus(Duration.ofDays(9))));
        }
    }

    @Test
    void ofALargeObjectThatDoesNotGetThereNothingIsKept() throws Exception {
        S3Habits habits = settings.habits();
        settings = settings.with(new S3Habits(false, habits.staleness(), 5, habits.inFlight(), true));
        try (S3Store store = store()) {
            StoreException failed = catchThrowableOfType(
                    StoreException.class, () -> store.putKept("big", SPRING, ByteBuffer.allocate(9)));
            assertThat(failed).as("the stub knows no uploads in parts").isNotNull();
            assertThat(kept).as("nothing is kept that is not there").isEmpty();
        }
    }

    @Test
    void aKeyWithoutTheRightIsSaidToLackIt() throws Exception {
        try (S3Store store = store()) {
            store.put("a", ByteBuffer.wrap(new byte[3]));
            forbidden = true;
            StoreException refused = catchThrowableOfType(StoreException.class, () -> store.retain("a", SPRING));
            assertThat(refused.kind()).isEqualTo(StoreException.Kind.DENIED);
            assertThat(refused.problem().orElseThrow().code()).isEqualTo("storage.denied.write");
        }
    }
}
