package org.coffer.engine.volume;

import java.util.Optional;

/** Gathers the pieces of a long name, which lie before the entry with the short one, the last piece first. */
final class FatLongName {
    private static final int LAST = 0x40;
    private static final int PIECE = 13;
    private static final int MOST_PIECES = 20;
    private static final int[] PLACES = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

    private final char[] chars = new char[MOST_PIECES * PIECE];
    private int pieces;
    private int next;
    private int checksum;

    /** Takes a piece; one that does not follow the one before begins anew, or is none. */
    void take(FatEntry piece) {
        int number = piece.raw().get(0) & 0x3f;
        boolean last = (piece.raw().get(0) & LAST) != 0;
        int sum = piece.raw().get(13) & 0xff;
        if (last && number >= 1 && number <= MOST_PIECES) {
            pieces = number;
            checksum = sum;
        } else if (number == 0 || number != next || sum != checksum) {
            clear();
            return;
        }
        for (int i = 0; i < PIECE; i++) {
            chars[(number - 1) * PIECE + i] = piece.raw().getChar(PLACES[i]);
        }
        next = number - 1;
    }

    /** The name of an entry, if all pieces of it lay before it; then begins anew. */
    Optional<String> of(FatEntry entry) {
        boolean whole = pieces > 0 && next == 0 && checksum == entry.checksum();
        int length = 0;
        while (length < pieces * PIECE && chars[length] != 0) {
            length++;
        }
        clear();
        return whole && length > 0 ? Optional.of(new String(chars, 0, length)) : Optional.empty();
    }

    /** Forgets what was gathered. */
    void clear() {
        pieces = 0;
        next = 0;
    }
}
