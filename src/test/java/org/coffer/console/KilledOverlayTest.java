package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.coffer.ChildJava;
import org.coffer.console.backup.Backup;
import org.coffer.console.home.Home;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.resource.Disk;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S6: a process that is killed with SIGKILL while it serves a disk that is written to. What a client flushed is there when the next
 * process serves the disk; what it did not may be there or not, and nothing else is.
 *
 * <pre>
 *   1 MiB   70 KiB of 5a, flushed      3 MiB   4 KiB of 77, FUA      5 MiB   64 KiB of 99, neither
 * </pre>
 */
class KilledOverlayTest {
    @TempDir
    private Path root;

    /**
     * Serves a disk that can be written to until it is killed.
     *
     * @param args the home's folder, and the backup's ID
     */
    public static void main(String[] args) throws InterruptedException {
        try (Console console = Console.open(new Home(Path.of(args[0])), Clock.systemUTC())) {
            OpenDisk open = console.openDisks()
                    .open(new NewOpening(UUID.fromString(args[1]), true, new NewOpening.Address.Anywhere()));
            System.out.println(open.uri().orElseThrow());
            Thread.currentThread().join();
        }
    }

    private static String io(String uri, String... commands) {
        // Without a flush of its own when it leaves.
        List<String> all = new ArrayList<>(List.of("qemu-io", "-f", "raw", "-t", "unsafe"));
        for (String command : commands) {
            all.add("-c");
            all.add(command);
        }
        all.add(uri);
        return Shell.run(all.toArray(String[]::new));
    }

    private void killedAfterWrites(Backup backup) throws Exception {
        List<String> command = new ArrayList<>(ChildJava.command("-Xmx384m"));
        command.addAll(List.of(
                KilledOverlayTest.class.getName(),
                root.resolve("home").toString(),
                backup.id().toString()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            String uri = said.readLine();
            // A client whose flush is its own, and not thrown away.
            assertThat(Shell.run("qemu-io", "-f", "raw", "-c", "write -P 0x5a 1M 70k", "-c", "flush", uri))
                    .contains("wrote 71680/71680");
            assertThat(io(uri, "write -f -P 0x77 3M 4k", "write -P 0x99 5M 64k"))
                    .contains("wrote 65536/65536");
            assertThat(child.isAlive()).isTrue();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static void sameBut(byte[] was, byte[] now, int from, int length, int value) {
        for (int i = from; i < from + length; i++) {
            assertThat(now[i]).isIn((byte) value, was[i]);
            now[i] = was[i];
        }
    }

    private byte[] served(String uri) throws IOException {
        Path copy = root.resolve("copy.img");
        Shell.run("nbdcopy", uri, copy.toString());
        return Files.readAllBytes(copy);
    }

    @Test
    void whatAClientFlushedIsThereWhenTheNextProcessServesTheDisk() throws Exception {
        Backup one;
        byte[] was;
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 12);
            was = Files.readAllBytes(disk.path());
            one = home.backUp(home.vault("vault_a", disk), disk, "one");
        }
        killedAfterWrites(one);
        try (TestHome home = new TestHome(root)) {
            home.console().openDisks().goOn();
            OpenDisk again = home.console().openDisks().list().getFirst();
            String uri = again.uri().orElseThrow();
            assertThat(Shell.run(
                            "qemu-io", "-f", "raw", "-r", "-c", "read -P 0x5a 1M 70k", "-c", "read -P 0x77 3M 4k", uri))
                    .doesNotContain("failed", "verification");
            byte[] now = served(uri);
            sameBut(was, now, 1 << 20, 70 << 10, 0x5a);
            sameBut(was, now, 3 << 20, 4 << 10, 0x77);
            sameBut(was, now, 5 << 20, 64 << 10, 0x99);
            assertThat(now).as("nothing else").isEqualTo(was);
            home.console().openDisks().close(again.id(), false);
        }
    }
}
