package org.coffer.machine;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.coffer.engine.volume.Volume;
import org.coffer.machine.Mounts.Mount;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Mounting on Linux, in three steps: {@code nbdfuse} of libnbd shows the served disk as a file, {@code mount} puts a loop device
 * over each volume of that file, and mounts it. Not the kernel's own NBD client: many kernels have none, and a program that reads through
 * it from a server that is silent cannot be ended, while {@code nbdfuse} can be, which ends all waiting with an error.
 *
 * <p><b>What is kept.</b> Nothing: what belongs to a mounting is told by the file behind its loop devices, which lies in its own
 * folder. So what a process left that was killed is found and undone by the next. Loop devices go with their mounts; one that was attached and not
 * given back when the process died is found in the same way.
 *
 * <p><b>Trust.</b> What is on a backup's disk may be hostile: no program there gets rights by its owner, and no device there is
 * one. <b>What is replayed.</b> The kernel replays the journal of a file system that was in use, also where files cannot be changed: so the
 * disk that is served takes writes, and what is written there is not the backup. Without its journal, old files could show the
 * bytes of others.
 *
 * <p><b>Time.</b> Each tool has half a minute, if nobody says otherwise.
 */
final class LinuxMounting implements Mounting {
    private static final System.Logger LOG = System.getLogger(LinuxMounting.class.getName());
    /** The file as which a disk is seen. Its name tells loop devices over it from disks of this computer. */
    static final String FILE = "coffer-open-disk";

    /** What each tool has, in seconds. */
    static final int PATIENCE = 30;

    /** Options for a file system whose twin may be mounted. */
    private static final Map<String, String> TWINS = Map.of("xfs", "nouuid");

    private static final List<String> MOUNTABLE =
            List.of("ext2", "ext3", "ext4", "xfs", "btrfs", "ntfs", "vfat", "squashfs", "iso9660");

    private final BlockTree tree;
    private final Mounts mounts;
    private final BooleanSupplier administrator;
    private final Means means;

    /**
     * What this computer has to mount with.
     *
     * @param tools finds a program by its name
     * @param devices the folder of devices, {@code /dev}
     * @param seconds that each tool has
     */
    record Means(Function<String, Optional<Path>> tools, Path devices, int seconds) {}

    /** @param administrator whether this process may mount */
    LinuxMounting(BlockTree tree, Mounts mounts, BooleanSupplier administrator, Means means) {
        this.tree = tree;
        this.mounts = mounts;
        this.administrator = administrator;
        this.means = means;
    }

    /** Whether a loop device lies over an open disk of some Coffer, so that it is no disk to protect. */
    static boolean isOpenDisk(Path backing) {
        return backing.endsWith(FILE);
    }

    @Override
    public Optional<Problem> whyNot() {
        if (!administrator.getAsBoolean()) {
            return Optional.of(Problem.of("mount.rights"));
        }
        List<String> missing = Stream.of("nbdfuse", "losetup", "mount", "umount")
                .filter(tool -> means.tools.apply(tool).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of(Problem.of("mount.tools", "tool", missing));
        }
        return Stream.of("fuse", "loop-control")
                .map(means.devices::resolve)
                .filter(device -> !Files.exists(device))
                .findFirst()
                .map(device -> Problem.of("mount.kernel", "device", device.toString()));
    }

    @Override
    public Mounted mount(Served disk, Path own, Path into) {
        whyNot().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        detach(own);
        makeEmpty(into, into.startsWith(own));
        try {
            privately(own);
            Path file = show(disk, own);
            Mounted mounted = mountAll(disk, file, own, into);
            if (mounted.points().isEmpty()) {
                throw new ProblemException(nothing(mounted.refused()));
            }
            return mounted;
        } catch (IOException e) {
            detach(own);
            throw failed(into, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            detach(own);
            throw e;
        }
    }

    private static Problem nothing(List<Problem> refused) {
        return refused.isEmpty() ? Problem.of("mount.nothing") : refused.getFirst();
    }

    private static ProblemException failed(Path into, String cause) {
        return new ProblemException(Problem.of("mount.failed", "path", into.toString(), "cause", cause));
    }

    private static void makeEmpty(Path into, boolean ours) {
        try {
            if (Files.exists(into, LinkOption.NOFOLLOW_LINKS) && !ours) {
                try (Stream<Path> inside = Files.list(into)) {
                    if (inside.findAny().isPresent()) {
                        throw new ProblemException(Problem.of("mount.folder", "path", into.toString()));
                    }
                }
            }
            Files.createDirectories(into);
        } catch (IOException e) {
            throw new ProblemException(Problem.of("mount.folder", "path", into.toString()), e);
        }
    }

    private static void privately(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    // ---- the disk as a file

    private Path show(Served disk, Path own) throws IOException {
        Path place = Files.createDirectories(own.resolve("disk"));
        Path ready = own.resolve("ready");
        Path log = own.resolve("log");
        Files.deleteIfExists(ready);
        List<String> command = new ArrayList<>(List.of(tool("nbdfuse"), "-P", ready.toString()));
        Path file = place.resolve(FILE);
        command.addAll(List.of(file.toString(), disk.uri()));
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            own.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process process = Tool.begin(log, command);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(means.seconds);
            while (!Files.exists(ready)) {
                if (!process.isAlive()) {
                    throw new IOException(Tool.said(log));
                }
                if (System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new IOException("nbdfuse: " + Tool.said(log));
                }
                // A program that ends makes no file; it is looked at again soon.
                Optional.ofNullable(watch.poll(100, TimeUnit.MILLISECONDS)).ifPresent(key -> key.reset());
            }
            return file;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    // ---- its volumes

    private Mounted mountAll(Served disk, Path file, Path own, Path into) throws IOException {
        List<Path> points = new ArrayList<>();
        List<Problem> refused = new ArrayList<>();
        for (Volume volume : disk.volumes()) {
            Path point = volume.number() == 0 ? into : into.resolve(String.valueOf(volume.number()));
            if (!MOUNTABLE.contains(volume.content())) {
                unmountable(volume, point).ifPresent(refused::add);
                continue;
            }
            Files.createDirectories(point);
            Tool.Result result = mount(disk, volume, file, own.resolve("log"), point);
            if (result.done()) {
                points.add(point);
                continue;
            }
            refused.add(Problem.of(
                    result.late() ? "mount.silent" : "mount.refused",
                    "format",
                    volume.content(),
                    "path",
                    point.toString(),
                    "cause",
                    result.said()));
            if (!point.equals(into)) {
                Files.deleteIfExists(point);
            }
        }
        return new Mounted(List.copyOf(points), List.copyOf(refused));
    }

    /** Why a volume is not mounted; empty where there is nothing that anybody would miss. */
    private static Optional<Problem> unmountable(Volume volume, Path point) {
        String format = volume.content();
        if (format.isEmpty() || format.equals("swap")) {
            return Optional.empty();
        }
        String code = volume.encryption().isPresent() ? "mount.encrypted" : "mount.unknown";
        return Optional.of(Problem.of(code, "format", format, "path", point.toString()));
    }

    /** With a loop device that can be written to in either case, which goes with its mount. */
    private Tool.Result mount(Served disk, Volume volume, Path file, Path log, Path point) throws IOException {
        List<String> attach = List.of(
                tool("losetup"),
                "--find",
                "--show",
                "--offset=" + volume.start(),
                "--sizelimit=" + volume.size(),
                "--",
                file.toString());
        Tool.Result attached = Tool.run(log, means.seconds, attach);
        if (!attached.done()) {
            return attached;
        }
        String device = attached.said().strip();
        List<String> options = new ArrayList<>(List.of(disk.writable() ? "rw" : "ro", "nosuid", "nodev"));
        Optional.ofNullable(TWINS.get(volume.content())).ifPresent(options::add);
        Tool.Result mounted = Tool.run(
                log,
                means.seconds,
                List.of(
                        tool("mount"),
                        "-t",
                        volume.content(),
                        "-o",
                        String.join(",", options),
                        "--",
                        device,
                        point.toString()));
        // In use, it goes when it is not any more.
        Tool.Result detached = Tool.run(log, means.seconds, List.of(tool("losetup"), "--detach", device));
        if (!detached.done()) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", device, detached.said());
        }
        return mounted;
    }

    // ---- the way back

    @Override
    public void unmount(Path own) {
        for (Seen seen : reversed(own)) {
            Path point = seen.point;
            Tool.Result result = umount(own, List.of(tool("umount"), "--", point.toString()));
            if (!result.done() && points(own).contains(point)) {
                throw new ProblemException(Problem.of("mount.busy", "path", point.toString(), "cause", result.said()));
            }
            drop(seen, own);
        }
        detach(own);
    }

    @Override
    public void detach(Path own) {
        if (!Files.exists(own)) {
            return;
        }
        for (Seen seen : reversed(own)) {
            Path point = seen.point;
            if (!umount(own, List.of(tool("umount"), "--", point.toString())).done()) {
                umount(own, List.of("sync", "-f", "--", point.toString()));
                umount(own, List.of(tool("umount"), "-l", "--", point.toString()));
            }
            drop(seen, own);
        }
        // One that was not given back yet when its process died does not go by itself. As long as it is there it keeps
        // the program that
        // shows the disk; and it is found by its path only as long as that program's mount is.
        for (String device : tree.overPath(real(own).resolve("disk").resolve(FILE))) {
            umount(
                    own,
                    List.of(
                            tool("losetup"),
                            "--detach",
                            means.devices.resolve(device).toString()));
        }
        Path place = own.resolve("disk");
        if (isMounted(place)
                && !umount(own, List.of(tool("umount"), "--", place.toString())).done()) {
            umount(own, List.of(tool("umount"), "-l", "--", place.toString()));
        }
        clear(own);
    }

    /** The tool itself; its name where it was taken away since, which says so when it is run. */
    private String tool(String name) {
        return means.tools.apply(name).map(Path::toString).orElse(name);
    }

    /** Runs a tool that may fail or find nothing to do; what became of it shows in what is mounted. */
    private Tool.Result umount(Path own, List<String> command) {
        try {
            return Tool.run(own.resolve("log"), means.seconds, command);
        } catch (IOException e) {
            return new Tool.Result(1, String.valueOf(e.getMessage()));
        }
    }

    private boolean isMounted(Path place) {
        Path real = real(place);
        return mounts.all().stream().anyMatch(mount -> mount.point().equals(real));
    }

    @Override
    public List<Path> points(Path own) {
        return reversed(own).reversed().stream().map(Seen::point).toList();
    }

    /**
     * A place where a volume of the disk is mounted.
     *
     * @param ofPart whether it is a partition, which no disk has at its first byte
     */
    private record Seen(Path point, boolean ofPart) {}

    /** Where loop devices over the disk's file are mounted, the last first. */
    private List<Seen> reversed(Path own) {
        Path file = real(own).resolve("disk").resolve(FILE);
        return mounts.all().reversed().stream()
                .filter(mount -> backing(mount).filter(file::equals).isPresent())
                .map(mount -> new Seen(
                        mount.point(),
                        tree.backingOffset(Path.of(mount.source()).getFileName().toString()) > 0))
                .toList();
    }

    private Optional<Path> backing(Mount mount) {
        Path source = Path.of(mount.source());
        Path name = source.getFileName();
        return source.startsWith("/dev") && name != null && BlockTree.isLoop(name.toString())
                ? tree.backing(name.toString())
                : Optional.empty();
    }

    private static Path real(Path path) {
        try {
            // What is mounted on it may not answer; its folder does.
            Path folder = path.toAbsolutePath().getParent();
            return folder == null ? path : folder.toRealPath().resolve(path.getFileName());
        } catch (IOException e) {
            return path.toAbsolutePath();
        }
    }

    /** Removes a folder that was made for a partition, or lies among the mounting's own; not one that was given. */
    private static void drop(Seen seen, Path own) {
        if (seen.point.startsWith(real(own)) || seen.ofPart) {
            dropEmpty(seen.point);
        }
    }

    /** Removes the mounting's own things, by name: never what is inside something that is still mounted. */
    private static void clear(Path own) {
        for (String name : List.of("ready", "log", "disk", "files")) {
            dropEmpty(own.resolve(name));
        }
        dropEmpty(own);
    }

    private static void dropEmpty(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException kept) {
            // Something was put into it, or it is still in use; it is no harm there.
            LOG.log(System.Logger.Level.DEBUG, "left behind: " + path, kept);
        }
    }
}
