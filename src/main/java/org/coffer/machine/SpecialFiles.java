package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** File systems that show what the system knows as if it were files (proc(5), sysfs(5)): they keep nothing. */
public final class SpecialFiles {
    private static final Set<String> TYPES = Set.of(
            "proc",
            "sysfs",
            "cgroup",
            "cgroup2",
            "debugfs",
            "tracefs",
            "securityfs",
            "configfs",
            "bpf",
            "devpts",
            "mqueue",
            "pstore",
            "efivarfs",
            "binfmt_misc");

    private SpecialFiles() {}

    /** Whether a file or folder that is there lies on such a file system. */
    public static boolean hold(Path path) {
        try {
            return TYPES.contains(Files.getFileStore(path).type());
        } catch (IOException e) {
            return false;
        }
    }
}
