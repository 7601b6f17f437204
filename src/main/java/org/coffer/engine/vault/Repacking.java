package org.coffer.engine.vault;

/**
 * When partly dead packs are rewritten without what is dead.
 *
 * @param waste percent of a pack's stored bytes that must be dead; 1 to 100, or 101 for never
 * @param budget bytes that one collection rewrites at most, though always at least one pack; the next one goes on
 */
public record Repacking(int waste, long budget) {
    /** Checks the ranges. */
    public Repacking {
        if (waste < 1 || waste > 101 || budget < 0) {
            throw new IllegalArgumentException("a waste of " + waste + " %, a budget of " + budget + " bytes");
        }
    }

    /** From a quarter on, and at most 16 GiB at a time. */
    public static Repacking standard() {
        return new Repacking(25, 16L << 30);
    }

    /** Only packs that are dead as a whole are dealt with. */
    public static Repacking none() {
        return new Repacking(101, 0);
    }

    boolean possible() {
        return waste <= 100;
    }

    boolean worth(double dead, double all) {
        return dead > 0 && dead * 100 >= all * waste;
    }
}
