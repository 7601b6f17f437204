package org.coffer.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the two languages together, and the code to the sentences. */
class BundlesTest {
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PROBLEM = Pattern.compile("Problem\\.of\\(\\s*\"([a-z0-9.-]+)\"");
    /** Enums whose values no person reads. */
    private static final Set<String> NEVER_SHOWN = Set.of("VaultAction", "Column", "Fate", "PlaceKind");

    private static final Pattern JOINED = Pattern.compile("join(ing)?\\(\\s*\", \"");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private final Text english = Text.of(Language.ENGLISH, Clock.systemUTC());
    private final Text chinese = Text.of(Language.CHINESE, Clock.systemUTC());

    @Test
    void bothLanguagesHoldTheSameKeys() {
        assertThat(new TreeSet<>(chinese.keys())).isEqualTo(new TreeSet<>(english.keys()));
    }

    /** The files are those of {@link Properties}, which any editor knows; they are read by a quicker reader of our own. */
    @Test
    void sentencesAreReadAsJavaReadsThem() throws IOException {
        for (Text text : List.of(english, chinese)) {
            Properties java = new Properties();
            try (var file = Files.newBufferedReader(
                    Path.of("i18n/messages_" + text.language().bundle() + ".properties"))) {
                java.load(file);
            }
            assertThat(text.keys()).containsExactlyInAnyOrderElementsOf(java.stringPropertyNames());
            for (String key : text.keys()) {
                assertThat(text.get(key)).as(key).isEqualTo(java.getProperty(key));
            }
        }
    }

    @Test
    void noKeyStandsTwice() throws IOException {
        for (Path bundle : List.of(Path.of("i18n/messages_en.properties"), Path.of("i18n/messages_zh_CN.properties"))) {
            List<String> keys = Files.readAllLines(bundle).stream()
                    .filter(line -> !line.startsWith("#") && line.contains("="))
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .toList();
            assertThat(keys).as(bundle.toString()).doesNotHaveDuplicates();
        }
    }

    @Test
    void everySentenceHasTheSamePlaceholdersInBothLanguages() {
        for (String key : english.keys()) {
            assertThat(Template.names(chinese.get(key))).as(key).isSubsetOf(Template.names(english.get(key)));
            Set<String> missing = new HashSet<>(Template.names(english.get(key)));
            missing.removeAll(Template.names(chinese.get(key)));
            assertThat(missing).as("missing in Chinese: " + key).isEmpty();
        }
    }

    @Test
    void noSentenceIsEmptyOrUntranslated() {
        for (String key : english.keys()) {
            assertThat(english.get(key)).as(key).isNotBlank();
            assertThat(chinese.get(key)).as(key).isNotBlank();
            assertThat(HAN.matcher(english.get(key)).find() && !key.startsWith("language."))
                    .as("Chinese in the English " + key)
                    .isFalse();
        }
    }

    @Test
    void noSentenceIsUnused() throws IOException {
        Set<String> literals = new HashSet<>();
        for (Path file : sources("src/main/java")) {
            STRING.matcher(Files.readString(file)).results().forEach(m -> literals.add(m.group(1)));
        }
        List<String> unused = english.keys().stream()
                .filter(key ->
                        !literals.contains(key) && !builtFromPieces(key, literals) && !titlesAColumn(key, literals))
                .sorted()
                .toList();
        assertThat(unused).isEmpty();
    }

    /** Keys such as {@code problem.vault.full.what} or {@code status.frozen} are built from a prefix and a value. */
    private static boolean builtFromPieces(String key, Set<String> literals) {
        for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
            if (literals.contains(key.substring(0, dot + 1))) {
                return true;
            }
        }
        return key.startsWith("problem.") || key.startsWith("word.") || key.contains(".column.");
    }

    @Test
    void everyEnumThatScreensShowHasItsWords() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.coffer.console", "org.coffer.engine.work");
        List<String> wanted = classes.stream()
                .filter(type -> type.isEnum() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !NEVER_SHOWN.contains(type.getSimpleName()))
                .flatMap(type -> Arrays.stream(type.reflect().getEnumConstants()))
                .map(constant -> Text.wordKey((Enum<?>) constant))
                .toList();
        assertThat(wanted).isNotEmpty().isSubsetOf(english.keys());
        assertThat(english.keys().stream().filter(key -> key.startsWith("word.")))
                .isSubsetOf(wanted);
    }

    @Test
    void everyProblemInTheCodeIsExplainedInBothLanguages() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Path file : sources("src/main/java")) {
            PROBLEM.matcher(Files.readString(file)).results().forEach(m -> codes.add(m.group(1)));
        }
        assertThat(codes).isNotEmpty();
        assertThat(codes.stream().filter(code -> !english.has("problem." + code + ".what")))
                .isEmpty();
    }

    /** The titles of a table's columns are {@code <table>.column.<column>}. */
    private static boolean titlesAColumn(String key, Set<String> literals) {
        int at = key.indexOf(".column.");
        return at > 0
                && literals.contains(key.substring(0, at))
                && literals.contains(key.substring(at + ".column.".length()));
    }

    @Test
    void noSentenceHidesInTheCode() throws IOException {
        List<String> found = sources("src/main/java").stream()
                .filter(file -> !file.toString().endsWith("Language.java"))
                .flatMap(BundlesTest::chineseLiterals)
                .toList();
        assertThat(found).isEmpty();
    }

    /** Each language has its own sign between what it lists, so the code hands lists over as they are. */
    @Test
    void noListIsJoinedInTheCode() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources("src/main/java")) {
            if (!file.toString().contains("/engine/")) {
                JOINED.matcher(Files.readString(file)).results().forEach(m -> found.add(file + ": " + m.group()));
            }
        }
        assertThat(found).isEmpty();
    }

    private static Stream<String> chineseLiterals(Path file) {
        try {
            return STRING
                    .matcher(Files.readString(file))
                    .results()
                    .map(m -> m.group(1))
                    .filter(literal -> HAN.matcher(literal).find())
                    .map(literal -> file + ": " + literal)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
