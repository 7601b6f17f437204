package org.coffer.console.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.coffer.console.Refusals;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;

/** V3: the rules for names. */
class NamesTest {
    /** Supplementary plane: one character, two Java chars. */
    private static final String RARE = "𠮷";

    private static String wrong(String name) {
        return Names.problem(name).map(Refusals::spoken).map(Problem::code).orElse("");
    }

    @Test
    void aNameHasOneToSixtyFourCharacters() {
        assertThat(wrong("")).isEqualTo("name.empty");
        assertThat(wrong("a")).isEmpty();
        assertThat(wrong("a".repeat(64))).isEmpty();
        assertThat(wrong("a".repeat(65))).isEqualTo("name.long");
    }

    @Test
    void lengthsCountCodePointsAndNotChars() {
        assertThat(wrong(RARE.repeat(64))).isEmpty();
        assertThat(wrong(RARE.repeat(65))).isEqualTo("name.long");
        assertThat(Names.problem(RARE.repeat(65)).orElseThrow().args()).containsEntry("length", 65);
        assertThat(Names.descriptionProblem(RARE.repeat(255))).isEmpty();
        assertThat(Names.descriptionProblem(RARE.repeat(256)).map(Refusals::spoken))
                .map(Problem::code)
                .contains("description.long");
    }

    @Test
    void hanLettersDigitsUnderscoreAndHyphenAreAllowedAndNothingElse() {
        for (String good : new String[] {"宝匣", RARE, "Az09_-", "々", "〇"}) {
            assertThat(wrong(good)).as(good).isEmpty();
        }
        for (String bad : new String[] {
            "a b",
            " ",
            "\t",
            "\u3000",
            "a\u00a0b",
            "😀",
            "é",
            "ß",
            "あ",
            "한",
            "٣",
            "а",
            "a.b",
            "a/b",
            "(",
            "\u0000",
            "\ud800"
        }) {
            assertThat(wrong(bad)).as(bad).isEqualTo("name.invalid");
        }
    }

    @Test
    void theFirstWrongCharacterIsNamedAlsoWhereItCannotBeSeen() {
        assertThat(Names.problem("ab😀c").orElseThrow().args()).containsEntry("char", "😀");
        assertThat(Names.problem("a b").orElseThrow().args()).containsEntry("char", "“ ”");
        assertThat(Names.problem("a\tb").orElseThrow().args()).containsEntry("char", "U+0009");
    }

    @Test
    void aSuggestedNameEndsInFourHexDigitsAndIsItselfAllowed() {
        String name = Names.suggest("vault_", new Random(1));
        assertThat(name).matches("vault_[0-9a-f]{4}");
        assertThat(wrong(name)).isEmpty();
    }

    @Test
    void labelsOfPlacesAndDisksMayHoldAnythingThatPrints() {
        assertThat(Names.labelProblem("Backup disk 2 (грин) 😀")).isEmpty();
        assertThat(Names.labelProblem("  ").map(Refusals::spoken))
                .map(Problem::code)
                .contains("name.empty");
        assertThat(Names.labelProblem("a\nb").map(Refusals::spoken))
                .map(Problem::code)
                .contains("name.control");
        assertThat(Names.labelProblem("x".repeat(65))).map(Problem::code).contains("name.long");
        assertThat(Optional.of(Names.LONGEST)).contains(64);
    }
}
