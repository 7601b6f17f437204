package org.coffer.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.coffer.launch.Checkout.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./coffer test} makes of Surefire's reports. */
class TestReportsTest {
    @TempDir
    Path reports;

    private void report(String name, int tests, int errors, int skipped, int failures) throws IOException {
        Files.writeString(
                reports.resolve("TEST-" + name + ".xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="%s" time="0.1" \
                tests="%d" errors="%d" skipped="%d" failures="%d">
                  <properties><property name="tests" value="9"/></properties>
                  <testcase name="a" classname="%s" time="0.0"/>
                </testsuite>
                """.formatted(name, tests, errors, skipped, failures, name));
    }

    private Run judge() throws IOException, InterruptedException {
        String script = ". installer/launch/words.sh; . installer/launch/test.sh; words=en;"
                + " judge_tests \"$1\" && echo \"total $total\"";
        Process process = new ProcessBuilder("/bin/sh", "-euc", script, "sh", reports.toString()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    @Test
    void allPassed() throws Exception {
        report("org.a.One", 12, 0, 0, 0);
        report("org.a.Two", 30, 0, 0, 0);
        Run run = judge();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("total 42\n");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1"})
    void oneErrorOneSkippedOrOneFailureIsTooMany(int errors, int skipped, int failures) throws Exception {
        report("org.a.One", 12, 0, 0, 0);
        report("org.a.Two", 30, errors, skipped, failures);
        Run run = judge();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("Failed or skipped: org.a.Two (1)", "1 of 42 tests");
    }

    @Test
    void noTestsAtAllIsAFailure() throws Exception {
        Run run = judge();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("No test was run");
    }
}
