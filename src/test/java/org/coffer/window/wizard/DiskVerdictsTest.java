package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.backup.Backup;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Restores;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.desk.Days;
import org.coffer.window.kit.Tone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said of restores that did not end well.
 *
 * <pre>
 *   web   backed up  →  changed  →  a restore is cut off half way  →  the next one ends before it begins
 * </pre>
 */
class DiskVerdictsTest {
    @TempDir
    Path root;

    private Days days;
    private Disk web;
    private Backup one;
    private long size;

    @BeforeEach
    void oneDay() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        web = days.image("web", 4, Disk.Role.DATA);
        size = Files.size(web.path());
        Vault vault = days.vault("main", web);
        one = days.backup(days.backUp(vault, web, "web-1"));
        days.pass(Duration.ofDays(1));
        days.change(web, 2_000_000, 900_000);
    }

    @AfterEach
    void close() {
        days.close();
    }

    private Restores restores() {
        return days.console().restores();
    }

    private Task restore() throws Exception {
        return restore(true);
    }

    private Task restore(boolean safetyCopy) throws Exception {
        Task task = restores().start(new NewRestore(one.id(), new Target.Original(), true, safetyCopy));
        return days.console().tasks().await(task.id());
    }

    private Verdict verdict(Task task) {
        return DiskVerdicts.of(task, restores(), List.of());
    }

    private void resize(long bytes) {
        try (RandomAccessFile file = new RandomAccessFile(web.path().toFile(), "rw")) {
            file.setLength(bytes);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A restore marks its disk before it overwrites anything, and stands still while listeners are called. */
    private Task cutOff() throws Exception {
        return cutOff(true);
    }

    private Task cutOff(boolean safetyCopy) throws Exception {
        var once = new AtomicBoolean();
        try (Events.Subscription _ = days.console().events().subscribe(event -> {
            if (event instanceof Event.ResourcesChanged
                    && days.console().disks().get(web.id()).unfinishedRestore().isPresent()
                    && once.compareAndSet(false, true)) {
                resize(1_000_000);
            }
        })) {
            Task cut = restore(safetyCopy);
            resize(size);
            days.console().disks().look(web.id());
            return cut;
        }
    }

    /** Listeners are called by the thread of the task, before it does anything. */
    private Task canceledBeforeItBegan() throws Exception {
        try (Events.Subscription _ = days.console().events().subscribe(event -> {
            if (event instanceof Event.TaskChanged changed
                    && days.console().tasks().find(changed.task()).orElseThrow().status() == TaskStatus.RUNNING) {
                days.console().tasks().cancel(changed.task());
            }
        })) {
            return restore();
        }
    }

    @Test
    void oneThatWasCutOffSaysThatTheDiskCannotBeUsedAndOffersTheWayBack() throws Exception {
        Task cut = cutOff();
        Verdict verdict = verdict(cut);
        assertThat(verdict.headline().key()).isEqualTo("wizard.done.unfinished");
        assertThat(verdict.tone()).isEqualTo(Tone.DANGER);
        assertThat(verdict.undo()).contains(cut.id());
        assertThat(verdict.retry()).isTrue();
    }

    @Test
    void oneThatWasCutOffWithoutASafetyCopySendsNobodyToLookForAnUndo() throws Exception {
        Verdict verdict = verdict(cutOff(false));
        assertThat(verdict.headline().key()).isEqualTo("wizard.done.unfinished.no-undo");
        assertThat(verdict.undo()).isEmpty();
        assertThat(verdict.retry()).isTrue();
        for (Language language : Language.values()) {
            Text text = Text.of(language, Clock.systemUTC());
            assertThat(text.get(
                            verdict.headline().key(), verdict.headline().args().toArray()))
                    .contains(web.name())
                    .doesNotContain(text.get("wizard.done.undo").toLowerCase(Locale.ROOT), "undone");
        }
    }

    @Test
    void whoStopsIsToldWhetherThereIsAWayBack() throws Exception {
        assertThat(stopping(true)).isEqualTo("wizard.stop.disk");
        assertThat(stopping(false)).isEqualTo("wizard.stop.disk.no-undo");
        cutOff(false);
        assertThat(stopping(true)).as("nothing whole is left to be kept").isEqualTo("wizard.stop.disk.no-undo");
    }

    private String stopping(boolean safetyCopy) {
        var wanted = new NewRestore(one.id(), new Target.Original(), true, safetyCopy);
        var places = new DiskPlaces(days.console().restores(), days.console().disks());
        return new DiskErrand(places, one, wanted, restores().plan(wanted), List.of())
                .stopping()
                .key();
    }

    @Test
    void theNextOneThatEndedBeforeItBeganDoesNotSayThatTheDiskIsUntouchedAndOffersToUndoTheFirst() throws Exception {
        Task cut = cutOff();
        Task second = canceledBeforeItBegan();
        Verdict verdict = verdict(second);
        assertThat(verdict.headline().key()).isEqualTo("wizard.done.unfinished");
        assertThat(verdict.undo()).contains(cut.id());
    }

    @Test
    void oneWhoseDiskIsInOrderSinceSaysThatAndUndoesNothing() throws Exception {
        Task cut = cutOff();
        restores().useAsItIs(web.id());
        Verdict verdict = verdict(days.console().tasks().find(cut.id()).orElseThrow());
        assertThat(verdict.headline().key()).isEqualTo("wizard.done.settled");
        assertThat(verdict.undo()).isEmpty();
    }

    @Test
    void oneThatNeverTouchedItsDiskSaysSo() throws Exception {
        Task gone = canceledBeforeItBegan();
        assertThat(verdict(gone).headline().key()).isEqualTo("wizard.done.untouched");
        assertThat(verdict(gone).undo()).isEmpty();
    }
}
