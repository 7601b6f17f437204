package org.coffer.console.location;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.coffer.engine.store.s3.S3Address;
import org.coffer.engine.store.s3.S3Habits;
import org.coffer.engine.store.s3.S3Network;
import org.coffer.engine.store.s3.S3Proxy;
import org.coffer.problem.Problem;

/**
 * A bucket as somebody types it in.
 *
 * @param endpoint the server; https where it says nothing else
 * @param bucket the bucket
 * @param prefix what lies in it before all names, empty for nothing
 * @param region the region; {@value #USUAL_REGION} where empty, as most servers take it
 * @param pathStyle whether the bucket stands in the path of an address rather than in front of the host
 * @param accessKey the name of the key
 * @param authority a file of certificates to trust, empty for none
 * @param proxy the web proxy to go through, host and port, empty for none
 * @param proxyUser who the proxy knows, empty if it asks nobody; the password is among the secrets
 * @param listDelay how long a list may fail to show what was put: minutes, or a number with s, m or h; empty for what a trial
 *     finds
 */
public record BucketFields(
        String endpoint,
        String bucket,
        String prefix,
        String region,
        boolean pathStyle,
        String accessKey,
        String authority,
        String proxy,
        String proxyUser,
        String listDelay) {
    /** The longest delay of lists that is waited for, several times over, before room is freed. */
    public static final Duration MOST_LIST_DELAY = Duration.ofHours(24);

    private static final Pattern DELAY = Pattern.compile("([0-9]{1,6})\\s*([smh]?)");
    private static final String USUAL_REGION = "us-east-1";
    /** By the rules of S3; older buckets have capitals and underscores too. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");
    /** A bucket that is part of the server's name: labels by the rules of names in the network. */
    private static final Pattern HOST_BUCKET =
            Pattern.compile("(?=.{3,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9!_.*'()/-]{0,200}");
    /** What goes into the head of a request. */
    private static final Pattern PRINTED = Pattern.compile("[!-~]{0,200}");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+\\]");
    private static final int HIGHEST_PORT = 65_535;

    /** A bucket that is reached without signing in to a proxy. */
    public BucketFields(
            String endpoint,
            String bucket,
            String prefix,
            String region,
            boolean pathStyle,
            String accessKey,
            String authority,
            String proxy) {
        this(endpoint, bucket, prefix, region, pathStyle, accessKey, authority, proxy, "", "");
    }

    /** As somebody would type an address in that there is. */
    public static BucketFields of(Address.Bucket address) {
        return new BucketFields(
                address.at().endpoint().toString(),
                address.at().bucket(),
                address.at().prefix(),
                address.at().region(),
                address.at().pathStyle(),
                address.accessKey(),
                address.network().authority().map(Path::toString).orElse(""),
                address.network().proxy().map(S3Proxy::toString).orElse(""),
                address.network().proxy().map(S3Proxy::user).orElse(""),
                address.listDelay().map(BucketFields::typed).orElse(""));
    }

    private static String typed(Duration delay) {
        return delay.toSecondsPart() == 0 ? Long.toString(delay.toMinutes()) : delay.toSeconds() + "s";
    }

    /** The same bucket, reached another way. */
    public BucketFields reached(String otherKey, String otherAuthority, String otherProxy, String otherUser) {
        return new BucketFields(
                endpoint,
                bucket,
                prefix,
                region,
                pathStyle,
                otherKey,
                otherAuthority,
                otherProxy,
                otherUser,
                listDelay);
    }

    /** The same bucket, whose lists may lag so long. */
    public BucketFields listing(String otherDelay) {
        return new BucketFields(
                endpoint, bucket, prefix, region, pathStyle, accessKey, authority, proxy, proxyUser, otherDelay);
    }

    /** What is wrong, by field; empty if there is an {@link #address}. */
    public Map<String, Problem> problems() {
        Map<String, Problem> problems = new LinkedHashMap<>();
        if (server().isEmpty()) {
            problems.put("endpoint", Problem.of("storage.field.endpoint", "given", shown(endpoint)));
        }
        if (!(pathStyle ? BUCKET : HOST_BUCKET).matcher(bucket.strip()).matches()) {
            problems.put("bucket", Problem.of("storage.field.bucket", "given", bucket.strip()));
        }
        if (!PREFIX.matcher(prefix.strip()).matches() || S3Address.strange(prefix.strip())) {
            problems.put("prefix", Problem.of("storage.field.prefix", "given", prefix.strip()));
        }
        if (!PRINTED.matcher(region.strip()).matches()) {
            problems.put("region", Problem.of("storage.field.region", "given", region.strip()));
        }
        if (accessKey.isBlank() || !PRINTED.matcher(accessKey.strip()).matches()) {
            problems.put("accessKey", Problem.of("storage.field.key"));
        }
        if (!authority.isBlank() && file().isEmpty()) {
            problems.put("authority", Problem.of("file.unreadable", "path", authority.strip()));
        }
        if (!proxy.isBlank() && throughProxy().isEmpty()) {
            problems.put("proxy", Problem.of("storage.field.proxy", "given", shown(proxy)));
        }
        if (!proxyUser.isBlank()
                && (proxy.isBlank() || !PRINTED.matcher(proxyUser.strip()).matches() || proxyUser.contains(":"))) {
            problems.put("proxyUser", Problem.of("storage.field.proxy-user"));
        }
        if (!listDelay.isBlank() && delay().isEmpty()) {
            problems.put("listDelay", Problem.of("storage.field.list-delay", "given", listDelay.strip()));
        }
        return problems;
    }

    /** The address; only where there are no {@link #problems}. */
    public Address.Bucket address() {
        return new Address.Bucket(
                new S3Address(
                        server().orElseThrow(),
                        region.isBlank() ? USUAL_REGION : region.strip(),
                        bucket.strip(),
                        prefix.strip(),
                        pathStyle),
                new S3Network(file(), throughProxy()),
                accessKey.strip(),
                S3Habits.standard().listDelay(Optional.of(delay().orElse(Duration.ZERO))));
    }

    private Optional<Duration> delay() {
        Matcher typed = DELAY.matcher(listDelay.strip());
        if (!typed.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(typed.group(1));
        Duration delay = switch (typed.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMinutes(number);
        };
        return delay.isPositive() && delay.compareTo(MOST_LIST_DELAY) <= 0 ? Optional.of(delay) : Optional.empty();
    }

    /** As it was typed, without what may be a password in it. */
    private static String shown(String typed) {
        return typed.strip().replaceFirst("[^/@]*@", "…@");
    }

    private Optional<URI> server() {
        String typed = endpoint.strip();
        try {
            URI uri = new URI(typed.contains("://") ? typed : "https://" + typed);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            return web && plain && uri.getHost() != null && uri.getPort() <= HIGHEST_PORT
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> file() {
        try {
            return Optional.of(authority.strip())
                    .filter(text -> !text.isEmpty())
                    .map(text -> Path.of(text).toAbsolutePath().normalize())
                    .filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<S3Proxy> throughProxy() {
        String typed = proxy.strip().replaceFirst("^https?://", "").replaceFirst("/$", "");
        int colon = typed.lastIndexOf(':');
        if (colon <= 0 || !typed.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(typed.substring(colon + 1));
        return port >= 1
                        && port <= HIGHEST_PORT
                        && HOST.matcher(typed.substring(0, colon)).matches()
                ? Optional.of(new S3Proxy(typed.substring(0, colon), port, proxyUser.strip(), ""))
                : Optional.empty();
    }
}
