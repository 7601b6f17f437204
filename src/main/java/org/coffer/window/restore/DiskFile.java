package org.coffer.window.restore;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.backup.Backup;
import org.coffer.console.restore.Target;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/** The new file that a disk is restored into: where, and of which kind. The ending of its name goes by the kind, and the other way round. */
public final class DiskFile {
    private final Desk desk;
    private final StringProperty path = new SimpleStringProperty("");
    private final ObjectProperty<Target.Format> format = new SimpleObjectProperty<>(Target.Format.RAW);

    /** No file yet. */
    public DiskFile(Desk desk) {
        this.desk = desk;
        path.subscribe(now -> kindOf(now).ifPresent(format::set));
        format.subscribe((was, now) -> follow(was, now));
    }

    private static String ending(Target.Format format) {
        return switch (format) {
            case RAW -> ".img";
            case QCOW2 -> ".qcow2";
        };
    }

    private static Optional<Target.Format> kindOf(String path) {
        String name = path.strip().toLowerCase(Locale.ROOT);
        for (Target.Format one : Target.Format.values()) {
            if (name.endsWith(ending(one))) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private void follow(Target.Format was, Target.Format now) {
        String typed = path.get().strip();
        if (typed.toLowerCase(Locale.ROOT).endsWith(ending(was))) {
            path.set(typed.substring(0, typed.length() - ending(was).length()) + ending(now));
        }
    }

    /** Suggests a file in the user's home, named after disk and day; the kind stays as it was chosen. */
    public void suggest(Backup backup) {
        String name = backup.diskName().replaceAll("[^\\p{IsHan}\\p{Alnum}_.-]", "_");
        LocalDate day = LocalDate.ofInstant(backup.createdAt(), desk.clock().getZone());
        path.set(Path.of(System.getProperty("user.home", "."), name + '-' + day + ending(format.get()))
                .toString());
    }

    /** The file, as it is typed. */
    public StringProperty pathProperty() {
        return path;
    }

    /** Its kind. */
    public ObjectProperty<Target.Format> formatProperty() {
        return format;
    }

    /** Its name, without the folder. */
    public String name() {
        int slash = Math.max(path.get().lastIndexOf('/'), path.get().lastIndexOf('\\'));
        return path.get().substring(slash + 1);
    }

    /** Whether something is typed at all. */
    public boolean typed() {
        return !path.get().isBlank();
    }

    /** Lets the user say where it goes. */
    public void choose() {
        desk.dialogs()
                .save(Sentence.of("restore.choose.title"), name())
                .ifPresent(chosen -> path.set(chosen.toString()));
    }

    /**
     * Where to; empty while nothing is typed.
     *
     * @throws ProblemException {@code location.missing} if no file can be called so
     */
    public Optional<Target> target() {
        if (!typed()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Target.NewFile(Path.of(path.get().strip()), format.get()));
        } catch (InvalidPathException e) {
            throw new ProblemException(Problem.of("location.missing", "path", path.get()), e);
        }
    }
}
