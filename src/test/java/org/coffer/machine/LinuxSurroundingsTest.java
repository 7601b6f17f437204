package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of power and network, from files and answers like those of real computers. */
class LinuxSurroundingsTest {
    private static final List<String> NOBODY = List.of("/nonexistent/busctl");

    @TempDir
    private Path supplies;

    private void supply(String name, Map<String, String> files) throws IOException {
        Path folder = Files.createDirectory(supplies.resolve(name));
        for (var file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue() + "\n");
        }
    }

    @Test
    void aLaptopThatIsPluggedInIsNotOnItsBattery() throws IOException {
        supply("AC", Map.of("type", "Mains", "online", "1"));
        supply("BAT0", Map.of("type", "Battery", "status", "Charging"));
        assertThat(new LinuxSurroundings(supplies, NOBODY).onBattery()).contains(false);
    }

    @Test
    void aLaptopThatIsNotPluggedInIs() throws IOException {
        supply("AC", Map.of("type", "Mains", "online", "0"));
        supply("BAT0", Map.of("type", "Battery", "status", "Discharging"));
        assertThat(new LinuxSurroundings(supplies, NOBODY).onBattery()).contains(true);
    }

    @Test
    void theBatteryOfAMouseSaysNothing() throws IOException {
        supply("hidpp", Map.of("type", "Battery", "status", "Discharging", "scope", "Device"));
        assertThat(new LinuxSurroundings(supplies, NOBODY).onBattery()).isEmpty();
        assertThat(new LinuxSurroundings(supplies.resolve("none"), NOBODY).onBattery())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"u 1,true", "u 3,true", "u 2,false", "u 4,false", "u 0,"})
    void theNetworkIsMeteredIfItSaysSo(String answer, Boolean metered) {
        var asked = new LinuxSurroundings(supplies, List.of("echo", answer)).metered();
        assertThat(asked.orElse(null)).isEqualTo(metered);
    }

    @Test
    void whereNobodyAnswersNothingIsKnown() {
        assertThat(new LinuxSurroundings(supplies, NOBODY).metered()).isEmpty();
    }
}
