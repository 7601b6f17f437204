package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.coffer.console.Refusals;
import org.coffer.console.SetClock;
import org.coffer.console.TestHome;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Origin;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.policy.Verdict;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.machine.Body;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S8: what a restore overwrites goes into the vault first, and undoing brings it back. Needs root, for loop devices.
 *
 * <pre>
 *   backed up:  one   →  changed to: now   →  restored: one (now is the safety copy)  →  undone: now
 * </pre>
 */
class UndoTest {
    @TempDir
    private Path root;

    private static Restores restores(TestHome home) {
        return home.console().restores();
    }

    private static Backup copy(TestHome home, Task restore) {
        return home.again(Copies.of(restore).orElseThrow());
    }

    private static List<Backup> copies(TestHome home, Vault vault) {
        return home.console().backups().ofVault(vault.id()).stream()
                .filter(backup -> backup.origin() == Origin.SAFETY_COPY)
                .toList();
    }

    @Test
    void anUndoneRestoreLeavesTheExactBytesOfBeforeAndOnlyWhatDifferedCostRoom() throws Exception {
        Path file = root.resolve("disk.raw");
        Shell.run("truncate", "-s", "64M", file.toString());
        Shell.run("dd", "if=/dev/urandom", "of=" + file, "bs=1M", "count=40", "conv=notrunc", "status=none");
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk = home.device(loop.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            byte[] old = Files.readAllBytes(loop.path());
            home.change(disk, 5_000_000, 1_000_000, 1);
            home.change(disk, 50_000_000, 300_000, 2);
            byte[] now = Files.readAllBytes(loop.path());

            Task restore = home.restore(one, new Target.Original());
            assertThat(Files.readAllBytes(loop.path())).isEqualTo(old);
            Backup copy = copy(home, restore);
            assertThat(copy.name()).startsWith("beforerestore_");
            assertThat(copy.origin()).isEqualTo(Origin.SAFETY_COPY);
            assertThat(copy.sizes().added())
                    .as("what differs: 1.3 MB, in whole blocks, and the maps")
                    .isBetween(1_300_000L, 1_700_000L);

            Undoable undoable = restores(home).undoable(restore.id()).orElseThrow();
            assertThat(undoable.safetyCopy().id()).isEqualTo(copy.id());
            assertThat(undoable.warnings()).isEmpty();
            assertThat(restores(home).undoable())
                    .extracting(found -> found.restore().id())
                    .containsExactly(restore.id());
            Task undone = home.done(restores(home).undo(restore.id()));
            assertThat(Files.readAllBytes(loop.path())).isEqualTo(now);
            assertThat(restores(home).receipt(undone.id()).bytes().written()).isLessThan(1_700_000);
            assertThat(restores(home).undoable()).isEmpty();
            assertThat(Refusals.code(() -> restores(home).undo(restore.id()))).isEqualTo("undo.done");
            assertThat(copies(home, vault)).as("undoing makes none of its own").hasSize(1);
            assertThat(home.console().audit().list(AuditFilter.ALL, 0, 100))
                    .anyMatch(entry -> entry.event() == AuditEvent.UNDO_RESTORE);
        }
    }

    /** The second header of the partition table moves to the end of the larger disk, and back again when it is undone. */
    @Test
    void undoingOnALargerDiskBringsBackWhatLayWhereTheTableWasMovedTo() throws Exception {
        Path table = Files.writeString(root.resolve("table"), "label: gpt\nstart=1MiB, size=8MiB\n");
        Path file = root.resolve("spare.raw");
        Shell.run("dd", "if=/dev/urandom", "of=" + file, "bs=1M", "count=24", "status=none");
        try (TestHome home = new TestHome(root);
                LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk = home.image("web", 16);
            Shell.run("sh", "-c", "sfdisk -q '" + disk.path() + "' < '" + table + "'");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Disk spare = home.device(loop.path());
            byte[] before = Files.readAllBytes(loop.path());

            Task restore = home.restore(one, new Target.OtherDisk(spare.id()));
            byte[] between = Files.readAllBytes(loop.path());
            assertThat(new String(between, between.length - 512, 8, StandardCharsets.US_ASCII))
                    .as("the second header is at the new end")
                    .isEqualTo("EFI PART");
            Shell.run("sfdisk", "--verify", loop.path().toString());

            home.done(restores(home).undo(restore.id()));
            assertThat(Files.readAllBytes(loop.path())).isEqualTo(before);
        }
    }

    @Test
    void aSafetyCopySaysHowLongItIsKeptAndGoesByItselfAfterThat() throws Exception {
        var clock = new SetClock(ZoneId.of("Asia/Shanghai"), "2026-11-02T10:00");
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 4);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            restores(home).setUndoDays(3);
            assertThat(Refusals.code(() -> restores(home).setUndoDays(91))).isEqualTo("undo.days");
            clock.set("2026-11-02T11:00");
            home.change(disk, 0, 65_536, 1);
            Preview before = restores(home)
                    .plan(new NewRestore(one.id(), new Target.Original(), true))
                    .preview();
            assertThat(before.age()).isEqualTo(Duration.ofHours(1));
            Task restore = home.restore(one, new Target.Original());
            Backup copy = copy(home, restore);
            Instant until = clock.instant().plus(Duration.ofDays(3));
            assertThat(copy.expiresAt()).contains(until);
            assertThat(before.safetyCopy().orElseThrow().until()).contains(until);
            Verdict verdict = Optional.ofNullable(home.console()
                            .histories()
                            .verdicts(vault.id(), clock.instant())
                            .get(copy.id()))
                    .orElseThrow();
            assertThat(verdict.reasons())
                    .extracting(Verdict.Reason::keeper)
                    .containsExactly(Verdict.Keeper.SAFETY_COPY);
            assertThat(verdict.until()).contains(until);

            clock.set("2026-11-05T10:59");
            home.backUp(vault, disk, "two");
            assertThat(restores(home).undoable(restore.id()).orElseThrow().warnings())
                    .map(Refusals::spoken)
                    .extracting(Problem::code)
                    .containsExactly("undo.backed-up");
            clock.set("2026-11-05T11:01");
            assertThat(restores(home).undoable(restore.id()))
                    .as("its time is over")
                    .isEmpty();
            home.backUp(vault, disk, "three");
            for (Task cleaning : home.console().tasks().open()) {
                home.console().tasks().await(cleaning.id());
            }
            assertThat(copies(home, vault)).isEmpty();
            assertThat(home.console().backups().ofVault(vault.id())).hasSize(3);
            assertThat(Refusals.code(() -> restores(home).undo(restore.id()))).isEqualTo("undo.over");
        }
    }

    @Test
    void aFullVaultLeavesTheDiskAloneUnlessNoCopyIsWanted() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 65_536, 1);
            byte[] now = Files.readAllBytes(disk.path());
            home.edit("update vault set used = 200000000000");
            NewRestore wanted = new NewRestore(one.id(), new Target.Original(), true);
            assertThat(restores(home).plan(wanted).blocking())
                    .map(Refusals::spoken)
                    .extracting(Problem::code)
                    .containsExactly("restore.full");
            assertThat(Refusals.code(() -> restores(home).start(wanted))).isEqualTo("restore.full");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
            assertThat(restores(home).room(restores(home).plan(wanted), new Difference(4_000_000, 65_536, 1)))
                    .map(Refusals::spoken)
                    .map(Problem::code)
                    .contains("restore.room");

            Task without =
                    home.done(restores(home).start(new NewRestore(one.id(), new Target.Original(), true, false)));
            assertThat(restores(home).undoable(without.id())).isEmpty();
            assertThat(Refusals.code(() -> restores(home).undo(without.id()))).isEqualTo("undo.none");
            assertThat(copies(home, vault)).isEmpty();
        }
    }

    @Test
    void anUndoingUnderAClockThatWasSetBackIsSeen() throws Exception {
        var clock = new SetClock(ZoneId.of("Asia/Shanghai"), "2026-11-02T10:00");
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 20);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            clock.set("2026-11-02T12:00");
            Task cut = cutOff(home, disk, one);
            clock.set("2026-11-02T11:00");
            Task undoing = restores(home)
                    .prepare(
                            new NewRestore(copy(home, cut).id(), new Target.OtherDisk(disk.id()), true, false),
                            Body.UNKNOWN,
                            Optional.of(cut.id()));
            cutOffWhenMarked(home, disk, undoing);
            assertThat(restores(home).undoable(cut.id()))
                    .as("its undoing left the disk unfinished")
                    .isPresent();
            assertThat(restores(home).wayBack(undoing.id())).isPresent();
            home.done(restores(home).undo(cut.id()));

            clock.set("2026-11-02T13:00");
            Task whole = home.restore(one, new Target.Original());
            clock.set("2026-11-02T12:30");
            home.done(restores(home).undo(whole.id()));
            assertThat(Refusals.code(() -> restores(home).undo(whole.id()))).isEqualTo("undo.done");
            assertThat(restores(home).undoable()).isEmpty();
        }
    }

    /**
     * <pre>
     *   one → changed: before → T1 to one → changed: worked → T3 to one, cut off → T1 undone: before → that undone: worked
     * </pre>
     */
    @Test
    void whatACutOffRestoreKeptCanBeGoneBackToAfterAnEarlierOneWasUndoneInstead() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            byte[] before = Files.readAllBytes(disk.path());
            Task first = home.restore(one, new Target.Original());
            home.change(disk, 0, 10_000_000, 2);
            byte[] worked = Files.readAllBytes(disk.path());
            Backup kept = copy(home, cutOff(home, disk, one));

            Task undoing = home.done(restores(home).undo(first.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(before);
            Undoable back = restores(home).undoable(undoing.id()).orElseThrow();
            assertThat(back.safetyCopy().id()).isEqualTo(kept.id());
            assertThat(restores(home).undoableBy(kept.id())).isPresent();
            assertThat(Refusals.code(() -> restores(home).undo(first.id()))).isEqualTo("undo.done");
            home.done(restores(home).undo(undoing.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(worked);
            assertThat(Refusals.code(() -> restores(home).undo(undoing.id()))).isEqualTo("undo.done");
            assertThat(restores(home).undoable(first.id()))
                    .as("what undid it was undone")
                    .isPresent();
        }
    }

    @Test
    void whatACutOffRestoreKeptIsTheWayBackAlsoIfTheUndoingOfAnEarlierOneIsCutOffToo() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            Task first = home.restore(one, new Target.Original());
            home.change(disk, 0, 10_000_000, 2);
            byte[] worked = Files.readAllBytes(disk.path());
            Task cut = cutOff(home, disk, one);
            Backup kept = copy(home, cut);
            Task undoing = restores(home)
                    .prepare(
                            new NewRestore(copy(home, first).id(), new Target.OtherDisk(disk.id()), true, false),
                            Body.UNKNOWN,
                            Optional.of(first.id()));
            cutOffWhenMarked(home, disk, undoing);
            for (Task asked : List.of(undoing, cut)) {
                Undoable back = restores(home).wayBack(asked.id()).orElseThrow();
                assertThat(back.safetyCopy().id()).isEqualTo(kept.id());
                assertThat(back.unfinished()).isTrue();
            }
            assertThat(restores(home)
                            .plan(new NewRestore(one.id(), new Target.Original(), true))
                            .preview()
                            .safetyCopy()
                            .flatMap(Preview.Safety::kept)
                            .map(Backup::id))
                    .as("whatever finishes it keeps the same")
                    .contains(kept.id());
            home.done(restores(home).undo(undoing.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(worked);
        }
    }

    @Test
    void anUndoingThatWasToKeepWhatItOverwroteCanBeUndone() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            Task first = home.restore(one, new Target.Original());
            home.change(disk, 0, 10_000_000, 2);
            byte[] worked = Files.readAllBytes(disk.path());
            assertThat(restores(home).undoable(first.id()).orElseThrow().again())
                    .isFalse();
            Task undoing = home.done(restores(home).undo(first.id(), true));
            assertThat(Files.readAllBytes(disk.path())).isNotEqualTo(worked);
            assertThat(restores(home).undoable(undoing.id()).orElseThrow().again())
                    .as("it takes back an undoing")
                    .isTrue();
            home.done(restores(home).undo(undoing.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(worked);
        }
    }

    /** The location is a file system of its own, and fills up. */
    @Test
    void aCopyThatFindsNoRoomWhileItIsMadeLeavesTheDiskUntouched() throws Exception {
        Path file = root.resolve("place.raw");
        Shell.run("truncate", "-s", "64M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", file.toString());
        Path point = Files.createDirectories(root.resolve("place"));
        try (LoopDevice loop = LoopDevice.attach(file);
                LoopDevice.Mounted _ = loop.mount(point);
                TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 40_000_000, 1);
            byte[] now = Files.readAllBytes(disk.path());
            Task task = restores(home).start(new NewRestore(one.id(), new Target.Original(), true));
            assertThat(home.failed(task).code()).isEqualTo("location.full");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .isEmpty();
            assertThat(copies(home, vault)).isEmpty();
            assertThat(Refusals.code(() -> restores(home).undo(task.id()))).isEqualTo("undo.untouched");
            assertThat(restores(home).receipt(task.id()).verdict()).isEqualTo(Receipt.Verdict.UNTOUCHED);
        }
    }

    @Test
    void aRestoreThatWasCutOffIsUndoneOrFinishedAndKeepsItsFirstCopy() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            byte[] old = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            byte[] now = Files.readAllBytes(disk.path());
            Task cut = cutOff(home, disk, one);
            assertThat(restores(home).receipt(cut.id()).verdict()).isEqualTo(Receipt.Verdict.UNFINISHED);
            assertThat(restores(home).undoable(cut.id()).orElseThrow().unfinished())
                    .isTrue();
            home.done(restores(home).undo(cut.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .isEmpty();

            assertThat(restores(home).receipt(cut.id()).verdict()).isEqualTo(Receipt.Verdict.SETTLED);

            Task again = cutOff(home, disk, one);
            Backup copy = copy(home, again);
            Task looked = stoppedWhileComparing(home, one);
            assertThat(restores(home).receipt(looked.id()).verdict())
                    .as("the disk is as the first left it")
                    .isEqualTo(Receipt.Verdict.UNFINISHED);
            assertThat(restores(home)
                            .wayBack(looked.id())
                            .map(found -> found.restore().id()))
                    .contains(again.id());
            assertThat(restores(home).receipt(cut.id()).verdict()).isEqualTo(Receipt.Verdict.SETTLED);
            assertThat(restores(home)
                            .plan(new NewRestore(one.id(), new Target.Original(), true))
                            .preview()
                            .safetyCopy()
                            .flatMap(Preview.Safety::kept)
                            .map(Backup::id))
                    .contains(copy.id());
            home.restart();
            Task finished = home.restore(one, new Target.Original());
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);
            assertThat(Copies.of(finished)).contains(copy.id());
            home.done(restores(home).undo(finished.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
        }
    }

    @Test
    void aRestoreThatStoodStillLongerThanItsCopyIsKeptCanBeUndoneAllTheSame() throws Exception {
        var clock = new SetClock(ZoneId.of("Asia/Shanghai"), "2026-11-02T10:00");
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 20);
            byte[] old = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            byte[] now = Files.readAllBytes(disk.path());
            Task paused = pausedWhenMarked(home, disk, one);
            Backup copy = copies(home, vault).getFirst();

            clock.push(Duration.ofDays(9));
            home.restart();
            for (Task cleaning : home.console().tasks().open()) {
                if (!cleaning.id().equals(paused.id())) {
                    home.console().tasks().await(cleaning.id());
                }
            }
            assertThat(home.again(copy.id()).expiresAt().orElseThrow()).isBefore(clock.instant());
            home.console().tasks().resume(paused.id());
            Task done = home.done(paused);

            assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);
            assertThat(Copies.of(done)).contains(copy.id());
            assertThat(copies(home, vault)).hasSize(1);
            assertThat(home.again(copy.id()).expiresAt())
                    .contains(clock.instant().plus(Duration.ofDays(7)));
            home.done(restores(home).undo(done.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
        }
    }

    /** Pauses a restore in the very moment in which it begins to overwrite the disk. */
    private static Task pausedWhenMarked(TestHome home, Disk disk, Backup backup) throws Exception {
        CountDownLatch marked = new CountDownLatch(1);
        Task task = restores(home).prepare(new NewRestore(backup.id(), new Target.Original(), true));
        try (Events.Subscription _ = MarkedMoment.of(home, disk, () -> {
            home.console().tasks().pause(task.id());
            marked.countDown();
        })) {
            home.console().tasks().launch(task);
            marked.await();
        }
        assertThat(home.console().tasks().find(task.id()).orElseThrow().status())
                .isEqualTo(TaskStatus.PAUSED);
        return task;
    }

    /** Cancels a restore before it has overwritten anything. */
    private static Task stoppedWhileComparing(TestHome home, Backup backup) throws Exception {
        Task task = restores(home).prepare(new NewRestore(backup.id(), new Target.Original(), true));
        CountDownLatch stopped = new CountDownLatch(1);
        try (Events.Subscription _ = home.console().events().subscribe(event -> {
            boolean runs = event instanceof Event.TaskChanged
                    && home.console().tasks().find(task.id()).orElseThrow().status() == TaskStatus.RUNNING;
            if (runs && stopped.getCount() > 0) {
                stopped.countDown();
                home.console().tasks().cancel(task.id());
            }
        })) {
            home.console().tasks().launch(task);
            return canceled(home, task);
        }
    }

    @Test
    void theReceiptSaysTheSameWhenDiskAndCopyAreGoneAndTheAuditRecordHasEachRestoreOnce() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            Task cut = cutOff(home, disk, one);
            Receipt before = restores(home).receipt(cut.id());
            Backup copy = copy(home, cut);
            assertThat(before.verdict()).isEqualTo(Receipt.Verdict.UNFINISHED);
            assertThat(before.safetyCopy().orElseThrow())
                    .isEqualTo(new Receipt.Copy(copy.id(), copy.name(), copy.expiresAt()));
            assertThat(before.bytes().written()).as("it is half overwritten").isPositive();
            assertThat(recorded(home)).containsExactly("RESTORE_BACKUP false UNFINISHED");

            home.edit(
                    "delete from backup",
                    "delete from binding where resource_id = '" + disk.id() + "'",
                    "delete from resource where id = '" + disk.id() + "'");
            assertThat(restores(home).receipt(cut.id()).verdict()).isEqualTo(Receipt.Verdict.UNFINISHED);
            assertThat(restores(home).receipt(cut.id()).safetyCopy()).isEqualTo(before.safetyCopy());
        }
    }

    @Test
    void aRestoreWhoseCopyWasNeverMadeHasNoneInItsReceipt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            Task looked = stoppedWhileComparing(home, one);

            assertThat(restores(home).receipt(looked.id()).safetyCopy()).isEmpty();
            assertThat(restores(home).receipt(looked.id()).verdict()).isEqualTo(Receipt.Verdict.UNTOUCHED);
            assertThat(recorded(home)).containsExactly("RESTORE_BACKUP false UNTOUCHED");

            Task done = home.restore(one, new Target.Original());
            home.done(restores(home).undo(done.id()));
            assertThat(recorded(home))
                    .containsExactly(
                            "UNDO_RESTORE true null", "RESTORE_BACKUP true null", "RESTORE_BACKUP false UNTOUCHED");
        }
    }

    /** What the audit record has of restores, newest first. */
    private static List<String> recorded(TestHome home) {
        return home.console().audit().list(AuditFilter.ALL, 0, 100).stream()
                .filter(entry -> entry.event() == AuditEvent.RESTORE_BACKUP || entry.event() == AuditEvent.UNDO_RESTORE)
                .map(entry -> entry.event() + " " + entry.succeeded() + " "
                        + entry.after().get("verdict"))
                .toList();
    }

    @Test
    void whoeverFinishesACutOffRestoreWithoutACopyKeepsTheWayBackThatThereIs() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            byte[] now = Files.readAllBytes(disk.path());
            Backup copy = copy(home, cutOff(home, disk, one));
            NewRestore none = without(one);
            Preview.Safety safety =
                    restores(home).plan(none).preview().safetyCopy().orElseThrow();
            assertThat(safety.undoable(false)).isPresent();
            Task prepared = restores(home).prepare(none);
            assertThat(RestoreTask.of(prepared).copy())
                    .as("known from its row, whatever becomes of its process")
                    .contains(copy.id());
            home.console().tasks().launch(prepared);
            Task finished = home.done(prepared);
            assertThat(Copies.of(finished)).contains(copy.id());
            home.done(restores(home).undo(finished.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
        }
    }

    @Test
    void onADiskThatHoldsNothingWholeNoWayBackIsPromised() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            byte[] old = Files.readAllBytes(disk.path());
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            cutOff(home, disk, without(one));
            Plan plan = restores(home).plan(new NewRestore(one.id(), new Target.Original(), true));
            assertThat(plan.blocking()).isEmpty();
            Preview.Safety safety = plan.preview().safetyCopy().orElseThrow();
            assertThat(safety.until()).isEmpty();
            assertThat(safety.undoable(true)).isEmpty();
            assertThat(safety.makes()).isFalse();
            Task finished = home.restore(one, new Target.Original());
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);
            assertThat(restores(home).receipt(finished.id()).safetyCopy()).isEmpty();
            assertThat(restores(home).undoable(finished.id())).isEmpty();
        }
    }

    private static NewRestore without(Backup backup) {
        return new NewRestore(backup.id(), new Target.Original(), true, false);
    }

    private static Task cutOff(TestHome home, Disk disk, Backup backup) throws Exception {
        return cutOff(home, disk, new NewRestore(backup.id(), new Target.Original(), true));
    }

    /** Cancels a restore in the very moment in which it begins to overwrite the disk. */
    private static Task cutOff(TestHome home, Disk disk, NewRestore wanted) throws Exception {
        Task task = restores(home).prepare(wanted);
        try (Events.Subscription _ =
                MarkedMoment.of(home, disk, () -> home.console().tasks().cancel(task.id()))) {
            home.console().tasks().launch(task);
            return canceled(home, task);
        }
    }

    /** Launches a restore onto a disk that may bear the mark of another, and cancels it when it bears its own. */
    private static void cutOffWhenMarked(TestHome home, Disk disk, Task task) throws Exception {
        try (Events.Subscription _ = home.console().events().subscribe(event -> {
            Disk now = home.console().disks().get(disk.id());
            if (event instanceof Event.ResourcesChanged
                    && now.unfinishedRestore().equals(Optional.of(task.id()))) {
                home.console().tasks().cancel(task.id());
            }
        })) {
            home.console().tasks().launch(task);
            canceled(home, task);
        }
    }

    private static Task canceled(TestHome home, Task task) throws Exception {
        Task ended = home.console().tasks().await(task.id());
        assertThat(ended.status()).isEqualTo(TaskStatus.CANCELED);
        return ended;
    }

    @Test
    void oneCanceledWhileItsCopyIsMadeLeavesNeitherCopyNorTrace() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            byte[] now = Files.readAllBytes(disk.path());
            Task task = restores(home).prepare(new NewRestore(one.id(), new Target.Original(), true));
            try (Events.Subscription _ = home.console().events().subscribe(event -> {
                if (event instanceof Event.BackupChanged && !copies(home, vault).isEmpty()) {
                    home.console().tasks().cancel(task.id());
                }
            })) {
                home.console().tasks().launch(task);
                canceled(home, task);
            }
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
            assertThat(copies(home, vault)).isEmpty();
        }
    }

    @Test
    void theCopyOfAnotherDiskIsABackupOfThatDiskInTheSameVault() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Disk spare = home.image("spare", 6);
            byte[] before = Files.readAllBytes(spare.path());
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Task restore = home.restore(one, new Target.OtherDisk(spare.id()));
            Backup copy = copy(home, restore);
            assertThat(copy.diskId()).isEqualTo(spare.id());
            assertThat(copy.vaultId()).isEqualTo(vault.id());
            assertThat(home.again(vault).disks()).as("it is not bound by that").containsExactly(disk.id());
            assertThat(home.restored(copy)).isEqualTo(before);

            Receipt receipt = restores(home).receipt(restore.id());
            assertThat(receipt.verdict()).isEqualTo(Receipt.Verdict.VERIFIED);
            assertThat(receipt.source().name()).isEqualTo("one");
            assertThat(receipt.source().disk()).isEqualTo("web");
            assertThat(receipt.source().moment()).contains(one.createdAt());
            assertThat(receipt.target().name()).isEqualTo("spare");
            assertThat(receipt.bytes().written()).isPositive();
            assertThat(receipt.safetyCopy().orElseThrow().until()).isEqualTo(copy.expiresAt());
            assertThat(receipt.aftercare()).containsExactly(Receipt.Aftercare.GROW);

            Task undone = home.done(restores(home).undo(restore.id()));
            assertThat(Files.readAllBytes(spare.path())).isEqualTo(before);
            assertThat(restores(home).receipt(undone.id()).undoes()).contains(restore.id());
            assertThat(Refusals.code(() -> restores(home)
                            .receipt(home.begin(vault, disk, "two").id())))
                    .isEqualTo("receipt.none");
        }
    }

    @Test
    void aRestoreThatRunsIsNotUndoneAndAnEarlierOneSaysThatALaterFollowed() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 10_000_000, 1);
            byte[] before = Files.readAllBytes(disk.path());
            Task first = home.restore(one, new Target.Original());
            home.change(disk, 0, 10_000_000, 2);
            Task running;
            try (TestHome.Slowed _ = home.slowed(vault)) {
                running = restores(home).start(new NewRestore(one.id(), new Target.Original(), true));
                home.awaitStep(running, "safety-copying");
                assertThat(Refusals.code(() -> restores(home).undo(running.id())))
                        .isEqualTo("undo.running");
                assertThat(restores(home).undoable(running.id())).isEmpty();
            }
            home.done(running);
            assertThat(restores(home).undoable(first.id()).orElseThrow().warnings())
                    .map(Refusals::spoken)
                    .singleElement()
                    .satisfies(warning -> {
                        assertThat(warning.code()).isEqualTo("undo.restored");
                        assertThat(warning.args())
                                .containsEntry(
                                        "time",
                                        home.console()
                                                .tasks()
                                                .find(running.id())
                                                .flatMap(Task::ended)
                                                .orElseThrow());
                    });
            assertThat(restores(home).undoable(running.id()).orElseThrow().warnings())
                    .isEmpty();
            home.done(restores(home).undo(first.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(before);
        }
    }
}
