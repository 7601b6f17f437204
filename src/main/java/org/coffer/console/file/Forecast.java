package org.coffer.console.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.engine.volume.RawName;
import org.coffer.machine.TargetException;
import org.coffer.machine.TargetFolder;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Looks along the target while what was chosen is counted, and says what would become of each name there, as {@link FileRestoring}
 * would decide it: taken, impossible, in the way. Changes nothing; what cannot be looked into now counts as free. Used by one thread.
 */
final class Forecast implements Selection.Visitor, AutoCloseable {
    private final Census census;
    private final Conflict conflict;
    private final Function<FilePath, Path> places;
    private final Predicate<Path> own;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();
    private final List<Path> taken = new ArrayList<>();
    private long takenCount;
    private TargetLimits limits = TargetLimits.of("");
    private @Nullable Path place;
    private @Nullable FileTree tree;
    private @Nullable Problem nowhere;

    /**
     * A forecast of a restore.
     *
     * @param places the folder that something chosen goes into; throws if there is none
     * @param own whether a folder is Coffer's own
     */
    Forecast(Census census, Conflict conflict, Function<FilePath, Path> places, Predicate<Path> own) {
        this.census = census;
        this.conflict = conflict;
        this.places = places;
        this.own = own;
    }

    /**
     * A folder at the target.
     *
     * @param folder null if it is not there yet, so that nothing in it is
     * @param written the names given in it so far
     * @param left whether all that goes into it is left out
     */
    private record Level(@Nullable TargetFolder folder, Set<String> written, boolean left) {}

    /** What is taken at the target: replaced, left out, or put beside under another name; the first of it. */
    List<Path> taken() {
        return taken;
    }

    /** How much that is. */
    long takenCount() {
        return takenCount;
    }

    /** Why something chosen has no place to go to. */
    Optional<Problem> nowhere() {
        return Optional.ofNullable(nowhere);
    }

    @Override
    public boolean begin(FilePath chosen, FileTree tree) {
        this.tree = tree;
        Path to = null;
        try {
            to = places.apply(chosen);
        } catch (ProblemException e) {
            nowhere = nowhere == null ? e.problem() : nowhere;
        }
        if (levels.isEmpty() || to == null || !to.equals(place)) {
            close();
            place = to;
            limits = to == null ? TargetLimits.of("") : TargetLimits.at(to);
            census.holes(limits.holes());
            levels.push(new Level(to == null ? null : open(to), new HashSet<>(), false));
        }
        return census.begin(chosen, tree);
    }

    private static @Nullable TargetFolder open(Path folder) {
        try {
            return Files.isDirectory(folder) ? TargetFolder.open(folder) : null;
        } catch (TargetException e) {
            return null; // Whoever starts the restore is told.
        }
    }

    private String name(FilePath path) {
        return path.isRoot() || tree == null ? "volume-" + path.volume() : tree.given(path.name());
    }

    private static Optional<TargetFolder.Found> look(Level level, String name) {
        try {
            return level.folder == null ? Optional.empty() : level.folder.look(name);
        } catch (TargetException e) {
            return Optional.empty();
        }
    }

    /** What becomes of something, by the name that it would have. */
    private enum Fate {
        /** The name is free, or it is a folder into which another is merged. */
        GOES,
        /** It gets another name. */
        BESIDE,
        /** It is left out. */
        LEFT,
        /** It replaces what is there. */
        REPLACES,
        /** It cannot be restored: something else is in the way. */
        BLOCKED
    }

    private Fate fate(Level level, String name, Optional<TargetFolder.Found> there, boolean folder) {
        boolean clash = !level.written.add(TargetNames.folded(name));
        if (clash || (there.isPresent() && conflict == Conflict.KEEP)) {
            return Fate.BESIDE;
        }
        if (there.isEmpty()) {
            return Fate.GOES;
        }
        TargetFolder.Kind kind = there.get().kind();
        if (folder && kind == TargetFolder.Kind.FOLDER) {
            return Fate.GOES;
        }
        if (conflict == Conflict.SKIP) {
            return Fate.LEFT;
        }
        boolean replaceable = kind == TargetFolder.Kind.FILE || kind == TargetFolder.Kind.LINK;
        return !folder && replaceable ? Fate.REPLACES : Fate.BLOCKED;
    }

    private void take(Level level, String name) {
        if (takenCount++ < FilePlan.NAMED && level.folder != null) {
            try {
                taken.add(level.folder.path().resolve(RawName.shown(name)));
            } catch (InvalidPathException e) {
                // This locale cannot spell it; it is counted.
            }
        }
    }

    @Override
    public boolean enter(FilePath path, Node folder) {
        Level level = levels.element();
        String name = name(path);
        if (level.left) {
            levels.push(level);
            return census.enter(path, folder);
        }
        Optional<Problem> never = limits.refusal(path, name, folder);
        if (never.isPresent()) {
            census.impossible(path, never.get());
            return false;
        }
        Optional<TargetFolder.Found> there = look(level, name);
        switch (fate(level, name, there, true)) {
            case BESIDE -> {
                take(level, name);
                levels.push(new Level(null, new HashSet<>(), false));
            }
            case LEFT -> levels.push(new Level(null, new HashSet<>(), true));
            case GOES -> {
                TargetFolder inner = there.isPresent() ? enter(level, name) : null;
                if (inner != null && own.test(inner.path())) {
                    inner.close();
                    census.impossible(path, Problem.of("files.own", "path", path.text()));
                    return false;
                }
                levels.push(new Level(inner, new HashSet<>(), false));
            }
            case BLOCKED, REPLACES -> {
                census.impossible(path, Problem.of("files.in-way", "path", path.text()));
                return false;
            }
        }
        return census.enter(path, folder);
    }

    private static @Nullable TargetFolder enter(Level level, String name) {
        try {
            return level.folder == null ? null : level.folder.enter(name);
        } catch (TargetException e) {
            return null;
        }
    }

    @Override
    public void leave(FilePath path, Node folder) {
        Level done = levels.pop();
        if (done.folder != null) {
            done.folder.close();
        }
        census.leave(path, folder);
    }

    @Override
    public void file(FilePath path, Node node, FileTree tree) throws IOException {
        Level level = levels.element();
        if (node.kind() == NodeKind.SPECIAL) {
            return;
        }
        String name = name(path);
        Optional<Problem> never = limits.refusal(path, name, node);
        if (level.left) {
            takenCount++;
        } else if (never.isPresent()) {
            census.impossible(path, never.get());
            return;
        } else {
            switch (fate(level, name, look(level, name), false)) {
                case BESIDE, LEFT, REPLACES -> take(level, name);
                case BLOCKED -> {
                    census.impossible(path, Problem.of("files.in-way", "path", path.text()));
                    return;
                }
                case GOES -> {}
            }
        }
        census.file(path, node, tree);
    }

    @Override
    public void unreadable(FilePath path, Problem problem) {
        census.unreadable(path, problem);
    }

    @Override
    public void close() {
        while (!levels.isEmpty()) {
            Level level = levels.pop();
            if (level.folder != null) {
                level.folder.close();
            }
        }
    }
}
