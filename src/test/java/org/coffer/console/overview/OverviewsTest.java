package org.coffer.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** M3: what is protected and what is not, with real disks and vaults. */
class OverviewsTest {
    @TempDir
    private Path root;

    /** What is said of disks, but for recovery sheets and the like. */
    private static List<String> disks(TestHome home) {
        return home.console().overviews().now().needs().stream()
                .filter(need -> need.disk().isPresent())
                .map(need -> need.kind() + " " + need.name())
                .toList();
    }

    private static String protectedOf(TestHome home) {
        Overview now = home.console().overviews().now();
        return now.protectedDisks() + " of " + now.disks();
    }

    @Test
    void aDiskThatNoVaultProtectsIsNamedUntilOneDoesAndHasABackup() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk web = home.image("web", 1);
            Disk mail = home.image("mail", 1);
            assertThat(home.console().overviews().now().verdict()).isEqualTo(Overview.Verdict.NOTHING_YET);
            assertThat(disks(home)).containsExactly("DISK_UNPROTECTED mail", "DISK_UNPROTECTED web");
            Vault vault = home.vault("vault_a", web);
            Backup first = home.backUp(vault, web, "first");
            assertThat(disks(home)).containsExactly("DISK_UNPROTECTED mail");
            assertThat(protectedOf(home)).isEqualTo("1 of 2");
            Overview now = home.console().overviews().now();
            assertThat(now.verdict()).isEqualTo(Overview.Verdict.NEEDS_ATTENTION);
            assertThat(now.oldestGood()).contains(first.createdAt());

            home.console().vaults().bindings().bind(vault.id(), List.of(mail.id()));
            assertThat(disks(home)).as("bound is not backed up").containsExactly("DISK_WITHOUT_BACKUP mail");
            home.backUp(vault, mail, "second");
            assertThat(disks(home)).isEmpty();
            assertThat(protectedOf(home)).isEqualTo("2 of 2");
        }
    }

    @Test
    void aDiskThatIsUnboundIsUnprotectedAgainAndOneThatIsMissingAsksForNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk web = home.image("web", 1);
            Disk mail = home.image("mail", 1);
            Vault vault = home.vault("vault_a", web, mail);
            home.backUp(vault, web, "first");
            Backup only = home.backUp(vault, mail, "second");
            home.console().unbinding().unbind(vault.id(), List.of(web.id()), Unbinding.Fate.KEEP);
            assertThat(disks(home)).containsExactly("DISK_UNPROTECTED web");
            home.console().deletion().trash().put(List.of(only.id()));
            assertThat(disks(home))
                    .as("what is in the trash protects nobody")
                    .containsExactly("DISK_WITHOUT_BACKUP mail", "DISK_UNPROTECTED web");
            home.console().trash().delete(vault.id(), vault.name());
            assertThat(disks(home))
                    .as("nor does a vault in the trash")
                    .containsExactly("DISK_UNPROTECTED mail", "DISK_UNPROTECTED web");
            Files.delete(web.path());
            home.console().disks().refresh();
            assertThat(disks(home)).doesNotContain("DISK_UNPROTECTED web");
            assertThat(home.console().disks().find(web.id()).map(Disk::state))
                    .isEqualTo(Optional.of(Disk.State.MISSING));
        }
    }
}
