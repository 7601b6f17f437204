package org.coffer.engine.volume;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file or folder has besides that another place can take.
 *
 * @param values extended attributes by their names in Linux, each of at most 64 KiB
 * @param whole whether these are all
 */
public record FileAttributes(Map<String, byte[]> values, boolean whole) {
    /** Of one that has nothing. */
    static final FileAttributes NONE = new FileAttributes(Map.of(), true);

    /**
     * Takes attributes one by one, as many of one file as it holds: a file system may give one of them any number, and none of those
     * that people use has a hundredth of that.
     */
    static final class Taker {
        /** Bytes of names and values that are taken. */
        static final int MOST = 4 << 20;
        /** What keeping one costs beside its bytes. */
        private static final int EACH = 128;

        private final Map<String, byte[]> taken = new LinkedHashMap<>();
        private long bytes;
        private boolean whole = true;

        /** Takes one, if there is room. */
        void put(String name, byte[] value) {
            long more = EACH + 2L * name.length() + value.length;
            if (bytes + more > MOST) {
                whole = false;
            } else {
                bytes += more;
                taken.put(name, value);
            }
        }

        /** Whether there is no room for those that follow. */
        boolean isFull() {
            return !whole;
        }

        FileAttributes taken() {
            return new FileAttributes(taken, whole);
        }
    }
}
