package org.coffer.console.location;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;
import org.coffer.machine.SpecialFiles;
import org.coffer.problem.Problem;

/** Tries a folder out with one small object (L1). */
final class FolderTrial {
    private FolderTrial() {}

    /** The steps that were tried; the last one failed, or all passed. Gives the folder its marker. */
    static List<TestStep> run(Path folder) {
        try {
            String marker = FolderStore.initialize(folder);
            try (var place = new FolderStore(folder, marker)) {
                return steps(place);
            }
        } catch (StoreException e) {
            if (SpecialFiles.hold(folder)) {
                return List.of(new TestStep(
                        TestStep.Act.WRITE, Optional.of(Problem.of("location.special", "path", folder.toString()))));
            }
            Problem problem = e.kind() == StoreException.Kind.FULL
                    ? Problem.of("location.full", "location", folder.toString(), "free", free(folder))
                    : StoreProblems.of(e, folder.toString()).problem();
            return List.of(new TestStep(TestStep.Act.WRITE, Optional.of(problem)));
        }
    }

    /** The room in a folder that is no location yet; 0 where nobody can say. */
    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<TestStep> steps(ObjectStore place) {
        List<TestStep> done = new ArrayList<>();
        String name = "trial/" + UUID.randomUUID();
        byte[] content = name.getBytes(StandardCharsets.US_ASCII);
        for (TestStep.Act act : TestStep.Act.of(Location.Kind.FOLDER)) {
            try {
                switch (act) {
                    case WRITE -> place.put(name, ByteBuffer.wrap(content));
                    case READ -> require(Arrays.equals(place.get(name), content));
                    case LIST ->
                        require(place.list("trial/").stream()
                                .anyMatch(found -> found.name().equals(name)));
                    case DELETE -> {
                        place.delete(name);
                        place.syncDeletes();
                    }
                    default -> throw new IllegalStateException("not for folders: " + act);
                }
                done.add(new TestStep(act, Optional.empty()));
            } catch (StoreException e) {
                done.add(
                        new TestStep(act, Optional.of(StoreProblems.of(e, place).problem())));
                return done;
            }
        }
        return done;
    }

    private static void require(boolean right) throws StoreException {
        if (!right) {
            throw new StoreException(StoreException.Kind.OTHER, "it does not give back what was put in");
        }
    }
}
