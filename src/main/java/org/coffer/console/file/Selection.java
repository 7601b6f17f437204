package org.coffer.console.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coffer.engine.volume.Name;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen in a backup, gone through with all that is in it: each folder before what it holds, always in the same order. What
 * lies within another chosen folder comes once, with that. A folder that the file system names twice is entered once; one that
 * cannot be read costs only itself. Used by one thread.
 */
final class Selection {
    /** Folders that lie deeper are not entered; each level holds a folder open at the target. */
    static final int DEEPEST = 256;
    /** More names of one folder are not taken. */
    static final int WIDEST = 1_000_000;

    private final OpenBackup backup;
    private final List<FilePath> files;
    private final Work work;
    private final int widest;
    private final Map<Integer, LongSet> entered = new HashMap<>();

    Selection(OpenBackup backup, List<FilePath> files, Work work) {
        this(backup, files, work, WIDEST);
    }

    /** One that takes {@code widest} names of each folder. */
    Selection(OpenBackup backup, List<FilePath> files, Work work, int widest) {
        this.widest = widest;
        this.backup = backup;
        this.files = outermost(files);
        this.work = work;
    }

    /** Is shown what was chosen. */
    interface Visitor {
        /** What follows was chosen itself; false to leave it out. */
        boolean begin(FilePath chosen, FileTree tree) throws IOException;

        /** A folder; false to leave out what is in it. */
        boolean enter(FilePath path, Node folder) throws IOException;

        /** The end of a folder that was entered. */
        void leave(FilePath path, Node folder) throws IOException;

        /** A file, a link or something special. */
        void file(FilePath path, Node node, FileTree tree) throws IOException;

        /** Something that cannot be read. */
        void unreadable(FilePath path, Problem problem) throws IOException;
    }

    /** Those that lie within none of the others, in the order given. */
    static List<FilePath> outermost(List<FilePath> files) {
        Set<FilePath> all = new HashSet<>(files);
        return files.stream()
                .distinct()
                .filter(path -> {
                    for (var up = path.parent(); up.isPresent(); up = up.get().parent()) {
                        if (all.contains(up.get())) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    /** Goes through it. What the visitor throws ends it. */
    void walk(Visitor visitor) throws IOException {
        Map<FilePath, List<FilePath>> byFolder = new LinkedHashMap<>();
        for (FilePath file : files) {
            byFolder.computeIfAbsent(file.parent().orElse(file), folder -> new ArrayList<>())
                    .add(file);
        }
        for (Map.Entry<FilePath, List<FilePath>> folder : byFolder.entrySet()) {
            Chosen chosen = look(folder.getKey(), folder.getValue(), visitor);
            for (FilePath path : folder.getValue()) {
                Node node = chosen.nodes.get(path);
                if (node != null && chosen.tree != null && visitor.begin(path, chosen.tree)) {
                    one(path, node, chosen.tree, visitor, 0);
                }
            }
        }
    }

    /** What was chosen of one folder. */
    private record Chosen(@Nullable FileTree tree, Map<FilePath, Node> nodes) {}

    /** Looks up all that was chosen of a folder in one go, for it may be large. */
    private Chosen look(FilePath folder, List<FilePath> wanted, Visitor visitor) throws IOException {
        Map<FilePath, Node> found = new HashMap<>();
        Map<FilePath, Problem> problems = new HashMap<>();
        FileTree tree = null;
        try {
            FileTree here = backup.tree(folder.volume());
            tree = here;
            Map<String, Name> names = wanted.size() > 1 ? names(here, folder, wanted) : Map.of();
            for (FilePath path : wanted) {
                try {
                    Name name = names.get(path.name());
                    Node node = Readings.read(() ->
                            name != null ? here.node(name) : here.node(path).orElseThrow(() -> FileTree.missing(path)));
                    found.put(path, node);
                } catch (ProblemException e) {
                    problems.put(path, local(e));
                }
            }
        } catch (ProblemException e) {
            Problem problem = local(e);
            wanted.forEach(path -> problems.put(path, problem));
        }
        for (FilePath path : wanted) {
            Problem problem = problems.get(path);
            if (problem != null) {
                visitor.unreadable(path, problem);
            }
        }
        return new Chosen(tree, found);
    }

    private static Map<String, Name> names(FileTree tree, FilePath folder, List<FilePath> wanted) {
        Set<String> texts = new HashSet<>();
        wanted.forEach(path -> texts.add(path.name()));
        Map<String, Name> names = new HashMap<>();
        Readings.read(() -> {
            tree.names(tree.folder(folder), name -> {
                if (texts.contains(name.text())) {
                    names.putIfAbsent(name.text(), name);
                }
                return names.size() < texts.size();
            });
            return folder;
        });
        return names;
    }

    private static Problem local(ProblemException e) {
        if (!Readings.isLocal(e.problem())) {
            throw e;
        }
        return e.problem();
    }

    private void one(FilePath path, Node node, FileTree tree, Visitor visitor, int depth) throws IOException {
        work.checkpoint();
        if (node.kind() != NodeKind.FOLDER) {
            visitor.file(path, node, tree);
            return;
        }
        if (depth == DEEPEST) {
            visitor.unreadable(path, Problem.of("files.deep", "path", path.text(), "most", DEEPEST));
            return;
        }
        if (!entered.computeIfAbsent(path.volume(), volume -> new LongSet()).add(node.id())) {
            visitor.unreadable(path, Problem.of("files.broken", "what", path.name()));
            return;
        }
        if (!visitor.enter(path, node)) {
            return;
        }
        for (Name name : inside(path, node, tree, visitor)) {
            FilePath inner = path.child(name.text());
            Node child;
            try {
                child = Readings.read(() -> tree.node(name));
            } catch (ProblemException e) {
                visitor.unreadable(inner, local(e));
                continue;
            }
            one(inner, child, tree, visitor, depth + 1);
        }
        visitor.leave(path, node);
    }

    private List<Name> inside(FilePath path, Node folder, FileTree tree, Visitor visitor) throws IOException {
        List<Name> names = new ArrayList<>();
        try {
            Readings.read(() -> {
                tree.names(folder, name -> {
                    if (names.size() == widest) {
                        throw new ProblemException(Problem.of("files.many", "path", path.text(), "most", widest));
                    }
                    return names.add(name);
                });
                return names;
            });
        } catch (ProblemException e) {
            visitor.unreadable(path, local(e));
        }
        return names;
    }
}
