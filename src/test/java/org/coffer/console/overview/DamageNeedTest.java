package org.coffer.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Soundness;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the overview says of damage: one thing to be dealt with, however many backups it hits. */
class DamageNeedTest {
    @TempDir
    private Path root;

    private static List<Attention> damage(TestHome home) {
        return home.console().overviews().now().needs().stream()
                .filter(need ->
                        need.kind() == Attention.Kind.BACKUP_DAMAGED || need.kind() == Attention.Kind.BACKUPS_DAMAGED)
                .toList();
    }

    private static void hit(TestHome home, Backup backup) {
        home.console()
                .backups()
                .damaged(
                        backup.id(),
                        Problem.of("vault.damaged", "vault", "v", "location", "v", "object", "x", "details", "x"));
    }

    @Test
    void oneDamagedBackupIsNamedAndSeveralLeadToTheirVault() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Backup two = home.backUp(vault, disk, "two");
            home.backUp(vault, disk, "three");
            assertThat(damage(home)).isEmpty();

            hit(home, one);
            assertThat(damage(home)).extracting(Attention::name).containsExactly("one");
            assertThat(damage(home).getFirst().backup()).hasValue(one.id());

            hit(home, two);
            Attention need = damage(home).getFirst();
            assertThat(damage(home)).hasSize(1);
            assertThat(need.kind()).isEqualTo(Attention.Kind.BACKUPS_DAMAGED);
            assertThat(need.number()).isEqualTo(2);
            assertThat(need.vault()).hasValue(vault.id());
            Soundness known = home.console().backups().soundness(vault.id(), 1);
            assertThat(known.damaged()).isEqualTo(2);
            assertThat(known.sound()).isEqualTo(1);
            assertThat(known.newest()).extracting(Backup::name).containsExactly("two");

            home.console().deletion().trash().put(List.of(two.id()));
            assertThat(damage(home))
                    .as("the trash needs nobody")
                    .extracting(Attention::name)
                    .containsExactly("one");
        }
    }
}
