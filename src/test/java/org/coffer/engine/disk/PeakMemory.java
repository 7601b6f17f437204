package org.coffer.engine.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that a process ever held: heap, native buffers, code and mapped files, as Linux counts it. */
public final class PeakMemory {
    private PeakMemory() {}

    /** Of this process, in MiB: {@code VmHWM} of {@code /proc/self/status}. */
    public static long mebibytes() throws IOException {
        String kib = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(kib.replaceAll("\\D", "")) / 1024;
    }

    /** Reads the number that {@code peak N MiB} in a process's output tells. */
    public static long in(String output) {
        int at = output.indexOf("peak ");
        if (at < 0) {
            throw new IllegalArgumentException("tells no peak: " + output);
        }
        return Long.parseLong(output.substring(at + 5, output.indexOf(" MiB", at)));
    }
}
