package org.coffer.console.name;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.coffer.problem.Problem;

/** The rules for names (V3): lengths count code points, "Chinese" is the Unicode script Han. */
public final class Names {
    /** The longest name, in code points. */
    public static final int LONGEST = 64;
    /** The longest description, in code points. */
    public static final int LONGEST_DESCRIPTION = 255;

    private Names() {}

    /** What is wrong with a name of a vault, backup or policy: {@code name.empty}, {@code name.long}, {@code name.invalid}. */
    public static Optional<Problem> problem(String name) {
        return problem(name, LONGEST);
    }

    /** As {@link #problem(String)}, for a name that must leave room for a suffix. */
    public static Optional<Problem> problem(String name, int longest) {
        Optional<Problem> length = lengthProblem(name, longest);
        return length.isPresent()
                ? length
                : firstChar(name, Names::allowed).map(bad -> Problem.of("name.invalid", "char", bad));
    }

    /** What is wrong with a label people give to places and disks: anything that prints, 1 to 64 characters. */
    public static Optional<Problem> labelProblem(String label) {
        Optional<Problem> length = lengthProblem(label.strip(), LONGEST);
        return length.isPresent()
                ? length
                : firstChar(label, c -> !Character.isISOControl(c)).map(bad -> Problem.of("name.control"));
    }

    /** What is wrong with a description: only its length can be. */
    public static Optional<Problem> descriptionProblem(String description) {
        int length = description.codePointCount(0, description.length());
        return length <= LONGEST_DESCRIPTION
                ? Optional.empty()
                : Optional.of(Problem.of("description.long", "length", length));
    }

    private static Optional<Problem> lengthProblem(String name, int longest) {
        int length = name.codePointCount(0, name.length());
        if (length == 0) {
            return Optional.of(Problem.of("name.empty"));
        }
        return length > longest
                ? Optional.of(Problem.of("name.long", "length", length, "longest", longest))
                : Optional.empty();
    }

    private static Optional<String> firstChar(String name, java.util.function.IntPredicate allowed) {
        return name.codePoints()
                .filter(c -> !allowed.test(c))
                .mapToObj(Names::shown)
                .findFirst();
    }

    private static boolean allowed(int c) {
        return (c < 128 && Character.isLetterOrDigit(c))
                || c == '_'
                || c == '-'
                || Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    /** A character as a message of any language can show it: blanks in quotes, others that have no shape by number. */
    private static String shown(int c) {
        if (Character.isSpaceChar(c)) {
            return '“' + Character.toString(c) + '”';
        }
        boolean shapeless = Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
        return shapeless ? String.format("U+%04X", c) : Character.toString(c);
    }

    /** The same name with a number behind it, as near to it as its length allows: {@code web-2}. */
    public static String numbered(String name, int number) {
        String suffix = "-" + number;
        int room = LONGEST - suffix.length();
        return name.codePointCount(0, name.length()) <= room
                ? name + suffix
                : name.substring(0, name.offsetByCodePoints(0, room)) + suffix;
    }

    /** A name made of {@code prefix} and four random hexadecimal digits: {@code vault_f61e}. */
    public static String suggest(String prefix, RandomGenerator random) {
        return prefix + HexFormat.of().toHexDigits((short) random.nextInt(1 << 16));
    }
}
