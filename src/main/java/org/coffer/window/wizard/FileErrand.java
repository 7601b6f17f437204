package org.coffer.window.wizard;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.Backups;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FileEntry;
import org.coffer.console.file.FileFailure;
import org.coffer.console.file.FileOutcome;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileReceipt;
import org.coffer.console.file.NewFileRestore;
import org.coffer.console.task.Task;
import org.coffer.problem.ProblemException;
import org.coffer.text.Printable;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.kit.Sentence;

/** Brings files back. */
final class FileErrand implements Errand {
    private final BackupFiles files;
    private final Backups backups;
    private final Backup backup;
    private final NewFileRestore wanted;

    FileErrand(BackupFiles files, Backups backups, Backup backup, NewFileRestore wanted) {
        this.files = files;
        this.backups = backups;
        this.backup = backup;
        this.wanted = wanted;
    }

    @Override
    public Task begin() {
        return files.start(wanted);
    }

    @Override
    public Task again(Task ended) {
        return files.again(ended, wanted);
    }

    @Override
    public Sentence doing() {
        return wanted.files().size() == 1
                ? Sentence.of("wizard.doing.file", "name", name(), "at", backup.createdAt())
                : Sentence.of("wizard.doing.files", "n", wanted.files().size(), "at", backup.createdAt());
    }

    private String name() {
        return Printable.line(wanted.files().getFirst().name());
    }

    @Override
    public Sentence stopping() {
        return Sentence.of("wizard.stop.files");
    }

    @Override
    public Verdict verdict(Task task) {
        FileOutcome outcome = files.outcome(task);
        Verdict verdict = new FileVerdicts(wanted, outcome).of(task);
        if (FileReceipt.isPartly(task)) {
            return verdict.instead(instead(outcome));
        }
        return verdict;
    }

    /** The newest backup before this one that has all that is not back, if its names are known. */
    private Optional<Verdict.Instead> instead(FileOutcome outcome) {
        List<FilePath> missing = outcome.failures().stream()
                .map(failure -> FilePath.parse(failure.path()))
                .toList();
        if (missing.isEmpty() || missing.size() < outcome.failed()) {
            return Optional.empty();
        }
        return earlier()
                .filter(candidate -> has(candidate, outcome.failures()))
                .findFirst()
                .map(found -> new Verdict.Instead(
                        Sentence.of("wizard.done.instead", "at", found.createdAt()),
                        new FileErrand(
                                files,
                                backups,
                                found,
                                new NewFileRestore(found.id(), missing, wanted.place(), wanted.conflict()))));
    }

    private Stream<Backup> earlier() {
        BackupFilter before = BackupFilter.ALL
                .ofDisk(backup.diskId())
                .between(Optional.empty(), Optional.of(backup.createdAt().minusMillis(1)));
        return backups.list(before, BackupSort.NEWEST, 0, EARLIER).stream()
                .filter(Backup::restorable)
                .filter(found -> !found.damaged());
    }

    /** So many earlier backups are looked into. */
    private static final int EARLIER = 7;

    private boolean has(Backup candidate, List<FileFailure> missing) {
        try {
            return missing.stream()
                    .allMatch(failure -> files.find(candidate.id(), FilePath.parse(failure.path()))
                            .filter(entry -> entry.problem().isEmpty())
                            .filter(entry -> !isAsDamaged(candidate, entry, failure))
                            .isPresent());
        } catch (ProblemException e) {
            // It cannot be read now: it is no way out.
            return false;
        }
    }

    /** Whether what is damaged here is so there too: a file that did not change between is stored once for both. */
    private boolean isAsDamaged(Backup candidate, FileEntry there, FileFailure failure) {
        if (!failure.problem().code().equals("vault.damaged")
                || !candidate.vaultId().equals(backup.vaultId())) {
            return false;
        }
        return files.find(backup.id(), there.path())
                .filter(here -> here.size() == there.size() && here.modified().equals(there.modified()))
                .isPresent();
    }

    @Override
    public ReceiptSheet receipt(Task task, ReceiptWords words) {
        return words.sheet(files.receipt(task.id()));
    }
}
