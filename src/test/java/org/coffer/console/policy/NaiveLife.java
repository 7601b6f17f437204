package org.coffer.console.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The life of one disk under a policy, told the slow way: every backup carries what the rules made of it so far, and each
 * edit walks the table of edits (P7) backup by backup. Knows nothing of {@link Keeping}.
 */
final class NaiveLife {
    private final ZoneId zone;
    private final List<Copy> copies = new ArrayList<>();
    private Retention retention;
    private boolean edited;
    private boolean bound = true;
    boolean enabled = true;

    private static final class Copy {
        final UUID id;
        final @Nullable Instant made;
        final boolean good;

        @Nullable
        Instant date;

        boolean counted;
        boolean left;
        boolean image;

        Copy(UUID id, @Nullable Instant made, boolean good) {
            this.id = id;
            this.made = made;
            this.good = good;
        }

        Instant made() {
            return java.util.Objects.requireNonNull(made);
        }
    }

    NaiveLife(ZoneId zone, Retention retention) {
        this.zone = zone;
        this.retention = retention;
    }

    Set<UUID> there() {
        Set<UUID> ids = new HashSet<>();
        copies.forEach(copy -> ids.add(copy.id));
        return ids;
    }

    void made(UUID id, Instant now) {
        Copy copy = new Copy(id, now, true);
        ZonedDateTime local = now.atZone(zone);
        switch (retention) {
            case Retention.ByCount _ -> copy.counted = true;
            case Retention.ByDays(int days) -> copy.date = local.plusDays(days).toInstant();
            case Retention.ByMonths(int months) ->
                copy.date = local.plusMonths(months).toInstant();
            case Retention.Forever() -> {}
        }
        copy.left = !bound;
        copies.add(copy);
        edited = false;
    }

    void madeByHand(UUID id) {
        copies.add(new Copy(id, null, true));
        edited = false;
    }

    void failed(UUID id, Instant now) {
        Copy copy = new Copy(id, now, false);
        copy.date = now.atZone(zone).plusMonths(1).toInstant();
        copies.add(copy);
    }

    void image(UUID id, boolean on) {
        copies.stream().filter(copy -> copy.id.equals(id)).forEach(copy -> copy.image = on);
    }

    void edited(Retention other) {
        retention = other;
        edited = true;
        for (Copy copy : copies) {
            // To count: everything is counted from now on. To time or for ever: nothing is, and dates stay as they are.
            copy.counted = other instanceof Retention.ByCount && copy.made != null && copy.good;
        }
    }

    void bind(boolean on) {
        edited |= on && !bound;
        if (!on) {
            copies.forEach(copy -> copy.left = true); // What it made so far stays, also if it comes back.
        }
        bound = on;
    }

    /** Another policy takes the place of the one that served it so far. */
    void replaced(Retention other) {
        bind(false);
        retention = other;
        bind(true);
    }

    void clean(Instant now) {
        copies.removeIf(
                copy -> (copy.made == null || enabled) && !copy.image && copy.date != null && !now.isBefore(copy.date));
        if (enabled && bound) {
            keepTenFailed();
            if (retention instanceof Retention.ByCount rule && !edited) {
                count(rule);
            }
        }
    }

    private void keepTenFailed() {
        List<Copy> failed = copies.stream().filter(copy -> !copy.good).toList();
        copies.removeAll(failed.subList(0, Math.max(0, failed.size() - 10)));
    }

    private void count(Retention.ByCount rule) {
        List<Copy> counted = new ArrayList<>(copies.stream()
                .filter(copy -> copy.counted && !copy.left && !copy.image)
                .toList());
        Collections.reverse(counted);
        List<Copy> keep = new ArrayList<>(counted.subList(0, Math.min(rule.newest(), counted.size())));
        Retention.Periods p = rule.periods();
        keep.addAll(newestOfEach(counted, p.daily(), LocalDate::toEpochDay));
        keep.addAll(newestOfEach(counted, p.weekly(), KeepingLawsTest::week));
        keep.addAll(newestOfEach(counted, p.monthly(), day -> day.getYear() * 12L + day.getMonthValue()));
        keep.addAll(newestOfEach(counted, p.yearly(), day -> (long) day.getYear()));
        copies.removeIf(copy -> counted.contains(copy) && !keep.contains(copy));
    }

    private List<Copy> newestOfEach(List<Copy> newestFirst, int most, Function<LocalDate, Long> period) {
        List<Copy> kept = new ArrayList<>();
        long last = Long.MAX_VALUE;
        for (Copy copy : newestFirst) {
            long mine = period.apply(copy.made().atZone(zone).toLocalDate());
            if (mine != last && kept.size() < most) {
                kept.add(copy);
            }
            last = mine;
        }
        return kept;
    }
}
