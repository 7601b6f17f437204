package org.coffer.console;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.HollowReserve;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.machine.Machine;
import org.coffer.machine.Surroundings;
import org.coffer.problem.Problem;

/**
 * A real home in a temporary folder, with the acts that most tests begin with.
 *
 * <pre>
 *   root/
 *     home/        the catalog, the secrets
 *     place/       a location
 *     *.img        disks
 * </pre>
 */
public final class TestHome implements AutoCloseable {
    private final Path root;
    private final Clock clock;
    private final Surroundings surroundings;
    private final Function<Path, Machine> machine;
    private Console console;

    /** Opens a fresh home below {@code root}. */
    public TestHome(Path root) throws IOException {
        this(root, Clock.system(ZoneId.systemDefault()));
    }

    /** Opens a fresh home that goes by {@code clock}. */
    public TestHome(Path root, Clock clock) throws IOException {
        this(root, clock, Surroundings.UNKNOWN);
    }

    /** Opens a fresh home that goes by {@code clock}, in some surroundings. */
    public TestHome(Path root, Clock clock, Surroundings surroundings) throws IOException {
        this(root, clock, surroundings, Machine::here);
    }

    /** Opens a fresh home on a computer that is made of the file in which it keeps its identities. */
    public TestHome(Path root, Function<Path, Machine> machine) throws IOException {
        this(root, Clock.system(ZoneId.systemDefault()), Surroundings.UNKNOWN, machine);
    }

    private TestHome(Path root, Clock clock, Surroundings surroundings, Function<Path, Machine> machine)
            throws IOException {
        this.root = root;
        this.clock = clock;
        this.surroundings = surroundings;
        this.machine = machine;
        Files.createDirectories(root.resolve("home"));
        Files.createDirectories(root.resolve("place"));
        HollowReserve.in(root.resolve("place"));
        EmptyCatalog.in(root.resolve("home"));
        this.console = open();
    }

    private Console open() {
        Home home = new Home(root.resolve("home"));
        return new Console(
                home, machine.apply(home.directory().resolve("disks.seen")), surroundings, clock, Console.LOOK_EVERY);
    }

    public Console console() {
        return console;
    }

    public Path root() {
        return root;
    }

    /** Closes the console and opens it again, as a restart does. */
    public Console restart() throws IOException {
        return restart(() -> {});
    }

    /** Something done to the files of a home. */
    @FunctionalInterface
    public interface FileAct {
        void run() throws IOException;
    }

    /** Closes the console, does something to its files, and opens it again. */
    public Console restart(FileAct between) throws IOException {
        console.close();
        between.run();
        console = open();
        return console;
    }

    /** Closes the console, runs statements on its catalog, and opens it again: rows as a killed process leaves them. */
    public Console edit(String... statements) throws IOException {
        return restart(() -> {
            String url = "jdbc:h2:file:" + root.resolve("home/catalog");
            try (var connection = java.sql.DriverManager.getConnection(url, "coffer", "");
                    var act = connection.createStatement()) {
                for (String statement : statements) {
                    act.executeUpdate(statement);
                }
            } catch (java.sql.SQLException e) {
                throw new IOException(e);
            }
        });
    }

    /** The row of a task that runs and never ends, about a vault. */
    public static String openTask(UUID task, String kind, Vault vault, String parameters) {
        return "insert into task (id, kind, status, stage, done, total, stored, object_name, vault_id, vault_name,"
                + " parameters, who, origin, created_at, seen) values ('" + task + "', '" + kind
                + "', 'RUNNING', 'WAITING', 0, 0, 0, '" + vault.name() + "', '" + vault.id() + "', '" + vault.name()
                + "', '" + parameters + "', 'alice', 'WINDOW', 1, true)";
    }

    /** The folder that holds a vault's objects. */
    public Path objects(Vault vault) {
        return console.locations()
                .get(vault.locationId())
                .folder()
                .orElseThrow()
                .resolve("vault-" + vault.id());
    }

    /** Lifts what holds a location up; closing twice is harmless. */
    @FunctionalInterface
    public interface Slowed extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Holds the location of a vault up until closed, so that what runs there is in the middle on any machine: one object
     * goes through at once, and whoever comes next waits a second for each MB of it.
     */
    public Slowed slowed(Vault vault) {
        return slowed(vault, 1);
    }

    /** The same for reading more than a test can wait for, at so many MB a second. */
    public Slowed slowed(Vault vault, int speed) {
        console.locations().limit(vault.locationId(), speed);
        return () -> console.locations().limit(vault.locationId(), 0);
    }

    /** Follows a running backup until its vault's folder holds some bytes, so that what comes next is in the middle. */
    public void awaitStored(Vault vault, Task task, long bytes) throws IOException {
        Path packs = objects(vault).resolve("data");
        TaskStatus status = TaskStatus.WAITING;
        // What was stored before it was held still can be enough: a backup that is gone on with does not run at once.
        while (status != TaskStatus.RUNNING || size(packs) < bytes) {
            status = console.tasks().find(task.id()).orElseThrow().status();
            if (status.ended()) {
                throw new AssertionError("ended before it was in the middle");
            }
            LockSupport.parkNanos(500_000);
        }
    }

    /** Follows a running backup until a whole pack of it is stored, and not only a part of one. */
    public void awaitPack(Vault vault, Task task) throws IOException {
        Path packs = objects(vault).resolve("data");
        while (!holdsPack(packs)) {
            if (console.tasks().find(task.id()).orElseThrow().status().ended()) {
                throw new AssertionError("ended before it was in the middle");
            }
            LockSupport.parkNanos(500_000);
        }
    }

    private static boolean holdsPack(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.anyMatch(path -> path.getFileName().toString().matches("[0-9a-f]{8}\\.[0-9]+-[0-9a-f]{16}"));
        } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException e) {
            return false;
        }
    }

    /** Waits until a running task's log has a line of this kind. */
    public void awaitStep(Task task, String key) {
        while (console.tasks().steps(task.id()).stream()
                .noneMatch(step -> step.key().equals(key))) {
            if (console.tasks().find(task.id()).orElseThrow().status().ended()) {
                throw new AssertionError("ended before it was in the middle");
            }
            LockSupport.parkNanos(500_000);
        }
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.toList()) {
                    bytes += Files.isRegularFile(each) ? Files.size(each) : 0;
                }
            } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException e) {
                return bytes; // A temporary file that was renamed meanwhile.
            }
        }
        return bytes;
    }

    /** Waits for a task and returns why it failed, once both languages are known to say it. */
    public Problem failed(Task task) throws InterruptedException {
        Task ended = console.tasks().await(task.id());
        if (ended.status() != TaskStatus.FAILED) {
            throw new AssertionError("task ended " + ended.status() + ": " + ended.problem());
        }
        return Refusals.spoken(ended.problem().orElseThrow());
    }

    /** Restores and waits for success. */
    public Task restore(Backup backup, Target target) throws InterruptedException {
        return done(console.restores().start(new NewRestore(backup.id(), target, true)));
    }

    /** Restores into a new file beside the disks and returns what is in it then. */
    public byte[] restored(Backup backup) throws IOException, InterruptedException {
        Path copy = root.resolve(backup.id() + ".copy");
        Files.deleteIfExists(copy);
        restore(backup, new Target.NewFile(copy));
        byte[] content = Files.readAllBytes(copy);
        Files.delete(copy);
        return content;
    }

    /** Deletes backups for ever and waits for success. */
    public Task delete(Backup... gone) throws InterruptedException {
        return done(console.deletion()
                .delete(List.of(gone).stream().map(Backup::id).toList())
                .getFirst());
    }

    /** Deletes a file, or a folder with all that is in it. */
    public static void erase(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Turns one bit of a file over. */
    public static void flip(Path file, long position) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(position);
            int old = out.read();
            out.seek(position);
            out.write(old ^ 1);
        }
    }

    public Location location() {
        return console.locations().list().stream()
                .findFirst()
                .orElseGet(() -> console.locations().add(new NewLocation("place", root.resolve("place"), "")));
    }

    /** An image file of {@code megabytes}, the first half of it random bytes, added to the list of disks. */
    public Disk image(String name, int megabytes) throws IOException {
        Path file = root.resolve(name + ".img");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] half = new byte[megabytes * 500_000];
            new SplittableRandom(name.hashCode()).nextBytes(half);
            out.write(half);
            out.setLength(megabytes * 1_000_000L);
        }
        return console.disks().addImage(new NewImage(file, Optional.of(name), Disk.Role.DATA));
    }

    /** An image file that is one hole. */
    public Disk sparse(String name, long bytes) throws IOException {
        Path file = root.resolve(name + ".img");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(bytes);
        }
        return console.disks().addImage(new NewImage(file, Optional.of(name), Disk.Role.DATA));
    }

    /** A block device, found as any other. */
    public Disk device(Path node) {
        return console.disks().refresh().stream()
                .filter(disk -> disk.path().equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** Overwrites {@code bytes} of a disk at {@code position} with other random bytes. */
    public void change(Disk disk, long position, int bytes, long seed) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(disk.path().toFile(), "rw")) {
            byte[] content = new byte[bytes];
            new SplittableRandom(seed).nextBytes(content);
            out.seek(position);
            out.write(content);
        }
    }

    public Vault vault(String name, Disk... disks) {
        return console.vaults().create(newVault(name, disks));
    }

    /** A vault in a bucket. */
    public Vault inBucket(String name, S3Settings bucket, Disk... disks) {
        Location place = console.locations().add(KilledUploadTest.place(bucket));
        return console.vaults().create(newVault(name, place, disks));
    }

    /** A vault in a location of its own, beside the first. */
    public Vault elsewhere(String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("place-of-" + name));
        HollowReserve.in(folder);
        Location own = console.locations().add(new NewLocation("place of " + name, folder, ""));
        return console.vaults().create(newVault(name, own));
    }

    /** The packs of a vault's blocks, by name. */
    public List<Path> packs(Vault vault) throws IOException {
        try (Stream<Path> all = Files.walk(objects(vault).resolve("data"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    public NewVault newVault(String name, Disk... disks) {
        return newVault(name, location(), disks);
    }

    private static NewVault newVault(String name, Location where, Disk... disks) {
        return new NewVault(
                name,
                "",
                where.id(),
                100,
                List.of(disks).stream().map(Disk::id).toList(),
                true,
                Optional.empty(),
                false,
                "",
                Map.of());
    }

    /** Begins to back up one disk. */
    public Task begin(Vault vault, Disk disk, String name) {
        return begin(vault, disk, name, false);
    }

    /** Begins to back up one disk, all of it if {@code full}. */
    public Task begin(Vault vault, Disk disk, String name, boolean full) {
        return console.backups()
                .start(new NewBackup(vault.id(), List.of(disk.id()), name, "", full))
                .getFirst();
    }

    /** Backs up one disk and waits until the task has ended, well or not. */
    public Task tryBackUp(Vault vault, Disk disk, String name) throws InterruptedException {
        return console.tasks().await(begin(vault, disk, name).id());
    }

    /** Backs up one disk and expects success. */
    public Backup backUp(Vault vault, Disk disk, String name) throws InterruptedException {
        return backup(done(tryBackUp(vault, disk, name)));
    }

    /** Waits for a task and expects success. */
    public Task done(Task task) throws InterruptedException {
        Task ended = console.tasks().await(task.id());
        if (ended.status() != TaskStatus.SUCCEEDED) {
            throw new AssertionError("task ended " + ended.status() + ": " + ended.problem());
        }
        return ended;
    }

    public Backup backup(Task task) {
        return console.backups().get(task.subject().backupId().orElseThrow());
    }

    public Vault again(Vault vault) {
        return console.vaults().get(vault.id());
    }

    public Backup again(UUID backup) {
        return console.backups().get(backup);
    }

    @Override
    public void close() {
        console.close();
    }
}
