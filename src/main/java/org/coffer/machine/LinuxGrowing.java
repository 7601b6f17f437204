package org.coffer.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.volume.ClaimedSize;
import org.coffer.engine.volume.Header;
import org.coffer.engine.volume.LastVolume;
import org.coffer.engine.volume.SourceBytes;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Growing on Linux, by the tools of those who made the file systems: e2fsprogs, xfsprogs, ntfs-3g.
 *
 * <p>They work on a {@link LoopVolume} over the disk, for which an administrator is needed. (The tools for ext take an offset into a file,
 * which needs no rights; but resize2fs then cuts the file behind the file system, and with it the end of a partition table.) XFS grows only while it is mounted: it is, in a
 * name space of its own that nobody else sees, with no rights for its programs and no devices.
 *
 * <p><b>What is believed.</b> Not that a tool said it was done, but that the file system's own check finds nothing afterwards, and
 * that it says to be larger than before.
 *
 * <p><b>Time.</b> Checking a large disk may take hours: a tool has {@link #LONGEST}, and ends when the work is canceled, or this
 * process dies. Then nothing stays mounted, and the loop device goes with the last who had it open.
 */
final class LinuxGrowing implements Growing {
    private static final Duration LONGEST = Duration.ofHours(6);

    /** Codes of e2fsck up to this one say that all is well now. */
    private static final int MENDED = 3;

    private static final int LINES = 3;

    private static final Map<String, List<String>> TOOLS = Map.of(
            "ext2", List.of("e2fsck", "resize2fs", "losetup", "setsid"),
            "ext3", List.of("e2fsck", "resize2fs", "losetup", "setsid"),
            "ext4", List.of("e2fsck", "resize2fs", "losetup", "setsid"),
            "xfs", List.of("mount", "umount", "unshare", "xfs_growfs", "xfs_repair", "losetup", "setsid"),
            "ntfs", List.of("ntfsresize", "losetup", "setsid"));

    /** Mounts {@code $3} at {@code $4}, lets {@code $2} grow it, and unmounts it. */
    private static final String GROW_MOUNTED = """
            "$0" -t xfs -o nouuid,nosuid,nodev,noexec -- "$3" "$4" || exit
            "$2" -d "$4"
            code=$?
            "$1" -- "$4" || exit
            exit $code
            """;

    private final Loops loops;
    private final BooleanSupplier administrator;
    private final Function<String, Optional<Path>> tools;

    /** Makes loop devices, and takes them off the list of disks. */
    @FunctionalInterface
    interface Loops {
        /** Makes one, as {@link LoopVolume#over}. */
        LoopVolume over(Path own, Path losetup, Path disk, long start, long size) throws IOException;
    }

    /**
     * Grows by these means.
     *
     * @param administrator whether this process may make loop devices and mount
     * @param tools finds a program by its name
     */
    LinuxGrowing(Loops loops, BooleanSupplier administrator, Function<String, Optional<Path>> tools) {
        this.loops = loops;
        this.administrator = administrator;
        this.tools = tools;
    }

    @Override
    public Optional<Problem> whyNot(Volume volume) {
        List<String> missing = TOOLS.getOrDefault(volume.content(), List.of()).stream()
                .filter(tool -> tools.apply(tool).isEmpty())
                .toList();
        String format = Header.title(volume.content());
        if (!missing.isEmpty()) {
            return Optional.of(Problem.of("grow.tools", "format", format, "tool", missing));
        }
        return administrator.getAsBoolean()
                ? Optional.empty()
                : Optional.of(Problem.of("grow.rights", "format", format));
    }

    @Override
    public long grow(FoundDisk disk, BlockTarget held, LastVolume last, Work work) throws IOException {
        Path own = Files.createTempDirectory("coffer-grow");
        try {
            return new Run(own, disk, held, last, work).all();
        } finally {
            clear(own);
        }
    }

    private static void clear(Path own) throws IOException {
        try (Stream<Path> left = Files.list(own)) {
            for (Path each : left.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(own);
    }

    /** One disk that is grown. */
    private final class Run {
        private final Path own;
        private final FoundDisk disk;
        private final BlockTarget held;
        private final LastVolume last;
        private final Work work;

        Run(Path own, FoundDisk disk, BlockTarget held, LastVolume last, Work work) {
            this.own = own;
            this.disk = disk;
            this.held = held;
            this.last = last;
            this.work = work;
        }

        long all() throws IOException {
            Volume volume = last.volume();
            long before = claimed();
            on(volume.size(), this::check);
            work.throwIfStopped();
            if (volume.number() > 0) {
                new PartitionEnd(held).move(volume.number(), volume.start() + last.size());
            }
            on(last.size(), this::growAndCheck);
            held.flush();
            long now = claimed();
            if (now <= before || now > last.size()) {
                throw failed(volume.content(), before + " → " + now);
            }
            return now;
        }

        private long claimed() throws IOException {
            Volume volume = last.volume();
            return ClaimedSize.of(volume.on(new SourceBytes(held)), volume.content());
        }

        /** Lets something work on the volume, as large as it is said to be, and nobody after it. */
        private void on(long size, Act act) throws IOException {
            Volume volume = last.volume();
            try (LoopVolume loop = loops.over(own, tool("losetup"), disk.path(), volume.start(), size)) {
                act.on(loop.device().toString());
            }
        }

        private void check(String place) throws IOException {
            switch (last.volume().content()) {
                case "xfs" -> {} // Mounting plays its journal; only then it can be checked.
                case "ntfs" -> run("ntfsresize", 0, "--info", "--force", "--no-progress-bar", place);
                default -> run("e2fsck", MENDED, "-f", "-p", place);
            }
        }

        private void growAndCheck(String place) throws IOException {
            switch (last.volume().content()) {
                case "xfs" -> {
                    growMounted(place);
                    run("xfs_repair", 0, "-n", place);
                }
                case "ntfs" -> {
                    run("ntfsresize", 0, "--force", "--no-progress-bar", place);
                    run("ntfsresize", 0, "--info", "--force", "--no-progress-bar", place);
                }
                default -> {
                    run("resize2fs", 0, place, last.size() / 1024 + "K");
                    run("e2fsck", 0, "-f", "-n", place);
                }
            }
        }

        /**
         * In a name space of its own, so that nobody else sees the mount, and that it is gone with the last process there, however
         * that ends.
         */
        private void growMounted(String place) throws IOException {
            Path point = Files.createDirectory(own.resolve("files"));
            List<String> command =
                    Stream.of("mount", "umount", "xfs_growfs").map(this::path).toList();
            run(
                    "xfs_growfs",
                    0,
                    Stream.of(
                                    List.of(path("unshare"), "--mount", "--", "/bin/sh", "-c", GROW_MOUNTED),
                                    command,
                                    List.of(place, point.toString()))
                            .flatMap(List::stream)
                            .toList());
        }

        private void run(String tool, int most, String... args) throws IOException {
            run(
                    tool,
                    most,
                    Stream.concat(Stream.of(path(tool)), Stream.of(args)).toList());
        }

        private void run(String tool, int most, List<String> command) throws IOException {
            Tool.Result result = Tool.run(tool("setsid"), own.resolve("log"), LONGEST, command, work);
            if (result.late() || result.code() > most) {
                throw failed(tool, result.late() ? LONGEST.toHours() + " h" : result.said());
            }
        }

        private String path(String name) {
            return tool(name).toString();
        }

        /** It was there when somebody asked {@link #whyNot}. */
        private Path tool(String name) {
            return tools.apply(name)
                    .orElseThrow(() -> new UncheckedIOException(new IOException("there is no " + name)));
        }

        private ProblemException failed(String tool, String said) {
            List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
            String cause = String.join(" ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
            return new ProblemException(Problem.of("grow.failed", "target", disk.name(), "tool", tool, "cause", cause));
        }
    }

    /** Works on a volume. */
    @FunctionalInterface
    private interface Act {
        void on(String place) throws IOException;
    }
}
