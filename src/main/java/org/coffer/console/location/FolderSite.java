package org.coffer.console.location;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Patience;
import org.coffer.engine.store.PatientStore;
import org.coffer.engine.store.Room;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;
import org.coffer.problem.Problem;

/** A folder. One whose disk comes back under another mount point is found there ({@link Finder}). */
final class FolderSite implements Site {
    private static final long NEARLY_FULL_BYTES = 1_000_000_000L;

    private final Path folder;
    private final Grounds grounds;
    private final Patience waiting;
    private final BiPredicate<LocationStore.Row, Address> complete;

    /**
     * A folder.
     *
     * @param waiting what is known of how it answers
     * @param complete whether everything that should be at a location is at an address with its marker
     */
    FolderSite(
            Address.Folder address,
            Grounds grounds,
            Patience waiting,
            BiPredicate<LocationStore.Row, Address> complete) {
        this.folder = address.path();
        this.grounds = grounds;
        this.waiting = waiting;
        this.complete = complete;
    }

    @Override
    public Map<String, Problem> problems() {
        if (!Files.exists(folder)) {
            return Map.of("folder", Problem.of("location.missing", "path", folder.toString()));
        }
        if (!Files.isDirectory(folder)) {
            return Map.of("folder", Problem.of("location.file", "path", folder.toString()));
        }
        return grounds.folder(folder).map(problem -> Map.of("folder", problem)).orElse(Map.of());
    }

    @Override
    public TestReport test(Optional<String> expected) {
        List<TestStep> steps = grounds.folder(folder)
                .filter(problem -> !problem.code().equals(Grounds.KNOWN))
                .map(problem -> List.of(new TestStep(TestStep.Act.WRITE, Optional.of(problem))))
                .orElseGet(() -> FolderTrial.run(folder));
        boolean usable = steps.stream().allMatch(TestStep::passed);
        return new TestReport(steps, usable, new Address.Folder(folder), usable ? marker() : Optional.empty());
    }

    @Override
    public Optional<String> marker() {
        return FolderStore.identify(folder);
    }

    @Override
    public ObjectStore open(String marker) {
        return new PatientStore(new FolderStore(folder, marker), waiting);
    }

    @Override
    public Duration lookCounts() {
        return Duration.ZERO;
    }

    @Override
    public Look look(LocationStore.Row row) {
        if (isHere(row, folder)) {
            return examine(row, folder);
        }
        return switch (Finder.find(row, folder, found -> complete.test(row, new Address.Folder(found)))) {
            case Finder.Found.Nowhere() -> away(row);
            case Finder.Found.Doubtful(Problem problem) -> Look.away(problem);
            case Finder.Found.At(Path path) -> examine(row, path).at(new Address.Folder(path));
        };
    }

    private static Look away(LocationStore.Row row) {
        return Look.away(Problem.of("location.unreachable", "location", row.name()));
    }

    private static boolean isHere(LocationStore.Row row, Path folder) {
        return FolderStore.identify(folder).filter(row.marker()::equals).isPresent();
    }

    private static Look examine(LocationStore.Row row, Path folder) {
        if (!isHere(row, folder)) {
            return away(row);
        }
        try (var place = new FolderStore(folder, row.marker())) {
            Room room = place.room();
            if (!Files.isWritable(folder)) {
                Problem problem = Problem.of(
                        "location.denied", "path", folder.toString(), "user", System.getProperty("user.name", "?"));
                return new Look(Location.Status.READ_ONLY, room, Optional.of(problem), Optional.empty());
            }
            long free = room.free().orElse(Long.MAX_VALUE);
            boolean full = free < NEARLY_FULL_BYTES || free < room.total().orElse(0) / 20;
            Location.Status status = full ? Location.Status.NEARLY_FULL : Location.Status.CONNECTED;
            return new Look(status, room, Optional.empty(), Optional.empty());
        } catch (StoreException e) {
            return Look.away(StoreProblems.of(e, row.name()).problem());
        }
    }
}
