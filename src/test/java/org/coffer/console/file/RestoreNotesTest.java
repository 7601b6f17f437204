package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes that were cut off anywhere, by a power cut or for want of room, can be gone on with. The second needs root, for its file system. */
class RestoreNotesTest {
    @TempDir
    private Path root;

    @Test
    void notesThatWereCutOffAtAnyByteAreGoneOnWithAndSayNothingWrong() throws IOException {
        Path whole = root.resolve("whole");
        try (RestoreNotes notes = RestoreNotes.open(whole)) {
            notes.noteDone(1);
            notes.noteName(2, "some name");
        }
        byte[] bytes = Files.readAllBytes(whole);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Path path = Files.write(root.resolve("notes" + cut), Arrays.copyOf(bytes, cut));
            try (RestoreNotes notes = RestoreNotes.open(path)) {
                notes.noteName(3, "another");
                notes.noteDone(4);
            }
            try (RestoreNotes notes = RestoreNotes.open(path)) {
                assertThat(notes.done(1)).as("cut at %d", cut).isEqualTo(cut >= 9);
                assertThat(notes.name(2))
                        .as("cut at %d", cut)
                        .isEqualTo(cut < bytes.length ? Optional.empty() : Optional.of("some name"));
                assertThat(notes.name(3)).as("cut at %d", cut).contains("another");
                assertThat(notes.done(4)).as("cut at %d", cut).isTrue();
            }
        }
    }

    @Test
    void whatIsNoNoteEndsThem() throws IOException {
        Path path = root.resolve("notes");
        try (RestoreNotes notes = RestoreNotes.open(path)) {
            notes.noteDone(1);
        }
        Files.write(path, new byte[20], StandardOpenOption.APPEND);
        try (RestoreNotes notes = RestoreNotes.open(path)) {
            assertThat(notes.done(1)).isTrue();
            notes.noteDone(2);
        }
        try (RestoreNotes notes = RestoreNotes.open(path)) {
            assertThat(notes.done(2)).isTrue();
        }
    }

    /** A note of 9 bytes never ends where a page does: the first part of the last one finds room. */
    @Test
    void aHomeThatWasFullForAMomentTearsNoNote() throws Exception {
        Path home = Files.createDirectory(root.resolve("home"));
        Shell.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", home.toString());
        try {
            Path ballast = Files.write(home.resolve("ballast"), new byte[16 << 10]);
            Path path = home.resolve("notes");
            try (RestoreNotes notes = RestoreNotes.open(path)) {
                assertThatThrownBy(() -> {
                            for (long key = 0; key < 100_000; key++) {
                                notes.noteDone(key);
                            }
                        })
                        .isInstanceOf(UncheckedIOException.class);
                assertThat(Files.size(path) % 9).as("bytes of a torn note").isZero();
                Files.delete(ballast);
                notes.noteName(-2, "room again");
                notes.noteDone(-3);
            }
            try (RestoreNotes notes = RestoreNotes.open(path)) {
                assertThat(notes.name(-2)).contains("room again");
                assertThat(notes.done(-3)).isTrue();
            }
        } finally {
            Shell.run("umount", home.toString());
        }
    }
}
