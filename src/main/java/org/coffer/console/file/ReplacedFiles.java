package org.coffer.console.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.machine.TargetException;
import org.coffer.machine.TargetFolder;

/**
 * Keeps what files restored over it would replace (S8): moved into a dated folder beside what was chosen, under the folders it was
 * in; or, where another drive is mounted between, beside the topmost of these that lies on its own. It is moved only when what replaces it
 * is whole, and no room is needed for it. Used by one thread.
 */
final class ReplacedFiles {
    private static final int RIGHTS = 0777;

    private final String name;
    private final Tally tally;
    private final Set<String> told = new HashSet<>();

    /** @param name of the folder */
    ReplacedFiles(String name, Tally tally) {
        this.name = name;
        this.tally = tally;
    }

    /**
     * Moves a file or link away from its place.
     *
     * @param base the folder beside which it is kept
     * @param place the folders from there to it
     * @param from the last of them
     */
    void keep(TargetFolder base, List<String> place, TargetFolder from, String file) throws TargetException {
        List<TargetFolder> way = new ArrayList<>();
        try {
            List<TargetFolder> above = new ArrayList<>(List.of(base));
            for (String folder : place) {
                above.add(above.getLast().enter(folder));
                way.add(above.getLast());
            }
            int top = place.size();
            while (top > 0 && above.get(top - 1).isBeside(from)) {
                top--;
            }
            TargetFolder at = enter(above.get(top), above.get(top), name);
            way.add(at);
            for (int level = top; level < place.size(); level++) {
                at = enter(at, above.get(level), place.get(level));
                way.add(at);
            }
            from.move(file, at, free(at, file));
            at.sync();
            String folder = above.get(top).path() + File.separator + name;
            if (told.add(folder)) {
                tally.kept(folder);
            }
        } finally {
            way.forEach(TargetFolder::close);
        }
    }

    /** Opens a folder, which is made as {@code like} is if it is not there. */
    private static TargetFolder enter(TargetFolder outer, TargetFolder like, String name) throws TargetException {
        if (outer.look(name).isPresent()) {
            return outer.enter(name);
        }
        outer.make(name);
        TargetFolder made = outer.enter(name);
        try {
            // Whoever may go into the folder beside may go into this one.
            Path path = like.path();
            if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                boolean ignored = made.own(number(path, "unix:uid"), number(path, "unix:gid"));
                made.mode((int) number(path, "unix:mode") & RIGHTS);
            }
            outer.sync();
            return made;
        } catch (IOException e) {
            // It stays closed to others, which is the safe way.
            return made;
        }
    }

    private static long number(Path path, String attribute) throws IOException {
        return ((Number) Files.getAttribute(path, attribute)).longValue();
    }

    /** A name that is free there: another restore of the same minute may have kept one. */
    private static String free(TargetFolder folder, String name) throws TargetException {
        String free = name;
        for (int nth = 2; ; nth++) {
            Optional<TargetFolder.Found> there = folder.look(free);
            if (there.isEmpty()) {
                return free;
            }
            free = TargetNames.other(name, String.valueOf(nth), 1, false);
        }
    }
}
