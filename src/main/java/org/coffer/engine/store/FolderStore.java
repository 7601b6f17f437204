package org.coffer.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Objects as files in a folder: an internal or attached disk, or a network mount.
 *
 * <p><b>Durable publish.</b> A put writes {@code <name>.tmp-<random>}, syncs the file, renames it and syncs the
 * directory, in this order; a power cut between any two leaves the old state and perhaps a temporary file, which
 * listings hide and {@link #sweep} removes.
 *
 * <p><b>The right folder.</b> A folder is taken into use by {@link #initialize}, which leaves a marker with a random
 * location id. Before each put, and whenever something is not found, the marker must be there and carry the expected
 * id; otherwise the disk is unmounted or another one lies there, and the answer is UNREACHABLE. Nothing is ever written
 * into an empty mount point.
 *
 * <p><b>Full.</b> {@link #initialize} keeps a reserve file, which grows with what is put (see {@link FolderReserve}).
 * When a small object (at most 64 KiB: markers, commits, condemnations) does not fit, the reserve is given up for it, so
 * that a full disk can still be emptied in good order. It is filled again when room has come back; that it cannot be
 * fails no delete.
 *
 * <p>Holds no open files between calls, so the disk can be unmounted at any time. Memory: nothing that grows, but the
 * set of directories whose deletes are not synced yet.
 */
public final class FolderStore implements ObjectStore {
    private static final long SMALL = 65_536;

    private final Path folder;
    private final String locationId;
    private final Supplier<Optional<Duration>> staleness;
    private final FolderFaults faults;
    private final FolderReserve reserve;
    private final FolderFiles files;
    private final Set<Path> unsynced = ConcurrentHashMap.newKeySet();

    /**
     * Uses a folder that was initialized before. Nothing is touched yet; an absent folder shows at the first call.
     *
     * @param locationId what {@link #initialize} returned
     * @param staleness how long its listings may lag: zero for a local disk, empty for a network mount of unknown habits
     */
    public FolderStore(Path folder, String locationId, Optional<Duration> staleness) {
        this(folder, locationId, () -> staleness);
    }

    private FolderStore(Path folder, String locationId, Supplier<Optional<Duration>> staleness) {
        this.folder = folder.toAbsolutePath().normalize();
        this.locationId = locationId;
        this.staleness = staleness;
        this.faults = new FolderFaults(this.folder);
        this.reserve = new FolderReserve(this.folder);
        this.files = new FolderFiles(this.folder, new SecureRandom(), FolderFiles::syncDirectory);
    }

    /** Uses a folder; how far its listings may lag follows from the file system that it is on. */
    public FolderStore(Path folder, String locationId) {
        // Asked when it is needed: a mount that hangs would hold up whoever only wants to begin.
        this(folder, locationId, () -> FolderLag.of(folder));
    }

    /**
     * Takes an existing folder into use and returns its location id; one that is in use already keeps its id.
     *
     * @throws StoreException MISSING if there is no such folder, DENIED if it cannot be written, FULL if it has no room
     *     for the reserve
     */
    public static String initialize(Path folder) throws StoreException {
        Path root = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            throw new StoreException(StoreException.Kind.MISSING, "no folder " + root);
        }
        try {
            Optional<String> known = FolderMarker.read(root);
            new FolderReserve(root).fill();
            if (known.isPresent()) {
                return known.get();
            }
            String id = LocationMarker.draw(new SecureRandom());
            var store = new FolderStore(root, id);
            store.files.publish(root.resolve(LocationMarker.NAME), ByteBuffer.wrap(LocationMarker.content(id)));
            return id;
        } catch (IOException e) {
            throw new StoreException(new FolderFaults(root).kind(e, FolderReserve.FIRST), e.toString(), e);
        }
    }

    /** The location id in a folder's marker: how a disk is recognised that came back somewhere else. */
    public static Optional<String> identify(Path folder) {
        try {
            return FolderMarker.read(folder);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        long size = 0;
        for (ByteBuffer part : bytes) {
            size += part.remaining();
        }
        checkPlace();
        Path file = resolve(name);
        try {
            if (FolderFiles.isThere(file)) {
                FolderFiles.compare(file, name, size, bytes);
                // The first try may have failed after its rename: only now is it certain to survive a power cut.
                FolderFiles.syncDirectory(FolderFiles.parent(file));
                return;
            }
            publishOrUseReserve(file, size, bytes);
        } catch (IOException e) {
            throw explain(e, name, size);
        }
        checkPlace();
        if (size > SMALL) {
            reserve.grow(size);
        }
    }

    private void publishOrUseReserve(Path file, long size, ByteBuffer... bytes) throws IOException {
        try {
            files.publish(file, bytes);
        } catch (IOException e) {
            if (size > SMALL || faults.kind(e, size) != StoreException.Kind.FULL || !reserve.giveUp()) {
                throw e;
            }
            // The room of a deleted file can be used again only when the delete is on disk.
            FolderFiles.syncDirectory(folder);
            files.publish(file, bytes);
        }
    }

    @Override
    public byte[] get(String name) throws StoreException {
        try {
            return Files.readAllBytes(existing(name));
        } catch (IOException e) {
            throw explain(e, name, 0);
        }
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        try (FileChannel channel = FileChannel.open(existing(name), StandardOpenOption.READ)) {
            long at = offset;
            while (target.hasRemaining()) {
                int count = channel.read(target, at);
                if (count < 0) {
                    throw new StoreException(StoreException.Kind.MISSING, name + " ends at " + channel.size());
                }
                at += count;
            }
        } catch (IOException e) {
            throw explain(e, name, 0);
        }
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        try (FileChannel channel = FileChannel.open(existing(name), StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, size));
            long at = size - bytes.capacity();
            while (bytes.hasRemaining()) {
                int count = channel.read(bytes, at);
                if (count < 0) {
                    throw new StoreException(StoreException.Kind.MISSING, name + " became shorter");
                }
                at += count;
            }
            return bytes.array();
        } catch (IOException e) {
            throw explain(e, name, 0);
        }
    }

    @Override
    public List<StoredObject> list(String prefix) throws StoreException {
        checkPlace();
        int slash = prefix.lastIndexOf('/');
        Path start = slash < 0 ? folder : resolve(prefix.substring(0, slash));
        List<StoredObject> found = new ArrayList<>();
        try {
            FolderFiles.walkAll(start, e -> faults.kind(e, 0) == StoreException.Kind.DAMAGED, file -> {
                String name = nameOf(file.path());
                if (name.startsWith(prefix)
                        && !name.contains(FolderFiles.TEMPORARY)
                        && !own(name)
                        && !FolderFiles.litter(name)) {
                    found.add(new StoredObject(name, file.size()));
                }
            });
        } catch (IOException e) {
            throw explain(e, prefix, 0);
        }
        checkPlace();
        found.sort(Comparator.comparing(StoredObject::name));
        return found;
    }

    @Override
    public List<String> beneath(String prefix) throws StoreException {
        checkPlace();
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                prefix.isEmpty() ? folder : resolve(prefix.substring(0, prefix.length() - 1)))) {
            for (Path entry : entries) {
                String name = nameOf(entry);
                if (!name.contains(FolderFiles.TEMPORARY) && !own(name) && !FolderFiles.litter(name)) {
                    found.add(Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? name + '/' : name);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw explain(e, prefix, 0);
        } catch (DirectoryIteratorException e) {
            throw explain(Objects.requireNonNull(e.getCause()), prefix, 0);
        }
        checkPlace();
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private static boolean own(String name) {
        return name.equals(LocationMarker.NAME) || name.equals(FolderReserve.FILE);
    }

    @Override
    public void delete(String name) throws StoreException {
        checkPlace();
        Path file = resolve(name);
        try {
            if (Files.deleteIfExists(file)) {
                unsynced.add(FolderFiles.parent(file));
            }
        } catch (IOException e) {
            throw explain(e, name, 0);
        }
    }

    @Override
    public void syncDeletes() throws StoreException {
        checkPlace();
        try {
            for (Path directory : List.copyOf(unsynced)) {
                // Taken out first: what somebody deletes there from now on is put in again, and synced next time.
                unsynced.remove(directory);
                boolean synced = false;
                try {
                    if (FolderFiles.isThere(directory)) {
                        syncAndTidy(directory);
                    }
                    synced = true;
                } finally {
                    if (!synced) {
                        unsynced.add(directory);
                    }
                }
            }
        } catch (IOException e) {
            throw explain(e, "", 0);
        }
        reserve.replenish();
    }

    private void syncAndTidy(Path directory) throws IOException {
        try {
            FolderFiles.syncDirectory(directory);
            files.removeIfEmpty(directory);
        } catch (NoSuchFileException e) {
            // Another thread found it empty and removed it, which has to last as well.
            FolderFiles.syncDirectory(FolderFiles.parent(directory));
        }
    }

    @Override
    public void sweep(String prefix) throws StoreException {
        checkPlace();
        int slash = prefix.lastIndexOf('/');
        Path start = slash < 0 ? folder : resolve(prefix.substring(0, slash));
        List<Path> leftovers = new ArrayList<>();
        try {
            FolderFiles.walk(start, file -> {
                String name = nameOf(file.path());
                if (name.startsWith(prefix) && name.contains(FolderFiles.TEMPORARY)) {
                    leftovers.add(file.path());
                }
            });
            for (Path file : leftovers) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw explain(e, prefix, 0);
        }
    }

    @Override
    public void sweep(Instant before, Predicate<String> names) throws StoreException {
        checkPlace();
        List<Path> leftovers = new ArrayList<>();
        try {
            FolderFiles.walk(folder, file -> {
                String name = nameOf(file.path());
                int end = name.lastIndexOf(FolderFiles.TEMPORARY);
                if (end >= 0 && names.test(name.substring(0, end))) {
                    leftovers.add(file.path());
                }
            });
            for (Path file : leftovers) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return; // Its put ended just now; what else there is goes next time.
        } catch (IOException e) {
            throw explain(e, "", 0);
        }
    }

    @Override
    public Room room() throws StoreException {
        checkPlace();
        try {
            FileStore store = Files.getFileStore(folder);
            return new Room(OptionalLong.of(store.getUsableSpace()), OptionalLong.of(store.getTotalSpace()));
        } catch (IOException e) {
            throw explain(e, "", 0);
        }
    }

    @Override
    public Optional<Duration> staleness() {
        return staleness.get();
    }

    @Override
    public String where() {
        return folder.toString();
    }

    @Override
    public void close() {
        // Nothing is held open between calls.
    }

    /** @throws StoreException UNREACHABLE unless the folder carries the expected marker */
    private void checkPlace() throws StoreException {
        Optional<String> found;
        try {
            found = FolderMarker.read(folder);
        } catch (IOException e) {
            StoreException.Kind kind = faults.kind(e, 0);
            throw new StoreException(
                    kind == StoreException.Kind.DENIED ? kind : StoreException.Kind.UNREACHABLE,
                    folder + " does not answer: " + e,
                    e);
        }
        if (found.isEmpty() || !found.get().equals(locationId)) {
            throw new StoreException(
                    StoreException.Kind.UNREACHABLE, "location " + locationId + " is not at " + folder);
        }
    }

    private StoreException explain(IOException thrown, String name, long needed) throws StoreException {
        if (thrown instanceof StoreException known && known.kind() != StoreException.Kind.MISSING) {
            return known;
        }
        // Whatever the system says about a place that is no longer there, that it is gone matters most.
        checkPlace();
        return thrown instanceof StoreException known
                ? known
                : new StoreException(faults.kind(thrown, needed), name + ": " + thrown, thrown);
    }

    /** The file of an object. A pipe or device in its place would keep whoever opens it waiting for ever. */
    private Path existing(String name) throws StoreException {
        Path file = resolve(name);
        BasicFileAttributes found;
        try {
            // One look: between two of them another process may have put the object.
            found = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            return file; // Whoever opens it is told why that fails.
        }
        if (!found.isRegularFile()) {
            throw new StoreException(StoreException.Kind.DAMAGED, name + " is no file");
        }
        return file;
    }

    private Path resolve(String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IllegalArgumentException("not a name of an object: " + name);
        }
        return file;
    }

    private String nameOf(Path file) {
        return folder.relativize(file).toString().replace(java.io.File.separatorChar, '/');
    }
}
