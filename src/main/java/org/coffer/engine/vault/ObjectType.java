package org.coffer.engine.vault;

import java.nio.charset.StandardCharsets;

/** What a sealed object is. Codes are part of the format. */
enum ObjectType {
    DATA(1, Limit.PACK),
    MAP(2, Limit.PACK),
    INDEX(3, Limit.PACK),
    SESSION(4, 2 << 20),
    COMMIT(5, Commit.LIMIT),
    GONE(6, Limit.MARKER),
    ASK(7, Limit.MARKER),
    CONDEMNED(8, Limit.LIST),
    USES(9, Limit.LIST),
    ABOUT(10, Limit.LIST),
    DESCRIPTION(11, 17 << 20),
    /** 12 is reserved for ledgers. */
    SPENT(13, Limit.MARKER);

    /** Most bytes of an object. What is read whole must fit into a small heap twice, sealed and opened. */
    private static final class Limit {
        static final int PACK = 256 << 20;
        static final int LIST = 64 << 20;
        static final int MARKER = 4096;
    }

    private final int code;
    private final int most;

    ObjectType(int code, int most) {
        this.code = code;
        this.most = most;
    }

    /** Most bytes of an object of this type, with header and tag; a larger one is damage. */
    int most() {
        return most;
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
