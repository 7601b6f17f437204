package org.coffer.text;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.coffer.problem.Problem;

/**
 * All sentences of one language: the only reader of {@code i18n/}. Immutable; whoever lets users switch language keeps
 * a {@code Text} per language and shows everything again.
 */
public final class Text {
    /** How many sentences there are at least, so that their table need not grow. */
    private static final int USUAL = 4096;

    private final Language language;
    /** As they are written, byte by byte, see {@link #read(byte[])} and {@link #unescaped}. */
    private final Map<String, String> sentences;

    private final Formats formats;
    private final ZoneId zone;

    private Text(Language language, Map<String, String> sentences, Clock clock) {
        this.language = language;
        this.sentences = sentences;
        this.formats = new Formats(language, clock, this::get);
        this.zone = clock.getZone();
    }

    /**
     * Reads the sentences of {@code language}.
     *
     * @param clock tells what "today" is, and the zone that times are shown in
     */
    public static Text of(Language language, Clock clock) {
        String name = "/i18n/messages_" + language.bundle() + ".properties";
        try (var in = Objects.requireNonNull(Text.class.getResourceAsStream(name), name)) {
            return new Text(language, read(in.readAllBytes()), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Splits a file of sentences, of which each has a line of its own: {@code key=sentence}. {@link Properties} reads the same
     * letter by letter, which is a noticeable part of what a short command takes; so is understanding the UTF-8 of all of
     * them. Here each byte stands for itself, as a letter of ISO 8859-1.
     */
    private static Map<String, String> read(byte[] bytes) {
        String file = new String(bytes, StandardCharsets.ISO_8859_1);
        Map<String, String> sentences = HashMap.newHashMap(USUAL);
        int end;
        for (int line = 0; line < file.length(); line = end + 1) {
            int feed = file.indexOf('\n', line);
            end = feed < 0 ? file.length() : feed;
            int equal = file.indexOf('=', line);
            if (file.charAt(line) != '#' && equal >= 0 && equal < end) {
                boolean windows = file.charAt(end - 1) == '\r';
                sentences.put(file.substring(line, equal), file.substring(equal + 1, windows ? end - 1 : end));
            }
        }
        return sentences;
    }

    /** What a line says, with what stands for a blank, a new line, or another character; done for those alone that are asked for. */
    private static String unescaped(String bytes) {
        String sentence = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        if (sentence.indexOf('\\') < 0) {
            return sentence;
        }
        Properties one = new Properties();
        try {
            one.load(new StringReader("sentence=" + sentence));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return one.getProperty("sentence");
    }

    /** The language of these sentences. */
    public Language language() {
        return language;
    }

    /** The zone that times are shown in: this computer's. */
    public ZoneId zone() {
        return zone;
    }

    /** How this language writes numbers, sizes and times. */
    public Formats formats() {
        return formats;
    }

    /** All keys, for tests and for help pages that list what there is. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(sentences.keySet());
    }

    /** Whether there is a sentence for {@code key}. */
    public boolean has(String key) {
        return sentences.containsKey(key);
    }

    /**
     * The sentence for {@code key} with its placeholders filled.
     *
     * @param namesAndValues placeholder names and values in turn
     * @throws IllegalArgumentException if there is no such sentence: a mistake in the code, found by the tests
     */
    public String get(String key, Object... namesAndValues) {
        if (namesAndValues.length == 0) {
            return pattern(key);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Template.fill(pattern(key), values, formats);
    }

    /**
     * The word for a value of one of the console's enums: {@code VaultStatus.FROZEN} in the package {@code vault} is
     * {@code word.vault.status.frozen}. The enum's own name is used without the package's name in front.
     */
    public String word(Enum<?> value) {
        return get(wordKey(value));
    }

    /** The message that is the word for {@code value}. */
    public static String wordKey(Enum<?> value) {
        Class<?> type = value.getDeclaringClass();
        String room = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
        String name = kebab(type.getSimpleName());
        String rest = name.startsWith(room + '-') ? name.substring(room.length() + 1) : name;
        return "word." + room + '.' + rest + '.'
                + value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /**
     * What happened, why, and what to do about it.
     *
     * @param what what happened, one sentence
     * @param why the cause; may be empty
     * @param remedy what to do; may be empty
     */
    public record Explanation(String what, String why, String remedy) {
        /** All three in one line. */
        public String line() {
            return joined(what, why, remedy);
        }

        /** Why it happened and what to do, without what happened. */
        public String rest() {
            return joined(why, remedy);
        }
    }

    /** Sentences one after the other, those of no words left out; Chinese ones need no blank between them. */
    public static String joined(String... sentences) {
        return String.join(" ", sentences).strip().replaceAll(" {2,}", " ").replaceAll("(?<=[。？！]) ", "");
    }

    /** Explains a problem. An unknown code is explained as itself, so that nothing is hidden. */
    public Explanation explain(Problem problem) {
        String base = "problem." + problem.code();
        if (!has(base + ".what")) {
            return new Explanation(problem.code() + ' ' + problem.args(), "", "");
        }
        return new Explanation(
                filled(base + ".what", problem), filled(base + ".why", problem), filled(base + ".do", problem));
    }

    private String filled(String key, Problem problem) {
        return has(key) ? Template.fill(pattern(key), problem.args(), formats) : "";
    }

    private String pattern(String key) {
        String pattern = sentences.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no sentence for " + key + " in " + language);
        }
        return unescaped(pattern);
    }
}
