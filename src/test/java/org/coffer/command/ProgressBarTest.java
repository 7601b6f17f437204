package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.command.terminal.ScriptedTerminal;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    private Clock manual() {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void itIsDrawnAtMostFourTimesASecond() {
        ScriptedTerminal terminal = ScriptedTerminal.person(Path.of("/"), List.of());
        try (ProgressBar bar = new ProgressBar(terminal, manual())) {
            for (int i = 0; i < 1000; i++) {
                bar.show(i / 10, "copying " + i);
                now.updateAndGet(time -> time.plus(Duration.ofMillis(1)));
            }
        }
        assertThat(terminal.errors().split("\r", -1)).hasSize(1 + 4 + 1);
        assertThat(terminal.errors()).contains("copying 0", "copying 750").endsWith("\r\u001b[K");
        assertThat(terminal.output()).isEmpty();
    }

    @Test
    void onAPipeNothingIsDrawn() {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(Path.of("/"));
        try (ProgressBar bar = new ProgressBar(terminal, manual())) {
            bar.show(50, "copying");
        }
        assertThat(terminal.errors()).isEmpty();
    }

    @Test
    void itNeverBreaksTheLine() {
        ScriptedTerminal terminal = ScriptedTerminal.person(Path.of("/"), List.of());
        try (ProgressBar bar = new ProgressBar(terminal, manual())) {
            bar.show(100, "正在复制数据".repeat(30));
        }
        String line = terminal.errors().split("\u001b\\[K", -1)[1].replace("\r", "");
        assertThat(Columns.of(line)).isLessThan(100);
    }
}
