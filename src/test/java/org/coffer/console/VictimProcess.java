package org.coffer.console;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.backup.NewReplica;
import org.coffer.console.backup.Origin;
import org.coffer.console.event.Event;
import org.coffer.console.file.Conflict;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.NewFileRestore;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.VaultFilter;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.machine.Machine;
import org.coffer.machine.Surroundings;

/** A process that begins one piece of work in a home, says so, and is meant to be killed in the middle of it. */
final class VictimProcess {
    /** What opens the vault that is attached. */
    static final String PASSPHRASE = "open sesame";

    private VictimProcess() {}

    /**
     * Does one piece of work.
     *
     * @param args the home's folder; {@code backup}, {@code delete}, {@code collect} or {@code verify} of the only vault, {@code restore}, {@code undoable} with a safety copy, {@code unmounted} the same of a disk that is mounted, {@code grow} onto the disk {@code big}, all of which is to be used, {@code migrate} into the vault of this name, {@code replicate} into the vault {@code far}, {@code files} into a folder of the backup's ID
     *     among temporary files, or {@code policy} for what is due, {@code slot} for what is due at a moment in a time zone, {@code noticed} for what is due while nothing can be begun, {@code mounted} for a backup that is opened and mounted, or {@code attach} of the only vault in a place; the backup's ID, or for a new one its name; and {@code held} to stand still for ever when the task has begun and did nothing
     *     yet, {@code copied} when a restore has its safety copy and overwrote nothing yet, {@code marked} when its disk bears its mark, or to say so when a check has {@code passed} two packs
     */
    public static void main(String[] args) throws InterruptedException {
        if (args[1].equals("slot")) {
            slot(new Home(Path.of(args[0])), Clock.fixed(Instant.parse(args[2]), ZoneId.of(args[3])));
            return;
        }
        try (Console console = Console.open(new Home(Path.of(args[0])), Clock.systemUTC())) {
            if (args[1].equals("noticed")) {
                notice(console);
            } else if (args[1].equals("mounted")) {
                mount(console, UUID.fromString(args[2]));
            } else if (args[1].equals("attach")) {
                attach(console, args[2], args[3].equals("held"));
                return;
            }
            if (args.length > 3 && args[3].equals("passed")) {
                Thread.ofPlatform().daemon().start(() -> passed(console));
            } else if (args.length > 3) {
                hold(console, moment(console, args[3]));
            } else {
                System.out.println("open");
            }
            Task task = begin(console, args[1], args[2]);
            console.tasks().await(task.id());
            System.out.println("ended");
        }
    }

    /** Does what is due in a home at a moment, all of it. */
    private static void slot(Home home, Clock clock) throws InterruptedException {
        Machine machine = Machine.here(home.directory().resolve("disks.seen"));
        try (Console console = new Console(home, machine, Surroundings.UNKNOWN, clock, Console.LOOK_EVERY)) {
            System.out.println("open");
            console.scheduler().tick();
            console.scheduler().await();
            for (List<Task> open = console.tasks().open();
                    !open.isEmpty();
                    open = console.tasks().open()) {
                for (Task task : open) {
                    console.tasks().await(task.id());
                }
            }
            System.out.println("ended");
        }
    }

    /**
     * Enters a place as a location.
     *
     * @param where a folder, or the address of a bucket of {@link LocalBucket} with the bucket in its path
     */
    static Location place(Console console, String where) {
        if (!where.startsWith("http")) {
            return console.locations().add(new NewLocation("drive", Path.of(where), ""));
        }
        int bucket = where.lastIndexOf('/') + 1;
        return console.locations()
                .add(KilledUploadTest.place(
                        LocalBucket.at(URI.create(where.substring(0, bucket - 1)), where.substring(bucket))));
    }

    /**
     * Attaches the only vault in a place, whose console is gone.
     *
     * @param held whether to stand still for ever when its backups have come
     */
    private static void attach(Console console, String where, boolean held) {
        Attaching attaching = console.attaching();
        Location place = place(console, where);
        try (OpenedStranger opened =
                attaching.open(attaching.find(place.id()).getFirst(), Optional.of(PASSPHRASE.toCharArray()))) {
            if (held) {
                hold(console, event -> event instanceof Event.BackupChanged);
            } else {
                System.out.println("open");
            }
            attaching.attach(opened, true);
            System.out.println("ended");
        }
    }

    /** Looks what is due while somebody holds the line in which all stand who begin something; then stands still for ever. */
    private static void notice(Console console) throws InterruptedException {
        var held = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        Thread.ofPlatform()
                .daemon()
                .start(() -> console.backups().leases().take(() -> {
                    held.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return held;
                }));
        held.await();
        console.scheduler().tick();
        console.scheduler().tick(); // Writes down up to when it looked.
        System.out.println("open");
        never.await();
    }

    /** Opens a backup and shows its files; then stands still for ever. */
    private static void mount(Console console, UUID backup) throws InterruptedException {
        System.out.println("open");
        var open = console.openDisks().open(new NewOpening(backup, false, new NewOpening.Address.Anywhere()));
        console.openDisks().mount(open.id(), Optional.empty());
        new CountDownLatch(1).await();
    }

    /** Says so when a check of the only vault has read its second pack. */
    private static void passed(Console console) {
        String key = "verify.round."
                + console.vaults().list(VaultFilter.ALL).getFirst().id();
        String first = null;
        String last = null;
        while (first == null || first.equals(last)) {
            last = console.settings().get(key).orElse(null);
            first = first == null ? last : first;
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println("open");
    }

    /** Listeners are called by the thread of the task: one that does not return stops it at that very place. */
    private static void hold(Console console, Predicate<Event> when) {
        console.events().subscribe(event -> {
            if (when.test(event)) {
                System.out.println("open");
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private static Predicate<Event> moment(Console console, String name) {
        return switch (name) {
            case "copied" -> event -> copied(console, event);
            case "marked" -> event -> marked(console, event);
            default -> event -> begun(console, event);
        };
    }

    private static boolean marked(Console console, Event event) {
        return event instanceof Event.ResourcesChanged
                && console.disks().list().stream()
                        .anyMatch(disk -> disk.unfinishedRestore().isPresent());
    }

    private static boolean begun(Console console, Event event) {
        return event instanceof Event.TaskChanged changed
                && console.tasks().find(changed.task()).orElseThrow().status() == TaskStatus.RUNNING;
    }

    private static boolean copied(Console console, Event event) {
        return event instanceof Event.BackupChanged changed
                && console.backups()
                        .find(changed.backup())
                        .filter(backup -> backup.origin() == Origin.SAFETY_COPY && backup.restorable())
                        .isPresent();
    }

    private static Task begin(Console console, String act, String what) throws InterruptedException {
        return switch (act) {
            case "backup" ->
                console.backups()
                        .start(new NewBackup(
                                console.vaults()
                                        .list(VaultFilter.ALL)
                                        .getFirst()
                                        .id(),
                                List.of(),
                                what,
                                "",
                                false))
                        .getFirst();
            case "collect" ->
                console.cleaning()
                        .start(console.vaults().list(VaultFilter.ALL).getFirst().id());
            case "verify" ->
                console.verification()
                        .start(console.vaults().list(VaultFilter.ALL).getFirst().id(), 100);
            case "delete" ->
                console.deletion().delete(List.of(UUID.fromString(what))).getFirst();
            case "restore" ->
                console.restores().start(new NewRestore(UUID.fromString(what), new Target.Original(), true, false));
            case "undoable" ->
                console.restores().start(new NewRestore(UUID.fromString(what), new Target.Original(), true, true));
            case "unmounted" -> {
                UUID backup = UUID.fromString(what);
                console.disks().unmount(console.backups().get(backup).diskId());
                yield console.restores().start(new NewRestore(backup, new Target.Original(), true, true));
            }
            case "grow" -> {
                UUID big = console.disks().list().stream()
                        .filter(disk -> disk.name().equals("big"))
                        .findFirst()
                        .orElseThrow()
                        .id();
                yield console.restores()
                        .start(new NewRestore(UUID.fromString(what), new Target.OtherDisk(big), true, true, true));
            }
            case "replicate" -> {
                UUID target = console.vaults().list(VaultFilter.ALL).stream()
                        .filter(vault -> vault.name().equals("far"))
                        .findFirst()
                        .orElseThrow()
                        .id();
                yield console.replicas().start(new NewReplica(UUID.fromString(what), target, "copy"));
            }
            case "migrate" -> {
                var vaults = console.vaults().list(VaultFilter.ALL);
                UUID target = vaults.stream()
                        .filter(vault -> vault.name().equals(what))
                        .findFirst()
                        .orElseThrow()
                        .id();
                UUID source = vaults.stream()
                        .map(vault -> vault.id())
                        .filter(id -> !id.equals(target))
                        .findFirst()
                        .orElseThrow();
                yield console.migrations().start(source, List.of(), target).getFirst();
            }
            case "files" ->
                console.files()
                        .start(new NewFileRestore(
                                UUID.fromString(what),
                                List.of(FilePath.parse("0:/many")),
                                new NewFileRestore.Place.Folder(Path.of(System.getProperty("java.io.tmpdir"), what)),
                                Conflict.KEEP));
            case "policy" -> {
                console.scheduler().tick();
                console.scheduler().await();
                yield console.tasks().open().getFirst();
            }
            default -> throw new IllegalArgumentException(act);
        };
    }
}
