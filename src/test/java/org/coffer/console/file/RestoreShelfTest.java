package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.SetClock;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S7: what a restore of files was asked for is kept as long as anybody may go on with it.
 *
 * <pre>
 *   large   8 MB, random          small   a few bytes
 * </pre>
 */
class RestoreShelfTest {
    private static final Duration LONG = Duration.ofDays(400);

    @TempDir
    private Path root;

    private final SetClock clock = new SetClock(ZoneId.of("Asia/Shanghai"), "2026-11-02T10:00");
    private TestHome home;
    private Vault vault;
    private Disk disk;
    private Backup one;
    private Path into;
    private byte[] large;

    @BeforeEach
    void backUp() throws Exception {
        Path content = Files.createDirectory(root.resolve("content"));
        large = new byte[8_000_000];
        new SplittableRandom(1).nextBytes(large);
        Files.write(content.resolve("large"), large);
        Files.writeString(content.resolve("small"), "small");
        Path image = new FilesLab(root).plain("web", content, 32L << 20);
        home = new TestHome(root, clock);
        disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
        vault = home.vault("vault_a", disk);
        one = home.backUp(vault, disk, "one");
        into = Files.createDirectory(root.resolve("into"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private NewFileRestore wanted(String... paths) {
        return new NewFileRestore(
                one.id(),
                Stream.of(paths).map(FilePath::parse).toList(),
                new NewFileRestore.Place.Folder(into),
                Conflict.KEEP);
    }

    private Task start(String... paths) {
        return home.console().files().start(wanted(paths));
    }

    private List<String> kept() throws Exception {
        try (Stream<Path> all = Files.list(root.resolve("home/restores"))) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private Task again(Task task) {
        return home.console().tasks().find(task.id()).orElseThrow();
    }

    @Test
    void onePausedForAsLongAsAnybodyLikesGoesOn() throws Exception {
        Task task;
        try (TestHome.Slowed _ = home.slowed(vault)) {
            task = start("0:/");
            while (again(task).status() != TaskStatus.RUNNING) {
                LockSupport.parkNanos(5_000_000);
            }
            home.console().tasks().pause(task.id());
        }
        assertThat(again(task).status()).isEqualTo(TaskStatus.PAUSED);
        clock.push(LONG);
        home.restart();
        home.backUp(vault, disk, "two");
        home.restart();
        assertThat(kept()).containsExactly(RestoreJob.of(task).id().toString());
        home.console().tasks().resume(task.id());
        home.done(task);
        assertThat(into.resolve("volume-0/large")).hasBinaryContent(large);
        assertThat(into.resolve("volume-0/small")).hasContent("small");
        assertThat(kept()).isEmpty();
    }

    @Test
    void oneThatFailedIsForgottenByTheTimeThatCofferWorkedSinceAndNotByTheClock() throws Exception {
        Task task = start("0:/small", "0:/none");
        assertThat(home.failed(task).code()).isEqualTo("files.partly");
        clock.push(LONG);
        home.restart();
        assertThat(home.console().tasks().retryable(again(task)))
                .as("a clock that jumped, or a computer that was off")
                .isTrue();
        clock.push(LONG.negated());
        home.backUp(vault, disk, "two");
        clock.push(Duration.ofDays(29));
        home.backUp(vault, disk, "three");
        home.restart();
        assertThat(home.console().tasks().retryable(again(task))).isTrue();
        clock.push(Duration.ofDays(2));
        home.backUp(vault, disk, "four");
        home.restart();
        assertThat(home.console().tasks().retryable(again(task))).isFalse();
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatNoTaskSpeaksOfAnyMoreIsForgotten() throws Exception {
        Task task = start("0:/small", "0:/none");
        assertThat(home.failed(task).code()).isEqualTo("files.partly");
        home.console().tasks().delete(task.id());
        Files.writeString(root.resolve("home/restores/of somebody else"), "");
        assertThat(kept()).hasSize(2);
        home.restart();
        assertThat(kept()).containsExactly("of somebody else");
    }

    /** Two at once would write their files under one name. */
    @Test
    void oneThatGoesOnAlreadyIsNotStartedASecondTime() throws Exception {
        BackupFiles files = home.console().files();
        Task on;
        try (TestHome.Slowed _ = home.slowed(vault)) {
            Task task = start("0:/");
            home.console().tasks().cancel(task.id());
            assertThat(home.console().tasks().await(task.id()).status()).isEqualTo(TaskStatus.CANCELED);
            on = files.again(task, wanted("0:/"));
            assertThat(Refusals.code(() -> files.again(task, wanted("0:/")))).isEqualTo("task.not-retryable");
        }
        home.done(on);
        assertThat(into.resolve("volume-0/large")).hasBinaryContent(large);
        assertThat(kept()).isEmpty();
    }
}
