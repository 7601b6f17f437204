package org.coffer.window.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/** Keeps receipts in files: as a page that prints on A4, or as plain text if the file is called so. */
public final class ReceiptFiles {
    private final Desk desk;
    private final Consumer<Problem> refused;

    /**
     * Asks through {@code desk} where to.
     *
     * @param refused tells why it could not be written
     */
    public ReceiptFiles(Desk desk, Consumer<Problem> refused) {
        this.desk = desk;
        this.refused = refused;
    }

    /**
     * Lets the user say where, and writes it there.
     *
     * @param receipt asks the services for it
     * @param saved is told where it lies now
     */
    public void save(Supplier<ReceiptSheet> receipt, Consumer<Path> saved) {
        desk.background()
                .work(receipt::get)
                .then(sheet -> desk.dialogs()
                        .save(Sentence.of("restore.receipt.title"), sheet.fileName() + ".html")
                        .ifPresent(file -> write(sheet, file, saved)))
                .onError(refused)
                .start();
    }

    private void write(ReceiptSheet sheet, Path file, Consumer<Path> saved) {
        desk.background()
                .act(() -> written(file, sheet.content(file.toString())))
                .then(done -> saved.accept(file))
                .onError(refused)
                .start();
    }

    private static void written(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("file.unwritable", "path", file.toString(), "cause", String.valueOf(e.getMessage())), e);
        }
    }
}
