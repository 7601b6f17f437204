package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A real loop device over a file; needs root. Mount points made through it are let go first. */
public final class LoopDevice implements AutoCloseable {
    private final Path device;
    private boolean detached;

    private LoopDevice(Path device) {
        this.device = device;
    }

    /** Attaches a file to a free loop device. */
    public static LoopDevice attach(Path file, String... options) {
        String[] command = new String[options.length + 4];
        command[0] = "losetup";
        System.arraycopy(options, 0, command, 1, options.length);
        command[options.length + 1] = "-f";
        command[options.length + 2] = "--show";
        command[options.length + 3] = file.toString();
        // Before the name there may be a warning of an odd file size.
        return new LoopDevice(Path.of(Shell.run(command).lines().toList().getLast()));
    }

    /** {@code /dev/loop3}. */
    public Path path() {
        return device;
    }

    /** {@code loop3}. */
    public String name() {
        return device.getFileName().toString();
    }

    /** Mounts it until closed. */
    public Mounted mount(Path point) {
        return Mounted.of(device, point);
    }

    /** Something mounted. */
    public record Mounted(Path point) implements AutoCloseable {
        /** Mounts a device. */
        public static Mounted of(Path device, Path point) {
            Shell.run("mount", device.toString(), point.toString());
            return new Mounted(point);
        }

        @Override
        public void close() {
            Shell.run("umount", point.toString());
        }
    }

    @Override
    public void close() {
        if (!detached) {
            detached = true;
            String before = backing();
            Shell.run("losetup", "-d", device.toString());
            // Whoever looks at all devices at that moment keeps it for as long.
            long limit = System.nanoTime() + 5_000_000_000L;
            while (!before.isEmpty() && backing().equals(before) && System.nanoTime() < limit) {
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    /** What it stands for; empty if nothing. */
    private String backing() {
        try {
            return Files.readString(Path.of("/sys/block", name(), "loop", "backing_file"));
        } catch (IOException e) {
            return "";
        }
    }
}
