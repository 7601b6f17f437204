package org.coffer.window.opened;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.coffer.console.opened.OpenDisk;

/**
 * What to type where an open disk is to be used, one line each, for the system that this is.
 *
 * @param family of the system where it is typed
 */
record Recipes(Family family) {
    private static final int SHORT = 8;

    /** What is typed differs between these. */
    enum Family {
        LINUX,
        WINDOWS,
        OTHER
    }

    /**
     * A line.
     *
     * @param key the message that says what it does
     * @param command to be typed as it is
     */
    record Recipe(String key, String command) {}

    /** For this computer. */
    static Recipes here() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return new Recipes(
                name.contains("linux") ? Family.LINUX : name.contains("windows") ? Family.WINDOWS : Family.OTHER);
    }

    /**
     * All lines for a disk that is served; none for one that is not.
     *
     * @param mountable whether Coffer can mount it
     */
    List<Recipe> of(OpenDisk disk, boolean mountable) {
        return disk.uri().map(uri -> of(disk, mountable, quoted(uri))).orElse(List.of());
    }

    private List<Recipe> of(OpenDisk disk, boolean mountable, String uri) {
        List<Recipe> all = new ArrayList<>();
        if (mountable && family == Family.LINUX) {
            all.add(new Recipe(
                    "opened.recipe.mount",
                    "coffer restore mount " + disk.id().toString().substring(0, SHORT) + " --into /mnt"));
        }
        // A disk that takes no writes boots over a file that QEMU throws away in the end.
        all.add(new Recipe(
                "opened.recipe.qemu",
                "qemu-system-x86_64 -m 2048 " + (disk.writable() ? "" : "-snapshot ") + "-drive format=raw,file="
                        + uri));
        all.add(new Recipe("opened.recipe.copy", "qemu-img convert -p -f raw -O raw " + uri + " disk.img"));
        return List.copyOf(all);
    }

    /** As one word of a shell; addresses hold neither kind of quote, they are encoded there. */
    private String quoted(String uri) {
        return family == Family.WINDOWS ? '"' + uri + '"' : "'" + uri + "'";
    }
}
