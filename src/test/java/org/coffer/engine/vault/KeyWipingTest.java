package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.coffer.ChildJava;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B12: after a vault is closed, or could not be opened, neither its key nor a passphrase is in memory any more. */
class KeyWipingTest {
    @TempDir
    private Path folder;

    @Test
    void neitherKeyNorPassphraseIsLeftInMemory() throws Exception {
        Path dump = folder.resolve("memory.hprof");
        List<String> command = new ArrayList<>(ChildJava.command("-Xms900m", "-Xmx900m", "-Xmn800m"));
        command.addAll(List.of(KeyWipingProcess.class.getName(), dump.toString()));
        Process child = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(child.waitFor()).isZero();
        byte[] memory = Files.readAllBytes(dump);

        assertThat(count(memory, KeyWipingProcess.secret(0)))
                .as("what nobody wiped")
                .isEqualTo(1);
        assertThat(count(memory, KeyWipingProcess.secret(1)))
                .as("the master key")
                .isZero();
        for (int passphrase : new int[] {2, 3}) {
            byte[] letters = KeyWipingProcess.words(passphrase);
            assertThat(count(memory, letters))
                    .as("passphrase %s as bytes", passphrase)
                    .isZero();
            assertThat(count(memory, wide(letters)))
                    .as("passphrase %s as characters", passphrase)
                    .isZero();
        }
    }

    /** As characters lie in a dump. */
    private static byte[] wide(byte[] letters) {
        byte[] wide = new byte[2 * letters.length];
        for (int i = 0; i < letters.length; i++) {
            wide[2 * i + 1] = letters[i];
        }
        return wide;
    }

    private static int count(byte[] memory, byte[] wanted) {
        int count = 0;
        for (int at = 0; at <= memory.length - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && memory[at + same] == wanted[same]) {
                same++;
            }
            count += same == wanted.length ? 1 : 0;
        }
        return count;
    }
}
