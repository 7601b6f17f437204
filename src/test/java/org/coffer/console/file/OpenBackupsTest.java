package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.coffer.console.HangingLocation;
import org.coffer.console.Refusals;
import org.coffer.console.SetClock;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.HollowReserve;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** S7: backups whose files are being looked at. */
@Timeout(120)
class OpenBackupsTest {
    @TempDir
    private Path root;

    private Disk disk(TestHome home, String name) throws Exception {
        Path content = Files.createDirectories(root.resolve(name));
        Files.writeString(content.resolve(name + ".txt"), name);
        Path image = new FilesLab(root).plain(name, content, 8 << 20);
        return home.console().disks().addImage(new NewImage(image, Optional.of(name), Disk.Role.DATA));
    }

    private static FileListing list(TestHome home, Backup backup) {
        return home.console().files().list(backup.id(), FilePath.root(0), BackupFiles.NATURAL, Work.quiet());
    }

    @Test
    void aLocationThatHangsStallsNobodyWhoLooksIntoAnother() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk web = disk(home, "web");
            Disk mail = disk(home, "mail");
            Backup silent = home.backUp(home.vault("vault_a", web), web, "silent");
            Backup fine = home.backUp(apart(home, mail), mail, "fine");
            home.restart(); // Nothing of either is open.
            CompletableFuture<FileListing> waiting = new CompletableFuture<>();
            try (HangingLocation hanging = new HangingLocation(root.resolve("place"))) {
                Thread.ofVirtual().start(() -> {
                    try {
                        waiting.complete(list(home, silent));
                    } catch (RuntimeException e) {
                        waiting.completeExceptionally(e);
                    }
                });
                hanging.await();
                assertThat(list(home, fine).entries())
                        .extracting(FileEntry::name)
                        .contains("mail.txt");
                assertThat(waiting).isNotDone();
            }
            assertThat(waiting.handle((listing, failure) -> listing != null || failure != null)
                            .get(60, TimeUnit.SECONDS))
                    .as("whoever waited is answered")
                    .isTrue();
        }
    }

    private Vault apart(TestHome home, Disk disk) throws Exception {
        Path folder = Files.createDirectory(root.resolve("second"));
        HollowReserve.in(folder);
        Location second = home.console().locations().add(new NewLocation("second", folder, ""));
        NewVault plain = home.newVault("vault_b", disk);
        return home.console()
                .vaults()
                .create(new NewVault(
                        "vault_b", "", second.id(), 100, plain.disks(), true, Optional.empty(), false, "", Map.of()));
    }

    @Test
    void whatWasReplacedIsClosedWhenItsLastUserLeavesAndWhatLingersTooLong() throws Exception {
        var clock = new SetClock(ZoneId.of("Asia/Shanghai"), "2026-11-02T10:00");
        try (TestHome home = new TestHome(root, clock)) {
            Disk web = disk(home, "web");
            Vault vault = home.vault("vault_a", web);
            Backup one = home.backUp(vault, web, "one");
            Backup two = home.backUp(vault, web, "two");
            OpenBackups open = home.console().files().open();
            OpenBackups.Use before = open.use(one.id());
            OpenBackup replaced = before.backup();
            assertThat(replaced.volumes()).hasSize(1);

            // What a safety copy that is made once more does to its row.
            statement("update backup set session = (select session from backup where id = '" + two.id()
                    + "') where id = '" + one.id() + "'");
            OpenBackups.Use after = open.use(one.id());

            assertThat(after.backup()).isNotSameAs(replaced);
            assertThat(open.count()).isEqualTo(1);
            assertThat(content(replaced)).as("its user goes on").isEqualTo("web");
            before.close();
            assertThat(Refusals.code(() -> content(replaced))).isEqualTo("files.unread");
            assertThat(content(after.backup())).isEqualTo("web");

            OpenBackup lingering = after.backup();
            after.close();
            clock.push(OpenBackups.LINGER.minus(Duration.ofSeconds(1)));
            open.tidy();
            assertThat(open.count()).isEqualTo(1);
            clock.push(Duration.ofSeconds(2));
            open.tidy();
            assertThat(open.count()).isZero();
            assertThat(Refusals.code(() -> content(lingering))).isEqualTo("files.unread");
        }
    }

    private void statement(String sql) throws Exception {
        try (var connection = java.sql.DriverManager.getConnection(
                        "jdbc:h2:file:" + root.resolve("home/catalog"), "coffer", "");
                var act = connection.createStatement()) {
            assertThat(act.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static String content(OpenBackup backup) {
        return Readings.read(() -> {
            FileTree tree = backup.tree(0);
            FileContent content = tree.open(tree.file(FilePath.of(0, "web.txt")));
            ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
            content.read(0, bytes);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        });
    }
}
