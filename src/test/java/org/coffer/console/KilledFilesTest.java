package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.FileReceipt;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T4, S7: a restore of files that was killed goes on where it was, and leaves nothing half or twice. */
class KilledFilesTest {
    private static final int FILES = 4000;

    @TempDir
    private Path root;

    @Test
    void killedInTheMiddleItGoesOnAndDoesNothingTwice() throws Exception {
        Path many = Files.createDirectories(root.resolve("content/many"));
        long all = 0;
        for (int i = 0; i < FILES; i++) {
            all += Files.size(Files.writeString(many.resolve("file " + i), "content of " + i));
        }
        Path image = root.resolve("web.img");
        Shell.run(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-d",
                root.resolve("content").toString(),
                image.toString(),
                "64M");
        Backup one;
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
            one = home.backUp(home.vault("vault_a", disk), disk, "one");
        }
        Path into = Path.of(System.getProperty("java.io.tmpdir"), one.id().toString());
        try {
            assertThat(Victim.killed(root, "files", one.id().toString(), () -> count(into.resolve("many")) > 100))
                    .as("it was in the middle")
                    .isTrue();
            assertThat(count(into.resolve("many"))).isBetween(101L, FILES - 1L);
            try (TestHome home = new TestHome(root)) {
                Victim.leftNothingStuck(home);
                Task killed = home.console().tasks().list(TaskFilter.ALL, 0, 1).getFirst();
                assertThat(killed.status()).isEqualTo(TaskStatus.FAILED);
                FileReceipt receipt = home.console().files().receipt(killed.id());
                assertThat(receipt.outcome().all()).hasValue(FILES);
                assertThat(receipt.outcome().restored())
                        .as("one may have its name and not be counted yet, one be unfinished")
                        .isBetween(count(into.resolve("many")) - 2, count(into.resolve("many")));
                assertThat(receipt.outcome().bytes()).isGreaterThan(100 * 12);
                assertThat(receipt.outcome().target()).isEqualTo(into.toString());
                assertThat(home.console().audit().list(AuditFilter.ALL, 0, 50))
                        .filteredOn(entry -> entry.event() == AuditEvent.RESTORE_BACKUP)
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.after())
                                .containsEntry("code", "task.interrupted")
                                .containsEntry("task", killed.id().toString()));

                Task again = home.done(home.console().tasks().retry(killed.id()));

                assertThat(home.console().files().outcome(again).restored()).isEqualTo(FILES);
                assertThat(home.console().files().outcome(again).bytes())
                        .as("what was there was not written again")
                        .isLessThan(all - 100 * 12);
                assertThat(into).isDirectoryContaining(path -> path.endsWith("many"));
                assertThat(count(into)).isEqualTo(1);
                assertThat(count(into.resolve("many"))).isEqualTo(FILES);
                for (int i = 0; i < FILES; i++) {
                    assertThat(into.resolve("many/file " + i)).hasContent("content of " + i);
                }
            }
        } finally {
            TestHome.erase(into);
        }
    }

    private static long count(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }
}
