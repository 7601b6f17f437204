package org.coffer.text;

import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How one language writes numbers, sizes and times. 1 GB is 10^9 bytes. */
public final class Formats {
    /** More than these are counted where a few are named. */
    private static final int FEW = 5;

    /** Where minutes stand among the units of a duration. */
    private static final int MINUTES = 2;

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final DateTimeFormatter DATE_CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Language language;
    private final Clock clock;
    private final Function<String, String> words;
    private final DateTimeFormatter full;

    Formats(Language language, Clock clock, Function<String, String> words) {
        this.language = language;
        this.clock = clock;
        this.words = words;
        this.full = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss (z, xxx)", language.locale());
    }

    /** A number with the language's grouping: {@code 10,204}. */
    public String count(long number) {
        return NumberFormat.getIntegerInstance(language.locale()).format(number);
    }

    /** A size with three leading digits at most: {@code 12.4 GB}. Something never shows as 0. */
    public String size(long bytes) {
        int unit = 0;
        double value = bytes;
        while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        NumberFormat format = NumberFormat.getNumberInstance(language.locale());
        format.setMaximumFractionDigits(unit == 0 || Math.abs(value) >= 99.95 ? 0 : 1);
        return format.format(value) + ' ' + UNITS[unit];
    }

    /** Several names or values in a row: {@code a, b, c}. */
    public String list(Collection<String> all) {
        return String.join(words.apply("format.list.between"), all);
    }

    /**
     * The first few of several, and how many more there are: {@code a, b, c, d, e and 7 more}.
     *
     * @param first those that may be named, in their order; more than five are counted
     * @param all how many there are; at least as many as {@code first}
     */
    public String few(List<String> first, long all) {
        List<String> named = first.subList(0, Math.min(FEW, first.size()));
        return all <= named.size()
                ? list(named)
                : Template.fill(
                        words.apply("format.list.more"), Map.of("list", list(named), "n", all - named.size()), this);
    }

    /** The word for a state or kind, by its key: {@code vault.status.frozen}. */
    String word(String key) {
        return words.apply("word." + key);
    }

    /** A share: {@code 62 %} in English, {@code 62%} in Chinese. */
    public String percent(int percent) {
        return count(percent) + (language == Language.CHINESE ? "%" : " %");
    }

    /**
     * A stretch of time in its two largest units: {@code 3 min 20 s}; {@code under 1 s} if it is shorter than that. Chinese has a longer
     * word for minutes that stand alone.
     */
    public String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds == 0) {
            return words.apply("format.under-second");
        }
        long[] parts = {seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
        String[] units = {"format.days", "format.hours", "format.minutes", "format.seconds"};
        for (int i = 0; i < 3; i++) {
            if (parts[i] > 0) {
                if (parts[i + 1] == 0) {
                    return unit(i == MINUTES ? "format.minutes.whole" : units[i], parts[i]);
                }
                return unit(units[i], parts[i]) + ' ' + unit(units[i + 1], parts[i + 1]);
            }
        }
        return unit(units[3], parts[3]);
    }

    private String unit(String key, long n) {
        return Template.fill(words.apply(key), Map.of("n", n), this);
    }

    /** A moment in a list: {@code Today 02:00}, {@code Yesterday 02:00}, else {@code 2026-11-21 02:00}. */
    public String time(Instant instant) {
        LocalDate day = LocalDate.ofInstant(instant, zone());
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone());
        String hour = CLOCK.withZone(zone()).format(instant);
        if (day.equals(today)) {
            return words.apply("format.today") + ' ' + hour;
        }
        if (day.equals(today.minusDays(1))) {
            return words.apply("format.yesterday") + ' ' + hour;
        }
        if (day.equals(today.plusDays(1))) {
            return words.apply("format.tomorrow") + ' ' + hour;
        }
        return DATE_CLOCK.withZone(zone()).format(instant);
    }

    /** A moment within a sentence: {@code today 02:00}, {@code yesterday 02:00}, else {@code 2026-11-21 02:00}. */
    public String then(Instant instant) {
        String time = time(instant);
        return Character.toLowerCase(time.charAt(0)) + time.substring(1);
    }

    /** A day: {@code 2026-11-21}. */
    public String date(Instant instant) {
        return DATE.withZone(zone()).format(instant);
    }

    /** A moment of a day that is known anyway, as in a log: {@code 14:03:07}. */
    public String second(Instant instant) {
        return SECOND.withZone(zone()).format(instant);
    }

    /** A moment with seconds and zone, for details and hovering. */
    public String fullTime(Instant instant) {
        return full.withZone(zone()).format(instant);
    }

    /** A moment seen from now: {@code 2 hours ago}, {@code just now}, {@code in 3 days}. */
    public String relative(Instant instant) {
        Duration ago = Duration.between(instant, clock.instant());
        Duration distance = ago.abs();
        String key;
        long n;
        if (distance.toMinutes() < 1) {
            return words.apply("format.now");
        } else if (distance.toHours() < 1) {
            key = "minutes";
            n = distance.toMinutes();
        } else if (distance.toDays() < 1) {
            key = "hours";
            n = distance.toHours();
        } else {
            key = "days";
            n = distance.toDays();
        }
        return unit((ago.isNegative() ? "format.in." : "format.ago.") + key, n);
    }

    private ZoneId zone() {
        return clock.getZone();
    }
}
