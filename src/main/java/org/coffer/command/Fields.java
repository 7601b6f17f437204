package org.coffer.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;

/** The fields of one result object, in the order in which they are shown and written as JSON. */
final class Fields {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** A problem or a warning, as scripts read it. */
    static Fields of(Problem problem, Text text) {
        Text.Explanation explanation = text.explain(problem);
        return new Fields()
                .with("code", problem.code())
                .with("message", (explanation.what() + ' ' + explanation.why()).strip())
                .with("remedy", explanation.remedy());
    }

    /** Adds a field; see {@link #plain} for how values are written. */
    Fields with(String name, @Nullable Object value) {
        values.put(name, plain(value));
        return this;
    }

    Map<String, Object> map() {
        return values;
    }

    /**
     * A value as scripts read it: sizes and counts are numbers, durations are seconds, moments are ISO-8601, enums are
     * lower-case words joined by hyphens, and what is not there is null.
     */
    @SuppressWarnings("NullAway") // JSON has null, and a map of what is to be written holds it
    static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Optional<?> optional -> plain(optional.orElse(null));
            case Fields fields -> fields.map();
            case Instant instant -> instant.toString();
            case Duration duration -> duration.toMillis() / 1000.0;
            case Enum<?> constant -> word(constant);
            case Path path -> path.toString();
            case UUID id -> id.toString();
            case Collection<?> many -> many.stream().map(Fields::plain).toList();
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((k, v) -> copy.put(String.valueOf(k), plain(v)));
                yield copy;
            }
            default -> value;
        };
    }

    /** An enum's constant as scripts and options write it: {@code timed-out}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
