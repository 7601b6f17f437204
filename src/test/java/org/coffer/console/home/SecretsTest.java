package org.coffer.console.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L4: what is kept sealed in the home. */
class SecretsTest {
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8};

    @TempDir
    private Path home;

    private Path computer;

    @BeforeEach
    void nameTheComputer() throws Exception {
        computer = Files.writeString(home.resolve("machine-id"), "one computer");
    }

    private Secrets secrets() {
        return new Secrets(home, computer);
    }

    @Test
    void whatIsKeptIsGivenBackByALaterProcess() {
        secrets().put("a", KEY);
        secrets().put("b", new byte[0]);
        assertThat(secrets().get("a"))
                .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(KEY));
        assertThat(secrets().get("b")).isPresent();
        secrets().remove("a");
        assertThat(secrets().get("a")).isEmpty();
        assertThat(secrets().get("b")).isPresent();
    }

    @Test
    void onlyTheUsersOwnAccountMayReadTheFiles() throws Exception {
        secrets().put("a", KEY);
        for (String name : new String[] {"secrets", "secrets.key"}) {
            assertThat(Files.getPosixFilePermissions(home.resolve(name)))
                    .extracting(Enum::name)
                    .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
        }
    }

    @Test
    void aCopyOnAnotherComputerOpensNothing() throws Exception {
        secrets().put("a", KEY);
        Files.writeString(computer, "another computer");
        assertThat(Refusals.code(() -> secrets().get("a"))).isEqualTo("secrets.unreadable");
        Files.writeString(computer, "one computer");
        assertThat(secrets().get("a")).isPresent();
    }

    @Test
    void oneFlippedBitAnywhereIsNoticed() throws Exception {
        secrets().put("a", KEY);
        Path file = home.resolve("secrets");
        for (long at : new long[] {0, 11, 12, Files.size(file) / 2, Files.size(file) - 1}) {
            TestHome.flip(file, at);
            assertThat(Refusals.code(() -> secrets().get("a"))).isEqualTo("secrets.unreadable");
            TestHome.flip(file, at);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 5, 12, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(Refusals.code(() -> secrets().get("a"))).isEqualTo("secrets.unreadable");
        }
    }

    @Test
    void whatCannotBeReadIsKeptAsideWhenSomethingNewIsKept() throws Exception {
        secrets().put("a", KEY);
        byte[] first = Files.readAllBytes(home.resolve("secrets"));
        Files.writeString(computer, "another computer");
        secrets().remove("a");
        assertThat(Files.readAllBytes(home.resolve("secrets"))).isEqualTo(first);
        secrets().put("b", KEY);
        assertThat(secrets().get("b")).isPresent();
        assertThat(Files.readAllBytes(home.resolve("secrets.unreadable-1"))).isEqualTo(first);
        Files.writeString(computer, "a third computer");
        secrets().put("c", KEY);
        assertThat(home.resolve("secrets.unreadable-2")).exists();
    }
}
