package org.coffer.console.vault;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.coffer.console.resource.Disk;

/**
 * Which disks bind themselves to a vault (V8).
 *
 * @param pattern what their names look like: {@code *} for any characters, {@code ?} for one, capitals or not
 * @param folder below which folder they lie, an image's file or a device's node; empty for anywhere
 */
public record AutoBindRule(String pattern, String folder) {
    /** Whether a disk is meant. */
    public boolean matches(Disk disk) {
        return like(disk.name().toLowerCase(Locale.ROOT), pattern.toLowerCase(Locale.ROOT))
                && (folder.isEmpty() || disk.path().startsWith(Path.of(folder)));
    }

    private static boolean like(String name, String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return name.matches(regex.toString());
    }
}
