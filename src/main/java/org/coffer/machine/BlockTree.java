package org.coffer.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The kernel's tree of block devices under {@code /sys}: disks, their partitions, and the volumes stacked on them. */
final class BlockTree {
    private static final Pattern NO_DISK = Pattern.compile("(zram|ram|sr|scd|fd|dm-|mtdblock|nullb)\\d*.*");
    private static final int SECTOR = 512;

    private final Path sys;

    BlockTree(Path sys) {
        this.sys = sys;
    }

    /**
     * A whole device.
     *
     * @param name the kernel's name, {@code sda}
     * @param number {@code 8:0}
     * @param bytes its size
     * @param readOnly cannot be written
     */
    record Device(String name, String number, long bytes, boolean readOnly) {}

    /** Whole disks that are ready: no memory disks, drives for removable discs, mapped volumes, empty slots. */
    List<Device> disks() {
        List<Device> disks = new ArrayList<>();
        for (Path dir : children(sys.resolve("block"))) {
            String name = dir.getFileName().toString();
            long bytes = number(dir.resolve("size")) * SECTOR;
            boolean hidden = number(dir.resolve("hidden")) == 1;
            boolean empty = bytes == 0 || (isLoop(name) && isNoDisk(backing(name)));
            if (!hidden && !empty && !NO_DISK.matcher(name).matches()) {
                boolean readOnly = number(dir.resolve("ro")) == 1;
                disks.add(new Device(name, text(dir.resolve("dev")), bytes, readOnly));
            }
        }
        disks.sort(Comparator.comparingInt((Device d) -> d.name().length()).thenComparing(Device::name));
        disks.sort(Comparator.comparing(d -> d.name().replaceAll("\\d+$", "")));
        return disks;
    }

    /** The folder of facts about a device; it need not exist. */
    Path folder(String name) {
        return sys.resolve("block").resolve(name);
    }

    /**
     * Sectors written and discarded on a whole device since it was attached, its partitions included.
     * Source: Documentation/block/stat.rst of the kernel: the 7th number of {@code stat} counts sectors written, the 14th
     * sectors discarded.
     */
    OptionalLong written(String name) {
        String[] numbers = text(folder(name).resolve("stat")).strip().split("\\s+", -1);
        if (numbers.length < 7) {
            return OptionalLong.empty();
        }
        long discarded = numbers.length < 14 ? 0 : Long.parseLong(numbers[13]);
        return OptionalLong.of(Long.parseLong(numbers[6]) + discarded);
    }

    /** Whether a loop device is empty, or lies over a disk that Coffer has opened from a backup. */
    private static boolean isNoDisk(Optional<Path> backing) {
        return backing.isEmpty() || LinuxMounting.isOpenDisk(backing.get());
    }

    static boolean isLoop(String name) {
        return name.startsWith("loop");
    }

    /** The file behind a loop device, also one that was deleted since. */
    Optional<Path> backing(String name) {
        String path = text(folder(name).resolve("loop/backing_file"));
        String deleted = " (deleted)";
        String plain = path.endsWith(deleted) ? path.substring(0, path.length() - deleted.length()) : path;
        return plain.isEmpty() ? Optional.empty() : Optional.of(Path.of(plain));
    }

    /** Whether a loop device goes by itself with the last who has it open. */
    boolean goesByItself(String name) {
        return text(folder(name).resolve("loop/autoclear")).equals("1");
    }

    /** Where in its file a loop device begins, in bytes. */
    long backingOffset(String name) {
        return number(folder(name).resolve("loop/offset"));
    }

    /** Whether a volume (mapper, RAID) is built on the disk or one of its partitions. */
    boolean held(String name) {
        Path dir = folder(name);
        if (!children(dir.resolve("holders")).isEmpty()) {
            return true;
        }
        return children(dir).stream()
                .anyMatch(part -> Files.exists(part.resolve("partition"))
                        && !children(part.resolve("holders")).isEmpty());
    }

    /** Device numbers of what begins at a byte of a disk: the whole of it at 0, and a partition. */
    List<String> beginningAt(String name, long start) {
        List<String> numbers = new ArrayList<>();
        Path dir = folder(name);
        if (start == 0) {
            numbers.add(text(dir.resolve("dev")));
        }
        for (Path part : children(dir)) {
            if (Files.exists(part.resolve("partition")) && number(part.resolve("start")) * SECTOR == start) {
                numbers.add(text(part.resolve("dev")));
            }
        }
        return numbers;
    }

    /** The same by their names below {@code /dev}. */
    List<String> namesBeginningAt(String name, long start) {
        List<String> names = new ArrayList<>();
        if (start == 0) {
            names.add(name);
        }
        for (Path part : children(folder(name))) {
            if (Files.exists(part.resolve("partition")) && number(part.resolve("start")) * SECTOR == start) {
                names.add(part.getFileName().toString());
            }
        }
        return names;
    }

    /** At which byte of a disk begins what has a device number; empty if it is neither the disk nor a partition of it. */
    OptionalLong startOf(String name, String number) {
        Path dir = folder(name);
        if (text(dir.resolve("dev")).equals(number)) {
            return OptionalLong.of(0);
        }
        return children(dir).stream()
                .filter(part -> Files.exists(part.resolve("partition"))
                        && text(part.resolve("dev")).equals(number))
                .mapToLong(part -> number(part.resolve("start")) * SECTOR)
                .findFirst();
    }

    /** Names of the loop devices over a file. */
    List<String> over(Path file) {
        return disks().stream()
                .map(Device::name)
                .filter(name -> backing(name)
                        .filter(backed -> Images.same(backed, file))
                        .isPresent())
                .toList();
    }

    /** Names of the loop devices over a file that may not answer: it is told by its path alone, as the kernel says it. */
    List<String> overPath(Path file) {
        return children(sys.resolve("block")).stream()
                .map(dir -> dir.getFileName().toString())
                .filter(name ->
                        isLoop(name) && backing(name).filter(file::equals).isPresent())
                .toList();
    }

    /**
     * Names of the whole devices under a device number, from the top down: the disk of a partition, the members of a
     * volume, the volume itself. Not through loop devices.
     */
    Set<String> under(String number) {
        Set<String> names = new LinkedHashSet<>();
        Path dir = sys.resolve("dev/block").resolve(number);
        if (Files.exists(dir)) {
            collect(real(dir), names);
        }
        return names;
    }

    private void collect(Path dir, Set<String> names) {
        Path whole = Files.exists(dir.resolve("partition")) ? dir.getParent() : dir;
        if (whole == null
                || whole.getFileName() == null
                || !names.add(whole.getFileName().toString())) {
            return;
        }
        for (Path slave : children(whole.resolve("slaves"))) {
            collect(real(slave), names);
        }
    }

    /** Device numbers of all disks of the btrfs file system that includes the device called {@code member}. */
    List<String> btrfsMembers(String member) {
        for (Path fileSystem : children(sys.resolve("fs/btrfs"))) {
            List<Path> members = children(fileSystem.resolve("devices"));
            if (members.stream().anyMatch(m -> m.getFileName().toString().equals(member))) {
                return members.stream().map(m -> text(real(m).resolve("dev"))).toList();
            }
        }
        return List.of();
    }

    /** Where the device hangs on the hardware; the same for whatever is plugged in there. */
    String place(String name) {
        Path dir = folder(name);
        Path real = Files.exists(dir) ? real(dir) : dir;
        Path parent = real.getParent();
        // Names below "block" are dealt out by the kernel in the order of plugging in.
        boolean named = parent == null || !parent.endsWith("block") || parent.endsWith("virtual/block");
        return String.valueOf(named ? real : parent);
    }

    static String text(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .strip();
        } catch (IOException e) {
            // A device that goes away takes its files with it, some refuse to be read: the fact is not known.
            return "";
        }
    }

    private static long number(Path file) {
        String text = text(file);
        return text.isEmpty() || !Character.isDigit(text.charAt(0)) ? 0 : Long.parseLong(text);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static List<Path> children(Path dir) {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir)) {
            stream.forEach(children::add);
        } catch (java.nio.file.NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        children.sort(Comparator.naturalOrder());
        return children;
    }
}
