package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.volume.Part;
import org.coffer.machine.FoundDisk.Encryption;
import org.coffer.machine.FoundDisk.Role;
import org.coffer.machine.FoundDisk.State;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finding disks on this very computer; needs root, for loop devices and mounts.
 *
 * <pre>
 *   folder/a.img ── /dev/loopN ── mounted at folder/mnt
 * </pre>
 */
class LinuxMachineTest {
    @TempDir
    private Path folder;

    private LinuxMachine machine() {
        return LinuxMachine.ofThisComputer(folder.resolve("disks"));
    }

    private Path image(String name, int megabytes) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(megabytes * 1_024_000L);
        }
        return file;
    }

    private Path ext4(String name) throws IOException {
        Path file = image(name, 16);
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        return file;
    }

    private Path gpt(String name) throws IOException {
        Path file = image(name, 16);
        Shell.run("sgdisk", "-n", "1:2048:+4M", "-n", "2:0:0", file.toString());
        return file;
    }

    private static Problem problem(ThrowingCallable call) {
        ProblemException[] thrown = new ProblemException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e);
        return thrown[0].problem();
    }

    private static String code(ThrowingCallable call) {
        return problem(call).code();
    }

    private static FoundDisk named(Machine machine, LoopDevice loop) {
        return machine.inspect(loop.path());
    }

    @Test
    void findsALoopDeviceWithItsFileSizeAndFileSystem() throws IOException {
        Path file = ext4("a.img");
        try (LoopDevice loop = LoopDevice.attach(file)) {
            FoundDisk disk = named(machine(), loop);
            assertThat(machine().disks()).contains(disk);
            assertThat(disk.kind()).isEqualTo(FoundDisk.Kind.BLOCK);
            assertThat(disk.capacity()).isEqualTo(16_384_000L);
            assertThat(disk.model()).isEqualTo(file.toString());
            assertThat(disk.content()).isEqualTo("ext4");
            assertThat(disk.role()).isEqualTo(Role.DATA);
            assertThat(disk.state()).isEqualTo(State.AVAILABLE);
            assertThat(disk.mounts()).isEmpty();
            assertThat(disk.encryption()).isEqualTo(Encryption.NONE);
        }
        assertThat(machine().disks()).noneMatch(disk -> disk.model().equals(file.toString()));
    }

    @Test
    void theDiskThatCarriesTheRootIsTheSystemDisk() {
        assertThat(machine().holding(Path.of("/"))).isNotEmpty().allSatisfy(disk -> {
            assertThat(disk.role()).isEqualTo(Role.SYSTEM);
            // Faulty where this computer keeps even its administrator from the raw disk, as some virtual machines do.
            assertThat(disk.state()).isNotEqualTo(State.AVAILABLE);
            assertThat(disk.mounts()).contains("/");
        });
    }

    @Test
    void swapMakesASystemDisk() throws IOException {
        Path file = image("swap.img", 16);
        Shell.run("mkswap", file.toString());
        try (LoopDevice loop = LoopDevice.attach(file)) {
            Shell.run("swapon", loop.path().toString());
            try {
                FoundDisk disk = named(machine(), loop);
                assertThat(disk.role()).isEqualTo(Role.SYSTEM);
                assertThat(disk.mounts()).containsExactly(Mounts.SWAP);
                assertThat(disk.state()).isEqualTo(State.IN_USE);
                assertThat(machine().unmountable(disk)).isFalse();
                assertThat(code(() -> machine().unmount(disk, noted -> {}))).isEqualTo("restore.mounted");
            } finally {
                Shell.run("swapoff", loop.path().toString());
            }
        }
    }

    @Test
    void aDiskKeepsItsIdentityUnderAnotherNumber() throws IOException {
        for (Path file : new Path[] {ext4("fs.img"), gpt("gpt.img"), image("blank.img", 4)}) {
            String first;
            String number;
            try (LoopDevice loop = LoopDevice.attach(file)) {
                first = named(machine(), loop).identity();
                number = loop.name();
            }
            try (LoopDevice squatter = LoopDevice.attach(image("squatter.img", 1));
                    LoopDevice loop = LoopDevice.attach(file)) {
                assertThat(squatter.name()).isEqualTo(number);
                assertThat(named(machine(), loop).identity()).isEqualTo(first);
                assertThat(named(machine(), squatter).identity()).isNotEqualTo(first);
            }
        }
    }

    @Test
    void theIdentityOfADiskWithoutSerialIsItsPartitionTable() throws IOException {
        Path file = gpt("a.img");
        String guid = Shell.run("sgdisk", "-p", file.toString())
                .lines()
                .filter(line -> line.contains("(GUID)"))
                .map(line -> line.substring(line.length() - 36).toLowerCase(java.util.Locale.ROOT))
                .findFirst()
                .orElseThrow();
        try (LoopDevice loop = LoopDevice.attach(file)) {
            assertThat(named(machine(), loop).identity()).isEqualTo("gpt:" + guid);
        }
    }

    @Test
    void twoDisksWithOneGuidStayTwoInWhateverOrderTheyCome() throws IOException {
        Path first = gpt("a.img");
        Path second = Files.copy(first, folder.resolve("b.img"));
        String a;
        String b;
        try (LoopDevice one = LoopDevice.attach(first);
                LoopDevice two = LoopDevice.attach(second)) {
            a = named(machine(), one).identity();
            b = named(machine(), two).identity();
            assertThat(a).isNotEqualTo(b);
        }
        try (LoopDevice two = LoopDevice.attach(second)) {
            assertThat(named(machine(), two).identity()).isEqualTo(b);
            try (LoopDevice one = LoopDevice.attach(first)) {
                assertThat(named(machine(), one).identity()).isEqualTo(a);
                assertThat(named(machine(), two).identity()).isEqualTo(b);
            }
        }
    }

    @Test
    void aRestoredDiskKeepsItsIdentityThoughItsContentIsAnothersNow() throws IOException {
        Path original = gpt("a.img");
        Path blank = image("b.img", 16);
        try (LoopDevice one = LoopDevice.attach(original)) {
            String a = named(machine(), one).identity();
            try (LoopDevice two = LoopDevice.attach(blank)) {
                String b = named(machine(), two).identity();
                Shell.run("dd", "if=" + original, "of=" + two.path(), "bs=1M", "conv=notrunc");
                assertThat(named(machine(), two).identity()).isEqualTo(b);
                assertThat(named(machine(), one).identity()).isEqualTo(a);
            }
        }
    }

    @Test
    void aMountedDiskIsInUseAndRefusedAsATarget() throws IOException {
        Path point = Files.createDirectory(folder.resolve("a mount"));
        try (LoopDevice loop = LoopDevice.attach(ext4("a.img"));
                LoopDevice.Mounted mounted = loop.mount(point)) {
            FoundDisk disk = named(machine(), loop);
            assertThat(disk.state()).isEqualTo(State.IN_USE);
            assertThat(disk.mounts()).containsExactly(mounted.point().toString());
            Problem problem = problem(() -> machine().target(disk));
            assertThat(problem.code()).isEqualTo("restore.mounted");
            assertThat(problem.args()).containsEntry("path", List.of(point.toString()));
        }
    }

    @Test
    void aMountedPartitionMakesItsDiskInUse() throws IOException {
        Path file = gpt("a.img");
        Path point = Files.createDirectory(folder.resolve("mnt"));
        try (LoopDevice loop = LoopDevice.attach(file, "-P")) {
            Shell.attempt("partx", "-a", loop.path().toString());
            Path part = Path.of(loop.path() + "p1");
            Shell.run("mkfs.ext4", "-q", "-F", part.toString());
            try (LoopDevice.Mounted mounted = LoopDevice.Mounted.of(part, point)) {
                FoundDisk disk = named(machine(), loop);
                assertThat(disk.state()).isEqualTo(State.IN_USE);
                assertThat(disk.mounts()).containsExactly(mounted.point().toString());
                assertThat(disk.parts()).extracting(Part::content).containsExactly("ext4", "");
                assertThat(code(() -> machine().inspect(part))).isEqualTo("disk.partition");
                assertThat(machine().holding(point.resolve("not/yet/there")))
                        .extracting(FoundDisk::name)
                        .startsWith(loop.name());
            } finally {
                Shell.run("partx", "-d", loop.path().toString());
            }
        }
    }

    @Test
    void unmountingFreesADiskWithAllThatLiesOnItTheInnermostFirst() throws IOException {
        Path outer = Files.createDirectory(folder.resolve("outer"));
        Path second = Files.createDirectory(folder.resolve("second"));
        try (LoopDevice loop = LoopDevice.attach(ext4("a.img"))) {
            Shell.run("mount", loop.path().toString(), outer.toString());
            Path inner = Files.createDirectory(outer.resolve("inner"));
            Shell.run("mount", "--bind", outer.toString(), second.toString());
            Shell.run("mount", "--bind", second.toString(), inner.toString());
            FoundDisk disk = named(machine(), loop);
            assertThat(machine().unmountable(disk)).isTrue();
            List<String> before = disk.mounts();
            List<Unmounted> gone = machine().unmount(disk, noted -> {});
            assertThat(gone)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .last()
                    .satisfies(last -> assertThat(last.point()).isEqualTo(outer));
            FoundDisk free = named(machine(), loop);
            assertThat(free.state()).isEqualTo(State.AVAILABLE);
            assertThat(machine().unmountable(free)).isFalse();
            machine().target(free).close();

            assertThat(machine().mountAgain(free, gone)).isEmpty();
            FoundDisk again = named(machine(), loop);
            assertThat(again.mounts()).containsExactlyInAnyOrderElementsOf(before);
            machine().unmount(again, noted -> {});
        }
    }

    @Test
    void anImageIsFreeOnceItIsUnmountedAlsoIfSomebodyLooksIntoItsLoopDeviceJustThen() throws Exception {
        Path point = Files.createDirectory(folder.resolve("mnt"));
        Path file = ext4("a.img");
        Shell.run("mount", "-o", "loop", file.toString(), point.toString());
        FoundDisk image = machine().inspect(file);
        assertThat(image.mounts()).containsExactly(point.toString());
        Path device = Path.of(
                Shell.run("findmnt", "-n", "-o", "SOURCE", point.toString()).strip());
        FileChannel looking = FileChannel.open(device, StandardOpenOption.READ);
        var ends = CompletableFuture.runAsync(
                () -> close(looking), CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS));
        machine().unmount(image, noted -> {});
        assertThat(machine().inspect(file).state()).isEqualTo(State.AVAILABLE);
        ends.get();
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileSystemInUseStaysMountedAndSaysWhere() throws IOException {
        Path point = Files.createDirectory(folder.resolve("mnt"));
        try (LoopDevice loop = LoopDevice.attach(ext4("a.img"));
                LoopDevice.Mounted mounted = loop.mount(point);
                var open = Files.newOutputStream(mounted.point().resolve("open"))) {
            open.write(1);
            FoundDisk disk = named(machine(), loop);
            Problem problem = problem(() -> machine().unmount(disk, noted -> {}));
            assertThat(problem.code()).isEqualTo("disk.unmount-busy");
            assertThat(problem.args()).containsEntry("path", point.toString());
            assertThat(named(machine(), loop).mounts()).containsExactly(point.toString());
        }
    }

    @Test
    void aPartitionIsMountedAgainWithItsOptions() throws IOException {
        Path point = Files.createDirectory(folder.resolve("mnt"));
        try (LoopDevice loop = LoopDevice.attach(gpt("gpt.img"), "-P")) {
            Shell.attempt("partx", "-a", loop.path().toString());
            Path part = Path.of(loop.path() + "p1");
            Shell.run("mkfs.ext4", "-q", "-F", part.toString());
            Shell.run("mount", "-o", "ro,noatime", part.toString(), point.toString());
            FoundDisk disk = named(machine(), loop);
            List<Unmounted> gone = machine().unmount(disk, noted -> {});
            assertThat(machine().mountAgain(disk, gone)).isEmpty();
            assertThat(Shell.run("findmnt", "-n", "-o", "SOURCE,OPTIONS", point.toString()))
                    .contains(part.toString(), "ro", "noatime");
            machine().unmount(named(machine(), loop), noted -> {});
            Shell.run("partx", "-d", loop.path().toString());
        }
    }

    @Test
    void anImageMountedThroughALoopDeviceIsUnmounted() throws IOException {
        Path file = ext4("a.img");
        Path point = Files.createDirectory(folder.resolve("mnt"));
        Shell.run("mount", "-o", "loop", file.toString(), point.toString());
        FoundDisk image = machine().inspect(file);
        assertThat(image.state()).isEqualTo(State.IN_USE);
        List<Unmounted> gone = machine().unmount(image, noted -> {});
        assertThat(gone).extracting(Unmounted::point).containsExactly(point);
        assertThat(machine().inspect(file).state()).isEqualTo(State.AVAILABLE);

        assertThat(machine().mountAgain(image, gone)).isEmpty();
        assertThat(machine().inspect(file).mounts()).isNotEmpty();
        machine().unmount(machine().inspect(file), noted -> {});
        Files.write(file, new byte[4096]);
        assertThat(machine().mountAgain(image, gone))
                .as("there is no file system any more")
                .containsExactly(point);
    }

    /** By a hard link or a bind mount an image has other names; it is the same image. */
    @Test
    void anImageInUseIsInUseUnderEachOfItsNames() throws IOException {
        Path file = ext4("a.img");
        Path point = Files.createDirectory(folder.resolve("mnt"));
        Path bound = Files.createDirectory(folder.resolve("bound"));
        Path link = Files.createLink(folder.resolve("link.img"), file);
        Shell.run("mount", "-o", "loop", file.toString(), point.toString());
        try {
            Shell.run("mount", "--bind", folder.toString(), bound.toString());
            for (Path name : List.of(file, link, bound.resolve("a.img"))) {
                FoundDisk image = machine().inspect(name);
                assertThat(image.state()).as(name.toString()).isEqualTo(State.IN_USE);
                assertThat(code(() -> machine().target(image))).isEqualTo("restore.mounted");
                assertThat(machine().overlap(image, point.resolve("vaults"))).isEqualTo(Overlap.CARRIES);
            }
        } finally {
            Shell.attempt("umount", bound.toString());
            Shell.run("umount", point.toString());
        }
    }

    @Test
    void whileATargetIsOpenNobodyCanMountIt() throws IOException {
        Path point = Files.createDirectory(folder.resolve("mnt"));
        try (LoopDevice loop = LoopDevice.attach(ext4("a.img"))) {
            try (BlockTarget target = machine().target(named(machine(), loop))) {
                assertThat(target.size()).isEqualTo(16_384_000L);
                assertThat(Shell.attempt("mount", loop.path().toString(), point.toString())
                                .code())
                        .isNotZero();
            }
            loop.mount(point).close();
        }
    }

    @Test
    void aDiskWithoutPermissionIsFaulty() throws Exception {
        Shell.run("chmod", "777", folder.toString());
        try (LoopDevice loop = LoopDevice.attach(ext4("a.img"))) {
            String identity = named(machine(), loop).identity();
            Shell.run("chmod", "a+r", folder.resolve("disks").toString());
            FoundDisk disk = asNobody(() -> named(machine(), loop));
            assertThat(disk.state()).isEqualTo(State.FAULTY);
            assertThat(disk.identity()).isEqualTo(identity);
            Problem cause = java.util.Objects.requireNonNull(disk.cause());
            assertThat(cause.code()).isEqualTo("disk.permission");
            assertThat(named(machine(), loop).identity()).isEqualTo(identity);
        }
    }

    @Test
    void anUnreadableImageIsRefused() throws Exception {
        Shell.run("chmod", "755", folder.toString());
        Path file = ext4("a.img");
        Shell.run("chmod", "600", file.toString());
        assertThat(asNobody(() -> code(() -> machine().inspect(file)))).isEqualTo("image.unreadable");
    }

    /** Only this thread's rights over files are given up, and only for one question. */
    private static <T> T asNobody(java.util.concurrent.Callable<T> question) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            UserRights.becomeNobody();
            return question.call();
        });
        Thread thread = Thread.ofPlatform().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            thread.join();
        }
    }

    @Test
    void luksAndBitLockerAreRecognisedOnTheWholeDiskAndInAPartition() throws IOException {
        Path luks = image("luks.img", 4);
        Path bitLocker = image("bitlocker.img", 4);
        Path inside = gpt("inside.img");
        stamp(luks, 0, "LUKS\u00ba\u00be\u0000\u0002");
        stamp(bitLocker, 3, "-FVE-FS-");
        stamp(inside, 2048 * 512, "LUKS\u00ba\u00be\u0000\u0002");
        assertThat(machine().inspect(luks).encryption()).isEqualTo(Encryption.LUKS);
        assertThat(machine().inspect(bitLocker).encryption()).isEqualTo(Encryption.BITLOCKER);
        assertThat(machine().inspect(inside).encryption()).isEqualTo(Encryption.LUKS);
    }

    private static void stamp(Path file, long at, String latin) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            raw.write(latin.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void imagesThatAreNoneAreRefusedEachWithItsOwnWord() throws IOException {
        Path pipe = folder.resolve("pipe");
        Shell.run("mkfifo", pipe.toString());
        Path container = image("container.img", 1);
        stamp(container, 0, "QFI\u00fb");
        assertThat(code(() -> machine().inspect(folder))).isEqualTo("image.folder");
        assertThat(code(() -> machine().inspect(pipe))).isEqualTo("image.special");
        assertThat(code(() -> machine().inspect(Path.of("/dev/null")))).isEqualTo("image.special");
        assertThat(code(() -> machine().inspect(image("empty.img", 0)))).isEqualTo("image.empty");
        assertThat(code(() -> machine().inspect(Files.write(folder.resolve("small.img"), new byte[511]))))
                .isEqualTo("image.small");
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.img"), folder.resolve("gone.img"));
        assertThat(code(() -> machine().inspect(dangling))).isEqualTo("image.link");
        Path loop = Files.createSymbolicLink(folder.resolve("loop.img"), folder.resolve("loop.img"));
        assertThat(code(() -> machine().inspect(loop))).isEqualTo("image.link");
        assertThat(code(() -> machine().inspect(Path.of("/proc/version")))).isEqualTo("image.special");
        assertThat(code(() -> machine().newImage(Path.of("/proc/x"), 4096))).isEqualTo("location.special");
        assertThat(code(() -> machine().inspect(folder.resolve("none")))).isEqualTo("image.missing");
        assertThat(code(() -> machine().inspect(container))).isEqualTo("image.format");
    }

    @Test
    void anImageThatIsAttachedIsInUse() throws IOException {
        Path file = ext4("a.img");
        try (LoopDevice loop = LoopDevice.attach(file)) {
            FoundDisk image = machine().inspect(file);
            assertThat(image.state()).isEqualTo(State.IN_USE);
            assertThat(image.mounts()).containsExactly(loop.path().toString());
            Problem problem = problem(() -> machine().target(image));
            assertThat(problem.code()).isEqualTo("restore.attached");
            assertThat(problem.args())
                    .containsEntry("device", List.of(loop.path().toString()));
        }
    }

    @Test
    void aFolderIsFoundOnItsDiskThroughLoopDevicesAndTheirFiles() throws IOException {
        Path point = Files.createDirectory(folder.resolve("mnt"));
        Path file = ext4("a.img");
        Machine machine = machine();
        try (LoopDevice loop = LoopDevice.attach(file);
                LoopDevice.Mounted mounted = loop.mount(point)) {
            Path store = mounted.point().resolve("vaults/new");
            FoundDisk disk = named(machine, loop);
            FoundDisk ground = machine.holding(folder).getFirst();
            assertThat(machine.holding(store)).containsExactly(disk, machine.inspect(ground.path()));
            assertThat(machine.overlap(disk, store)).isEqualTo(Overlap.CARRIES);
            assertThat(machine.overlap(ground, store)).isEqualTo(Overlap.CARRIES);
            assertThat(machine.overlap(disk, folder)).isEqualTo(Overlap.BESIDE);
            assertThat(machine.overlap(machine.inspect(file), store)).isEqualTo(Overlap.CARRIES);
            assertThat(machine.overlap(machine.inspect(file), folder)).isEqualTo(Overlap.BESIDE);
            assertThat(machine.overlap(disk, Path.of("/proc"))).isEqualTo(Overlap.NONE);
        }
    }

    /** A mount without devices refuses them to root too, as a container does. */
    @Test
    void anAdministratorWhoIsRefusedIsNotToldToBecomeOne() throws IOException {
        Path point = Files.createDirectory(folder.resolve("dev"));
        Files.createSymbolicLink(folder.resolve("sys"), Path.of("/sys"));
        Files.createSymbolicLink(folder.resolve("proc"), Path.of("/proc"));
        try (LoopDevice loop = LoopDevice.attach(image("a.img", 1))) {
            Shell.run("mount", "-t", "tmpfs", "-o", "nodev", "none", point.toString());
            try {
                Shell.run("cp", "-a", loop.path().toString(), point.toString());
                FoundDisk disk = new LinuxMachine(folder, new DiskMemory(folder.resolve("disks")))
                        .disks().stream()
                                .filter(found -> found.name().equals(loop.name()))
                                .findFirst()
                                .orElseThrow();
                assertThat(disk.state()).isEqualTo(State.FAULTY);
                assertThat(disk.cause()).isEqualTo(Problem.of("disk.refused", "disk", loop.name()));
            } finally {
                Shell.run("umount", point.toString());
            }
        }
    }

    @Test
    void aDiskIsOpenedUnderTheNameItHasNow() throws IOException {
        Path file = ext4("a.img");
        FoundDisk before;
        try (LoopDevice loop = LoopDevice.attach(file)) {
            before = named(machine(), loop);
        }
        assertThat(code(() -> machine().source(before))).isEqualTo("disk.missing");
        try (LoopDevice squatter = LoopDevice.attach(image("squatter.img", 1));
                LoopDevice loop = LoopDevice.attach(file);
                BlockSource source = machine().source(before)) {
            assertThat(source.name()).isEqualTo(loop.name()).isNotEqualTo(squatter.name());
            assertThat(source.size()).isEqualTo(16_384_000L);
        }
    }

    @Test
    void aGentleThreadWaitsBehindAllOthersAndOnlyIt() throws Exception {
        FutureTask<String> task = new FutureTask<>(() -> {
            machine().gentle();
            return ownPriority();
        });
        Thread.ofPlatform().start(task).join();
        assertThat(task.get()).isEqualTo("idle");
        assertThat(ownPriority()).isNotEqualTo("idle");
    }

    private static String ownPriority() throws IOException {
        String thread = Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString();
        return Shell.run("ionice", "-p", thread);
    }
}
