package org.coffer.console.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.engine.volume.RawName;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.machine.TargetException;
import org.coffer.machine.TargetException.Reason;
import org.coffer.machine.TargetFolder;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was chosen to the target.
 *
 * <p><b>Nothing half under a real name.</b> Each file is written under a name of this restore's, synced, and renamed in one step;
 * a folder is there before what is in it, closed to others, and gets its owner, rights and time last.
 *
 * <p><b>Nothing twice.</b> What is done is noted; where a name is taken, it is noted beforehand which one is used instead. Run
 * again, it finds what it did: by the notes where it was noted, and else because in a folder that it made nobody else makes
 * anything of the same size and time.
 *
 * <p><b>Nothing elsewhere.</b> The target is held open folder by folder ({@link TargetFolder}), so that no link there, restored a
 * moment ago or put there by somebody, leads out of it.
 *
 * <p>What cannot be read or written is named and left; that the target is full, or gone, ends it. Used by one thread, once.
 */
final class FileRestoring implements Selection.Visitor {
    /** Files with several names whose first place is remembered; others are written once for each name. */
    private static final int LINKS = 100_000;

    private static final System.Logger LOG = System.getLogger(FileRestoring.class.getName());

    private final RestoreJob job;
    private final RestoreNotes notes;
    private final Bases bases;
    private final Predicate<Path> own;
    private final Tally tally;
    private final Work work;
    private final FileCopy copy;
    private final ReplacedFiles replaced;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();
    private final Map<Twin, Place> twins = new HashMap<>();
    private TargetLimits limits = TargetLimits.of("");
    private @Nullable TargetFolder base;
    private @Nullable FileTree tree;
    private Set<String> atBase = new HashSet<>();

    /** @param own whether a folder is Coffer's own: the home, a location, or in one of them */
    FileRestoring(
            RestoreJob job,
            RestoreNotes notes,
            Bases bases,
            Predicate<Path> own,
            Tally tally,
            Work work,
            FileCopy copy) {
        this.job = job;
        this.notes = notes;
        this.bases = bases;
        this.own = own;
        this.tally = tally;
        this.work = work;
        this.copy = copy;
        this.replaced = new ReplacedFiles(job.replaced(), tally);
    }

    /** Where what was chosen goes. */
    interface Bases {
        /** The open folder that something belongs into; the one before if that is the same. The caller of the walk closes it. */
        TargetFolder base(FilePath chosen, FileTree tree, @Nullable TargetFolder before) throws IOException;
    }

    /**
     * A folder at the target that is being filled.
     *
     * @param ours whether this restore made it
     * @param written the names given in it so far, {@linkplain TargetNames#folded folded}
     * @param place its names from the base down
     */
    private record Level(TargetFolder folder, boolean ours, Set<String> written, List<String> place) {}

    /** A file that has several names. */
    private record Twin(int volume, long id) {}

    /** Where a file was put, from the base down. */
    private record Place(List<String> folders, String name) {}

    @Override
    public boolean begin(FilePath chosen, FileTree tree) throws IOException {
        this.tree = tree;
        TargetFolder now;
        try {
            now = bases.base(chosen, tree, base);
        } catch (TargetException e) {
            refused(chosen, 0, e);
            return false;
        }
        if (own.test(now.path())) {
            tally.failed(chosen, Problem.of("files.own", "path", chosen.text()));
            return false;
        }
        if (!now.equals(base)) {
            base = now;
            limits = TargetLimits.at(now.path());
            atBase = new HashSet<>();
            twins.clear();
        }
        levels.clear();
        levels.push(new Level(now, false, atBase, List.of()));
        tally.target(now.path().toString());
        return true;
    }

    private Level level() {
        return levels.element();
    }

    /** The name that something would have: its own, byte for byte, or for a whole volume one that says which. */
    private String name(FilePath path) {
        return path.isRoot() || tree == null ? "volume-" + path.volume() : tree.given(path.name());
    }

    @Override
    public boolean enter(FilePath path, Node folder) throws IOException {
        Optional<Problem> never = limits.refusal(path, name(path), folder);
        if (never.isPresent()) {
            tally.failed(path, never.get());
            return false;
        }
        try {
            Optional<Level> next = open(path, folder);
            next.ifPresent(levels::push);
            return next.isPresent();
        } catch (TargetException e) {
            refused(path, 0, e);
            return false;
        }
    }

    /** Makes a folder, or opens the one that is there; empty if it is left out. */
    private Optional<Level> open(FilePath path, Node node) throws TargetException {
        Level level = level();
        long key = RestoreNotes.key(path);
        String chosen = notes.name(key).orElse(name(path));
        Optional<TargetFolder.Found> there = level.folder.look(chosen);
        boolean made = there.isPresent()
                && (notes.made(key) || isLeft(level, key, there.get(), node))
                && there.get().kind() == TargetFolder.Kind.FOLDER;
        boolean ours = made;
        if (there.isPresent() && !made) {
            boolean clash = level.written.contains(TargetNames.folded(chosen));
            if (clash || job.conflict() == Conflict.KEEP) {
                chosen = free(path, key, true);
                there = Optional.empty();
            } else if (there.get().kind() != TargetFolder.Kind.FOLDER) {
                leave(path, job.conflict() == Conflict.SKIP);
                return Optional.empty();
            }
        }
        if (there.isPresent() && !made && isOwn(level, chosen)) {
            tally.failed(path, Problem.of("files.own", "path", path.text()));
            return Optional.empty();
        }
        if (there.isEmpty()) {
            noteName(level, key, chosen);
            level.folder.make(chosen);
            notes.noteMade(key);
            ours = true;
            tally.folder();
        }
        level.written.add(TargetNames.folded(chosen));
        List<String> place = new ArrayList<>(level.place);
        place.add(chosen);
        return Optional.of(new Level(level.folder.enter(chosen), ours, new HashSet<>(), place));
    }

    /** Whether a folder that is there is Coffer's own, which holds today's keys and backups: nothing is restored over those. */
    private boolean isOwn(Level level, String name) {
        try {
            return own.test(level.folder.path().resolve(name));
        } catch (InvalidPathException e) {
            return false; // Coffer's own folders have names that this locale can spell.
        }
    }

    /** Something else of that name stays, or cannot be replaced. */
    private void leave(FilePath path, boolean skip) {
        if (skip) {
            tally.skipped();
        } else {
            tally.failed(path, Problem.of("files.in-way", "path", path.text()));
        }
    }

    /**
     * Whether what is there was left by an earlier run that was cut off before it could note it: its name was chosen for this, or it
     * lies in a folder that this restore made.
     */
    private boolean isLeft(Level level, long key, TargetFolder.Found there, Node node) {
        return notes.resumed()
                && (level.ours || notes.name(key).isPresent())
                && FileCopy.alike(there, node, limits.times());
    }

    private void noteName(Level level, long key, String chosen) {
        if (!level.ours && !notes.name(key).equals(Optional.of(chosen))) {
            notes.noteName(key, chosen);
        }
    }

    /** A name that is not taken, noted and counted. */
    private String free(FilePath path, long key, boolean folder) throws TargetException {
        Level level = level();
        for (int nth = 1; ; nth++) {
            String name = TargetNames.other(name(path), job.mark(), nth, folder);
            if (level.folder.look(name).isEmpty() && !level.written.contains(TargetNames.folded(name))) {
                notes.noteName(key, name);
                // Not every name is a path in every locale.
                tally.renamed(level.folder.path() + File.separator + RawName.shown(name));
                return name;
            }
        }
    }

    @Override
    public void leave(FilePath path, Node folder) throws IOException {
        Level level = levels.pop();
        try (TargetFolder done = level.folder) {
            if (level.ours) {
                copy.finish(done, folder, Objects.requireNonNull(tree));
            } else {
                done.sync();
            }
        } catch (TargetException e) {
            refused(path, 0, e);
        } catch (ProblemException | CanceledException e) {
            throw e;
        } catch (RuntimeException e) {
            strange(path, e);
        }
    }

    @Override
    public void file(FilePath path, Node node, FileTree tree) throws IOException {
        if (node.kind() == NodeKind.SPECIAL) {
            tally.skipped();
            return;
        }
        Optional<Problem> never = limits.refusal(path, name(path), node);
        if (never.isPresent()) {
            tally.failed(path, never.get());
            return;
        }
        try {
            put(path, node, tree);
        } catch (TargetException e) {
            refused(path, node.size(), e);
        } catch (ProblemException e) {
            if (!Readings.isLocal(e.problem())) {
                throw e;
            }
            // What was written got another name until it is whole.
            Problem problem = e.problem();
            tally.failed(
                    path,
                    problem.code().equals("files.unlike") ? Problem.of("files.unlike", "path", path.text()) : problem);
        } catch (CanceledException e) {
            throw e;
        } catch (RuntimeException e) {
            strange(path, e);
        }
    }

    /** What nobody thought of costs its file, not those that are still to come. */
    private void strange(FilePath path, RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "restoring " + path.text(), e);
        tally.failed(path, Problem.of("files.unread", "cause", e.toString()));
    }

    private void put(FilePath path, Node node, FileTree tree) throws TargetException {
        Level level = level();
        long key = RestoreNotes.key(path);
        String chosen = notes.name(key).orElse(name(path));
        Optional<TargetFolder.Found> there = level.folder.look(chosen);
        boolean replace = false;
        if (there.isPresent()) {
            boolean noted = notes.done(key) && FileCopy.alike(there.get(), node, limits.times());
            boolean clash = level.written.contains(TargetNames.folded(chosen));
            if (!clash && (noted || isLeft(level, key, there.get(), node))) {
                done(path, node, chosen, key, !noted);
                work.advance(node.kind() == NodeKind.FILE ? node.size() : 0);
                return;
            }
            if (clash || job.conflict() == Conflict.KEEP) {
                chosen = free(path, key, false);
            } else if (job.conflict() == Conflict.SKIP) {
                tally.skipped();
                return;
            } else if (there.get().kind() == TargetFolder.Kind.FOLDER
                    || there.get().kind() == TargetFolder.Kind.OTHER) {
                leave(path, false);
                return;
            } else {
                replace = true;
            }
        }
        if (!replace) {
            // What is there until it is replaced is not this restore's, whatever becomes of it.
            noteName(level, key, chosen);
        }
        write(path, node, tree, chosen, replace);
        done(path, node, chosen, key, true);
    }

    private void done(FilePath path, Node node, String chosen, long key, boolean note) {
        Level level = level();
        level.written.add(TargetNames.folded(chosen));
        if (node.links() > 1 && node.kind() == NodeKind.FILE && twins.size() < LINKS) {
            twins.putIfAbsent(new Twin(path.volume(), node.id()), new Place(level.place, chosen));
        }
        if (note) {
            notes.noteDone(key);
        }
        tally.file();
    }

    private void write(FilePath path, Node node, FileTree tree, String chosen, boolean replace) throws TargetException {
        TargetFolder folder = level().folder;
        String unfinished = job.unfinished();
        folder.remove(unfinished); // A run that was cut off may have left it.
        try {
            if (!twin(path, node, folder, unfinished)) {
                if (node.kind() == NodeKind.LINK) {
                    copy.link(folder, unfinished, node, tree);
                } else {
                    copy.file(folder, unfinished, node, tree);
                }
            }
            if (replace) {
                replaced.keep(Objects.requireNonNull(base), level().place, folder, chosen);
            }
            folder.rename(unfinished, chosen, false);
        } finally {
            removeQuietly(folder, unfinished);
        }
    }

    private static void removeQuietly(TargetFolder folder, String unfinished) {
        try {
            folder.remove(unfinished);
        } catch (TargetException e) {
            // What went wrong before is said; the next run removes it.
        }
    }

    /** Gives a file that was restored already one more name. Returns false if it has to be written. */
    private boolean twin(FilePath path, Node node, TargetFolder folder, String unfinished) throws TargetException {
        Place first = node.links() > 1 ? twins.get(new Twin(path.volume(), node.id())) : null;
        TargetFolder top = base;
        if (first == null || top == null) {
            return false;
        }
        List<TargetFolder> way = new ArrayList<>();
        try {
            TargetFolder at = top;
            for (String name : first.folders) {
                at = at.enter(name);
                way.add(at);
            }
            folder.same(unfinished, at, first.name);
            return true;
        } catch (TargetException e) {
            if (e.reason() == Reason.FULL) {
                throw e;
            }
            return false; // Not every target knows files with several names.
        } finally {
            way.forEach(TargetFolder::close);
        }
    }

    @Override
    public void unreadable(FilePath path, Problem problem) {
        tally.failed(path, problem);
    }

    /** What the target refused: of one file it is named; what concerns all others too ends the restore there. */
    private void refused(FilePath path, long size, TargetException e) {
        String place = levels.isEmpty() ? "" : levels.getLast().folder.path().toString();
        switch (e.reason()) {
            case FULL -> throw end(path, Problem.of("files.full", "path", place), e);
            case GONE -> throw end(path, Problem.of("files.gone", "path", place), e);
            case READ_ONLY -> throw end(path, Problem.of("files.readonly", "path", place), e);
            case OTHER -> throw end(path, Problem.of("files.target", "path", place, "cause", e.words()), e);
            case NAME -> tally.failed(path, Problem.of("files.name", "path", path.text()));
            case LINKS -> tally.failed(path, Problem.of("files.link", "path", path.text()));
            case IN_WAY, EXISTS -> tally.failed(path, Problem.of("files.in-way", "path", path.text()));
            case APART -> tally.failed(path, Problem.of("files.target", "path", path.text(), "cause", e.words()));
            case DENIED -> tally.failed(path, Problem.of("files.denied", "path", path.text()));
            case MISSING -> tally.failed(path, Problem.of("files.moved", "path", path.text()));
            case LARGE -> tally.failed(path, Problem.of("files.large", "path", path.text(), "size", size));
        }
    }

    private ProblemException end(FilePath path, Problem why, TargetException e) {
        tally.cut(path);
        return new ProblemException(why, e);
    }

    /** Closes the folders of a walk that did not end by itself, but for the base. */
    void close() {
        while (levels.size() > 1) {
            levels.pop().folder.close();
        }
    }
}
