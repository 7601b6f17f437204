package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.coffer.machine.FoundDisk.Kind;
import org.coffer.machine.Mounts.Mount;

/**
 * Mounts again what was unmounted so that a disk could be overwritten (S2): by where its volumes begin, as device numbers and
 * even devices may be others by then.
 */
final class LinuxRemounting {
    private static final System.Logger LOG = System.getLogger(LinuxRemounting.class.getName());
    private static final int SECONDS = 30;
    private static final Path WHOLE = Path.of("/");

    private final BlockTree tree;
    private final Mounts mounts;

    LinuxRemounting(BlockTree tree, Mounts mounts) {
        this.tree = tree;
        this.mounts = mounts;
    }

    /** What has to be known of a mount to make it again. */
    Unmounted note(FoundDisk disk, Mount mount) {
        long start = -1;
        for (String name : devices(disk)) {
            OptionalLong found = tree.startOf(name, mount.number());
            if (found.isPresent()) {
                start = found.getAsLong() + (disk.kind() == Kind.BLOCK ? 0 : tree.backingOffset(name));
            }
        }
        return new Unmounted(mount.point(), mount.root(), mount.type(), mount.flags(), start);
    }

    private List<String> devices(FoundDisk disk) {
        return disk.kind() == Kind.BLOCK ? List.of(disk.name()) : tree.over(disk.path());
    }

    /** Mounts all of it, the last unmounted first; returns the points at which that did not succeed. */
    List<Path> mount(FoundDisk disk, List<Unmounted> gone) {
        List<Path> failed = new ArrayList<>();
        for (Unmounted one : gone.reversed()) {
            if (isMounted(one.point())) {
                continue; // Something else on this computer has done so meanwhile.
            }
            Optional<List<String>> command = one.root().equals(WHOLE) ? whole(disk, one) : part(one, gone);
            if (command.isEmpty() || !run(command.get())) {
                failed.add(one.point());
            }
        }
        return List.copyOf(failed);
    }

    private boolean isMounted(Path point) {
        return mounts.all().stream().anyMatch(mount -> mount.point().equals(point));
    }

    private Optional<List<String>> whole(FoundDisk disk, Unmounted one) {
        if (one.start() < 0) {
            return Optional.empty();
        }
        if (disk.kind() == Kind.IMAGE) {
            String options = one.options() + ",loop,offset=" + one.start();
            return Optional.of(command(one.type(), options, disk.path(), one.point()));
        }
        return tree.namesBeginningAt(disk.name(), one.start()).stream()
                .reduce((first, last) -> last)
                .map(name -> command(one.type(), one.options(), Path.of("/dev", name), one.point()));
    }

    private static List<String> command(String type, String options, Path what, Path point) {
        return List.of("mount", "-t", type, "-o", options, "--", what.toString(), point.toString());
    }

    /** A folder of a file system is bound from wherever the whole of it is mounted again. */
    private Optional<List<String>> part(Unmounted one, List<Unmounted> gone) {
        return gone.stream()
                .filter(other -> other.start() == one.start() && other.root().equals(WHOLE))
                .map(other -> other.point().resolve(WHOLE.relativize(one.root())))
                .filter(Files::isDirectory)
                .findFirst()
                .map(folder -> List.of(
                        "mount", "--bind", "--", folder.toString(), one.point().toString()));
    }

    private static boolean run(List<String> command) {
        try {
            Path log = Files.createTempFile("coffer-mount", ".log");
            try {
                Tool.Result result = Tool.run(log, SECONDS, command);
                if (!result.done()) {
                    LOG.log(System.Logger.Level.INFO, "{0}: {1}", String.join(" ", command), result.said());
                }
                return result.done();
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.INFO, "mounting again", e);
            return false;
        }
    }
}
