package org.coffer.console.restore;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Leases;
import org.coffer.console.task.Task;
import org.coffer.machine.Body;

/**
 * What the row of a restore says that it was asked to do.
 *
 * @param wanted the restore
 * @param path of the target
 * @param capacity of the target disk, as it was shown before it was to be overwritten, bytes; empty for a new file
 * @param body which file or device the target disk was then
 * @param name of the backup then
 * @param source the disk that it was made of
 * @param moment that the backup shows
 * @param copy the backup that holds, or is to hold, what the disk held; empty if none is wanted
 * @param undoes the restore that this one undoes
 */
record RestoreTask(
        NewRestore wanted,
        Path path,
        Optional<Long> capacity,
        Body body,
        String name,
        String source,
        Optional<Instant> moment,
        Optional<UUID> copy,
        Optional<UUID> undoes) {
    private static final String VERIFY = "verify";
    private static final String GROW = "grow";
    private static final String CAPACITY = "capacity";
    private static final String BODY = "body";
    private static final String NAME = "backup";
    private static final String SOURCE = "source";
    private static final String MOMENT = "moment";
    private static final String FORMAT = "format";
    private static final String UNDOES = "undoes";

    /** Reads a row; one of an earlier version knows less. */
    static RestoreTask of(Task task) {
        Map<String, Object> all = task.parameters();
        Optional<UUID> disk = id(all, Leases.TARGET_DISK);
        Optional<UUID> copy = id(all, Leases.SAFETY_COPY);
        Path path = Path.of(String.valueOf(all.get(Leases.TARGET_PATH)));
        Target target = disk.isPresent() ? new Target.OtherDisk(disk.get()) : new Target.NewFile(path, format(all));
        return new RestoreTask(
                new NewRestore(
                        task.subject().backupId().orElseThrow(),
                        target,
                        Boolean.TRUE.equals(all.get(VERIFY)),
                        copy.isPresent(),
                        Boolean.TRUE.equals(all.get(GROW))),
                path,
                all.get(CAPACITY) instanceof Number bytes ? Optional.of(bytes.longValue()) : Optional.empty(),
                Body.parse(String.valueOf(all.getOrDefault(BODY, ""))),
                String.valueOf(all.getOrDefault(NAME, "")),
                String.valueOf(all.getOrDefault(SOURCE, "")),
                all.get(MOMENT) instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty(),
                copy,
                id(all, UNDOES));
    }

    private static Target.Format format(Map<String, Object> all) {
        return all.get(FORMAT) instanceof String name ? Target.Format.valueOf(name) : Target.Format.RAW;
    }

    /** What the new file is to be; empty for a disk. */
    Optional<Target.Format> format() {
        return wanted.target() instanceof Target.NewFile file ? Optional.of(file.format()) : Optional.empty();
    }

    private static Optional<UUID> id(Map<String, Object> all, String name) {
        return all.get(name) instanceof String text ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The disk that is overwritten; empty for a new file. */
    Optional<UUID> disk() {
        return wanted.target() instanceof Target.OtherDisk other ? Optional.of(other.disk()) : Optional.empty();
    }

    /** The parameters of a row that says all this. */
    Map<String, Object> parameters() {
        Map<String, Object> all = new HashMap<>();
        all.put(VERIFY, wanted.verify());
        all.put(GROW, wanted.grow());
        all.put(Leases.TARGET_PATH, path.toString());
        all.put(BODY, body.text());
        all.put(NAME, name);
        all.put(SOURCE, source);
        disk().ifPresent(disk -> all.put(Leases.TARGET_DISK, disk.toString()));
        format().ifPresent(format -> all.put(FORMAT, format.name()));
        capacity.ifPresent(bytes -> all.put(CAPACITY, bytes));
        moment.ifPresent(at -> all.put(MOMENT, at.toString()));
        copy.ifPresent(backup -> all.put(Leases.SAFETY_COPY, backup.toString()));
        undoes.ifPresent(restore -> all.put(UNDOES, restore.toString()));
        return all;
    }
}
