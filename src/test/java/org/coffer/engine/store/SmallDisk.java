package org.coffer.engine.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real small disk: an image with an ext4 file system, mounted through a loop device. Needs root, like all of CI. */
public final class SmallDisk implements AutoCloseable {
    private final Path image;
    private final Path mount;

    private SmallDisk(Path image, Path mount) {
        this.image = image;
        this.mount = mount;
    }

    /** Makes and mounts one below {@code folder}. */
    public static SmallDisk make(Path folder, int megabytes) throws IOException {
        Path image = folder.resolve("disk.img");
        Path mount = Files.createDirectory(folder.resolve("mount"));
        run("truncate", "-s", megabytes + "M", image.toString());
        run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        SmallDisk disk = new SmallDisk(image, mount);
        disk.mount();
        return disk;
    }

    /** Where it is mounted. */
    public Path path() {
        return mount;
    }

    /** Leaves no byte free, as somebody else's files would. */
    public void fill() throws IOException {
        try (var rest = Files.newOutputStream(mount.resolve("rest"))) {
            while (true) {
                rest.write(new byte[4096]);
            }
        } catch (IOException full) {
            if (Files.getFileStore(mount).getUsableSpace() >= 65_536) {
                throw full;
            }
        }
    }

    /** Mounts it again, with more options if there are any. */
    public void mount(String... options) throws IOException {
        String all = options.length == 0 ? "loop" : "loop," + String.join(",", options);
        run("mount", "-o", all, image.toString(), mount.toString());
    }

    /** Takes it away. */
    public void unmount() throws IOException {
        run("umount", mount.toString());
    }

    /**
     * Breaks or mends the records of a folder in its root, as a bad spot of the drive would: the system cannot say any more
     * what it is, though all that lies in it is still there.
     */
    public void harm(String name, boolean broken) throws IOException {
        unmount();
        run("debugfs", "-w", "-R", "set_inode_field /" + name + " mode " + (broken ? "0" : "040755"), image.toString());
        mount("errors=continue");
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException();
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(mount.resolve("lost+found"))) {
            unmount();
        }
    }
}
