package org.coffer.console.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.task.Task;

/**
 * What the row of a restore of files says that it was asked to do. The list of files lies beside its notes, because there may be many.
 *
 * @param id names its notes; the same when it is done again after it failed
 * @param place where to
 * @param conflict what becomes of names that are taken
 * @param mark what names get that are made up: the time of the backup
 * @param replaced the name of the folder that what is replaced is moved to
 * @param asked what its receipt says of what was asked for
 */
record RestoreJob(UUID id, NewFileRestore.Place place, Conflict conflict, String mark, String replaced, Asked asked) {
    private static final String ID = "restore";
    private static final String FOLDER = "folder";
    private static final String CONFLICT = "conflict";
    private static final String MARK = "mark";
    private static final String REPLACED = "replaced";
    private static final String BACKUP = "backup";
    private static final String MOMENT = "moment";
    private static final String FIRST = "first";
    private static final String ALL = "all";

    /**
     * What was asked for, noted for the time when its backup is gone.
     *
     * @param backup its name; empty in a row of an earlier version
     * @param moment that it shows
     * @param first the first of the chosen files: at most {@value FileReceipt#NAMED}
     * @param all how many were chosen
     */
    record Asked(String backup, Optional<Instant> moment, List<FilePath> first, int all) {
        static Asked of(Backup backup, List<FilePath> files) {
            return new Asked(
                    backup.name(),
                    Optional.of(backup.createdAt()),
                    List.copyOf(files.subList(0, Math.min(FileReceipt.NAMED, files.size()))),
                    files.size());
        }

        private static Asked of(Map<String, Object> all) {
            List<FilePath> first = all.get(FIRST) instanceof List<?> paths
                    ? paths.stream().map(String::valueOf).map(FilePath::parse).toList()
                    : List.of();
            return new Asked(
                    String.valueOf(all.getOrDefault(BACKUP, "")),
                    all.get(MOMENT) instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty(),
                    first,
                    all.get(ALL) instanceof Number n ? n.intValue() : first.size());
        }

        private void into(Map<String, Object> all) {
            all.put(BACKUP, backup);
            moment.ifPresent(at -> all.put(MOMENT, at.toString()));
            all.put(FIRST, first.stream().map(FilePath::text).toList());
            all.put(ALL, this.all);
        }
    }

    static RestoreJob of(Task task) {
        Map<String, Object> all = task.parameters();
        return new RestoreJob(
                UUID.fromString(String.valueOf(all.get(ID))),
                all.get(FOLDER) instanceof String folder
                        ? new NewFileRestore.Place.Folder(Path.of(folder))
                        : new NewFileRestore.Place.Original(),
                Conflict.valueOf(String.valueOf(all.get(CONFLICT))),
                String.valueOf(all.get(MARK)),
                String.valueOf(all.getOrDefault(REPLACED, "Replaced")),
                Asked.of(all));
    }

    /** The parameters of a row that says all this. */
    Map<String, Object> parameters() {
        Map<String, Object> all = new HashMap<>();
        all.put(ID, id.toString());
        all.put(CONFLICT, conflict.name());
        all.put(MARK, mark);
        all.put(REPLACED, replaced);
        asked.into(all);
        if (place instanceof NewFileRestore.Place.Folder folder) {
            all.put(FOLDER, folder.path().toString());
        }
        return all;
    }

    /** The whole request again. */
    NewFileRestore wanted(UUID backup, List<FilePath> files) {
        return new NewFileRestore(backup, files, place, conflict);
    }

    /** The name of a file until it is finished: no other restore uses it. */
    String unfinished() {
        return ".coffer-" + id.toString().substring(0, 13) + ".part";
    }
}
