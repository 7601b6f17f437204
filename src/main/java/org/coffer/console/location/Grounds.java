package org.coffer.console.location;

import java.nio.file.Path;
import java.util.Optional;
import org.coffer.machine.Nesting;
import org.coffer.problem.Problem;

/**
 * The folders that are Coffer's own: those of the locations, and the home. No disk image lies in them, or a location would
 * be backed up into itself, and a restore could overwrite what a vault keeps; and none of them lies in another, or one
 * would be emptied with the other.
 *
 * <p>Links, bind mounts and second names of a file lead nobody around this ({@link Nesting}). The ready place {@code
 * vaults} in the home is the one exception.
 */
public final class Grounds {
    /** The problem of a folder that is a location already. */
    static final String KNOWN = "location.known";

    private final LocationStore store;
    private final Path home;
    private final Nesting nesting = Nesting.here();

    Grounds(LocationStore store, Path home) {
        this.store = store;
        this.home = home;
    }

    /** Why no disk image may lie at a path, there or not yet: {@code image.in-location}, {@code image.in-home}. */
    public Optional<Problem> image(Path file) {
        for (LocationStore.Row row : store.all()) {
            if (row.address().folder().filter(own -> nesting.within(file, own)).isPresent()) {
                return Optional.of(Problem.of("image.in-location", "path", file.toString(), "location", row.name()));
            }
        }
        return nesting.within(file, home)
                ? Optional.of(Problem.of("image.in-home", "path", file.toString(), "home", home.toString()))
                : Optional.empty();
    }

    /**
     * Why a folder cannot become a location: {@code location.known}, {@code location.inside}, {@code location.around},
     * {@code location.in-home}, {@code location.around-home}.
     */
    Optional<Problem> folder(Path folder) {
        for (LocationStore.Row row : store.all()) {
            Optional<Problem> nested = row.address().folder().flatMap(other -> nested(folder, other, row));
            if (nested.isPresent()) {
                return nested;
            }
        }
        if (nesting.within(home, folder)) {
            return Optional.of(ofHome("location.around-home", folder));
        }
        return nesting.within(folder, home) && !nesting.same(folder, ready())
                ? Optional.of(ofHome("location.in-home", folder))
                : Optional.empty();
    }

    private Optional<Problem> nested(Path folder, Path other, LocationStore.Row row) {
        if (nesting.same(folder, other)) {
            return Optional.of(problem(KNOWN, folder, row));
        }
        if (nesting.within(folder, other)) {
            return Optional.of(problem("location.inside", folder, row));
        }
        return nesting.within(other, folder) ? Optional.of(problem("location.around", folder, row)) : Optional.empty();
    }

    /** The one folder in the home that may be a location. */
    Path ready() {
        return home.resolve("vaults");
    }

    private static Problem problem(String code, Path folder, LocationStore.Row row) {
        return Problem.of(code, "path", folder.toString(), "location", row.name());
    }

    private Problem ofHome(String code, Path folder) {
        return Problem.of(code, "path", folder.toString(), "home", home.toString());
    }
}
