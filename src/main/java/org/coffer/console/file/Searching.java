package org.coffer.console.file;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.engine.volume.Name;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * One search for names. Folders are gone through one after the other, and only what fits is looked at more closely.
 *
 * <p><b>Memory.</b> The places found, at most {@link FileSearch#MOST} with at most {@link #VERSIONS} versions each; the folders of
 * one volume that are yet to be looked into; and the numbers of all its folders, because what was written by anybody may lead round
 * in circles: at most {@link #FOLDERS}, which is 64 MiB. Used by one thread, once.
 */
final class Searching {
    /** More versions of one place are not told apart. */
    static final int VERSIONS = 100;
    /** More folders of one volume are not looked into. */
    static final int FOLDERS = 2_000_000;
    /** Names between two looks at whether somebody wants to stop, and two words of how far it is. */
    private static final int PACE = 5_000;

    private final OpenBackups open;
    private final SearchSink sink;
    private final Work work;
    private final NamePattern pattern;
    private final int most;
    private final int folders;
    private final Map<FileHit.Key, FileHit> hits = new LinkedHashMap<>();
    private final Set<FileHit.Key> changed = new LinkedHashSet<>();
    private final List<SearchState.Trouble> troubles = new ArrayList<>();
    private int looked;
    private int backups;
    private long names;
    private long damaged;
    private boolean full;

    Searching(OpenBackups open, FileSearch wanted, SearchSink sink, Work work) {
        this(open, wanted, sink, work, FOLDERS);
    }

    /** One that looks into {@code folders} folders of each volume. */
    Searching(OpenBackups open, FileSearch wanted, SearchSink sink, Work work, int folders) {
        this.folders = folders;
        this.open = open;
        this.sink = sink;
        this.work = work;
        this.pattern = NamePattern.of(wanted.text());
        this.most = Math.clamp(wanted.most(), 1, FileSearch.MOST);
    }

    /** Looks into these backups in their order. */
    SearchState run(List<Backup> all) {
        backups = all.size();
        tell();
        for (Backup backup : all) {
            if (full) {
                break;
            }
            look(backup);
            changed.forEach(key -> sink.found(Objects.requireNonNull(hits.get(key))));
            changed.clear();
            looked++;
            tell();
        }
        return state();
    }

    private void look(Backup backup) {
        work.checkpoint();
        try (OpenBackups.Use use = open.use(backup.id())) {
            for (Volume volume : use.backup().volumes()) {
                if (full) {
                    return;
                }
                if (volume.readable()) {
                    look(use, volume);
                }
            }
        } catch (ProblemException e) {
            // Neither a vault without its key nor a backup that went meanwhile keeps the others from being looked into.
            trouble(backup, "", e.problem());
        }
    }

    private void look(OpenBackups.Use use, Volume volume) {
        Backup backup = use.backup().backup();
        FilePath root = FilePath.root(volume.number());
        try {
            FileTree tree = use.backup().tree(volume.number());
            ArrayDeque<Folder> waiting = new ArrayDeque<>();
            LongSet seen = new LongSet();
            Node top = Readings.read(() -> tree.node(root)).orElseThrow();
            seen.add(top.id());
            waiting.push(new Folder(root, top));
            while (!waiting.isEmpty() && !full) {
                look(backup, tree, waiting.pop(), waiting, seen);
            }
        } catch (ProblemException e) {
            elsewhere(backup, root, e);
        }
    }

    /** A folder that is yet to be looked into. */
    private record Folder(FilePath path, Node node) {}

    private void look(Backup backup, FileTree tree, Folder folder, ArrayDeque<Folder> waiting, LongSet seen) {
        work.checkpoint();
        List<Name> inner = new ArrayList<>();
        try {
            Readings.read(() -> {
                tree.names(folder.node, name -> take(backup, tree, folder.path, name, inner));
                return folder;
            });
        } catch (ProblemException e) {
            elsewhere(backup, folder.path, e);
        }
        for (Name name : inner) {
            FilePath path = folder.path.child(name.text());
            try {
                Node node = Readings.read(() -> tree.node(name));
                if (node.kind() == NodeKind.FOLDER && seen.add(node.id())) {
                    waiting.push(new Folder(path, node));
                }
            } catch (ProblemException e) {
                elsewhere(backup, path, e);
            }
        }
        if (seen.size() > folders) {
            waiting.clear();
            trouble(
                    backup,
                    folder.path.text(),
                    Problem.of(
                            "files.many",
                            "path",
                            FilePath.root(folder.path.volume()).text(),
                            "most",
                            folders));
        }
    }

    private boolean take(Backup backup, FileTree tree, FilePath folder, Name name, List<Name> inner)
            throws IOException {
        if (++names % PACE == 0) {
            work.checkpoint();
            tell();
        }
        if (inner.size() < folders && (name.kind() == NodeKind.FOLDER || name.kind() == NodeKind.UNKNOWN)) {
            inner.add(name);
        }
        if (pattern.fits(name.text())) {
            hit(backup, tree.entry(folder.child(name.text()), name));
        }
        return !full;
    }

    private void hit(Backup backup, FileEntry entry) {
        entry.problem().ifPresent(problem -> trouble(backup, entry.path().text(), problem));
        var key = new FileHit.Key(backup.diskId(), entry.path());
        FileHit known = hits.get(key);
        if (known == null) {
            if (hits.size() == most) {
                full = true;
                return;
            }
            FileHit fresh = new FileHit(
                    backup.diskId(), backup.diskName(), entry.path(), List.of(new FileVersion(entry, backup, 1)));
            hits.put(key, fresh);
            sink.found(fresh);
            return;
        }
        List<FileVersion> merged = Versions.with(known.versions(), entry, backup);
        if (merged.size() <= VERSIONS) {
            hits.put(key, new FileHit(known.disk(), known.diskName(), known.path(), merged));
            changed.add(key);
        }
    }

    private void elsewhere(Backup backup, FilePath place, ProblemException e) {
        if (!Readings.isLocal(e.problem())) {
            throw e;
        }
        trouble(backup, place.text(), e.problem());
    }

    private void trouble(Backup backup, String place, Problem problem) {
        damaged++;
        if (troubles.size() < SearchState.NAMED) {
            troubles.add(new SearchState.Trouble(backup.name(), place, problem));
        }
    }

    private SearchState state() {
        return new SearchState(looked, backups, names, hits.size(), full, damaged, troubles);
    }

    private void tell() {
        sink.looked(state());
    }
}
