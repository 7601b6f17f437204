package org.coffer.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Estimates when a vault will be full (M3), from what its later backups added in the last weeks. A disk's full backup
 * happens once and says nothing of growth. What is deleted meanwhile is not counted, so a vault that is cleaned lasts
 * longer; one whose backups say too little is not guessed at.
 */
final class Forecast {
    /** What is looked at. */
    static final Duration SPAN = Duration.ofDays(30);

    private static final int LEAST_BACKUPS = 3;
    private static final Duration LEAST_TIME = Duration.ofDays(2);
    /** Beyond this many days nobody plans. */
    private static final long HORIZON = 1000;

    private Forecast() {}

    /**
     * What one backup added.
     *
     * @param at when it was made
     * @param full whether it holds a whole disk, not only what changed
     * @param added bytes that it added to the vault
     */
    record Growth(Instant at, boolean full, long added) {}

    /**
     * Days until a vault is full.
     *
     * @param room bytes left in it; negative when it is over its capacity
     * @param recent its good backups of the last {@link #SPAN}, in any order
     * @return whole days, rounded down; empty while too little is known, or when it will not be full in a thousand days
     */
    static OptionalLong days(long room, List<Growth> recent, Instant now) {
        List<Growth> later = recent.stream().filter(each -> !each.full()).toList();
        // What the first of them added gathered since the backup before it, hence from the first of all.
        Duration time = recent.stream()
                .map(Growth::at)
                .min(Comparator.naturalOrder())
                .map(first -> Duration.between(first, now))
                .orElse(Duration.ZERO);
        long added = later.stream().mapToLong(Growth::added).sum();
        if (room < 0 || later.size() < LEAST_BACKUPS || time.compareTo(LEAST_TIME) < 0 || added <= 0) {
            return OptionalLong.empty();
        }
        double perDay = added / (time.toSeconds() / 86_400.0);
        double days = room / perDay;
        return days > HORIZON ? OptionalLong.empty() : OptionalLong.of((long) days);
    }
}
