package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.machine.FoundDisk.Encryption;
import org.coffer.machine.FoundDisk.Kind;
import org.coffer.machine.FoundDisk.Role;
import org.coffer.machine.FoundDisk.State;
import org.coffer.machine.Identities.Evidence;
import org.coffer.machine.Mounts.Mount;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Linux: devices from {@code /sys}, their use from {@code /proc}, their identity from what they say and where they were. */
final class LinuxMachine implements Machine {
    private static final Set<Path> SYSTEM_POINTS =
            Set.of(Path.of("/"), Path.of("/boot"), Path.of("/boot/efi"), Path.of("/efi"), Path.of("/usr"));

    /** A name that the kernel draws anew at each start. */
    private static final Path START = Path.of("/proc/sys/kernel/random/boot_id");

    /** So often it is looked whether a loop device is gone, and so many nanoseconds apart: three seconds in all. */
    private static final int LOOKS = 60;

    private static final long BETWEEN = 50_000_000;

    private final BlockTree tree;
    private final Mounts mounts;
    private final Path dev;
    private final Path udev;
    private final DiskMemory memory;
    private final Function<String, Optional<Path>> tools;
    /** Loop devices that this machine made over parts of disks; they are no disks of anybody. */
    private final Set<String> lent = ConcurrentHashMap.newKeySet();

    private final Identities identities = new Identities(LinuxMachine::stillThere);

    /**
     * @param root {@code /}, or a folder with the same folders for tests
     */
    LinuxMachine(Path root, DiskMemory memory) {
        this(root, memory, Tool::find);
    }

    /** The same, with other tools to grow and mount file systems. */
    LinuxMachine(Path root, DiskMemory memory, Function<String, Optional<Path>> tools) {
        this.tree = new BlockTree(root.resolve("sys"));
        this.mounts = new Mounts(root.resolve("proc"));
        this.dev = root.resolve("dev");
        this.udev = root.resolve("run/udev/data");
        this.memory = memory;
        this.tools = tools;
    }

    static LinuxMachine ofThisComputer(Path memory) {
        return new LinuxMachine(Path.of("/"), new DiskMemory(memory));
    }

    @Override
    public void prepare() {
        Posix.prepare();
    }

    @Override
    public boolean knowsDevices() {
        return true;
    }

    @Override
    public synchronized List<FoundDisk> disks() {
        List<Mount> mounted = mounts.all();
        Carriers carriers = new Carriers(tree, mounted);
        Set<String> system = system(carriers, mounted);
        List<Look> looks = new ArrayList<>();
        for (BlockTree.Device device : tree.disks()) {
            if (lent.contains(device.name())) {
                continue;
            }
            Look look = look(device);
            if (!look.isReadOnlyPackage()) {
                looks.add(look);
            }
        }
        Map<String, Evidence> known = memory.load();
        Map<String, Evidence> before = Map.copyOf(known);
        List<String> names =
                identities.assign(looks.stream().map(Look::evidence).toList(), known);
        keepWhatWasKnownOfUnreadable(looks, names, before, known);
        if (!known.equals(before)) {
            memory.save(known);
        }
        List<FoundDisk> disks = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            disks.add(found(names.get(i), looks.get(i), points(looks.get(i), carriers, mounted), system));
        }
        return disks;
    }

    /** A disk that cannot be read today says nothing of its content; what it said earlier still holds. */
    private static void keepWhatWasKnownOfUnreadable(
            List<Look> looks, List<String> names, Map<String, Evidence> before, Map<String, Evidence> known) {
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).findings() == null) {
                Evidence earlier = before.get(names.get(i));
                known.remove(names.get(i));
                if (earlier != null) {
                    known.put(names.get(i), earlier);
                }
            }
        }
    }

    /** A device with everything that was learned by looking at it alone. */
    private record Look(
            BlockTree.Device device,
            Path node,
            Hardware hardware,
            Evidence evidence,
            Prober.@Nullable Findings findings,
            @Nullable Problem trouble) {

        /** Loop devices that hold an installed package (snap) are no disks to anybody. */
        boolean isReadOnlyPackage() {
            return BlockTree.isLoop(device.name())
                    && device.readOnly()
                    && (findings == null || findings.whole().content().equals("squashfs"));
        }
    }

    private Look look(BlockTree.Device device) {
        Path node = dev.resolve(device.name().replace('!', '/'));
        Hardware hardware = Hardware.of(tree, device, udev, dev);
        Prober.Findings findings = null;
        Problem trouble = null;
        try (RawFile file = RawFile.open(node.toString(), Posix.O_RDONLY | Posix.O_DIRECT)) {
            findings = Prober.look(file, device.bytes());
        } catch (Errno e) {
            trouble = e.denied() ? denied(device.name()) : Problem.of("disk.read", "disk", device.name(), "place", 0L);
        } catch (IOException e) {
            trouble = Problem.of("disk.read", "disk", device.name(), "place", 0L);
        }
        Optional<Path> backing = tree.backing(device.name());
        String place = backing.map(file -> filePlace(file) + "+" + tree.backingOffset(device.name()))
                .orElseGet(() -> tree.place(device.name()));
        String content = findings == null ? "" : findings.key();
        Evidence evidence = new Evidence(hardware.key(), content, place, device.bytes(), backing.isPresent());
        return new Look(device, node, hardware, evidence, findings, trouble);
    }

    private Problem denied(String name) {
        return Problem.of(administrator() ? "disk.refused" : "disk.permission", "disk", name);
    }

    private static String filePlace(Path file) {
        try {
            return "file:" + file + "#" + Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            return "file:" + file + "#";
        }
    }

    /** Whether the file that a place names is still that file. */
    private static boolean stillThere(String place) {
        int inode = place.lastIndexOf('#');
        if (!place.startsWith("file:") || inode < 0) {
            return false;
        }
        Path file = Path.of(place.substring("file:".length(), inode));
        String now = filePlace(file);
        return !now.endsWith("#") && place.startsWith(now + "+");
    }

    private Set<String> system(Carriers carriers, List<Mount> mounted) {
        Set<String> system = new LinkedHashSet<>(carriers.of(Path.of("/")).devices());
        for (Mount mount : mounted) {
            if (SYSTEM_POINTS.contains(mount.point())) {
                system.addAll(carriers.devices(mount));
            }
        }
        mounts.swaps().forEach(swap -> system.addAll(carriers.swap(swap)));
        return system;
    }

    private List<String> points(Look look, Carriers carriers, List<Mount> mounted) {
        Set<String> points = new LinkedHashSet<>();
        for (Mount mount : mounted) {
            if (carriers.devices(mount).contains(look.device().name())) {
                points.add(mount.point().toString());
            }
        }
        for (Path swap : mounts.swaps()) {
            if (Carriers.deviceNumber(swap)
                    .map(tree::under)
                    .orElse(Set.of())
                    .contains(look.device().name())) {
                points.add(Mounts.SWAP);
            }
        }
        return List.copyOf(points);
    }

    private FoundDisk found(String identity, Look look, List<String> points, Set<String> system) {
        String name = look.device().name();
        Prober.Findings findings = look.findings();
        boolean free = points.isEmpty() && !tree.held(name) && !looped(look.node());
        State state = findings == null ? State.FAULTY : free ? State.AVAILABLE : State.IN_USE;
        String model =
                tree.backing(name).map(Path::toString).orElse(look.hardware().model());
        return new FoundDisk(
                identity,
                name,
                look.node(),
                Kind.BLOCK,
                look.device().bytes(),
                model,
                look.hardware().serial(),
                system.contains(name) ? Role.SYSTEM : Role.DATA,
                state,
                look.trouble(),
                points,
                findings == null ? Encryption.NONE : findings.encryption(),
                findings == null ? "" : findings.whole().content(),
                findings == null ? List.of() : findings.parts());
    }

    /** Whether a loop device lies over a disk that is none of ours, as a tool that outlived its Coffer may hold one. */
    private boolean looped(Path node) {
        return tree.over(node).stream().anyMatch(loop -> !lent.contains(loop));
    }

    @Override
    public FoundDisk inspect(Path imageOrDevice) {
        Optional<String> number = Carriers.deviceNumber(imageOrDevice);
        return number.isPresent() ? device(imageOrDevice, number.get()) : image(imageOrDevice);
    }

    private FoundDisk device(Path path, String number) {
        String shown = path.toString();
        for (FoundDisk disk : disks()) {
            if (Carriers.deviceNumber(disk.path()).equals(Optional.of(number))) {
                return disk;
            }
        }
        Set<String> whole = tree.under(number);
        boolean part = whole.stream().anyMatch(name -> !Path.of(name).equals(path.getFileName())) && whole.size() == 1;
        throw new ProblemException(
                part
                        ? Problem.of(
                                "disk.partition",
                                "path",
                                shown,
                                "disk",
                                whole.iterator().next())
                        : Problem.of("disk.unknown", "path", shown));
    }

    private FoundDisk image(Path path) {
        Images.Image image = Images.look(path);
        Prober.Findings findings;
        try (RawFile file = RawFile.open(image.path().toString(), Posix.O_RDONLY)) {
            findings = Prober.look(file, image.size());
        } catch (IOException e) {
            throw new ProblemException(Problem.of("image.unreadable", "path", path.toString()), e);
        }
        findings.format().ifPresent(format -> {
            throw new ProblemException(Problem.of("image.format", "path", path.toString(), "format", format));
        });
        List<String> users = usersOf(image.path());
        boolean system = new Carriers(tree, mounts.all()).of(Path.of("/")).isIn(image.path());
        return new FoundDisk(
                "image:" + image.path(),
                image.name(),
                image.path(),
                Kind.IMAGE,
                image.size(),
                "",
                "",
                system ? Role.SYSTEM : Role.DATA,
                users.isEmpty() ? State.AVAILABLE : State.IN_USE,
                null,
                users,
                findings.encryption(),
                findings.whole().content(),
                findings.parts());
    }

    /** Mount points of loop devices over an image; the device itself where it is attached only. */
    private List<String> usersOf(Path image) {
        List<Mount> mounted = mounts.all();
        Carriers carriers = new Carriers(tree, mounted);
        List<String> users = new ArrayList<>();
        for (BlockTree.Device device : tree.disks()) {
            if (tree.backing(device.name())
                    .filter(file -> Images.same(file, image))
                    .isEmpty()) {
                continue;
            }
            int before = users.size();
            for (Mount mount : mounted) {
                if (carriers.devices(mount).contains(device.name())) {
                    users.add(mount.point().toString());
                }
            }
            if (users.size() == before) {
                users.add(dev.resolve(device.name()).toString());
            }
        }
        return users;
    }

    @Override
    public BlockSource source(FoundDisk disk) {
        FoundDisk now = again(disk);
        Problem cause = now.cause();
        if (cause != null) {
            throw new ProblemException(cause);
        }
        boolean device = now.kind() == Kind.BLOCK;
        try {
            int past = device ? Posix.O_DIRECT : 0;
            return source(now, RawFile.open(now.path().toString(), Posix.O_RDONLY | past));
        } catch (Errno e) {
            throw refused(now, e);
        }
    }

    private DiskSource source(FoundDisk disk, RawFile file) {
        boolean device = disk.kind() == Kind.BLOCK;
        try {
            Presence presence = device
                    ? Presence.OfDevice.of(tree, disk.name(), file)
                    : Presence.OfImage.at(disk.name(), disk.path());
            long size = device ? file.deviceSize() : presence.size();
            if (!device) {
                file.advise(Posix.FADV_SEQUENTIAL);
            }
            return new DiskSource(disk.name(), file, size, presence, !device);
        } catch (IOException e) {
            file.close();
            throw new ProblemException(Problem.of("disk.missing", "disk", disk.name()), e);
        }
    }

    /** The same disk as it is attached now, under whatever name. */
    private FoundDisk again(FoundDisk disk) {
        if (disk.kind() == Kind.IMAGE) {
            return inspect(disk.path()).named(disk.name());
        }
        return disks().stream()
                .filter(found -> found.identity().equals(disk.identity()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of("disk.missing", "disk", disk.name())));
    }

    private ProblemException refused(FoundDisk disk, Errno why) {
        String name = disk.name();
        if (why.denied()) {
            return new ProblemException(
                    disk.kind() == Kind.BLOCK
                            ? denied(name)
                            : Problem.of("image.readonly", "path", disk.path().toString()),
                    why);
        }
        return switch (why.number()) {
            case Errno.EBUSY -> mounted(disk, why);
            case Errno.EROFS -> new ProblemException(Problem.of("disk.readonly", "disk", name), why);
            case Errno.EIO -> new ProblemException(Problem.of("disk.read", "disk", name, "place", 0L), why);
            default -> new ProblemException(Problem.of("disk.missing", "disk", name), why);
        };
    }

    private static ProblemException mounted(FoundDisk disk, @Nullable Errno why) {
        List<String> where = disk.mounts().isEmpty() ? List.of(disk.path().toString()) : disk.mounts();
        return new ProblemException(
                disk.kind() == Kind.IMAGE
                        ? Machine.inUse(disk.name(), where)
                        : Problem.of("restore.mounted", "target", disk.name(), "path", where),
                why);
    }

    @Override
    public BlockTarget target(FoundDisk disk) {
        FoundDisk now = again(disk);
        boolean device = now.kind() == Kind.BLOCK;
        if (now.state() == State.IN_USE) {
            throw mounted(now, null);
        }
        if (device && BlockTree.text(tree.folder(now.name()).resolve("ro")).equals("1")) {
            throw new ProblemException(Problem.of("disk.readonly", "disk", now.name()));
        }
        try {
            String path = now.path().toString();
            int flags = Posix.O_RDWR | Posix.O_EXCL | Posix.O_DIRECT;
            RawFile file = device ? RawFile.open(path, flags) : RawFile.openImage(path);
            return new DiskTarget(source(now, file), file, now.path(), device);
        } catch (Errno e) {
            throw refused(now, e);
        }
    }

    @Override
    public Mounting mounting() {
        return new LinuxMounting(
                tree,
                mounts,
                this::administrator,
                new LinuxMounting.Means(tools, Path.of("/dev"), LinuxMounting.PATIENCE));
    }

    @Override
    public Growing growing() {
        return new LinuxGrowing(this::lend, this::administrator, tools);
    }

    /** Nobody looks for disks between the moment in which one is made and that in which it is known to be none. */
    private synchronized LoopVolume lend(Path own, Path losetup, Path disk, long start, long size) throws IOException {
        LoopVolume made = LoopVolume.over(tree, own, losetup, disk, start, size, lent::remove);
        lent.add(made.name());
        return made;
    }

    @Override
    public boolean unmountable(FoundDisk disk) {
        return disk.role() == Role.DATA && !onDisk(disk, mounts.all()).isEmpty() && !swapsTo(disk);
    }

    private static boolean swapsTo(FoundDisk disk) {
        return disk.mounts().contains(Mounts.SWAP);
    }

    @Override
    public List<Unmounted> unmount(FoundDisk disk, Consumer<List<Unmounted>> noted) {
        FoundDisk now = again(disk);
        if (now.role() == Role.SYSTEM || swapsTo(now)) {
            throw mounted(now, null);
        }
        LinuxRemounting remounting = new LinuxRemounting(tree, mounts);
        List<Unmounted> all = onDisk(now, mounts.all()).reversed().stream()
                .map(mount -> remounting.note(now, mount))
                .toList();
        noted.accept(all);
        List<Unmounted> freed = new ArrayList<>();
        for (Unmounted one : all) {
            try {
                Posix.unmount(one.point().toString());
                freed.add(one);
            } catch (Errno e) {
                // A mount that is shared goes with its twin.
                if (e.number() != Errno.EINVAL && e.number() != Errno.ENOENT) {
                    remounting.mount(now, freed);
                    throw kept(now, one.point(), e);
                }
            }
        }
        if (now.kind() == Kind.IMAGE) {
            settle(now.path());
        }
        return List.copyOf(freed);
    }

    /**
     * Loop devices that were made for a mount go with it, but not before those let go who watch devices and look into one at that
     * moment; until then the image would seem to be in use by somebody.
     */
    private void settle(Path image) {
        for (int look = 0; look < LOOKS && tree.over(image).stream().anyMatch(tree::goesByItself); look++) {
            LockSupport.parkNanos(BETWEEN);
        }
    }

    @Override
    public List<Path> mountAgain(FoundDisk disk, List<Unmounted> gone) {
        return new LinuxRemounting(tree, mounts).mount(disk, gone);
    }

    @Override
    public Optional<Path> mountPoint(FoundDisk disk, long start) {
        Set<String> volumes = new LinkedHashSet<>();
        if (disk.kind() == Kind.BLOCK) {
            volumes.addAll(tree.beginningAt(disk.name(), start));
        } else {
            for (BlockTree.Device device : tree.disks()) {
                if (tree.backing(device.name())
                        .filter(file -> Images.same(file, disk.path()))
                        .isPresent()) {
                    volumes.addAll(tree.beginningAt(device.name(), start - tree.backingOffset(device.name())));
                }
            }
        }
        List<Mount> all = mounts.all();
        return all.stream()
                .filter(mount ->
                        volumes.contains(mount.number()) && mount.root().equals(Path.of("/")))
                .filter(mount -> Mounts.of(mount.point(), all).equals(Optional.of(mount)))
                .map(Mount::point)
                .findFirst();
    }

    /** What is mounted from a disk, or from loop devices over an image, in the order it was mounted. */
    private List<Mount> onDisk(FoundDisk disk, List<Mount> mounted) {
        Carriers carriers = new Carriers(tree, mounted);
        Set<String> devices = new LinkedHashSet<>();
        if (disk.kind() == Kind.BLOCK) {
            devices.add(disk.name());
        } else {
            devices.addAll(tree.over(disk.path()));
        }
        return mounted.stream()
                .filter(mount -> carriers.devices(mount).stream().anyMatch(devices::contains))
                .toList();
    }

    private static ProblemException kept(FoundDisk disk, Path point, Errno why) {
        String code = why.denied() ? "disk.unmount-denied" : "disk.unmount-busy";
        return new ProblemException(Problem.of(code, "disk", disk.name(), "path", point.toString()), why);
    }

    @Override
    public BlockTarget newImage(Path file, long size) {
        return NewImage.make(file, size);
    }

    @Override
    public List<FoundDisk> holding(Path path) {
        Set<String> names = new Carriers(tree, mounts.all()).of(path).devices();
        List<FoundDisk> disks = disks();
        return names.stream()
                .flatMap(name -> disks.stream().filter(disk -> disk.name().equals(name)))
                .toList();
    }

    @Override
    public Overlap overlap(FoundDisk disk, Path folder) {
        Carriers carriers = new Carriers(tree, mounts.all());
        Carriers.Chain below = carriers.of(folder);
        if (disk.kind() == Kind.IMAGE) {
            return below.isIn(disk.path())
                    ? Overlap.CARRIES
                    : carriers.of(disk.path()).meets(below) ? Overlap.BESIDE : Overlap.NONE;
        }
        String name = again(disk).name();
        if (below.devices().contains(name)) {
            return Overlap.CARRIES;
        }
        return carriers.beneath(name).meets(below) ? Overlap.BESIDE : Overlap.NONE;
    }

    @Override
    public Optional<Path> file(Path disk) {
        return Optional.ofNullable(Ground.of(disk, tree).file());
    }

    @Override
    public boolean shares(Path one, Path other) {
        return Ground.of(one, tree).meets(Ground.of(other, tree));
    }

    @Override
    public Set<String> bodies(Path disk) {
        return Ground.of(disk, tree).names();
    }

    @Override
    public Body body(FoundDisk disk) {
        if (disk.kind() == Kind.IMAGE) {
            return Body.ofFile(disk.path());
        }
        Optional<Path> backing = tree.backing(disk.name()).filter(Files::isRegularFile);
        if (backing.isPresent()) {
            return Body.ofFile(backing.get());
        }
        String sequence = BlockTree.text(tree.folder(disk.name()).resolve("diskseq"));
        return disk.serial().isEmpty() && sequence.matches("\\d{1,18}")
                ? Body.ofDevice(started(), Long.parseLong(sequence))
                : Body.UNKNOWN;
    }

    @Override
    public String started() {
        return BlockTree.text(START);
    }

    @Override
    public boolean administrator() {
        // Real, effective, saved, and the one that files are checked by: proc_pid_status(5).
        return BlockTree.text(Path.of("/proc/thread-self/status"))
                .lines()
                .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+\\d+\\s+\\d+\\s+0"));
    }

    @Override
    public OptionalLong written(FoundDisk disk) {
        return disk.kind() == FoundDisk.Kind.BLOCK
                ? tree.written(disk.path().getFileName().toString())
                : OptionalLong.empty();
    }

    @Override
    public void gentle() {
        // Where the kernel refuses (a container's filter), reading is simply not gentle.
        boolean ignored = Posix.idlePriority();
    }
}
