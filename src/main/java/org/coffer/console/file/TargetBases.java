package org.coffer.console.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.coffer.engine.volume.Node;
import org.coffer.machine.TargetException;
import org.coffer.machine.TargetFolder;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the folders that chosen files go into: one for all, or for each the one that it was in, made again where it is missing.
 * Holds one open at a time. Used by one thread.
 */
final class TargetBases implements FileRestoring.Bases, AutoCloseable {
    private final NewFileRestore.Place place;
    private final OpenBackup backup;
    private final Origins origins;
    private final FileCopy copy;
    private @Nullable TargetFolder open;
    private @Nullable FilePath opened;

    TargetBases(NewFileRestore.Place place, OpenBackup backup, Origins origins, FileCopy copy) {
        this.place = place;
        this.backup = backup;
        this.origins = origins;
        this.copy = copy;
    }

    @Override
    public TargetFolder base(FilePath chosen, FileTree tree, @Nullable TargetFolder before) throws IOException {
        FilePath folder = place instanceof NewFileRestore.Place.Folder
                ? FilePath.root(0)
                : chosen.parent().orElseThrow(() -> noOrigin(chosen));
        TargetFolder now = open;
        if (now != null && folder.equals(opened)) {
            return now;
        }
        sync();
        close();
        TargetFolder fresh = switch (place) {
            case NewFileRestore.Place.Folder one -> into(one.path());
            case NewFileRestore.Place.Original ignored -> original(folder, tree);
        };
        open = fresh;
        opened = folder;
        return fresh;
    }

    /** Makes the names last that were given in the folder that is open. */
    void sync() throws TargetException {
        TargetFolder now = open;
        if (now != null) {
            now.sync();
        }
    }

    private static TargetFolder into(Path path) throws TargetException {
        if (!Files.exists(path)) {
            try {
                Files.createDirectory(path);
            } catch (IOException e) {
                throw new ProblemException(
                        Problem.of("files.target", "path", path.toString(), "cause", String.valueOf(e.getMessage())),
                        e);
            }
        }
        return TargetFolder.open(path);
    }

    private TargetFolder original(FilePath folder, FileTree tree) throws IOException {
        Optional<Path> point = origins.volume(backup, folder);
        TargetFolder at = TargetFolder.open(point.orElseThrow(() -> noOrigin(folder)));
        FilePath path = FilePath.root(folder.volume());
        for (String name : folder.names()) {
            path = path.child(name);
            TargetFolder outer = at;
            try (outer) {
                at = step(outer, name, path, tree);
            }
        }
        return at;
    }

    private TargetFolder step(TargetFolder outer, String text, FilePath path, FileTree tree) throws TargetException {
        String name = tree.given(text);
        if (!TargetLimits.at(outer.path()).names().possible(name)) {
            throw new ProblemException(Problem.of("files.name", "path", path.text()));
        }
        if (outer.look(name).isPresent()) {
            return outer.enter(name);
        }
        outer.make(name);
        TargetFolder made = outer.enter(name);
        Node node = Readings.read(() -> tree.folder(path));
        copy.finish(made, node, tree);
        return made;
    }

    private static ProblemException noOrigin(FilePath path) {
        return new ProblemException(Problem.of("files.no-origin", "path", path.text()));
    }

    @Override
    public void close() {
        TargetFolder now = open;
        open = null;
        if (now != null) {
            now.close();
        }
    }
}
