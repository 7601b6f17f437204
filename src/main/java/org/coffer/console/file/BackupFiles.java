package org.coffer.console.file;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.location.Locations;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.Restores;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Files out of disk backups (S7): looked at, found and restored without copying the disk, mounting anything or needing rights.
 *
 * <p>While a method runs, its backup is not deleted; whoever looks for longer holds it with
 * {@link org.coffer.console.backup.Leases#lookAt}. File systems that were read stay open for a few minutes, so that the next
 * question is answered quickly. Methods may be called by any thread but that of a window: they read from the vault.
 *
 * <p>All throw {@code backup.missing}, or why the backup cannot be read ({@code vault.no-key}, {@code location.unreachable}, …).
 */
public final class BackupFiles implements AutoCloseable {
    /** Names without regard to case, numbers in them by their value: {@code a2} before {@code a10}. */
    public static final Comparator<String> NATURAL = new NaturalOrder();

    private static final System.Logger LOG = System.getLogger(BackupFiles.class.getName());
    private static final int LONGEST_PREVIEW = 32 << 20;

    private final Tasks tasks;
    private final OpenBackups open;
    private final Candidates candidates;
    private final FileRestores restores;

    /**
     * Reads {@code backups}, and restores from them through {@code tasks}.
     *
     * @param home where restores keep their notes
     */
    public BackupFiles(
            Restores restores, Backups backups, Disks disks, Locations locations, Tasks tasks, Clock clock, Path home) {
        this.tasks = tasks;
        this.open = new OpenBackups(backups, restores, clock);
        this.candidates = new Candidates(backups);
        RestoreShelf shelf = new RestoreShelf(home);
        Set<UUID> needed = OpenJobs.of(tasks, clock.instant());
        shelf.tidy(needed::contains);
        this.restores = new FileRestores(open, restores, backups, locations, new Origins(disks), tasks, clock, shelf);
    }

    FileRestores restores() {
        return restores;
    }

    OpenBackups open() {
        return open;
    }

    /** Closes what nobody looked into for a while; to be called from time to time. */
    public void tidy() {
        open.tidy();
    }

    /** The volumes of a backed-up disk, in the order of their numbers; those that cannot be read say why. */
    public List<FileVolume> volumes(UUID backup) {
        try (OpenBackups.Use use = open.use(backup)) {
            return use.backup().volumes().stream()
                    .map(volume -> volume(use.backup(), volume))
                    .toList();
        }
    }

    private static FileVolume volume(OpenBackup backup, Volume volume) {
        try {
            FileTree tree = backup.tree(volume.number());
            return new FileVolume(
                    volume.number(), tree.format(), tree.label(), volume.size(), Optional.empty(), tree.notice());
        } catch (ProblemException e) {
            if (!Readings.isLocal(e.problem())) {
                throw e;
            }
            return new FileVolume(
                    volume.number(), volume.content(), "", volume.size(), Optional.of(e.problem()), Optional.empty());
        }
    }

    /**
     * What is in a folder: up to 1,000,000 names.
     *
     * @param names the order of names; folders come first in any case
     * @throws ProblemException {@code files.missing}, {@code files.no-folder}, or why it cannot be read at all
     * @throws org.coffer.engine.work.CanceledException if {@code work} was canceled
     */
    public FileListing list(UUID backup, FilePath folder, Comparator<String> names, Work work) {
        try (OpenBackups.Use use = open.use(backup)) {
            FileTree tree = use.tree(folder);
            return new Listing(tree, folder, work).sorted(names);
        }
    }

    /** What lies at a path; empty if nothing does. A volume's topmost folder is there too. */
    public Optional<FileEntry> find(UUID backup, FilePath path) {
        try (OpenBackups.Use use = open.use(backup)) {
            FileTree tree = use.tree(path);
            Optional<Node> node = Readings.read(() -> tree.node(path));
            return node.map(found -> Readings.read(() -> tree.entry(path, found)));
        }
    }

    /**
     * The path that somebody typed: one with the number of its volume, or one without where a single volume has it.
     *
     * @throws ProblemException {@code files.path}, {@code files.missing}, {@code files.volumes} if several have it
     */
    public FilePath path(UUID backup, String typed) {
        if (typed.matches("[0-9]+:.*")) {
            return FilePath.parse(typed);
        }
        List<FilePath> found = volumes(backup).stream()
                .filter(FileVolume::readable)
                .map(volume -> FilePath.of(volume.number(), typed))
                .filter(path -> find(backup, path).isPresent())
                .toList();
        if (found.isEmpty()) {
            throw new ProblemException(Problem.of("files.missing", "path", typed));
        }
        if (found.size() > 1) {
            List<String> places = found.stream().map(FilePath::text).toList();
            throw new ProblemException(Problem.of("files.volumes", "path", typed, "places", places));
        }
        return found.getFirst();
    }

    /**
     * Looks for names. Damaged places are counted and do not end the search.
     *
     * @return how it ended
     * @throws org.coffer.engine.work.CanceledException if {@code work} was canceled
     */
    public SearchState search(FileSearch wanted, SearchSink sink, Work work) {
        return new Searching(open, wanted, sink, work).run(candidates.of(wanted.within()));
    }

    /**
     * The distinct states of a file over the available backups of a disk, the newest first. Backups that cannot be read are left out.
     *
     * @throws org.coffer.engine.work.CanceledException if {@code work} was canceled
     */
    public List<FileVersion> versions(UUID disk, FilePath path, Work work) {
        List<FileVersion> versions = List.of();
        for (Backup backup : candidates.ofDisk(disk)) {
            work.checkpoint();
            try {
                Optional<FileEntry> entry = find(backup.id(), path);
                if (entry.isPresent()) {
                    versions = Versions.with(versions, entry.get(), backup);
                }
            } catch (ProblemException e) {
                LOG.log(System.Logger.Level.DEBUG, "a version in " + backup.id(), e);
            }
        }
        return List.copyOf(versions);
    }

    /**
     * The beginning of a file.
     *
     * @param most bytes to read at most, up to 32 MiB
     * @throws ProblemException {@code files.missing}, {@code files.no-file}, {@code vault.damaged}, {@code files.broken},
     *     {@code files.unsupported}
     */
    public FilePreview preview(UUID backup, FilePath file, int most) {
        try (OpenBackups.Use use = open.use(backup)) {
            FileTree tree = use.tree(file);
            return Readings.read(() -> {
                FileContent content = tree.open(tree.file(file));
                int length = (int) Math.min(content.size(), Math.clamp(most, 1, LONGEST_PREVIEW));
                ByteBuffer start = ByteBuffer.allocate(length);
                content.read(0, start);
                return Previews.of(start.flip(), length == content.size());
            });
        }
    }

    /**
     * Where a file or folder was, if its volume is mounted on this computer now; the folder it was in need not be there any more.
     * Empty if only another folder is possible.
     */
    public Optional<Path> origin(UUID backup, FilePath path) {
        try (OpenBackups.Use use = open.use(backup)) {
            return restores.origins().of(use.backup(), path);
        }
    }

    /**
     * What a restore would do. Looks at all that was chosen, which may take a while with large folders.
     *
     * @throws ProblemException {@code files.none}
     * @throws org.coffer.engine.work.CanceledException if {@code work} was canceled
     */
    public FilePlan plan(NewFileRestore wanted, Work work) {
        return restores.plan(wanted, work);
    }

    /**
     * Starts a restore: a task that can be paused, canceled and, if it failed, done again, and then goes on where it was. Whether there
     * is room shows when it runs.
     *
     * @throws ProblemException the first thing that stands in the way
     */
    public Task start(NewFileRestore wanted) {
        return restores.start(wanted);
    }

    /**
     * Goes on with a restore that failed or was stopped: what is back already is not restored once more, whatever becomes of names that
     * are taken. Begins anew with {@code wanted} if what it did is not remembered any more, which is so 30 days after it ended.
     *
     * @throws ProblemException as {@link #start}; {@code task.not-retryable} if it goes on already
     */
    public Task again(Task ended, NewFileRestore wanted) {
        return restores.shelf().has(RestoreJob.of(ended).id()) ? restores.again(ended) : restores.start(wanted);
    }

    /** What a restore of files did. Until it has ended there are no numbers. */
    public FileOutcome outcome(Task task) {
        return Outcomes.of(task, tasks.steps(task.id()));
    }

    /**
     * The receipt of a restore of files, as far as it is.
     *
     * @throws ProblemException {@code task.missing}, {@code receipt.none} if the task is none
     */
    public FileReceipt receipt(UUID id) {
        String shortId = id.toString().substring(0, 8);
        Task task = tasks.find(id).orElseThrow(() -> new ProblemException(Problem.of("task.missing", "task", shortId)));
        if (task.type() != TaskType.RESTORE_FILES) {
            throw new ProblemException(Problem.of("receipt.none", "task", shortId));
        }
        return FileReceipt.of(task, outcome(task));
    }

    /** Closes what is open. */
    @Override
    public void close() {
        open.close();
    }
}
