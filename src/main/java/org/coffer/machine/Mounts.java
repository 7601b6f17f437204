package org.coffer.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is mounted and swapped to, read from {@code /proc} at the moment of asking. */
final class Mounts {
    /** How {@link FoundDisk#mounts} shows swap space. */
    static final String SWAP = "[SWAP]";

    /**
     * One mounted tree, as {@code proc_pid_mountinfo(5)} has it.
     *
     * @param number major and minor number of the device, {@code 8:1}; major 0 for file systems without one of their own
     * @param root which part of the file system is mounted: {@code /}, or a folder of it
     * @param point where it is mounted
     * @param type {@code ext4}, {@code overlay}…
     * @param source what was mounted, often a device's path
     * @param options of the file system itself
     * @param flags of this mount of it: {@code rw,noatime}
     */
    record Mount(String number, Path root, Path point, String type, String source, String options, String flags) {
        /** Where a path below {@link #point} is within the file system, however often that is mounted. */
        Path inside(Path real) {
            return root.resolve(point.relativize(real)).normalize();
        }
    }

    private final Path proc;

    Mounts(Path proc) {
        this.proc = proc;
    }

    /** All mounts in the order they were made; a later one hides an earlier one at the same point. */
    List<Mount> all() {
        List<Mount> mounts = new ArrayList<>();
        for (String line : lines("self/mountinfo")) {
            String[] words = line.split(" ", -1);
            int dash = 6;
            while (dash < words.length && !words[dash].equals("-")) {
                dash++;
            }
            if (dash + 2 < words.length) {
                String options = dash + 3 < words.length ? words[dash + 3] : "";
                mounts.add(new Mount(
                        words[2],
                        Path.of(plain(words[3])),
                        Path.of(plain(words[4])),
                        words[dash + 1],
                        plain(words[dash + 2]),
                        plain(options),
                        plain(words[5])));
            }
        }
        return mounts;
    }

    /** Devices and files that are swapped to. */
    List<Path> swaps() {
        return lines("swaps").stream()
                .skip(1)
                .map(line -> Path.of(plain(line.split("\\s", 2)[0])))
                .toList();
    }

    /** The mount on which an existing path, all links resolved, lies. */
    static Optional<Mount> of(Path real, List<Mount> mounts) {
        Mount best = null;
        for (Mount mount : mounts) {
            if (real.startsWith(mount.point())
                    && (best == null
                            || mount.point().getNameCount() >= best.point().getNameCount())) {
                best = mount;
            }
        }
        return Optional.ofNullable(best);
    }

    private List<String> lines(String name) {
        try {
            // Names of mount points are bytes of any kind; Latin 1 keeps each of them until plain() decodes.
            return Files.readAllLines(proc.resolve(name), StandardCharsets.ISO_8859_1);
        } catch (java.nio.file.NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Undoes the kernel's octal escapes of blanks ({@code \040}) and decodes. */
    private static String plain(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '\\' && i + 3 < escaped.length()) {
                bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                bytes.write(escaped.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
