package org.coffer.window.policy;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Times of day as people type them. */
public final class TypedTimes {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("H[:mm]", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private TypedTimes() {}

    /** One: {@code 2}, {@code 02:00}, {@code 14：30}; empty if it cannot be read. */
    public static Optional<LocalTime> one(String typed) {
        try {
            return Optional.of(LocalTime.parse(typed.strip().replace('：', ':'), TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Several with commas or blanks between them: {@code 8, 12:30 18}; empty if one of them cannot be read. */
    public static Optional<List<LocalTime>> all(String typed) {
        List<LocalTime> times = new ArrayList<>();
        for (String part : typed.strip().split("[\\s,，、;；]+", -1)) {
            Optional<LocalTime> time = one(part);
            if (time.isEmpty()) {
                return Optional.empty();
            }
            times.add(time.get());
        }
        return Optional.of(List.copyOf(times));
    }
}
