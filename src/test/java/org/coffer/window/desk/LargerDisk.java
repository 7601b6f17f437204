package org.coffer.window.desk;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.machine.Shell;

/**
 * A home in which a disk broke and a larger one was bought, for pictures: {@code photos} with a file system that can grow, {@code archive}
 * with nothing that anybody knows, and {@code new-disk}.
 */
public final class LargerDisk implements AutoCloseable {
    private final Days days;
    private final Backup photos;
    private final Backup archive;
    private final Disk larger;

    /** Makes it below {@code root}. */
    public LargerDisk(Path root) throws Exception {
        days = new Days(root, Instant.parse("2026-11-20T18:00:00Z"));
        Disk first = days.image("photos", 24, Disk.Role.DATA);
        Shell.run("mkfs.ext4", "-q", "-F", first.path().toString());
        Disk second = days.image("archive", 10, Disk.Role.DATA);
        var vault = days.vault("vault_f61e", first, second);
        photos = days.backup(days.backUp(vault, first, "manualbk_4a10"));
        archive = days.backup(days.backUp(vault, second, "manualbk_4de1"));
        days.pass(Duration.ofHours(15));
        larger = days.image("new-disk", 64, Disk.Role.DATA);
    }

    public Days days() {
        return days;
    }

    /** Of the disk whose file system can grow. */
    public Backup photos() {
        return photos;
    }

    /** Of the disk that holds nothing known. */
    public Backup archive() {
        return archive;
    }

    /** Where to. */
    public Disk larger() {
        return larger;
    }

    @Override
    public void close() {
        days.close();
    }
}
