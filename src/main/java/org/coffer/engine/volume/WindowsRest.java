package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an NTFS waits for its Windows: it was in use, so that its journal has to be played, or a sleeping system lies in it that goes on
 * with what it remembers of the volume. Nobody else should change how large it is then.
 */
final class WindowsRest {
    private static final String SLEEP = "hiberfil.sys";
    private static final int MARK = 4;

    private WindowsRest() {}

    /** Whether only Windows should go on with it; so it is if that cannot be found out. */
    static boolean isNeeded(Bytes volume) throws IOException {
        FileSystem system = NtfsVolume.open(volume);
        return system.lacksLastSeconds() || sleeps(system);
    }

    private static boolean sleeps(FileSystem system) throws IOException {
        List<Name> found = new ArrayList<>();
        system.names(system.root(), name -> {
            if (name.text().equalsIgnoreCase(SLEEP)) {
                found.add(name);
            }
            return found.isEmpty();
        });
        if (found.isEmpty()) {
            return false;
        }
        FileContent content = system.open(system.node(found.getFirst()));
        if (content.size() < MARK) {
            return false;
        }
        ByteBuffer mark = ByteBuffer.allocate(MARK);
        content.read(0, mark);
        String word = StandardCharsets.ISO_8859_1.decode(mark.flip()).toString();
        // Emptied or with another word after it was resumed.
        return word.equalsIgnoreCase("hibr");
    }
}
