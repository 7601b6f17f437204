package org.coffer.console.vault;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.coffer.problem.Problem;

/** The rules for tags (V10): at most 10; key 1 to 36, value 0 to 43 of letters, digits, {@code _}, {@code -}, Chinese. */
public final class Tags {
    /** The most tags on one vault. */
    public static final int MOST = 10;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_\\-\\p{IsHan}]{1,36}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_\\-\\p{IsHan}]{0,43}");

    private Tags() {}

    /** What is wrong with a vault's tags: {@code tag.many}, {@code tag.key} or {@code tag.value}. */
    public static Optional<Problem> problem(Map<String, String> tags) {
        if (tags.size() > MOST) {
            return Optional.of(Problem.of("tag.many", "n", tags.size()));
        }
        for (var tag : tags.entrySet()) {
            if (!KEY.matcher(tag.getKey()).matches()) {
                return Optional.of(Problem.of("tag.key", "key", tag.getKey()));
            }
            if (!VALUE.matcher(tag.getValue()).matches()) {
                return Optional.of(Problem.of("tag.value", "key", tag.getKey(), "value", tag.getValue()));
            }
        }
        return Optional.empty();
    }
}
