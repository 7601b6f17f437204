package org.coffer.engine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists of servers that answer with less than a page, as the interface allows. */
class ListingTest {
    private static final String OBJECT = "<Contents><Key>some where/commit/abc</Key>"
            + "<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>\"0\"</ETag><Size>5</Size></Contents>";

    private @Nullable HttpServer server;

    /** A server that answers each further page of a list with the next of these. */
    private S3Store store(String... pages) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server = made;
        made.createContext("/", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            int page = 0;
            for (int i = 1; i < pages.length; i++) {
                page = query.contains("continuation-token=t" + i) ? i : page;
            }
            byte[] answer = ("<ListBucketResult><Name>b</Name>" + pages[page] + "</ListBucketResult>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        made.start();
        URI at = URI.create("http://127.0.0.1:" + made.getAddress().getPort());
        return new S3Store(LocalBucket.at(at, "b"), () -> LocalBucket.KEY, Clock.systemUTC(), new SplittableRandom(1));
    }

    private static String goesOn(String content, String token) {
        return content + "<IsTruncated>true</IsTruncated><NextContinuationToken>" + token + "</NextContinuationToken>";
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(server).stop(0);
    }

    @Test
    void anEmptyPageIsNotTheEnd() throws IOException {
        try (S3Store store = store(goesOn("", "t1"), goesOn("", "t2"), OBJECT + "<IsTruncated>false</IsTruncated>")) {
            assertThat(store.list("commit/")).isEqualTo(List.of(new StoredObject("commit/abc", 5)));
            assertThat(store.beneath("commit/")).containsExactly("commit/abc");
        }
    }

    @Test
    void aListThatGoesOnNobodyKnowsWhereIsNoAnswer() throws IOException {
        try (S3Store store = store("<IsTruncated>true</IsTruncated>")) {
            assertThatThrownBy(() -> store.list("commit/")).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> store.beneath("commit/")).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aListThatNeverEndsIsNoAnswer() throws IOException {
        try (S3Store store = store(goesOn(OBJECT, "t1"), goesOn(OBJECT, "t1"))) {
            assertThatThrownBy(() -> store.list("commit/")).isInstanceOf(StoreException.class);
        }
    }
}
