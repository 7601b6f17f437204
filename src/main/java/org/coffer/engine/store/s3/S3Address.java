package org.coffer.engine.store.s3;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where in which storage objects lie.
 *
 * @param endpoint the server, such as {@code https://s3.example.com}; with a port or a path if it has one
 * @param region what the server calls the place of the bucket, such as {@code us-east-1}; many accept anything
 * @param bucket the bucket, which exists
 * @param prefix what all names begin with; empty, or ends in '/'
 * @param pathStyle whether the bucket stands in the path of an address rather than in front of the host
 */
public record S3Address(URI endpoint, String region, String bucket, String prefix, boolean pathStyle) {
    /**
     * Checks what would be a mistake of the program, and gives the prefix its slash.
     *
     * @throws IllegalArgumentException if the endpoint is no address of a web server, or the region or bucket is empty,
     *     or the prefix is {@linkplain #strange strange}
     */
    public S3Address {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https")) || endpoint.getHost() == null) {
            throw new IllegalArgumentException("no address of a web server: " + endpoint);
        }
        if (region.isBlank() || bucket.isBlank() || bucket.contains("/")) {
            throw new IllegalArgumentException("no region or no bucket: " + region + ", " + bucket);
        }
        while (prefix.startsWith("/")) {
            prefix = prefix.substring(1);
        }
        if (strange(prefix)) {
            throw new IllegalArgumentException("no prefix: " + prefix);
        }
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix = prefix + "/";
        }
    }

    /**
     * Whether a prefix has a part between its slashes that is empty or made of dots: on the way such parts are taken for steps
     * in a tree of folders, and objects would end up elsewhere, even in another bucket.
     */
    public static boolean strange(String prefix) {
        String inner = prefix.replaceFirst("^/+", "").replaceFirst("/$", "");
        return !inner.isEmpty() && Arrays.stream(inner.split("/", -1)).anyMatch(part -> part.matches("\\.*"));
    }

    /** Whether another address is the same place, whatever way leads there. */
    public boolean sameBucket(S3Address other) {
        return host().equalsIgnoreCase(other.host()) && port() == other.port() && bucket.equals(other.bucket);
    }

    /** Whether what goes there is encrypted on its way. */
    public boolean secure() {
        return "https".equalsIgnoreCase(endpoint.getScheme());
    }

    /** The server's name or number. */
    public String host() {
        return endpoint.getHost();
    }

    /** The server's port. */
    public int port() {
        return endpoint.getPort() > 0 ? endpoint.getPort() : secure() ? 443 : 80;
    }

    /** The whole address, for people. */
    @Override
    public String toString() {
        String server = endpoint.toString();
        String slash = server.endsWith("/") ? "" : "/";
        return server + slash + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }
}
