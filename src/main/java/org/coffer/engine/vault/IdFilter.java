package org.coffer.engine.vault;

import java.nio.ByteBuffer;

/**
 * A blocked Bloom filter over block ids: 10 bits an entry, six bits set within one block of 512, so that a question costs
 * one cache line. Ids are uniformly distributed, so their own bits serve as hashes.
 */
final class IdFilter {
    private static final int WORDS = 8;
    private static final int PROBES = 6;
    private static final int BITS_PER_ENTRY = 10;

    private final long[] words;

    private IdFilter(long[] words) {
        this.words = words;
    }

    static IdFilter sized(int entries) {
        long blocks = Math.max(1, ((long) entries * BITS_PER_ENTRY + 511) / 512);
        return new IdFilter(new long[Math.toIntExact(blocks * WORDS)]);
    }

    static IdFilter read(ByteBuffer in) {
        long[] words = new long[in.remaining() / 8];
        in.asLongBuffer().get(words);
        return new IdFilter(words);
    }

    void write(ByteBuffer out) {
        for (long word : words) {
            out.putLong(word);
        }
    }

    int bytes() {
        return words.length * 8;
    }

    private int block(long low) {
        return (int) Math.unsignedMultiplyHigh(low, words.length / WORDS) * WORDS;
    }

    void add(long high, long low) {
        int block = block(low);
        for (int i = 0; i < PROBES; i++) {
            int bit = (int) (high >>> (9 * i)) & 511;
            words[block + (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayContain(long high, long low) {
        int block = block(low);
        for (int i = 0; i < PROBES; i++) {
            int bit = (int) (high >>> (9 * i)) & 511;
            if ((words[block + (bit >>> 6)] & (1L << bit)) == 0) {
                return false;
            }
        }
        return true;
    }
}
