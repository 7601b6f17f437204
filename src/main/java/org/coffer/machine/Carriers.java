package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.machine.Mounts.Mount;

/**
 * Follows a path down to the hardware: mount, partition, volume, loop device, the file behind it, and on from there.
 *
 * <p>Network and memory file systems end the way: nothing that is known carries them.
 */
final class Carriers {
    private final BlockTree tree;
    private final List<Mount> mounts;

    Carriers(BlockTree tree, List<Mount> mounts) {
        this.tree = tree;
        this.mounts = mounts;
    }

    /**
     * What carries something.
     *
     * @param devices names of whole devices, from the top down
     * @param files files behind loop devices on the way
     */
    record Chain(Set<String> devices, Set<Path> files) {
        private static Chain empty() {
            return new Chain(new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        /** Whether a file is one of those on the way, under whatever name. */
        boolean isIn(Path file) {
            return files.stream().anyMatch(one -> Images.same(one, file));
        }

        boolean meets(Chain other) {
            return other.devices.stream().anyMatch(devices::contains)
                    || other.files.stream().anyMatch(this::isIn);
        }
    }

    /** What carries a path, or its nearest existing parent. */
    Chain of(Path path) {
        Chain chain = Chain.empty();
        follow(path, chain);
        return chain;
    }

    /** What carries the file behind a loop device; empty for all other devices, which lie on nothing. */
    Chain beneath(String device) {
        Chain chain = Chain.empty();
        tree.backing(device).ifPresent(file -> follow(file, chain));
        return chain;
    }

    /** Whole devices under a mount, not through loop devices. */
    Set<String> devices(Mount mount) {
        Set<String> names = new LinkedHashSet<>();
        numbers(mount).forEach(number -> names.addAll(tree.under(number)));
        return names;
    }

    /** Whole devices under a swap device; for a swap file what carries it. */
    Set<String> swap(Path swap) {
        return deviceNumber(swap).map(tree::under).orElseGet(() -> of(swap).devices());
    }

    private void follow(Path path, Chain chain) {
        Path real = existing(path);
        Optional<Mount> mount = Mounts.of(real, mounts);
        if (mount.isEmpty()) {
            return;
        }
        upperOfOverlay(mount.get()).ifPresent(upper -> follow(upper, chain));
        for (String device : devices(mount.get())) {
            if (chain.devices().add(device)) {
                tree.backing(device).ifPresent(file -> {
                    chain.files().add(existing(file));
                    follow(file, chain);
                });
            }
        }
    }

    private static Path existing(Path path) {
        Path at = path.toAbsolutePath();
        while (true) {
            try {
                return at.toRealPath();
            } catch (IOException e) {
                Path parent = at.getParent();
                if (parent == null) {
                    return at;
                }
                at = parent;
            }
        }
    }

    private List<String> numbers(Mount mount) {
        if (!mount.number().startsWith("0:")) {
            return List.of(mount.number());
        }
        Path source = Path.of(mount.source());
        Optional<String> own = deviceNumber(source);
        List<String> numbers = new ArrayList<>(own.stream().toList());
        if (mount.type().equals("btrfs") && source.getFileName() != null) {
            numbers.addAll(tree.btrfsMembers(source.getFileName().toString()));
        }
        return numbers;
    }

    private static Optional<Path> upperOfOverlay(Mount mount) {
        if (!mount.type().equals("overlay")) {
            return Optional.empty();
        }
        for (String option : mount.options().split(",", -1)) {
            if (option.startsWith("upperdir=")) {
                return Optional.of(Path.of(option.substring("upperdir=".length())));
            }
        }
        return Optional.empty();
    }

    /** Major and minor number of a device node; empty for anything else. */
    static Optional<String> deviceNumber(Path node) {
        try {
            int mode = (int) Files.getAttribute(node, "unix:mode");
            if ((mode & 0xF000) != 0x6000) {
                return Optional.empty();
            }
            long device = (long) Files.getAttribute(node, "unix:rdev");
            long major = ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL);
            long minor = (device & 0xff) | ((device >> 12) & ~0xffL);
            return Optional.of(major + ":" + minor);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
