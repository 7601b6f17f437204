package org.coffer.window.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contrast of the tokens, by WCAG 2.2: 4.5 for text, 3 for marks and rings. */
class ContrastTest {
    private static final Pattern TOKEN = Pattern.compile("(-[a-z0-9-]+):\\s*(#[0-9a-f]{6})\\s*;");
    private static final Pattern COLOUR_IN_JAVA = Pattern.compile("#[0-9a-fA-F]{6}|Color\\.(web|rgb|[A-Z]{3,})");

    /** Text, and the ground it stands on. */
    private static final List<String[]> TEXTS = List.of(
            pair("-color-fg-default", "-color-bg-default"),
            pair("-color-fg-default", "-color-bg-subtle"),
            pair("-color-fg-default", "-coffer-selected"),
            pair("-color-fg-default", "-coffer-hover"),
            pair("-color-fg-default", "-coffer-button"),
            pair("-color-fg-muted", "-color-bg-default"),
            pair("-color-fg-muted", "-color-bg-subtle"),
            pair("-color-fg-muted", "-coffer-nav"),
            pair("-color-fg-muted", "-coffer-selected"),
            pair("-color-accent-fg", "-color-bg-default"),
            pair("-color-accent-fg", "-coffer-selected"),
            pair("-color-accent-fg", "-color-accent-subtle"),
            pair("-color-accent-fg", "-coffer-nav"),
            pair("-color-success-fg", "-color-success-subtle"),
            pair("-color-warning-fg", "-color-warning-subtle"),
            pair("-color-danger-fg", "-color-danger-subtle"),
            pair("-color-danger-fg", "-color-bg-default"),
            pair("-color-fg-default", "-color-success-subtle"),
            pair("-color-fg-default", "-color-warning-subtle"),
            pair("-color-fg-default", "-color-danger-subtle"),
            pair("-color-fg-emphasis", "-color-accent-emphasis"),
            pair("-color-fg-emphasis", "-coffer-accent-hover"),
            pair("-color-fg-emphasis", "-coffer-danger"),
            pair("-color-fg-emphasis", "-coffer-danger-hover"),
            pair("-color-fg-default", "-coffer-float"),
            pair("-color-fg-muted", "-coffer-float"),
            pair("-color-fg-muted", "-coffer-well"),
            pair("-color-accent-fg", "-coffer-float"),
            pair("-color-danger-fg", "-coffer-float"),
            pair("-color-success-fg", "-color-bg-default"),
            pair("-color-warning-fg", "-color-bg-default"),
            pair("-color-success-fg", "-coffer-selected"),
            pair("-color-warning-fg", "-coffer-selected"),
            pair("-color-danger-fg", "-coffer-selected"),
            pair("-color-success-fg", "-coffer-float"),
            pair("-color-warning-fg", "-coffer-float"),
            pair("-color-fg-muted", "-coffer-hover"),
            pair("-color-accent-fg", "-coffer-hover"),
            pair("-color-fg-muted", "-color-warning-subtle"),
            pair("-color-fg-default", "-color-success-muted"),
            pair("-color-fg-default", "-color-warning-muted"),
            pair("-color-fg-default", "-color-danger-muted"),
            pair("-coffer-tooltip-fg", "-coffer-tooltip"));

    /** Rings and marks, and the ground they stand on. */
    private static final List<String[]> MARKS = List.of(
            pair("-coffer-ring", "-color-bg-default"),
            pair("-coffer-ring", "-coffer-nav"),
            pair("-color-accent-emphasis", "-color-bg-default"),
            pair("-color-fg-subtle", "-color-bg-default"));

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void wordsAndMarksStandOutFromTheirGround(String look) throws IOException {
        Map<String, String> tokens = tokens(look);
        for (String[] pair : TEXTS) {
            assertThat(contrast(tokens, pair))
                    .as("%s on %s, %s", pair[0], pair[1], look)
                    .isGreaterThanOrEqualTo(4.5);
        }
        for (String[] pair : MARKS) {
            assertThat(contrast(tokens, pair))
                    .as("%s on %s, %s", pair[0], pair[1], look)
                    .isGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theThemesBlueIsGoneFromEveryStep(String look) throws IOException {
        Map<String, String> own = new HashMap<>(read(Files.readString(Path.of("assets/css/coffer.css"))));
        if (look.equals("dark")) {
            own = read(Files.readString(Path.of("assets/css/coffer-dark.css")));
        }
        for (int step = 0; step <= 9; step++) {
            assertThat(own).containsKey("-color-accent-" + step);
        }
        assertThat(own)
                .containsKeys(
                        "-color-accent-fg", "-color-accent-emphasis", "-color-accent-muted", "-color-accent-subtle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java/org/coffer/window"})
    void noColourStandsInTheCode(String root) throws IOException {
        try (var files = Files.walk(Path.of(root))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(COLOUR_IN_JAVA.matcher(Files.readString(file)).find())
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private static Map<String, String> tokens(String look) throws IOException {
        var tokens = new HashMap<String, String>();
        String theme = "/atlantafx/base/theme/primer-" + look + ".css";
        try (var in = ContrastTest.class.getResourceAsStream(theme)) {
            assertThat(in).as(theme).isNotNull();
            tokens.putAll(read(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
        }
        tokens.putAll(read(Files.readString(Path.of("assets/css/coffer.css"))));
        if (look.equals("dark")) {
            tokens.putAll(read(Files.readString(Path.of("assets/css/coffer-dark.css"))));
        }
        return tokens;
    }

    private static Map<String, String> read(String css) {
        var tokens = new HashMap<String, String>();
        TOKEN.matcher(css).results().forEach(found -> tokens.put(found.group(1), found.group(2)));
        return tokens;
    }

    private static double contrast(Map<String, String> tokens, String[] pair) {
        assertThat(tokens).containsKeys(pair);
        double one = luminance(tokens.getOrDefault(pair[0], ""));
        double other = luminance(tokens.getOrDefault(pair[1], ""));
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double value = Integer.parseInt(colour.substring(1 + i * 2, 3 + i * 2), 16) / 255.0;
            sum += weights[i] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static String[] pair(String text, String ground) {
        return new String[] {text, ground};
    }
}
