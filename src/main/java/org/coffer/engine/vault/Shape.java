package org.coffer.engine.vault;

/**
 * What the associated data of a sealed part binds besides its place.
 *
 * @param codec 0 raw, 1 zstd, 2 zstd of what went through {@link X86Filter}
 * @param plain bytes before compression
 * @param first ordinal of the first entry
 * @param count entries in the part
 */
record Shape(int codec, int plain, int first, int count) {
    static final int RAW = 0;
    static final int ZSTD = 1;
    static final int X86 = 2;

    static Shape raw(int length) {
        return new Shape(RAW, length, 0, 0);
    }
}
