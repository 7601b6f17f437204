package org.coffer.console.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Where a file lies in a backup. Its text is {@code 2:/home/anna/report.docx}: the number of the volume, a colon, and the names
 * with a slash before each; {@code 2:/} is the volume's topmost folder.
 *
 * @param volume number of the volume; 0 for a disk without partitions
 * @param names from the topmost folder down, as the file system has them; empty for that folder itself
 */
public record FilePath(int volume, List<String> names) {
    private static final char SLASH = '/';

    /** Keeps a copy of {@code names}. */
    public FilePath {
        names = List.copyOf(names);
    }

    /** The topmost folder of a volume. */
    public static FilePath root(int volume) {
        return new FilePath(volume, List.of());
    }

    /**
     * Reads the text of a path. Slashes at its end and double ones mean nothing.
     *
     * @throws ProblemException {@code files.path} if it is none
     */
    public static FilePath parse(String text) {
        int colon = text.indexOf(':');
        String number = colon < 0 ? "" : text.substring(0, colon);
        if (!number.matches("[0-9]{1,4}")) {
            throw new ProblemException(Problem.of("files.path", "path", text));
        }
        return of(Integer.parseInt(number), text.substring(colon + 1));
    }

    /**
     * A path by the names in a text such as {@code /home/anna}, with or without the first slash.
     *
     * @throws ProblemException {@code files.path} if it leads upwards
     */
    public static FilePath of(int volume, String names) {
        List<String> parts = new ArrayList<>();
        for (String name : names.split("/", -1)) {
            if (name.equals("..")) {
                throw new ProblemException(Problem.of("files.path", "path", volume + ":" + names));
            }
            if (!name.isEmpty() && !name.equals(".")) {
                parts.add(name);
            }
        }
        return new FilePath(volume, parts);
    }

    /** Its text, from which {@link #parse} makes the same path unless a name has a slash in it. */
    public String text() {
        return volume + ":" + inside();
    }

    /** Its place within the volume: {@code /home/anna}, or {@code /}. */
    public String inside() {
        return SLASH + String.join("/", names);
    }

    /** The last name; empty for the topmost folder. */
    public String name() {
        return names.isEmpty() ? "" : names.getLast();
    }

    /** Whether this is the topmost folder. */
    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The folder that it lies in; empty for the topmost one. */
    public Optional<FilePath> parent() {
        return isRoot() ? Optional.empty() : Optional.of(new FilePath(volume, names.subList(0, names.size() - 1)));
    }

    /** What has this name in it. */
    public FilePath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new FilePath(volume, longer);
    }

    /** Whether each name is one by itself, so that the text means the same path: no slash, and none that leads elsewhere. */
    boolean isPlain() {
        return names.stream()
                .noneMatch(name -> name.isEmpty()
                        || name.equals(".")
                        || name.equals("..")
                        || name.indexOf(SLASH) >= 0
                        || name.indexOf('\0') >= 0);
    }

    /** Whether it is {@code folder} or lies somewhere below it. */
    public boolean within(FilePath folder) {
        return volume == folder.volume
                && names.size() >= folder.names.size()
                && names.subList(0, folder.names.size()).equals(folder.names);
    }

    @Override
    public String toString() {
        return text();
    }
}
