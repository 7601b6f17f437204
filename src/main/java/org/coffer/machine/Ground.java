package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a disk finally are: in a file, through any number of loop devices, or on hardware.
 *
 * @param devices names of the whole devices on the way
 * @param file the file at the bottom; null for hardware
 */
record Ground(Set<String> devices, @Nullable Path file) {
    /**
     * What is below a disk.
     *
     * @param disk an image file or a device's node
     */
    static Ground of(Path disk, BlockTree tree) {
        Set<String> devices = new LinkedHashSet<>();
        Path at = disk;
        while (true) {
            Optional<String> number = Carriers.deviceNumber(at);
            if (number.isEmpty()) {
                return new Ground(devices, at);
            }
            Set<String> below = tree.under(number.get());
            Optional<Path> next =
                    below.stream().flatMap(name -> tree.backing(name).stream()).findFirst();
            if (!devices.addAll(below) || next.isEmpty()) {
                return new Ground(devices, null);
            }
            at = next.get();
        }
    }

    /** Names of which two grounds that {@linkplain #meets meet} have one in common, and no others. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(devices);
        if (file != null) {
            names.add(key(file).map(key -> "file " + key).orElseGet(() -> place(file)));
        }
        return names;
    }

    /** Of a file that is not there: its name in its folder. */
    private static String place(Path missing) {
        Path folder = missing.getParent();
        Optional<String> in = folder == null ? Optional.empty() : key(folder);
        return in.map(key -> "place " + key + ' ' + Images.nameOf(missing)).orElse("path " + missing);
    }

    private static Optional<String> key(Path path) {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return Optional.ofNullable(key).map(Object::toString);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether two disks share bytes. */
    boolean meets(Ground other) {
        return other.devices.stream().anyMatch(devices::contains)
                || (file != null && other.file != null && Images.same(file, other.file));
    }
}
