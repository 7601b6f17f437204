package org.coffer.console.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.coffer.engine.volume.Name;
import org.coffer.engine.volume.Node;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Reads one folder. What can be read of a damaged one is shown. Used by one thread, once. */
final class Listing {
    /** Names between two looks at whether somebody wants to stop. */
    private static final int PACE = 1_000;

    private final FileTree tree;
    private final FilePath folder;
    private final Work work;
    private final int most;
    private final List<Name> found = new ArrayList<>();

    Listing(FileTree tree, FilePath folder, Work work) {
        this(tree, folder, work, Selection.WIDEST);
    }

    /** One that takes {@code most} names. */
    Listing(FileTree tree, FilePath folder, Work work, int most) {
        this.most = most;
        this.tree = tree;
        this.folder = folder;
        this.work = work;
    }

    FileListing sorted(Comparator<String> names) {
        Node node = Readings.read(() -> tree.folder(folder));
        Optional<Problem> problem = read(node);
        List<FileEntry> entries = new ArrayList<>(found.size());
        for (Name name : found) {
            if (entries.size() % PACE == 0) {
                work.checkpoint();
            }
            entries.add(tree.entry(folder.child(name.text()), name));
        }
        entries.sort(Comparator.comparing((FileEntry entry) -> !entry.isFolder())
                .thenComparing(FileEntry::name, names)
                .thenComparing(FileEntry::name));
        return new FileListing(entries, problem);
    }

    /** Collects the names; says why these are not all. */
    private Optional<Problem> read(Node node) {
        try {
            Readings.read(() -> {
                tree.names(node, this::take);
                return found;
            });
            return Optional.empty();
        } catch (ProblemException e) {
            if (found.isEmpty() || !Readings.isLocal(e.problem())) {
                throw e;
            }
            return Optional.of(e.problem());
        }
    }

    private boolean take(Name name) {
        if (found.size() % PACE == 0) {
            work.checkpoint();
        }
        if (found.size() == most) {
            throw new ProblemException(Problem.of("files.many", "path", folder.text(), "most", most));
        }
        return found.add(name);
    }
}
