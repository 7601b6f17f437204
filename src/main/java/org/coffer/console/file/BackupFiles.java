package org.coffer.console.file;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.task.Task;
import org.coffer.engine.work.Work;

/**
 * Files out of disk backups (S7): looked at, found and restored without copying the disk, mounting anything or needing rights.
 *
 * <p>While a method runs, its backup is not deleted; whoever looks for longer holds it with
 * {@link org.coffer.console.backup.Leases#lookAt}. File systems that were read stay open for a few minutes, so that the next
 * question is answered quickly. Methods may be called by any thread but that of a window: they read from the vault.
 *
 * <p>All throw {@code backup.missing}, or why the backup cannot be read ({@code vault.no-key}, {@code location.unreachable}, …).
 */
@SuppressWarnings("DoNotCallSuggester") // Signatures only; the bodies come with the service.
public final class BackupFiles {
    /** Names without regard to case, numbers in them by their value: {@code a2} before {@code a10}. */
    public static final Comparator<String> NATURAL = new NaturalOrder();

    /** The volumes of a backed-up disk, in the order of their numbers; those that cannot be read say why. */
    public List<FileVolume> volumes(UUID backup) {
        throw new UnsupportedOperationException();
    }

    /**
     * What is in a folder: up to 1,000,000 names.
     *
     * @param names the order of names; folders come first in any case
     * @throws org.coffer.problem.ProblemException {@code files.missing}, {@code files.no-folder}, or why it cannot be read at all
     * @throws org.coffer.engine.work.CanceledException if {@code work} was canceled
     */
    public FileListing list(UUID backup, FilePath folder, Comparator<String> names, Work work) {
        throw new UnsupportedOperationException();
    }

    /** What lies at a path; empty if nothing does. A volume's topmost folder is there too. */
    public Optional<FileEntry> find(UUID backup, FilePath path) {
        throw new UnsupportedOperationException();
    }

    /**
     * Looks for names. Damaged places are counted and do not end the search.
     *
     * @return how it ended
     * @throws org.coffer.engine.work.CanceledException if {@code work} was canceled
     */
    public SearchState search(FileSearch wanted, SearchSink sink, Work work) {
        throw new UnsupportedOperationException();
    }

    /**
     * The distinct states of a file over the available backups of a disk, the newest first. Backups that cannot be read are left out.
     *
     * @throws org.coffer.engine.work.CanceledException if {@code work} was canceled
     */
    public List<FileVersion> versions(UUID disk, FilePath path, Work work) {
        throw new UnsupportedOperationException();
    }

    /**
     * The beginning of a file.
     *
     * @param most bytes to read at most
     * @throws org.coffer.problem.ProblemException {@code files.missing}, {@code vault.damaged}, {@code files.broken}, {@code files.unsupported}
     */
    public FilePreview preview(UUID backup, FilePath file, int most) {
        throw new UnsupportedOperationException();
    }

    /**
     * Where a file or folder was, if its volume is mounted on this computer now; the folder it was in need not be there any more.
     * Empty if only another folder is possible.
     */
    public Optional<Path> origin(UUID backup, FilePath path) {
        throw new UnsupportedOperationException();
    }

    /**
     * What a restore would do. Looks at all that was chosen, which may take a while with large folders.
     *
     * @throws org.coffer.engine.work.CanceledException if {@code work} was canceled
     */
    public FilePlan plan(NewFileRestore wanted, Work work) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a restore: a task that can be paused, canceled and, if it failed, done again, and then goes on where it was.
     *
     * @throws org.coffer.problem.ProblemException the first thing that stands in the way
     */
    public Task start(NewFileRestore wanted) {
        throw new UnsupportedOperationException();
    }

    /** Whether a task restores files, and not a disk. */
    public static boolean restoresFiles(Task task) {
        throw new UnsupportedOperationException();
    }

    /** What a restore of files did; what it did until now if it has not ended. */
    public static FileOutcome outcome(Task task) {
        throw new UnsupportedOperationException();
    }
}
