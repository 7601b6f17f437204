package org.coffer.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.coffer.engine.volume.Bytes;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.volume.FileSystem;
import org.coffer.engine.volume.Name;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.volume.Volumes;

/**
 * A disk image with one file system that lies last, made by its own tools and holding a few files. Needs root, for mounts.
 *
 * <pre>
 *   table (GPT, MBR or none)  │  1 MiB or 4 MiB that holds nothing  │  the file system, up to the end
 * </pre>
 */
public final class SmallSystem {
    private static final int MB = 1 << 20;

    private SmallSystem() {}

    /**
     * Makes one.
     *
     * @param label {@code gpt}, {@code dos}, or empty for no table
     * @param format {@code ext2} to {@code ext4}, {@code xfs}, {@code ntfs}
     * @param megabytes of the file system
     */
    public static Path make(Path folder, String label, String format, int megabytes) throws IOException {
        Path disk = Files.createDirectories(folder).resolve(label + "-" + format + ".img");
        Path volume = folder.resolve("volume");
        sparse(volume, megabytes);
        switch (format) {
            case "xfs" -> Shell.run("mkfs.xfs", "-q", "-K", volume.toString());
            case "ntfs" -> Shell.run("mkfs.ntfs", "-F", "-Q", "-q", "-p", "0", volume.toString());
            default -> Shell.run("mkfs." + format, "-q", "-F", volume.toString());
        }
        fill(folder, volume, format);
        if (label.isEmpty()) {
            return Files.move(volume, disk);
        }
        sparse(disk, 4 + megabytes + 1);
        Path table = folder.resolve("table");
        Files.writeString(
                table, "label: " + label + "\nstart=2MiB, size=2MiB\nstart=4MiB, size=" + megabytes + "MiB\n");
        Shell.run("sh", "-c", "sfdisk -q '" + disk + "' < '" + table + "'");
        Shell.run("dd", "if=" + volume, "of=" + disk, "bs=1M", "seek=4", "conv=notrunc,sparse", "status=none");
        Files.delete(volume);
        Files.delete(table);
        return disk;
    }

    private static void sparse(Path file, int megabytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), (long) megabytes * MB - 1);
        }
    }

    private static void fill(Path folder, Path volume, String format) throws IOException {
        Path point = Files.createDirectories(folder.resolve("fill"));
        try (LoopDevice loop = LoopDevice.attach(volume)) {
            Shell.run(format.equals("ntfs") ? "ntfs-3g" : "mount", loop.path().toString(), point.toString());
            try {
                Path deep = Files.createDirectories(point.resolve("文件/deep"));
                for (int i = 0; i < 5; i++) {
                    byte[] content = new byte[200_000 * i + 7];
                    new SplittableRandom(i).nextBytes(content);
                    Files.write(deep.resolve("报告 " + i + ".bin"), content);
                }
            } finally {
                Shell.run("umount", point.toString());
            }
        }
        Files.delete(point);
    }

    /** Makes a disk or file larger, or cuts it. */
    public static void resize(Path file, int megabytes) throws IOException {
        Shell.run("truncate", "-s", megabytes + "M", file.toString());
    }

    /** The last volume of a disk, with its files by their places: the checksum of each. */
    public static Shown shown(Path disk) throws IOException {
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.READ)) {
            Bytes bytes = new ChannelBytes(channel, size(disk));
            Volume last = Volumes.of(bytes).getLast();
            Map<String, Long> files = new TreeMap<>();
            FileSystem system = Volumes.open(bytes, last);
            walk(system, system.root(), "", files);
            return new Shown(last, files);
        }
    }

    private static long size(Path disk) {
        return Long.parseLong(
                Shell.run("sh", "-c", "blockdev --getsize64 '" + disk + "' 2>/dev/null || stat -c %s '" + disk + "'"));
    }

    /** What was found. */
    public record Shown(Volume volume, Map<String, Long> files) {}

    private static void walk(FileSystem system, Node folder, String place, Map<String, Long> files) throws IOException {
        List<Name> names = new ArrayList<>();
        system.names(folder, name -> names.add(name));
        for (Name name : names) {
            Node node = system.node(name);
            if (node.kind() == NodeKind.FOLDER) {
                walk(system, node, place + "/" + name.text(), files);
            } else if (place.startsWith("/文件")) {
                files.put(place + "/" + name.text(), checksum(system.open(node)));
            }
        }
    }

    private static long checksum(FileContent content) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) content.size());
        content.read(0, all);
        CRC32 crc = new CRC32();
        crc.update(all.flip());
        return crc.getValue();
    }

    private record ChannelBytes(FileChannel channel, long size) implements Bytes {
        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            long at = position;
            while (into.hasRemaining()) {
                at += channel.read(into, at);
            }
        }
    }
}
