package org.coffer.console.file;

import java.util.ArrayList;
import java.util.List;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Counts what was chosen, before anything is written. */
final class Census implements Selection.Visitor {
    /** Files up to this size are counted as if they had no holes. */
    private static final long SMALL = 1L << 20;

    private final Work work;
    private final List<FileFailure> unreadable = new ArrayList<>();
    private boolean whole = true;
    private boolean holes = true;
    private long unreadableCount;
    private long files;
    private long folders;
    private long bytes;

    Census(Work work) {
        this.work = work;
    }

    /** Whether all was counted: nothing is unknown that may have been a folder with much in it. */
    boolean whole() {
        return whole;
    }

    long files() {
        return files;
    }

    long folders() {
        return folders;
    }

    /** Whether holes take no room at the target of what comes next; they do not unless this is said. */
    void holes(boolean free) {
        holes = free;
    }

    /** What the files hold, without holes where these take no room. */
    long bytes() {
        return bytes;
    }

    List<FileFailure> unreadable() {
        return unreadable;
    }

    @Override
    public boolean begin(FilePath chosen, FileTree tree) {
        return true;
    }

    @Override
    public boolean enter(FilePath path, Node folder) {
        folders++;
        return true;
    }

    @Override
    public void leave(FilePath path, Node folder) {
        // Counted when it was entered.
    }

    @Override
    public void file(FilePath path, Node node, FileTree tree) {
        if (node.kind() == NodeKind.SPECIAL) {
            return;
        }
        files++;
        if (node.kind() != NodeKind.FILE) {
            return;
        }
        try {
            bytes += node.size() <= SMALL || !holes
                    ? node.size()
                    : Readings.read(() -> WrittenParts.bytes(tree.open(node), work));
        } catch (ProblemException e) {
            if (!Readings.isLocal(e.problem())) {
                throw e;
            }
            note(path, e.problem());
        }
    }

    @Override
    public void unreadable(FilePath path, Problem problem) {
        whole = false;
        note(path, problem);
    }

    /** Something that can be read and not be restored at the target. */
    void impossible(FilePath path, Problem problem) {
        note(path, problem);
    }

    /** How much cannot be restored. */
    long unreadableCount() {
        return unreadableCount;
    }

    private void note(FilePath path, Problem problem) {
        unreadableCount++;
        if (unreadable.size() < FilePlan.NAMED) {
            unreadable.add(new FileFailure(path.text(), problem));
        }
    }
}
