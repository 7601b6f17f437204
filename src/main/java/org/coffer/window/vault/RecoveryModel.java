package org.coffer.window.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.vault.VaultKeys;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Language;
import org.coffer.text.RecoverySheet;
import org.coffer.text.Text;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Sentence;

/** The recovery sheet of a vault: in which language it is written, and whether it was kept. */
final class RecoveryModel {
    /** The languages that a sheet can be written in. */
    enum Choice {
        ENGLISH,
        CHINESE,
        BOTH;

        private List<Language> languages() {
            return switch (this) {
                case ENGLISH -> List.of(Language.ENGLISH);
                case CHINESE -> List.of(Language.CHINESE);
                case BOTH -> List.of(Language.CHINESE, Language.ENGLISH);
            };
        }
    }

    private final DiskDesk desk;
    private final UUID vault;
    private final RecoverySheet sheet;
    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.BOTH);
    private final ReadOnlyObjectWrapper<Optional<Sentence>> kept = new ReadOnlyObjectWrapper<>(Optional.empty());

    RecoveryModel(DiskDesk desk, VaultKeys.Sheet made) {
        this.desk = desk;
        this.vault = made.id();
        this.sheet = new RecoverySheet(
                made.vault(),
                made.id().toString(),
                made.location(),
                made.where(),
                made.code(),
                made.encrypted(),
                made.made());
    }

    // ---- Properties

    RecoverySheet sheet() {
        return sheet;
    }

    ObjectProperty<Choice> choice() {
        return choice;
    }

    /** Where it was kept, once it was. */
    ReadOnlyObjectProperty<Optional<Sentence>> kept() {
        return kept.getReadOnlyProperty();
    }

    /** The chosen languages, each with its sentences. */
    List<Text> texts(Clock clock) {
        return choice.get().languages().stream()
                .map(language -> Text.of(language, clock))
                .toList();
    }

    // ---- Commands

    /** Lets the user say where, and writes it there. */
    void save() {
        desk.dialogs()
                .save(Sentence.of("recovery.save.title"), sheet.fileName())
                .ifPresent(file -> saveTo(file, desk.services().clock()));
    }

    /** Writes the sheet into a file and remembers that it was kept. */
    void saveTo(Path file, Clock clock) {
        String page = sheet.html(texts(clock));
        desk.background()
                .act(() -> {
                    write(file, page);
                    desk.services().vaults().keys().sheetSaved(vault);
                })
                .then(done -> kept.set(Optional.of(Sentence.of("recovery.saved", "path", file.toString()))))
                .onError(desk.dialogs()::error)
                .start();
    }

    private static void write(Path file, String page) {
        try {
            Files.deleteIfExists(file);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // The code on it is the key: nobody else on this computer may read it.
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("file.unwritable", "path", file.toString(), "cause", String.valueOf(e.getMessage())), e);
        }
    }

    /** Remembers that it was printed. */
    void printed() {
        desk.background()
                .act(() -> desk.services().vaults().keys().sheetSaved(vault))
                .then(done -> kept.set(Optional.of(Sentence.of("recovery.printed"))))
                .onError(desk.dialogs()::error)
                .start();
    }

    /** Tells that nothing could be printed. */
    void unprinted() {
        desk.dialogs().error(Problem.of("printer.none"));
    }
}
