package org.coffer.window.files;

import java.util.List;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileVolume;
import org.coffer.text.Printable;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/** What files, folders and volumes are called on the screen. */
public final class FileNames {
    private FileNames() {}

    /** The name of a line. */
    static String name(Kit kit, FileRow row) {
        return row.volume()
                .map(volume -> volume(kit, volume))
                .orElseGet(() -> Printable.line(row.path().name()));
    }

    /** A volume: by the name that somebody gave it, else by its number. */
    static String volume(Kit kit, FileVolume volume) {
        String label = Printable.line(volume.label());
        if (!label.isBlank()) {
            return label;
        }
        return volume.number() == 0 ? kit.say("browse.volume.whole") : kit.say("browse.volume", "n", volume.number());
    }

    /** What stands below the name: why it cannot be opened, or what a volume is. */
    static String below(Kit kit, FileRow row) {
        return row.problem()
                .map(why -> kit.text().explain(why).what())
                .orElseGet(() -> row.volume().map(FileVolume::format).orElse(""));
    }

    /** The folder that something lies in, without its own name. */
    public static String folder(FilePath path) {
        return Printable.line(path.parent().map(FilePath::inside).orElse("/"));
    }

    /** What several paths are called together: one by its name, more by their number. */
    public static Sentence together(List<FilePath> paths) {
        return paths.size() == 1
                ? Sentence.data(Printable.line(paths.getFirst().name()))
                : Sentence.of("browse.several", "n", paths.size());
    }
}
