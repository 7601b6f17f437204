package org.coffer.engine.vault;

import java.nio.charset.StandardCharsets;

/** What a sealed object is. Codes are part of the format. */
enum ObjectType {
    DATA(1, 2, Limit.PACK),
    MAP(2, 1, Limit.PACK),
    INDEX(3, 1, Limit.PACK),
    SESSION(4, 1, 2 << 20),
    COMMIT(5, 1, Commit.LIMIT),
    GONE(6, 1, Limit.MARKER),
    ASK(7, 1, Limit.MARKER),
    CONDEMNED(8, 1, Limit.LIST),
    USES(9, 1, Limit.LIST),
    ABOUT(10, 1, Limit.LIST),
    DESCRIPTION(11, 1, 17 << 20),
    /** 12 is reserved for ledgers. */
    SPENT(13, 1, Limit.MARKER);

    /** Most bytes of an object. What is read whole must fit into a small heap twice, sealed and opened. */
    private static final class Limit {
        static final int PACK = 256 << 20;
        static final int LIST = 64 << 20;
        static final int MARKER = 4096;
    }

    private final int code;
    private final int version;
    private final int most;

    ObjectType(int code, int version, int most) {
        this.code = code;
        this.version = version;
        this.most = most;
    }

    /** Most bytes of an object of this type, with header and tag; a larger one is damage. */
    int most() {
        return most;
    }

    /** The version in which objects of this type are written, and the newest that is understood; all from 1 on are. */
    int version() {
        return version;
    }

    int code() {
        return code;
    }

    byte[] keyInfo() {
        byte[] text = "coffer/1/seal/".getBytes(StandardCharsets.US_ASCII);
        byte[] info = java.util.Arrays.copyOf(text, text.length + 1);
        info[text.length] = (byte) code;
        return info;
    }
}
