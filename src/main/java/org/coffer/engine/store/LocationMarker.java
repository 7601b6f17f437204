package org.coffer.engine.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small object by which a location is recognised wherever it turns up: under another mount point, at another address. */
public final class LocationMarker {
    /** Its name, beside the vaults. */
    public static final String NAME = "coffer-location.json";
    /** Most bytes of it, many times what it has. */
    public static final int LIMIT = 4096;

    private static final Pattern ID = Pattern.compile("\"location\"\\s*:\\s*\"([0-9a-f]{32})\"");

    private LocationMarker() {}

    /** An ID that no other location has. */
    public static String draw(RandomGenerator random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** The marker of the location with this ID. */
    public static byte[] content(String id) {
        return ("{\"location\":\"" + id + "\",\"version\":1}\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The ID in a marker; empty if it is no marker. */
    public static Optional<String> id(byte[] content) {
        if (content.length > LIMIT) {
            return Optional.empty();
        }
        Matcher matcher = ID.matcher(new String(content, StandardCharsets.ISO_8859_1));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
