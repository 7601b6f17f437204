package org.coffer.console.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeOwnershipTest {
    @TempDir
    Path folder;

    private Optional<HomeOwnership> take(Path home) {
        return HomeOwnership.take(new Home(home), Clock.systemUTC(), Map.of());
    }

    @Test
    void aHomeIsTakenOnceAndIsFreeAfterClosing() {
        try (HomeOwnership first = take(folder).orElseThrow()) {
            assertThat(take(folder)).isEmpty();
            assertThat(HomeOwner.of(new Home(folder))).contains(first.owner());
        }
        try (HomeOwnership again = take(folder).orElseThrow()) {
            assertThat(again.owner().pid()).isEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void anotherProcessKeepsTheHomeUntilItIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HolderProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("taken by " + holder.pid());
            assertThat(take(folder)).isEmpty();
            assertThat(HomeOwner.of(new Home(folder)).orElseThrow().pid()).isEqualTo(holder.pid());
        } finally {
            // SIGKILL: nothing in the process gets a chance to tidy up.
            holder.destroyForcibly().waitFor();
        }
        try (HomeOwnership after = take(folder).orElseThrow()) {
            assertThat(HomeOwner.of(new Home(folder))).contains(after.owner());
        }
    }

    @Test
    void theSocketLiesInTheHomeUnlessItsPathIsTooLong() throws IOException {
        try (HomeOwnership own = take(folder).orElseThrow()) {
            assertThat(own.owner().socket().getParent()).isEqualTo(folder);
        }
        Path deep = folder.resolve("深".repeat(40));
        Path socket;
        try (HomeOwnership own = take(deep).orElseThrow()) {
            socket = own.owner().socket();
            assertThat(socket.toString().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(100);
            assertThat(Files.getPosixFilePermissions(socket.getParent())).hasSize(3);
        }
        assertThat(socket.getParent()).doesNotExist();
    }
}
