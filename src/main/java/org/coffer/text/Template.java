package org.coffer.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills the placeholders of one sentence. {@code {name}} writes a value as its type suggests; {@code {name,size}},
 * {@code {name,time}}, {@code {name,then}} (a time within a sentence), {@code {name,percent}}, {@code {name,plain}}, {@code {name,word}} (the key of a
 * word, without {@code word.}) and {@code {name,duration}} (seconds) say how; {@code {n|disk|disks}}
 * chooses the word for one and for any other number. Several values are listed as the language does: {@code {names}} all of them,
 * {@code {names,few}} the first ones and how many more there are, {@code {names,few,n}} where those given are only some of {@code n}.
 * Everything else stands for itself, apostrophes included.
 */
final class Template {
    private static final String THEN = ",then";
    private static final String FEW = ",few";

    private Template() {}

    static String fill(String pattern, Map<String, Object> values, Formats formats) {
        StringBuilder out = new StringBuilder(pattern.length() + 32);
        int at = 0;
        while (true) {
            int open = pattern.indexOf('{', at);
            int close = open < 0 ? -1 : pattern.indexOf('}', open);
            if (close < 0) {
                return out.append(pattern, at, pattern.length()).toString();
            }
            out.append(pattern, at, open);
            String inside = pattern.substring(open + 1, close);
            String words = value(inside, values, formats);
            if (inside.endsWith(THEN) && meet(out, words)) {
                out.append(' ');
            }
            out.append(words);
            at = close + 1;
        }
    }

    /** Whether a Chinese character and a digit would touch: only a date begins with one, <em>today</em> does not. */
    private static boolean meet(CharSequence before, String after) {
        return !before.isEmpty()
                && !after.isEmpty()
                && Character.isIdeographic(before.charAt(before.length() - 1))
                && Character.isDigit(after.charAt(0));
    }

    /** The names of all placeholders, for the test that holds the languages together. */
    static Set<String> names(String pattern) {
        Set<String> names = new LinkedHashSet<>();
        for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', open + 1)) {
            int close = pattern.indexOf('}', open);
            if (close > 0) {
                String inside = pattern.substring(open + 1, close);
                names.add(name(inside));
                if (inside.contains(FEW + ',')) {
                    names.add(inside.substring(inside.lastIndexOf(',') + 1));
                }
            }
        }
        return names;
    }

    private static String name(String inside) {
        int end = 0;
        while (end < inside.length() && Character.isJavaIdentifierPart(inside.charAt(end))) {
            end++;
        }
        return inside.substring(0, end);
    }

    private static String value(String inside, Map<String, Object> values, Formats formats) {
        String name = name(inside);
        Object value = values.get(name);
        String how = inside.substring(name.length());
        if (value == null || name.isEmpty()) {
            return '{' + inside + '}';
        }
        if (how.startsWith("|")) {
            String[] forms = how.substring(1).split("\\|", -1);
            boolean one = value instanceof Number number && number.longValue() == 1;
            return one ? forms[0] : forms[forms.length - 1];
        }
        if (how.startsWith(FEW)) {
            return value instanceof Collection<?> several
                    ? formats.few(words(several, formats), all(how, several.size(), values))
                    : byType(value, formats);
        }
        return switch (how) {
            case "" -> byType(value, formats);
            case ",size" -> value instanceof Number n ? formats.size(n.longValue()) : value.toString();
            case ",percent" -> value instanceof Number n ? formats.percent(n.intValue()) : value.toString();
            case ",duration" ->
                value instanceof Number n
                        ? formats.duration(Duration.ofSeconds(n.longValue()))
                        : byType(value, formats);
            case ",time" -> value instanceof Instant i ? formats.time(i) : value.toString();
            case ",moment" -> value instanceof Instant i ? formats.fullTime(i) : value.toString();
            case THEN -> value instanceof Instant i ? formats.then(i) : value.toString();
            case ",word" -> formats.word(value.toString());
            case ",plain" -> Printable.text(value.toString());
            default -> throw new IllegalArgumentException("unknown placeholder {" + inside + "}");
        };
    }

    /** Of how many in all some are listed: the number that the placeholder names behind {@link #FEW}, or their own. */
    private static long all(String how, int given, Map<String, Object> values) {
        return how.length() > FEW.length() && values.get(how.substring(FEW.length() + 1)) instanceof Number all
                ? all.longValue()
                : given;
    }

    private static List<String> words(Collection<?> several, Formats formats) {
        return several.stream().map(value -> byType(value, formats)).toList();
    }

    private static String byType(Object value, Formats formats) {
        return switch (value) {
            case Collection<?> several -> formats.list(words(several, formats));
            case Long n -> formats.count(n);
            case Integer n -> formats.count(n);
            case Instant i -> formats.time(i);
            case Duration d -> formats.duration(d);
            default -> Printable.text(value.toString());
        };
    }
}
