package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A part of a disk as a device of its own: a loop device over it. Tools find there what they would find in the kernel's own device of a
 * partition, but also where the kernel reads no tables, and while somebody holds the whole disk.
 *
 * <p>It is given back to the kernel as soon as it is made, and lasts as long as it is open here: so none is left by a process that was
 * killed.
 */
final class LoopVolume implements AutoCloseable {
    private static final int SECONDS = 60;
    private static final int LOOKS = 200;
    private static final long BETWEEN = 50_000_000;

    private final BlockTree tree;
    private final Path device;
    private final RawFile open;
    private final Path backing;
    private final Consumer<String> gone;

    private LoopVolume(BlockTree tree, Path device, RawFile open, Path backing, Consumer<String> gone) {
        this.tree = tree;
        this.device = device;
        this.open = open;
        this.backing = backing;
        this.gone = gone;
    }

    /**
     * Makes one; needs an administrator.
     *
     * @param own a folder for what tools say
     * @param losetup the tool of util-linux
     * @param disk a device or an image file
     * @param gone takes its name when it is there no more
     */
    static LoopVolume over(
            BlockTree tree, Path own, Path losetup, Path disk, long start, long size, Consumer<String> gone)
            throws IOException {
        Path log = own.resolve("losetup");
        List<String> attach = List.of(
                losetup.toString(),
                "--find",
                "--show",
                "--offset=" + start,
                "--sizelimit=" + size,
                "--",
                disk.toString());
        Tool.Result made = Tool.run(log, SECONDS, attach);
        if (!made.done()) {
            throw new IOException("losetup: " + made.said());
        }
        // Before the name there may be a warning of an odd size.
        Path device = Path.of(made.said().lines().toList().getLast());
        try {
            RawFile open = RawFile.open(device.toString(), Posix.O_RDONLY);
            Path backing = tree.backing(name(device)).orElse(disk);
            return new LoopVolume(tree, device, open, backing, gone);
        } finally {
            Tool.run(log, SECONDS, List.of(losetup.toString(), "--detach", device.toString()));
        }
    }

    private static String name(Path device) {
        return device.getFileName().toString();
    }

    /** {@code loop3}. */
    String name() {
        return name(device);
    }

    /** {@code /dev/loop3}. */
    Path device() {
        return device;
    }

    /** Lets it go. @throws IOException if somebody else keeps it open, who may still write to the disk */
    @Override
    public void close() throws IOException {
        open.close();
        for (int look = 0; look < LOOKS; look++) {
            if (tree.backing(name()).filter(backing::equals).isEmpty()) {
                gone.accept(name());
                return;
            }
            LockSupport.parkNanos(BETWEEN); // Whoever watches new devices looks into it for a moment.
        }
        throw new IOException(device + " is still in use");
    }
}
