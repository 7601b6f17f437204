package org.coffer.window.wizard;

import java.util.ArrayList;
import java.util.List;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.FileFailure;
import org.coffer.console.file.FileOutcome;
import org.coffer.console.file.NewFileRestore;
import org.coffer.console.task.Task;
import org.coffer.text.Printable;
import org.coffer.window.files.FileNames;
import org.coffer.window.kit.Sentence;

/** The receipt of restored files. */
final class FileReceipt {
    private FileReceipt() {}

    static ReceiptPage of(Task task, Backup backup, NewFileRestore wanted, FileOutcome outcome, Sentence verdict) {
        var facts = new ArrayList<ReceiptPage.Fact>();
        facts.add(fact("files", FileNames.together(wanted.files())));
        facts.add(fact("disk", Sentence.data(backup.diskName())));
        facts.add(fact("moment", Sentence.of("wizard.receipt.at", "at", backup.createdAt())));
        facts.add(fact("backup", Sentence.data(backup.name())));
        facts.add(fact("vault", Sentence.data(backup.vaultName())));
        facts.add(fact("target", Sentence.data(Printable.line(outcome.target()))));
        facts.add(fact("restored", Sentence.of("wizard.receipt.count", "n", outcome.restored())));
        facts.add(fact("skipped", Sentence.of("wizard.receipt.count", "n", outcome.skipped())));
        facts.add(fact("failed", Sentence.of("wizard.receipt.count", "n", outcome.failed())));
        facts.add(fact("written", Sentence.of("wizard.receipt.bytes", "bytes", outcome.bytes())));
        facts.addAll(ReceiptFile.when(task.id(), task.caller(), task.started().orElse(task.created()), task.ended()));
        return new ReceiptPage(
                verdict,
                List.copyOf(facts),
                lists(wanted, outcome),
                ReceiptFile.name(wanted.files().getFirst().name(), task.created()));
    }

    private static List<ReceiptPage.Names> lists(NewFileRestore wanted, FileOutcome outcome) {
        var lists = new ArrayList<ReceiptPage.Names>();
        lists.add(new ReceiptPage.Names(
                Sentence.of("wizard.receipt.asked"),
                wanted.files().stream()
                        .map(path -> Sentence.data(Printable.line(path.inside())))
                        .toList()));
        if (!outcome.failures().isEmpty()) {
            lists.add(new ReceiptPage.Names(
                    Sentence.of("wizard.receipt.not-back"),
                    outcome.failures().stream().map(FileReceipt::failure).toList()));
        }
        if (!outcome.renames().isEmpty()) {
            lists.add(new ReceiptPage.Names(
                    Sentence.of("wizard.receipt.renamed"),
                    outcome.renames().stream()
                            .map(path -> Sentence.data(Printable.line(path)))
                            .toList()));
        }
        return lists;
    }

    private static Sentence failure(FileFailure failure) {
        return Sentence.of(
                "wizard.receipt.failure",
                "path",
                Printable.line(failure.path()),
                "code",
                failure.problem().code());
    }

    private static ReceiptPage.Fact fact(String name, Sentence value) {
        return new ReceiptPage.Fact("wizard.receipt." + name, value);
    }
}
