package org.coffer.window.desk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.coffer.console.Console;
import org.coffer.console.EmptyCatalog;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.HollowReserve;
import org.coffer.window.backup.BackupServices;

/**
 * A real home in which days pass when the test says so, so that backups have a history.
 *
 * <pre>
 *   root/home    the catalog
 *   root/place   a location
 *   root/*.img   disks
 * </pre>
 */
public final class Days implements AutoCloseable {
    private final Path root;
    private final Console console;
    private volatile Instant now;

    private final class Passing extends Clock {
        private final ZoneId zone;

        Passing(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Passing(other);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Clock clock = new Passing(ZoneId.of("Asia/Shanghai"));

    /** A fresh home below {@code root} at {@code start}. */
    public Days(Path root, Instant start) throws IOException {
        this.root = root;
        this.now = start;
        Files.createDirectories(root.resolve("home"));
        EmptyCatalog.in(root.resolve("home"));
        HollowReserve.in(Files.createDirectories(root.resolve("place")));
        this.console = Console.open(new Home(root.resolve("home")), clock);
    }

    public Console console() {
        return console;
    }

    public Clock clock() {
        return clock;
    }

    public Path root() {
        return root;
    }

    /** The services that pages about backups work with. */
    public BackupServices services() {
        return new BackupServices(
                console.backups(),
                console.deletion(),
                console.verification(),
                console.replicas(),
                console.vaults(),
                console.disks(),
                console.tasks(),
                console.histories(),
                console.events());
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    public Disk image(String name, int megabytes, Disk.Role role) throws IOException {
        Path file = root.resolve(name + ".img");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] half = new byte[megabytes * 500_000];
            new SplittableRandom(name.hashCode()).nextBytes(half);
            out.write(half);
            out.setLength(megabytes * 1_000_000L);
        }
        return console.disks().addImage(new NewImage(file, Optional.of(name), role));
    }

    public void change(Disk disk, long position, int bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(disk.path().toFile(), "rw")) {
            byte[] content = new byte[bytes];
            new SplittableRandom(position ^ now.toEpochMilli()).nextBytes(content);
            out.seek(position);
            out.write(content);
        }
    }

    public Vault vault(String name, Disk... disks) {
        Location location = console.locations().list().stream()
                .findFirst()
                .orElseGet(() -> console.locations().add(new NewLocation("Backup drive", root.resolve("place"), "")));
        return vault(name, location, disks);
    }

    /** A vault in a location of its own, beside the first. */
    public Vault vaultElsewhere(String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("place-of-" + name));
        HollowReserve.in(folder);
        return vault(name, console.locations().add(new NewLocation("place of " + name, folder, "")));
    }

    private Vault vault(String name, Location location, Disk... disks) {
        return console.vaults()
                .create(new NewVault(
                        name,
                        "",
                        location.id(),
                        100,
                        List.of(disks).stream().map(Disk::id).toList(),
                        true,
                        Optional.empty(),
                        false,
                        "",
                        Map.of()));
    }

    /** Backs up one disk and waits for the task's end, well or not. */
    public Task backUp(Vault vault, Disk disk, String name) throws InterruptedException {
        Task task = console.backups()
                .start(new NewBackup(vault.id(), List.of(disk.id()), name, "", false))
                .getFirst();
        return console.tasks().await(task.id());
    }

    public Backup backup(Task task) {
        return console.backups().get(task.subject().backupId().orElseThrow());
    }

    /** A day passes, and what policies start then runs to its end. */
    public void dayOfPolicies() throws InterruptedException {
        pass(Duration.ofDays(1));
        console.scheduler().tick();
        console.scheduler().await();
        settle();
    }

    /** Waits until all tasks have ended. */
    public void settle() throws InterruptedException {
        for (Task task : console.tasks().open()) {
            console.tasks().await(task.id());
        }
    }

    @Override
    public void close() {
        console.close();
    }
}
