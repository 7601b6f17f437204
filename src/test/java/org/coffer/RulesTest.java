package org.coffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page about rules to the tests that it names. */
class RulesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z][0-9]+) \\| .* \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @Test
    void everyRuleNamesTestsThatThereAre() throws IOException {
        Set<String> tests;
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            tests = all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        List<MatchResult> rows = ROW.matcher(Files.readString(Path.of("docs/rules.md")))
                .results()
                .toList();
        assertThat(rows).hasSizeGreaterThan(40);
        for (MatchResult row : rows) {
            List<String> named = NAME.matcher(row.group(2))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(named).as(row.group(1)).isNotEmpty();
            assertThat(tests).as(row.group(1)).containsAll(named);
        }
        assertThat(rows).extracting(row -> row.group(1)).doesNotHaveDuplicates();
    }
}
