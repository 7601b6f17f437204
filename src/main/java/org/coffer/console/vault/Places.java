package org.coffer.console.vault;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.location.Address;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.machine.Overlap;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Where a first vault could live (G7, L2, L5): the locations there are, the ready one, and the other drives. Nothing is
 * written before {@link #take}.
 */
public final class Places {
    /** The folder that is made on a drive. */
    private static final String FOLDER = "Coffer";

    private static final long LEAST_ROOM = 1_000_000_000L;

    private final Locations locations;
    private final Disks disks;

    /** Looks among these. */
    public Places(Locations locations, Disks disks) {
        this.locations = locations;
        this.disks = disks;
    }

    /** What a place is. */
    public enum PlaceKind {
        /** A location that is in use already. */
        LOCATION,
        /** The ready one, in this account's own data folder. */
        READY,
        /** A new folder on another drive. */
        DRIVE,
        /** A folder that somebody named. */
        FOLDER
    }

    /**
     * A place for backups.
     *
     * @param kind what it is
     * @param address where it is; a folder may have to be made
     * @param name the location's, the drive's or the folder's name; empty for the ready one
     * @param location the location, if it is one already
     * @param drive the disk whose file system carries it, if it was found through one
     * @param free bytes that can be written there
     * @param total bytes that the whole file system has
     */
    public record Place(
            PlaceKind kind,
            Address address,
            String name,
            Optional<UUID> location,
            Optional<UUID> drive,
            long free,
            long total) {}

    /** All places with room, those in use first, then the ready one, then drives by their room. Opens file systems. */
    public List<Place> list() {
        List<Place> places = new ArrayList<>();
        Path ready = locations.suggested();
        boolean readyKnown = false;
        for (Location location : locations.list()) {
            readyKnown |= location.address().equals(new Address.Folder(ready));
            if (location.status().writable()) {
                places.add(new Place(
                        PlaceKind.LOCATION,
                        location.address(),
                        location.name(),
                        Optional.of(location.id()),
                        Optional.empty(),
                        location.freeBytes(),
                        location.totalBytes()));
            }
        }
        if (!readyKnown) {
            places.add(at(PlaceKind.READY, ready, "", Optional.empty()));
        }
        Optional<FileStore> own = store(ready);
        List<Place> drives = new ArrayList<>();
        disks.list().forEach(disk -> drive(disk, own).ifPresent(drives::add));
        drives.sort(Comparator.comparingLong(Place::free).reversed());
        places.addAll(drives);
        return places;
    }

    /** A folder that somebody named, as a place. */
    public Place folder(Path folder) {
        Path named = folder.toAbsolutePath().normalize();
        return at(PlaceKind.FOLDER, named, String.valueOf(named.getFileName()), Optional.empty());
    }

    /**
     * L5: why backups of these disks cannot be kept at an address, {@code location.same-disk}, or {@code location.unclear} if
     * that could not be found out; empty if they can.
     */
    public Optional<Problem> refusal(Address address, Collection<UUID> protectedDisks) {
        return first("location.same-disk", Overlap.CARRIES, address, protectedDisks)
                .or(() -> first("location.unclear", Overlap.UNKNOWN, address, protectedDisks));
    }

    /** What to know before keeping backups of these disks there: {@code location.beside}. */
    public Optional<Problem> warning(Address address, Collection<UUID> protectedDisks) {
        return first("location.beside", Overlap.BESIDE, address, protectedDisks);
    }

    /**
     * Takes a place into use, making its folder where needed.
     *
     * @param name what to call a new location; a number is appended where the name is taken
     * @throws ProblemException why it cannot be used, as {@link Locations#add}
     */
    public Location take(Place place, String name) {
        if (place.location().isPresent()) {
            return locations.get(place.location().get());
        }
        try {
            Files.createDirectories(place.address().folder().orElseThrow());
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            "location.denied",
                            "path",
                            place.address().text(),
                            "user",
                            System.getProperty("user.name", "?")),
                    e);
        }
        return locations.add(new NewLocation(free(name), place.address(), "", 0));
    }

    private String free(String name) {
        List<String> taken = locations.list().stream().map(Location::name).toList();
        String candidate = name;
        for (int i = 2; taken.contains(candidate); i++) {
            candidate = name + ' ' + i;
        }
        return candidate;
    }

    private Optional<Problem> first(String code, Overlap overlap, Address address, Collection<UUID> protectedDisks) {
        return protectedDisks.stream()
                .filter(disk -> address.folder()
                        .filter(folder -> disks.overlap(disk, folder) == overlap)
                        .isPresent())
                .findFirst()
                .map(disk -> Problem.of(
                        code,
                        "location",
                        address.text(),
                        "disk",
                        disks.get(disk).name()));
    }

    /** The roomiest writable file system of a disk; none for the one that carries the ready place. */
    private Optional<Place> drive(Disk disk, Optional<FileStore> own) {
        if (disk.image() || !disk.state().readable()) {
            return Optional.empty();
        }
        return disk.mounts().stream()
                .map(Path::of)
                .filter(mount -> Files.isDirectory(mount) && Files.isWritable(mount))
                .filter(mount -> own.isEmpty() || !own.equals(store(mount)))
                .map(mount -> at(PlaceKind.DRIVE, mount.resolve(FOLDER), disk.name(), Optional.of(disk.id())))
                .filter(place -> place.free() >= LEAST_ROOM)
                .max(Comparator.comparingLong(Place::free));
    }

    private static Place at(PlaceKind kind, Path folder, String name, Optional<UUID> drive) {
        long free = -1;
        long total = -1;
        try {
            FileStore store = Files.getFileStore(existing(folder));
            free = store.getUsableSpace();
            total = store.getTotalSpace();
        } catch (IOException e) {
            // The room stays unknown; taking the place says what is wrong with it.
        }
        return new Place(kind, new Address.Folder(folder), name, Optional.empty(), drive, free, total);
    }

    private static Optional<FileStore> store(Path folder) {
        try {
            return Optional.of(Files.getFileStore(existing(folder)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
