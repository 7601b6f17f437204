package org.coffer.console.location;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.catalog.Json;
import org.coffer.engine.store.s3.S3Address;
import org.coffer.engine.store.s3.S3Habits;
import org.coffer.engine.store.s3.S3Network;
import org.coffer.engine.store.s3.S3Proxy;

/** A bucket's address as text in the catalog. Nothing secret is in it. */
final class BucketText {
    private BucketText() {}

    static String of(Address.Bucket bucket) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("endpoint", bucket.at().endpoint().toString());
        all.put("region", bucket.at().region());
        all.put("bucket", bucket.at().bucket());
        all.put("prefix", bucket.at().prefix());
        all.put("pathStyle", bucket.at().pathStyle());
        all.put("accessKey", bucket.accessKey());
        bucket.network().authority().ifPresent(file -> all.put("authority", file.toString()));
        bucket.network().proxy().ifPresent(proxy -> {
            all.put("proxyHost", proxy.host());
            all.put("proxyPort", proxy.port());
            if (!proxy.user().isEmpty()) {
                all.put("proxyUser", proxy.user());
            }
        });
        all.put("conditionalPut", bucket.habits().conditionalPut());
        all.put("objectLock", bucket.habits().objectLock());
        bucket.habits().staleness().ifPresent(most -> all.put("stalenessSeconds", most.toSeconds()));
        return Json.write(all);
    }

    static Address.Bucket parse(String text) {
        Map<String, Object> all = Json.read(text);
        S3Habits standard = S3Habits.standard();
        return new Address.Bucket(
                new S3Address(
                        URI.create(string(all, "endpoint")),
                        string(all, "region"),
                        string(all, "bucket"),
                        string(all, "prefix"),
                        Boolean.TRUE.equals(all.get("pathStyle"))),
                new S3Network(
                        Optional.ofNullable(all.get("authority")).map(file -> Path.of(file.toString())),
                        Optional.ofNullable(all.get("proxyHost"))
                                .map(host -> new S3Proxy(
                                        host.toString(),
                                        number(all, "proxyPort"),
                                        all.get("proxyUser") instanceof String user ? user : "",
                                        ""))),
                string(all, "accessKey"),
                new S3Habits(
                        Boolean.TRUE.equals(all.get("conditionalPut")),
                        Optional.of(
                                all.containsKey("stalenessSeconds")
                                        ? Duration.ofSeconds(number(all, "stalenessSeconds"))
                                        : S3Habits.UNPROVEN),
                        standard.part(),
                        standard.inFlight(),
                        Boolean.TRUE.equals(all.get("objectLock"))));
    }

    private static String string(Map<String, Object> all, String name) {
        return String.valueOf(all.get(name));
    }

    private static int number(Map<String, Object> all, String name) {
        return all.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
