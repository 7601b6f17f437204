package org.coffer.console.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Which names can be given at the target, and what others are called instead. Sources: {@code path_resolution(7)}; for Windows
 * <em>Naming Files, Paths, and Namespaces</em> by Microsoft, whose list of characters FAT and exFAT have everywhere.
 */
final class TargetNames {
    private static final int LONGEST = 255;
    private static final Set<String> RESERVED = Set.of(
            "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1",
            "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

    /** Who says which names there are. */
    enum Rules {
        /** Linux, on a file system that keeps the bytes of names. */
        LINUX,
        /** The drivers of Linux for FAT and exFAT. */
        FAT,
        /** A Windows computer. */
        WINDOWS
    }

    private final Rules rules;

    TargetNames(Rules rules) {
        this.rules = rules;
    }

    /** Those of this computer, on a file system that takes what the system takes. */
    static TargetNames here() {
        return new TargetNames(java.io.File.separatorChar == '\\' ? Rules.WINDOWS : Rules.LINUX);
    }

    boolean isWindows() {
        return rules == Rules.WINDOWS;
    }

    /** Whether a name is one, leads nowhere else, and can be given. */
    boolean possible(String name) {
        boolean plain = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0;
        return plain
                && switch (rules) {
                    case LINUX -> bytes(name) <= LONGEST;
                    case FAT -> possibleOnFat(name);
                    case WINDOWS -> possibleOnFat(name) && possibleOnWindows(name);
                };
    }

    /** A dot at the end is dropped there without a word, so that two names would become one. */
    private static boolean possibleOnFat(String name) {
        return name.length() <= LONGEST
                && name.chars().noneMatch(c -> c < ' ' || "<>:\"\\|?*".indexOf(c) >= 0)
                && !name.endsWith(".");
    }

    private static boolean possibleOnWindows(String name) {
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toUpperCase(Locale.ROOT);
        return !name.endsWith(" ") && !RESERVED.contains(stem);
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Another name for something whose own is taken: {@code report (2026-11-21 02-00).docx}, with a number from the second on.
     *
     * @param mark what stands in brackets
     * @param nth 1 for the first try
     * @param folder whether it is a folder, whose name has no ending
     */
    static String other(String name, String mark, int nth, boolean folder) {
        int dot = folder ? -1 : name.lastIndexOf('.');
        // What begins with a dot has no ending; a very long one is none.
        boolean ending = dot > 0 && name.length() - dot <= 16;
        String stem = ending ? name.substring(0, dot) : name;
        String end =
                (nth == 1 ? " (" + mark + ")" : " (" + mark + " " + nth + ")") + (ending ? name.substring(dot) : "");
        while (bytes(stem) + bytes(end) > LONGEST) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + end;
    }

    /** What two names have in common that some file systems take for one: they tell neither case nor what a name ends with. */
    static String folded(String name) {
        String folded = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        int end = folded.length();
        while (end > 0 && (folded.charAt(end - 1) == '.' || folded.charAt(end - 1) == ' ')) {
            end--;
        }
        return folded.substring(0, end);
    }
}
