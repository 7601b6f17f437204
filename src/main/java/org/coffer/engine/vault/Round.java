package org.coffer.engine.vault;

/**
 * How much of the stored bytes a check reads, and from where it goes on: checks that each read a part go round all packs
 * in turn. One of every byte that goes on after an interruption reads all that is left of its circle, whatever came
 * or went meanwhile.
 *
 * @param percent share of the bytes that the backups use, 0 to 100; 0 checks the structure alone
 * @param from the pack after which this check began, before any interruption; empty for the beginning
 * @param after the pack after which to go on, as {@link Passed} told it; for a new check the same as {@code from}
 * @param done bytes that this check read before it was interrupted; 0 for a new one
 * @param passed is told of every pack that was read, up to the first damage
 */
public record Round(int percent, String from, String after, long done, Passed passed) {
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

    /** A new check of a share, which begins after a pack; empty for the beginning. */
    public static Round begin(int percent, String from, Passed passed) {
        return new Round(percent, from, from, 0, passed);
    }

    /** The structure, and no stored bytes. */
    public static Round structure() {
        return begin(0, "", (pack, done) -> {});
    }

    /** Every byte. */
    public static Round everything() {
        return begin(100, "", (pack, done) -> {});
    }

    /** Whether a pack lies in the part of the circle that this check had read before it was interrupted. */
    boolean passed(String pack) {
        if (done == 0) {
            return false;
        }
        boolean behind = pack.compareTo(from) > 0;
        boolean before = pack.compareTo(after) <= 0;
        return from.compareTo(after) < 0 ? behind && before : behind || before;
    }
}
