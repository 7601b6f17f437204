package org.coffer.window.opened;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.opened.OpenDisk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines to copy, for each system. */
class RecipesTest {
    private static OpenDisk disk(boolean writable) {
        return new OpenDisk(
                UUID.fromString("3f2a81bc-0000-4000-8000-000000000000"),
                UUID.randomUUID(),
                "one",
                "web",
                Optional.empty(),
                writable,
                false,
                Instant.EPOCH,
                Optional.of("nbd+unix:///?socket=/home/a%27b/open/3f2a81bc"),
                0,
                List.of(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            LINUX   | false | true  | coffer restore mount 3f2a81bc --into /mnt
            LINUX   | false | false | qemu-system-x86_64 -m 2048 -snapshot -drive format=raw,file='nbd+unix:///?socket=/home/a%27b/open/3f2a81bc'
            OTHER   | true  | true  | qemu-system-x86_64 -m 2048 -drive format=raw,file='nbd+unix:///?socket=/home/a%27b/open/3f2a81bc'
            """)
    void theFirstLineIsWhatTheSystemDoesBest(Recipes.Family system, boolean writable, boolean mountable, String line) {
        assertThat(new Recipes(system).of(disk(writable), mountable).getFirst().command())
                .isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {"WINDOWS,\"", "LINUX,'"})
    void anAddressIsOneWordOfItsShell(Recipes.Family system, char quote) {
        assertThat(new Recipes(system).of(disk(true), false))
                .hasSize(2)
                .allSatisfy(recipe ->
                        assertThat(recipe.command()).containsPattern(quote + "nbd\\+unix:[^ ]*3f2a81bc" + quote));
    }
}
