package org.coffer.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk with ext4, xfs, NTFS and FAT on it, made and filled by their own tools, and checked and shown by them. Needs root.
 *
 * <pre>
 *   GPT   1 ext4   2 xfs   3 ntfs   4 vfat
 *   MBR   1 vfat   2 extended: 5 ext4   6 ntfs
 *
 *   on each: plain.txt  many/number 1 … 40  folder/in/folder/deep.txt  报告 二〇二六.txt  a very long name  random.bin (700 KB)
 *   on all but vfat: sparse.bin (20 MB, of which 8 KB were written)  twin-a = twin-b
 *   on ext4 and xfs: link → plain.txt, owners and rights of several kinds
 * </pre>
 */
public final class FormattedDisk {
    private static final long MB = 1L << 20;
    /** xfs makes no file systems below 300 MB, but for its own tests. */
    private static final String SMALL_XFS = "env TEST_DIR=x TEST_DEV=x QA_CHECK_FS=x ";

    private final Path scratch;
    private final List<Part> parts;

    private FormattedDisk(Path scratch, List<Part> parts) {
        this.scratch = scratch;
        this.parts = parts;
    }

    /**
     * A partition.
     *
     * @param number by which the table knows it
     * @param format ext4, xfs, ntfs or vfat
     * @param start its first byte
     * @param size bytes
     */
    public record Part(int number, String format, long start, long size) {
        /** Whether it keeps owners and rights as Linux has them. */
        public boolean keepsOwners() {
            return format.equals("ext4") || format.equals("xfs");
        }
    }

    /** Lays out and fills a file as a disk with a GUID partition table. */
    public static FormattedDisk gpt(Path image, Path scratch) throws IOException {
        String table = """
                label: gpt
                start=1MiB, size=24MiB
                start=25MiB, size=64MiB
                start=89MiB, size=16MiB
                start=105MiB, size=36MiB
                """;
        return make(
                image,
                142,
                table,
                new FormattedDisk(
                        scratch,
                        List.of(
                                new Part(1, "ext4", MB, 24 * MB),
                                new Part(2, "xfs", 25 * MB, 64 * MB),
                                new Part(3, "ntfs", 89 * MB, 16 * MB),
                                new Part(4, "vfat", 105 * MB, 36 * MB))));
    }

    /** Lays out and fills a file as a disk with the table that was before that, with partitions in one that is extended. */
    public static FormattedDisk mbr(Path image, Path scratch) throws IOException {
        String table = """
                label: dos
                start=2048, size=73728, type=c, bootable
                start=75776, size=92160, type=f
                start=77824, size=49152, type=83
                start=129024, size=32768, type=7
                """;
        return make(
                image,
                83,
                table,
                new FormattedDisk(
                        scratch,
                        List.of(
                                new Part(1, "vfat", MB, 36 * MB),
                                new Part(5, "ext4", 38 * MB, 24 * MB),
                                new Part(6, "ntfs", 63 * MB, 16 * MB))));
    }

    private static FormattedDisk make(Path image, int megabytes, String table, FormattedDisk disk) throws IOException {
        Files.createDirectories(disk.scratch.resolve("mount"));
        Shell.run("truncate", "-s", megabytes + "M", image.toString());
        Path layout = Files.writeString(disk.scratch.resolve("table"), table);
        Shell.run("sh", "-c", "sfdisk -q '" + image + "' < '" + layout + "'");
        for (Part part : disk.parts) {
            disk.fill(image, part);
        }
        return disk;
    }

    /** Its partitions. */
    public List<Part> parts() {
        return parts;
    }

    private LoopDevice attach(Path disk, Part part, String... more) {
        String[] options = new String[more.length + 4];
        System.arraycopy(more, 0, options, 4, more.length);
        options[0] = "-o";
        options[1] = Long.toString(part.start);
        options[2] = "--sizelimit";
        options[3] = Long.toString(part.size);
        return LoopDevice.attach(disk, options);
    }

    private void fill(Path image, Part part) throws IOException {
        try (LoopDevice loop = attach(image, part)) {
            String device = loop.path().toString();
            switch (part.format) {
                case "ext4" -> script("mkfs.ext4 -q -L Data " + device);
                case "xfs" -> script(SMALL_XFS + "mkfs.xfs -q -f -L Data " + device);
                case "ntfs" -> script("mkfs.ntfs -Q -q -L Data " + device);
                case "vfat" -> script("mkfs.vfat -F 32 -s 1 -n DATA " + device);
                default -> throw new AssertionError(part.format);
            }
            if (part.format.equals("vfat")) {
                // Not every kernel knows FAT.
                Path folder = Files.createDirectories(scratch.resolve("vfat"));
                script(inside(folder) + contents(part) + "mcopy -s -m -Q -i " + device + " * ::");
            } else {
                mounted(loop, part, "", contents(part));
            }
        }
    }

    private static String contents(Part part) {
        StringBuilder lines = new StringBuilder();
        lines.append("echo plain > plain.txt; mkdir -p many folder/in/folder; echo deep > folder/in/folder/deep.txt\n");
        lines.append("for i in $(seq 40); do echo \"content $i\" > \"many/number $i\"; done\n");
        lines.append("echo report > '报告 二〇二六.txt'; echo long > \"$(printf 'long %.0s' $(seq 40))name.txt\"\n");
        lines.append("head -c 700000 /dev/urandom > random.bin\n");
        if (!part.format.equals("vfat")) {
            lines.append("truncate -s 20M sparse.bin; head -c 8192 /dev/urandom |"
                    + " dd of=sparse.bin bs=4096 seek=1000 conv=notrunc status=none\n");
            lines.append("echo twins > twin-a; ln twin-a twin-b\n");
        }
        if (part.keepsOwners()) {
            lines.append(
                    "ln -s plain.txt link; chown -h 77:88 link; chown 1234:2345 random.bin; chmod 0640 random.bin\n");
            lines.append("chown 1234:2345 folder; chmod 2750 folder; chmod 4755 plain.txt\n");
        }
        // The newest names first, so that folders keep what they get; FAT knows even seconds.
        lines.append("find . -depth -name '*' -not -name lost+found -exec touch -h -d '2019-05-06 07:08:10' {} +\n");
        lines.append("touch -d '2021-02-03 04:05:06' random.bin\n");
        return lines.toString();
    }

    /** Runs a file system's own checker over each partition; fails if one finds anything. */
    public void check(Path disk) throws IOException {
        for (Part part : parts) {
            try (LoopDevice loop = attach(disk, part, "-r")) {
                String device = loop.path().toString();
                switch (part.format) {
                    case "ext4" -> script("e2fsck -fn " + device);
                    case "xfs" -> script("xfs_repair -n " + device);
                    case "ntfs" -> script("ntfsfix -n " + device + "; ntfsresize -i -f " + device);
                    case "vfat" -> script("fsck.vfat -n " + device);
                    default -> throw new AssertionError(part.format);
                }
            }
        }
    }

    /** What the system says of all that lies on a partition: kinds, sizes, times, links, contents; owners where it keeps them. */
    public List<String> shown(Path disk, Part part) throws IOException {
        try (LoopDevice loop = attach(disk, part, "-r")) {
            if (part.format.equals("vfat")) {
                Path folder = Files.createTempDirectory(scratch, "vfat");
                return script(inside(folder) + "mcopy -s -m -n -i " + loop.path() + " '::*' . 2>/dev/null\n"
                                + list(part))
                        .lines()
                        .toList();
            }
            return mounted(loop, part, "ro" + (part.format.equals("xfs") ? ",nouuid" : ""), list(part))
                    .lines()
                    .toList();
        }
    }

    /** The same of a folder of this computer that has what lies on a partition. */
    public List<String> shownAt(Path folder, Part part) throws IOException {
        return script(inside(folder) + list(part)).lines().toList();
    }

    private static String list(Part part) {
        String owners = part.keepsOwners() ? " %m %U:%G" : "";
        String links = part.format.equals("vfat") ? "" : " %n";
        // A folder has the size that suits its file system.
        return "find . -mindepth 1 -not -name lost+found -not -type d -printf '%P %y %s %T@" + owners + links
                + " %l\\n' | LC_ALL=C sort\n"
                + "find . -mindepth 1 -not -name lost+found -type d -printf '%P %y %T@" + owners
                + "\\n' | LC_ALL=C sort\n"
                + "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum\n";
    }

    private String mounted(LoopDevice loop, Part part, String options, String script) throws IOException {
        Path mount = scratch.resolve("mount");
        String device = loop.path().toString();
        String with = options.isEmpty() ? "rw" : options;
        if (part.format.equals("ntfs")) {
            Shell.run("ntfs-3g", "-o", with, device, mount.toString());
        } else {
            Shell.run("mount", "-t", part.format, "-o", with, device, mount.toString());
        }
        try {
            return script(inside(mount) + script);
        } finally {
            Shell.run("umount", mount.toString());
        }
    }

    private static String inside(Path folder) {
        return "cd '" + folder + "'\n";
    }

    /** The words of a command would be written in the encoding of the place, those of a file are not. */
    private String script(String lines) throws IOException {
        Path file = Files.createTempFile(scratch, "script", ".sh");
        Files.writeString(file, "set -e\nexport LC_ALL=C.UTF-8\n" + lines, StandardCharsets.UTF_8);
        try {
            return Shell.run("bash", file.toString());
        } finally {
            Files.delete(file);
        }
    }
}
