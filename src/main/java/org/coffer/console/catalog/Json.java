package org.coffer.console.catalog;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.coffer.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Small values kept as JSON text in one column: problems, parameters of tasks, changes in the audit record. */
public final class Json {
    /** The only name of an object that stands for a moment, so that it is shown as each reader writes moments. */
    private static final String MOMENT = "moment";

    private Json() {}

    /** Writes a map of strings, numbers, booleans, lists and maps. */
    public static String write(Map<String, ?> values) {
        try {
            return JSON.std.asString(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what {@link #write} wrote. @throws UncheckedIOException if the text is anything else */
    public static Map<String, Object> read(String text) {
        try {
            Map<String, Object> read = JSON.std.mapFrom(text);
            if (read == null) {
                throw new IOException("no object: " + text);
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a problem with its arguments. */
    public static @Nullable String problem(@Nullable Problem problem) {
        return switch (problem) {
            case null -> null;
            case Problem.Bug bug -> write(Map.of("bug", cut(bug.details())));
            case Problem.Expected expected -> {
                Map<String, Object> args = new LinkedHashMap<>();
                expected.args().forEach((name, value) -> args.put(name, plain(value)));
                yield write(Map.of("code", expected.code(), "args", args));
            }
        };
    }

    /** Several stay several, so that each language can list them its own way. */
    private static Object plain(Object value) {
        return switch (value) {
            case Number number -> number;
            case Instant at -> Map.of(MOMENT, at.toString());
            case Collection<?> several -> several.stream().map(Json::plain).toList();
            default -> value.toString();
        };
    }

    private static String cut(String details) {
        return details.length() <= 3000 ? details : details.substring(0, 3000);
    }

    private static Object typed(Object value) {
        if (value instanceof Map<?, ?> map && map.get(MOMENT) instanceof String at) {
            try {
                return Instant.parse(at);
            } catch (DateTimeException e) {
                return at;
            }
        }
        return value instanceof Collection<?> several
                ? several.stream().map(Json::typed).toList()
                : value;
    }

    /** Reads what {@link #problem(Problem)} wrote. */
    public static @Nullable Problem readProblem(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Map<String, Object> read = read(text);
        if (read.get("bug") instanceof String details) {
            return new Problem.Bug(details);
        }
        if (read.get("code") instanceof String code && read.get("args") instanceof Map<?, ?> args) {
            Map<String, Object> typed = new LinkedHashMap<>();
            args.forEach((name, value) -> typed.put(String.valueOf(name), typed(value)));
            return new Problem.Expected(code, typed);
        }
        return new Problem.Bug(text);
    }
}
