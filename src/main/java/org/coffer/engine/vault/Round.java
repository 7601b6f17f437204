package org.coffer.engine.vault;

/**
 * How much of the stored bytes a check reads, and from where it goes on: checks that each read a part go round all packs
 * in turn.
 *
 * @param percent share of the bytes that the backups use, 0 to 100; 0 checks the structure alone
 * @param after the pack after which to begin, as {@link Passed} told it; empty to begin at the beginning
 * @param done bytes that this check read before it was interrupted; 0 for a new one
 * @param passed is told of every pack that was read, up to the first damage
 */
public record Round(int percent, String after, long done, Passed passed) {
    /** Is told how far a check came, so that another one can go on from there. */
    @FunctionalInterface
    public interface Passed {
        /**
         * A pack was read.
         *
         * @param pack names it
         * @param done bytes that this check read so far, those before an interruption included
         */
        void at(String pack, long done);
    }

    /** @throws IllegalArgumentException if {@code percent} is no percentage */
    public Round {
        if (percent < 0 || percent > 100 || done < 0) {
            throw new IllegalArgumentException("no share of the bytes: " + percent + " % less " + done);
        }
    }

    /** The structure, and no stored bytes. */
    public static Round structure() {
        return new Round(0, "", 0, (pack, done) -> {});
    }

    /** Every byte. */
    public static Round everything() {
        return new Round(100, "", 0, (pack, done) -> {});
    }
}
