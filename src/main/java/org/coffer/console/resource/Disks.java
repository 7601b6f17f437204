package org.coffer.console.resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.location.Grounds;
import org.coffer.console.name.Names;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.volume.LastVolume;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.work.Work;
import org.coffer.machine.Body;
import org.coffer.machine.FoundDisk;
import org.coffer.machine.Growing;
import org.coffer.machine.Machine;
import org.coffer.machine.Overlap;
import org.coffer.machine.Qcow2Image;
import org.coffer.machine.Unmounted;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The disks of this computer and the image files added by hand (R1, R2, R7).
 *
 * <p>{@link #list} tells what is known and costs nothing; {@link #refresh} looks again. A disk that is not found keeps
 * its row as <em>missing</em>, because its backups name it.
 */
public final class Disks {
    private static final System.Logger LOG = System.getLogger(Disks.class.getName());

    private final DiskStore store;
    private final Machine machine;
    private final Grounds grounds;
    private final Events events;
    private final Audit audit;
    private final Clock clock;
    private final List<Guard> guards = new ArrayList<>();
    private final List<Guard> mountGuards = new ArrayList<>();
    private final UnmountStore unmounts;

    /** Says why a disk cannot be taken off the list, or be unmounted, now; declared here, answered by the nouns to the right. */
    @FunctionalInterface
    public interface Guard {
        /** The reason, if there is one. */
        Optional<Problem> holds(Disk disk);
    }

    /** Finds disks through {@code machine}, outside of {@code grounds}, and remembers them in {@code catalog}. */
    public Disks(Catalog catalog, Machine machine, Grounds grounds, Events events, Audit audit, Clock clock) {
        this.store = new DiskStore(catalog);
        this.unmounts = new UnmountStore(catalog, machine.started());
        this.machine = machine;
        this.grounds = grounds;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Adds a reason that may keep a disk on the list. */
    public void guard(Guard guard) {
        guards.add(guard);
    }

    /** Adds a reason that may keep a disk mounted. */
    public void guardMounts(Guard guard) {
        mountGuards.add(guard);
    }

    /** All disks on the list, by name, as they were when last looked at. */
    public List<Disk> list() {
        return store.all().stream()
                .filter(row -> !row.hidden())
                .map(DiskStore.Row::disk)
                .toList();
    }

    /** The sizes of all disks in bytes, also of those taken off the list: one question for many. */
    public Map<UUID, Long> capacities() {
        return store.capacities();
    }

    /** All disks by their IDs, also those taken off the list: one question for many. */
    public Map<UUID, Disk> byId() {
        return store.all().stream().map(DiskStore.Row::disk).collect(Collectors.toMap(Disk::id, Function.identity()));
    }

    /** The disk with this ID, also one taken off the list. */
    public Optional<Disk> find(UUID id) {
        return store.find(id).map(DiskStore.Row::disk);
    }

    /**
     * The disk with this ID.
     *
     * @throws ProblemException {@code disk.unknown}
     */
    public Disk get(UUID id) {
        return find(id).orElseThrow(() -> new ProblemException(Problem.of("disk.unknown", "disk", id)));
    }

    /** Has what the first look at a disk needs made ready by another thread, while the caller does something else. */
    public void prepare() {
        Thread.ofPlatform().daemon().name("machine").start(machine::prepare);
    }

    /** Whether block devices can be found here, or image files only. */
    public boolean knowsDevices() {
        return machine.knowsDevices();
    }

    /** Whether this process may open any disk. */
    public boolean administrator() {
        return machine.administrator();
    }

    /** Looks at what is attached now and returns the new list. Opens each disk for a moment; may take seconds. */
    public synchronized List<Disk> refresh() {
        Map<String, DiskStore.Row> rows = new HashMap<>();
        store.all().forEach(row -> rows.put(row.identity(), row));
        Set<String> seen = new HashSet<>();
        boolean changed = false;
        for (FoundDisk found : machine.disks()) {
            seen.add(found.identity());
            changed |= remember(found, rows.get(found.identity()));
        }
        for (DiskStore.Row row : rows.values()) {
            if (!seen.contains(row.identity())) {
                changed |= lookAgain(row);
            }
        }
        if (changed) {
            events.publish(new Event.ResourcesChanged());
        }
        return list();
    }

    private boolean remember(FoundDisk found, DiskStore.@Nullable Row row) {
        Disk now = disk(found, row);
        if (row != null && sameButTime(row.disk(), now) && !row.hidden()) {
            return false;
        }
        store.put(new DiskStore.Row(now, found.identity(), row == null ? now() : row.firstSeen(), false));
        return true;
    }

    /** A disk that discovery did not bring: an image file is looked at by its path, a device is missing. */
    private boolean lookAgain(DiskStore.Row row) {
        Disk known = row.disk();
        if (row.hidden()) {
            return false;
        }
        Disk now = known.image() ? inspected(row) : gone(known);
        if (sameButTime(known, now)) {
            return false;
        }
        store.put(new DiskStore.Row(now, row.identity(), row.firstSeen(), false));
        return true;
    }

    private Disk inspected(DiskStore.Row row) {
        try {
            return disk(machine.inspect(row.disk().path()), row);
        } catch (ProblemException e) {
            return e.problem().code().equals("image.missing")
                    ? gone(row.disk())
                    : with(row.disk(), Disk.State.FAULTY, Optional.of(e.problem()));
        }
    }

    private static Disk gone(Disk disk) {
        return with(disk, Disk.State.MISSING, Optional.empty());
    }

    private static Disk with(Disk disk, Disk.State state, Optional<Problem> cause) {
        return new Disk(
                disk.id(),
                disk.name(),
                disk.path(),
                disk.image(),
                disk.capacity(),
                disk.model(),
                disk.serial(),
                disk.role(),
                state,
                cause,
                List.of(),
                disk.encryption(),
                disk.unfinishedRestore(),
                disk.lastSeen());
    }

    private static boolean sameButTime(Disk a, Disk b) {
        return a.name().equals(b.name())
                && a.path().equals(b.path())
                && a.capacity() == b.capacity()
                && a.role() == b.role()
                && a.state() == b.state()
                && a.cause().map(Problem::code).equals(b.cause().map(Problem::code))
                && a.mounts().equals(b.mounts())
                && a.encryption() == b.encryption();
    }

    private Disk disk(FoundDisk found, DiskStore.@Nullable Row row) {
        boolean image = found.kind() == FoundDisk.Kind.IMAGE;
        Disk.Role role = Disk.Role.valueOf(found.role().name());
        return new Disk(
                row == null ? UUID.randomUUID() : row.disk().id(),
                row != null && image ? row.disk().name() : found.name(),
                found.path(),
                image,
                found.capacity(),
                found.model(),
                found.serial(),
                row != null && image ? row.disk().role() : role,
                Disk.State.valueOf(found.state().name()),
                Optional.ofNullable(found.cause()),
                found.mounts(),
                Disk.Encryption.valueOf(found.encryption().name()),
                row == null ? Optional.empty() : row.disk().unfinishedRestore(),
                now());
    }

    /**
     * Puts an image file on the list. One that is on it already keeps its ID, and its name and role where no
     * other is wanted.
     *
     * @throws ProblemException {@code name.*}, or why the file cannot be used: {@code image.missing},
     *     {@code image.folder}, {@code image.special}, {@code image.empty}, {@code image.unreadable},
     *     {@code image.in-location}, {@code image.in-home} …
     */
    public synchronized Disk addImage(NewImage wanted) {
        wanted.name().flatMap(Names::labelProblem).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        FoundDisk found = machine.inspect(wanted.path().toAbsolutePath().normalize());
        inGrounds(found.path()).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        DiskStore.Row row = known(found).orElse(null);
        Disk seen = disk(found, row);
        boolean listed = row != null && !row.hidden();
        Disk disk = new Disk(
                seen.id(),
                wanted.name().map(String::strip).orElse(listed ? seen.name() : found.name()),
                seen.path(),
                seen.image(),
                seen.capacity(),
                seen.model(),
                seen.serial(),
                seen.image() ? wanted.role().orElse(seen.role()) : seen.role(),
                seen.state(),
                seen.cause(),
                seen.mounts(),
                seen.encryption(),
                seen.unfinishedRestore(),
                seen.lastSeen());
        store.put(new DiskStore.Row(disk, found.identity(), row == null ? now() : row.firstSeen(), false));
        if (!listed) {
            audit.succeeded(
                    AuditEvent.CREATE_DISK,
                    target(disk),
                    Map.of(),
                    Map.of("path", disk.path().toString()));
        }
        events.publish(new Event.ResourcesChanged());
        return disk;
    }

    private Optional<DiskStore.Row> known(FoundDisk found) {
        return store.all().stream()
                .filter(row -> row.identity().equals(found.identity()))
                .findFirst();
    }

    /**
     * The disk on the list that an image file or a device is; empty if it is not on it.
     *
     * @throws ProblemException why it cannot be used, as {@link #addImage}
     */
    public Optional<Disk> listed(Path imageOrDevice) {
        return known(machine.inspect(imageOrDevice.toAbsolutePath().normalize()))
                .filter(row -> !row.hidden())
                .map(DiskStore.Row::disk);
    }

    /**
     * Takes a disk off the list; its backups stay. Devices that are attached cannot be taken off: they would be found
     * again at once.
     *
     * @throws ProblemException {@code disk.attached}, or whatever a {@link Guard} says
     */
    public synchronized void remove(UUID id) {
        DiskStore.Row row =
                store.find(id).orElseThrow(() -> new ProblemException(Problem.of("disk.unknown", "disk", id)));
        Disk disk = row.disk();
        if (!disk.image() && disk.state() != Disk.State.MISSING) {
            throw new ProblemException(Problem.of("disk.attached", "disk", disk.name()));
        }
        held(guards, disk).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        store.put(new DiskStore.Row(disk, row.identity(), row.firstSeen(), true));
        audit.succeeded(
                AuditEvent.DELETE_DISK, target(disk), Map.of("path", disk.path().toString()), Map.of());
        events.publish(new Event.ResourcesChanged());
    }

    private static Optional<Problem> held(List<Guard> guards, Disk disk) {
        return guards.stream().flatMap(guard -> guard.holds(disk).stream()).findFirst();
    }

    /**
     * Lists a disk that is known only from a vault: it is missing until it is found.
     *
     * @param identity what tells it apart from all others
     */
    public synchronized Disk remember(UUID id, String identity, String name, long capacity, Disk.Role role) {
        Optional<DiskStore.Row> known = store.all().stream()
                .filter(row ->
                        row.identity().equals(identity) || row.disk().id().equals(id))
                .findFirst();
        if (known.isPresent()) {
            return known.get().disk();
        }
        Disk disk = new Disk(
                id,
                name,
                Path.of(identity.startsWith("image:") ? identity.substring("image:".length()) : name),
                identity.startsWith("image:"),
                capacity,
                "",
                "",
                role,
                Disk.State.MISSING,
                Optional.empty(),
                List.of(),
                Disk.Encryption.NONE,
                Optional.empty(),
                now());
        store.put(new DiskStore.Row(disk, identity, now(), false));
        events.publish(new Event.ResourcesChanged());
        return disk;
    }

    // ---- for the nouns to the right

    /** What tells this disk apart from all others, wherever it is plugged in. */
    public String identity(UUID id) {
        return store.find(id).map(DiskStore.Row::identity).orElse("");
    }

    /**
     * Looks at one disk again and tells how it is now.
     *
     * @throws ProblemException {@code disk.unknown}
     */
    public synchronized Disk look(UUID id) {
        DiskStore.Row row =
                store.find(id).orElseThrow(() -> new ProblemException(Problem.of("disk.unknown", "disk", id)));
        Optional<FoundDisk> found = found(row);
        if (found.isPresent()) {
            if (remember(found.get(), row)) {
                events.publish(new Event.ResourcesChanged());
            }
        } else if (lookAgain(row)) {
            events.publish(new Event.ResourcesChanged());
        }
        return get(id);
    }

    private Optional<FoundDisk> found(DiskStore.Row row) {
        if (row.disk().image()) {
            return Optional.empty();
        }
        return machine.disks().stream()
                .filter(disk -> disk.identity().equals(row.identity()))
                .findFirst();
    }

    private FoundDisk attached(UUID id) {
        DiskStore.Row row =
                store.find(id).orElseThrow(() -> new ProblemException(Problem.of("disk.unknown", "disk", id)));
        if (row.disk().image()) {
            return machine.inspect(row.disk().path()).named(row.disk().name());
        }
        return found(row)
                .orElseThrow(() -> new ProblemException(
                        Problem.of("disk.missing", "disk", row.disk().name())));
    }

    /** Which file or device takes a disk's place now, as {@link Machine#body}; {@link Body#UNKNOWN} if it cannot be looked at. */
    public Body body(UUID id) {
        try {
            return machine.body(attached(id));
        } catch (ProblemException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "looking which file or device disk " + id + " is", e);
            return Body.UNKNOWN;
        }
    }

    /** Opens a disk for reading. @throws ProblemException as {@link Machine#source} */
    public BlockSource source(UUID id) {
        return machine.source(attached(id));
    }

    /** A count that grows with everything written to a disk, as {@link Machine#written}; empty where nobody counts. */
    public OptionalLong written(UUID id) {
        return machine.written(attached(id));
    }

    /** Opens a disk for overwriting. @throws ProblemException as {@link Machine#target} */
    public BlockTarget target(UUID id) {
        return machine.target(attached(id));
    }

    /** Why what lies last on a disk cannot be grown here, as {@link Growing#whyNot}. */
    public Optional<Problem> ungrowable(Volume last) {
        return machine.growing().whyNot(last);
    }

    /** Grows what lies last on a disk that is held. Throws as {@link Growing#grow}. */
    public long grow(UUID id, BlockTarget held, LastVolume last, Work work) throws IOException {
        return machine.growing().grow(attached(id), held, last, work);
    }

    /** Whether a disk is mounted, and {@link #unmount} may free it. */
    public boolean unmountable(UUID id) {
        try {
            return machine.unmountable(attached(id))
                    && held(mountGuards, get(id)).isEmpty();
        } catch (ProblemException e) {
            return false;
        }
    }

    /**
     * Unmounts a disk, and looks at it again.
     *
     * @throws ProblemException whatever a {@link Guard} says, or as {@link Machine#unmount}
     */
    public void unmount(UUID id) {
        Disk disk = get(id);
        held(mountGuards, disk).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        try {
            List<Unmounted> gone = freed(id);
            audit.succeeded(
                    AuditEvent.UNMOUNT_DISK,
                    target(disk),
                    Map.of("mounts", points(gone.stream().map(Unmounted::point).toList())),
                    Map.of());
        } finally {
            look(id);
        }
    }

    /**
     * What is about to be unmounted is owed from then on, so that a process that dies right after owes it still; where it is mounted
     * yet, that does no harm.
     */
    private List<Unmounted> freed(UUID id) {
        List<Unmounted> owed = unmounts.of(id);
        try {
            List<Unmounted> gone = machine.unmount(attached(id), all -> unmounts.add(id, all));
            unmounts.only(id, Stream.concat(owed.stream(), gone.stream()).toList());
            return gone;
        } catch (ProblemException e) {
            unmounts.only(id, owed); // The machine has put back what it unmounted before.
            throw e;
        }
    }

    private static List<String> points(List<Path> all) {
        return all.stream().map(Path::toString).toList();
    }

    /**
     * The disks that were unmounted for a restore, also by a process that died since, with where they were mounted and are not by now;
     * but for those of which somebody has {@linkplain #takeUnmounted taken} that.
     */
    public Map<UUID, List<Path>> owedMounts() {
        Map<UUID, List<Path>> owed = new HashMap<>();
        unmounts.owed().forEach((id, gone) -> {
            Set<String> mounted =
                    find(id).map(disk -> Set.copyOf(disk.mounts())).orElse(Set.of());
            List<Path> missing = gone.stream()
                    .map(Unmounted::point)
                    .filter(point -> !mounted.contains(point.toString()))
                    .toList();
            if (!missing.isEmpty()) {
                owed.put(id, missing);
            }
        });
        return owed;
    }

    /**
     * Hands over what {@link #unmount} freed of a disk since the computer was started and nobody put back yet: whoever has it is
     * the only one who mounts it again.
     */
    public List<Unmounted> takeUnmounted(UUID id) {
        return unmounts.take(id);
    }

    /** Takes it back, to be put back later. */
    public void keepUnmounted(UUID id, List<Unmounted> gone) {
        if (!gone.isEmpty()) {
            unmounts.settle(id, gone);
        }
    }

    /** Mounts again what {@link #unmount} freed and nobody has taken; nothing to do is no trouble. */
    public PutBack mountAgain(UUID id) {
        return mountAgain(id, takeUnmounted(id));
    }

    /**
     * Mounts again what is owed of a disk, because somebody wants that.
     *
     * @throws ProblemException {@code disk.not-mounted} if some of it cannot be mounted; it is owed on
     */
    public void mountBack(UUID id) {
        List<Path> missing = mountAgain(id).missing();
        if (!missing.isEmpty()) {
            throw new ProblemException(Problem.of("disk.not-mounted", "disk", get(id).name(), "path", points(missing)));
        }
    }

    /**
     * Mounts again what was taken by {@link #takeUnmounted} (S2), where it was and as it was. What cannot be mounted is owed on.
     */
    public PutBack mountAgain(UUID id, List<Unmounted> gone) {
        if (gone.isEmpty()) {
            return new PutBack(List.of(), List.of());
        }
        List<Path> all = gone.stream().map(Unmounted::point).toList();
        List<Path> missing;
        try {
            missing = machine.mountAgain(attached(id), gone);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.INFO, "mounting disk " + id + " again", e);
            missing = all;
        }
        List<Path> failed = missing;
        unmounts.settle(
                id, gone.stream().filter(one -> failed.contains(one.point())).toList());
        List<Path> back = new ArrayList<>(all);
        back.removeAll(missing);
        if (!back.isEmpty()) {
            audit.succeeded(AuditEvent.MOUNT_DISK, target(get(id)), Map.of(), Map.of("mounts", points(back)));
        }
        look(id);
        return new PutBack(List.copyOf(back), missing);
    }

    /**
     * What became of what was unmounted for a restore.
     *
     * @param back where it is mounted again
     * @param missing where it could not be
     */
    public record PutBack(List<Path> back, List<Path> missing) {}

    /** Where the volume that begins at a byte of a disk is mounted now, as {@link Machine#mountPoint}. */
    public Optional<Path> mountPoint(UUID id, long start) {
        try {
            return machine.mountPoint(attached(id), start);
        } catch (ProblemException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "looking where disk " + id + " is mounted", e);
            return Optional.empty();
        }
    }

    /** Makes a new image file. @throws ProblemException as {@link Machine#newImage} */
    public BlockTarget newImage(Path file, long size) {
        return machine.newImage(file, size);
    }

    /** Makes a new qcow2 image, which is one once it is settled. @throws ProblemException as {@link Qcow2Image#make} */
    public BlockTarget newQcow2(Path file, long size) {
        return Qcow2Image.make(file, size);
    }

    /** Opens an image file that {@link #newImage} made earlier, to go on with it. */
    public BlockTarget existingImage(Path file) {
        return machine.target(machine.inspect(file));
    }

    /** How a disk and a folder lie to each other (L5). {@link Overlap#UNKNOWN} if looking failed, as for a missing disk. */
    public Overlap overlap(UUID id, Path folder) {
        try {
            return machine.overlap(attached(id), folder);
        } catch (ProblemException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "looking what lies on disk " + id, e);
            return Overlap.UNKNOWN;
        }
    }

    /**
     * Why a disk is neither protected nor overwritten: its file, or the one behind a loop device, lies in a folder of
     * Coffer's own. {@code image.in-location}, {@code image.in-home}.
     */
    public Optional<Problem> inGrounds(Disk disk) {
        return inGrounds(disk.path());
    }

    private Optional<Problem> inGrounds(Path imageOrDevice) {
        return machine.file(imageOrDevice).flatMap(grounds::image);
    }

    /** As {@link Machine#bodies}: names of which two disks that share bytes have one in common. */
    public Set<String> bodies(Path disk) {
        return machine.bodies(disk);
    }

    /** As {@link Machine#shares}: whether two paths lead to the same bytes. */
    public boolean shares(Path one, Path other) {
        return machine.shares(one, other);
    }

    /** The names of the disks that carry a folder, from the top down. */
    public List<String> carriers(Path folder) {
        return machine.holding(folder).stream().map(FoundDisk::name).toList();
    }

    /** What tells the disks that carry a folder apart from all others, from the top down. */
    public List<String> carrierIdentities(Path folder) {
        return machine.holding(folder).stream().map(FoundDisk::identity).toList();
    }

    /** Makes the calling thread wait behind everybody else when it reads or writes disks (B13). */
    public void gentle() {
        machine.gentle();
    }

    /** Marks a disk as not usable, durably, before a restore begins to overwrite it. */
    public void unusable(UUID disk, UUID restore) {
        store.unusable(disk, restore);
        events.publish(new Event.ResourcesChanged());
    }

    /** Lifts that mark: a restore ended well, or somebody knows what is on the disk. {@link #changed} tells of it. */
    public void usable(UUID disk) {
        store.usable(disk);
    }

    /** Tells everybody, after the commit. */
    public void changed() {
        events.publish(new Event.ResourcesChanged());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Audit.Target target(Disk disk) {
        return new Audit.Target("disk", disk.id().toString(), disk.name());
    }
}
