package org.coffer.console.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLogTest {
    @TempDir
    Path folder;

    private HomeLog log;

    @BeforeEach
    void open() {
        log = HomeLog.open(new Home(folder));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void say(String message) {
        LogRecord line = new LogRecord(Level.INFO, message);
        line.setLoggerName("test");
        log.publish(line);
    }

    @Test
    void aLineIsOnTheDiskAsSoonAsItIsLogged() {
        say("保险柜 opened");
        assertThat(folder.resolve("log/coffer.log")).content().endsWith("INFO test: 保险柜 opened\n");
    }

    @Test
    void whatIsLoggedByTheSystemsLoggerIsInItWithItsValuesAndItsTrace() {
        System.Logger logger = System.getLogger("a.part");
        logger.log(System.Logger.Level.WARNING, "{0} of {1}", 2, 3);
        logger.log(System.Logger.Level.ERROR, "failed", new IllegalStateException("why"));
        logger.log(System.Logger.Level.DEBUG, "for nobody");
        assertThat(folder.resolve("log/coffer.log"))
                .content()
                .contains("WARNING a.part: 2 of 3", "SEVERE a.part: failed\njava.lang.IllegalStateException: why")
                .doesNotContain("for nobody");
        assertThat(logger.isLoggable(System.Logger.Level.DEBUG)).isFalse();
        assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(LogFinder.class);
    }

    @Test
    void traceOfAMistakeStandsBelowItsLine() {
        LogRecord line = new LogRecord(Level.SEVERE, "broken");
        line.setThrown(new IllegalStateException("why"));
        log.publish(line);
        assertThat(folder.resolve("log/coffer.log"))
                .content()
                .contains("IllegalStateException: why", "\tat org.coffer");
    }

    @Test
    void fiveFilesOfFiveMegabytesAreKept() throws IOException {
        String megabyte = "x".repeat(1_000_000);
        for (int i = 0; i < 40; i++) {
            say(i + megabyte);
        }
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(5);
            for (Path file : all) {
                assertThat(Files.size(file)).isLessThan(6_000_000);
            }
        }
        say("newest");
        assertThat(folder.resolve("log/coffer.log")).content().endsWith("newest\n");
        assertThat(folder.resolve("log/coffer.1.log")).content().contains(" 39x");
    }
}
