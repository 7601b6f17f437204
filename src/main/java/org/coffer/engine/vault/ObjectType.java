package org.coffer.engine.vault;

import java.nio.charset.StandardCharsets;

/** What a sealed object is. Codes are part of the format. */
enum ObjectType {
    DATA(1),
    MAP(2),
    INDEX(3),
    SESSION(4),
    COMMIT(5),
    GONE(6),
    ASK(7),
    CONDEMNED(8),
    USES(9),
    ABOUT(10),
    DESCRIPTION(11),
    /** 12 is reserved for ledgers. */
    SPENT(13);

    private final int code;

    ObjectType(int code) {
        this.code = code;
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
