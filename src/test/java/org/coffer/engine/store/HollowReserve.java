package org.coffer.engine.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** The room that a folder keeps for bad days, as a hole: writing it takes longer than most tests. */
public final class HollowReserve {
    private HollowReserve() {}

    /** Puts it into {@code folder}, which is to become a location. */
    public static void in(Path folder) throws IOException {
        Path reserve = folder.resolve(FolderReserve.FILE);
        try (RandomAccessFile file = new RandomAccessFile(reserve.toFile(), "rw")) {
            file.setLength(FolderReserve.FIRST);
        }
    }
}
