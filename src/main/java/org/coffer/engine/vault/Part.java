package org.coffer.engine.vault;

/** The kinds of sealed parts in an object. Codes are part of the format. */
enum Part {
    FRAME(0),
    MARK(1),
    TRAILER(2),
    BODY(3);

    private final int code;

    Part(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
