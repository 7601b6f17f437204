package org.coffer.console.file;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.coffer.console.backup.Backup;
import org.coffer.engine.nbd.BackupDisk;
import org.coffer.engine.volume.FileSystem;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.volume.Volumes;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** A backup whose file systems are open. Any number of threads may use it until it is closed. */
final class OpenBackup implements AutoCloseable {
    /** Leaves kept in memory: 64 MiB. */
    private static final int SLOTS = 8;

    private final Backup backup;
    private final BackupDisk disk;
    private final Map<Integer, FileTree> trees = new HashMap<>();
    private @Nullable List<Volume> volumes;

    /** @param reader the backup's disk */
    OpenBackup(Backup backup, org.coffer.engine.vault.DiskReader reader) {
        this.backup = backup;
        this.disk = new BackupDisk(reader, SLOTS);
    }

    Backup backup() {
        return backup;
    }

    /** The volumes of its disk. */
    synchronized List<Volume> volumes() {
        List<Volume> known = volumes;
        if (known == null) {
            known = Readings.read(() -> Volumes.of(disk));
            volumes = known;
        }
        return known;
    }

    /** The volume with this number. @throws ProblemException {@code files.missing} */
    Volume volume(int number) {
        return volumes().stream()
                .filter(volume -> volume.number() == number)
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        "files.missing", "path", FilePath.root(number).text())));
    }

    /**
     * The files of a volume.
     *
     * @throws ProblemException {@code files.missing}, or why they cannot be read
     */
    synchronized FileTree tree(int number) {
        FileTree known = trees.get(number);
        if (known == null) {
            Volume volume = volume(number);
            FileSystem system = Readings.read(() -> Volumes.open(disk, volume));
            known = new FileTree(number, system);
            trees.put(number, known);
        }
        return known;
    }

    @Override
    public void close() {
        disk.close();
    }
}
