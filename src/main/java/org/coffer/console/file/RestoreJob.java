package org.coffer.console.file;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.coffer.console.task.Task;

/**
 * What the row of a restore of files says that it was asked to do. The list of files lies beside its notes, because there may be many.
 *
 * @param id names its notes; the same when it is done again after it failed
 * @param place where to
 * @param conflict what becomes of names that are taken
 * @param mark what names get that are made up: the time of the backup
 */
record RestoreJob(UUID id, NewFileRestore.Place place, Conflict conflict, String mark) {
    private static final String ID = "restore";
    private static final String FOLDER = "folder";
    private static final String CONFLICT = "conflict";
    private static final String MARK = "mark";

    static RestoreJob of(Task task) {
        Map<String, Object> all = task.parameters();
        return new RestoreJob(
                UUID.fromString(String.valueOf(all.get(ID))),
                all.get(FOLDER) instanceof String folder
                        ? new NewFileRestore.Place.Folder(Path.of(folder))
                        : new NewFileRestore.Place.Original(),
                Conflict.valueOf(String.valueOf(all.get(CONFLICT))),
                String.valueOf(all.get(MARK)));
    }

    /** The parameters of a row that says all this. */
    Map<String, Object> parameters() {
        Map<String, Object> all = new HashMap<>();
        all.put(ID, id.toString());
        all.put(CONFLICT, conflict.name());
        all.put(MARK, mark);
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
