package org.coffer.engine.vault;

import java.util.random.RandomGenerator;

/**
 * Names one run of one writer, and with it the backup that the run may publish: 16 random bytes.
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 */
public record SessionId(long high, long low) implements Comparable<SessionId> {
    /** Draws a new one. */
    public static SessionId random(RandomGenerator random) {
        return new SessionId(random.nextLong(), random.nextLong());
    }

    /** Reads 32 lower-case hexadecimal digits. @throws IllegalArgumentException if the text is anything else */
    public static SessionId of(String text) {
        return new SessionId(Hex.high(text), Hex.low(text));
    }

    // As in PackId: those that Java makes by itself are slow before they are compiled well.

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SessionId id && high == id.high && low == id.low);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    @Override
    public int compareTo(SessionId other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return Hex.text(high, low);
    }
}
