package org.coffer.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.BlockTarget;

/**
 * This computer, as far as disks go. Every question is answered from what is attached at that moment; nothing is
 * remembered but identities. All methods may be called by any thread, and all but {@link #administrator} may block on a
 * slow disk.
 */
public interface Machine {

    /**
     * The machine of this computer: complete on Linux, image files only elsewhere.
     *
     * @param memory file in which the identities seen are kept; made when needed. Losing it costs only the power to tell
     *     identical disks apart by where they were
     */
    static Machine here(Path memory) {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return linux ? LinuxMachine.ofThisComputer(memory) : new PortableMachine();
    }

    /**
     * Makes ready what the first look at a disk needs, which takes a noticeable part of a short command; another thread can do
     * that while a vault is opened. Done once, whoever asks for it again.
     */
    default void prepare() {}

    /** Whether block devices can be found and read here, or image files only. */
    boolean knowsDevices();

    /** The whole disks attached now, in the order of their names. Empty where devices are not known. */
    List<FoundDisk> disks();

    /**
     * Looks at one image file or device.
     *
     * @throws org.coffer.problem.ProblemException {@code image.missing}, {@code image.folder}, {@code image.special},
     *     {@code image.empty}, {@code image.unreadable}, {@code image.format} (a container format, not raw),
     *     {@code disk.partition} (a part of a disk), {@code disk.unknown} (not a disk that can be protected)
     */
    FoundDisk inspect(Path imageOrDevice);

    /**
     * Opens a disk for reading, after looking for it again by its identity: a device's name may have changed, an image
     * keeps the one it is given here.
     *
     * @throws org.coffer.problem.ProblemException {@code disk.missing}, {@code disk.permission}, {@code disk.read}, or as
     *     {@link #inspect}
     */
    BlockSource source(FoundDisk disk);

    /**
     * Opens an existing disk for overwriting, and holds it against being mounted meanwhile.
     *
     * @throws org.coffer.problem.ProblemException {@code restore.mounted}, {@code disk.readonly}, or as {@link #source}
     */
    BlockTarget target(FoundDisk disk);

    /**
     * Why a disk is not overwritten now: {@code restore.mounted}, or {@code restore.attached} where nothing but loop
     * devices hold an image.
     *
     * @param mounts where it is mounted, or the loop devices over it
     */
    static org.coffer.problem.Problem inUse(String disk, List<String> mounts) {
        return !mounts.isEmpty() && mounts.stream().allMatch(mount -> mount.matches("/dev/loop[0-9]+"))
                ? org.coffer.problem.Problem.of("restore.attached", "target", disk, "device", mounts)
                : org.coffer.problem.Problem.of("restore.mounted", "target", disk, "path", mounts);
    }

    /**
     * Whether {@link #unmount} can free a disk: it is mounted, and neither the system runs from it nor is it swapped to.
     * Says nothing of rights, or of programs that use it.
     */
    default boolean unmountable(FoundDisk disk) {
        return false;
    }

    /**
     * Unmounts everything that lies on a disk, the innermost first, after looking for the disk again by its identity.
     * What was unmounted before one refused is mounted again.
     *
     * @param noted takes all that is mounted, in that order, before anything is unmounted: who dies right after can put it back
     * @return what was unmounted, in the order of unmounting; empty if nothing was
     * @throws org.coffer.problem.ProblemException {@code disk.unmount-busy} (a program uses it), {@code
     *     disk.unmount-denied} (only an administrator may), {@code restore.mounted} (the system runs from it, or this
     *     machine cannot unmount), {@code disk.missing}
     */
    default List<Unmounted> unmount(FoundDisk disk, Consumer<List<Unmounted>> noted) {
        throw new org.coffer.problem.ProblemException(inUse(disk.name(), disk.mounts()));
    }

    /**
     * Mounts again what {@link #unmount} freed, where it was and as it was, as far as what is on the disk now allows it.
     *
     * @param gone as it was returned
     * @return the points at which nothing could be mounted
     */
    default List<Path> mountAgain(FoundDisk disk, List<Unmounted> gone) {
        return gone.stream().map(Unmounted::point).toList();
    }

    /**
     * Where the volume that begins at byte {@code start} of a disk is mounted as a whole; for an image, through a loop device.
     * Empty if it is not, or this machine cannot tell.
     */
    default Optional<Path> mountPoint(FoundDisk disk, long start) {
        return Optional.empty();
    }

    /**
     * Makes a new sparse image file of {@code size} bytes.
     *
     * @throws org.coffer.problem.ProblemException {@code image.exists}, {@code image.denied}, {@code image.room}
     */
    BlockTarget newImage(Path file, long size);

    /**
     * The disks that carry a folder or file, from the top down: through partitions, volumes, loop devices and the files
     * behind those. For a path that does not exist yet, its nearest existing parent decides.
     */
    List<FoundDisk> holding(Path path);

    /** How {@code disk} and the place {@code folder} lie to each other; the folder need not exist yet. */
    Overlap overlap(FoundDisk disk, Path folder);

    /**
     * The file that holds a disk's bytes: an image's own, or the one at the bottom of a loop device; empty for a device of
     * hardware. Opens nothing.
     *
     * @param disk an image file or a device's node
     */
    default Optional<Path> file(Path disk) {
        return Optional.of(disk);
    }

    /**
     * Whether two disks share bytes: they are one, a loop device and its image, or two names of one file. A file that is
     * not there yet is one with another that would be made at the same place. Opens nothing.
     *
     * @param one an image file or a device's node
     * @param other the same
     */
    default boolean shares(Path one, Path other) {
        return Images.same(one, other);
    }

    /**
     * Names for where a disk's bytes are: two disks {@linkplain #shares share} bytes exactly if they have a name in common. For
     * asking about many disks at once. Opens nothing.
     *
     * @param disk an image file or a device's node
     * @return empty where the system has no such names, so that only {@link #shares} can tell
     */
    default Set<String> bodies(Path disk) {
        return Set.of();
    }

    /** Which file or device it is that takes this disk's place now. Opens nothing. */
    default Body body(FoundDisk disk) {
        return disk.kind() == FoundDisk.Kind.IMAGE ? Body.ofFile(disk.path()) : Body.UNKNOWN;
    }

    /**
     * A count that grows with everything that is written to the device or thrown away on it, by anybody, through it or
     * through its partitions: two that are equal show that nothing was. Empty where the system keeps none, as for image
     * files.
     */
    OptionalLong written(FoundDisk disk);

    /** A name for this start of the computer, another one after each; empty where it has none. */
    default String started() {
        return "";
    }

    /** Whether this process may open any disk. */
    boolean administrator();

    /** Shows open disks in this computer's tree of files, where that is possible. */
    default Mounting mounting() {
        return Mounting.none();
    }

    /** Lets file systems use all of a larger disk, where that is possible. */
    default Growing growing() {
        return Growing.none();
    }

    /** Makes the calling thread, and only it, wait behind everybody else when it reads or writes disks. */
    void gentle();
}
