package org.coffer.engine.vault;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The master key as people write it down: Crockford's base 32 (no I, L, O, U; those that look alike are read as what was
 * meant), with a checksum of 24 bits, in 14 groups of 4.
 */
final class RecoveryCode {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHECK = 3;
    private static final int SYMBOLS = (MasterKey.LENGTH + CHECK) * 8 / 5;

    private RecoveryCode() {}

    static String of(MasterKey key) {
        byte[] bytes = key.copy();
        byte[] all = Arrays.copyOf(bytes, MasterKey.LENGTH + CHECK);
        System.arraycopy(check(bytes), 0, all, MasterKey.LENGTH, CHECK);
        StringBuilder text = new StringBuilder();
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            if (symbol > 0 && symbol % 4 == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(bits(all, symbol * 5)));
        }
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(all, (byte) 0);
        return text.toString();
    }

    /** The key in a code as typed: case, spaces and hyphens do not matter. Empty if it was mistyped. */
    static Optional<MasterKey> parse(String typed) {
        byte[] all = new byte[MasterKey.LENGTH + CHECK];
        try {
            return read(typed, all) ? checked(all) : Optional.empty();
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    /** Reads the symbols; false if there are others, more or fewer. */
    private static boolean read(String typed, byte[] all) {
        int symbol = 0;
        for (int i = 0; i < typed.length(); i++) {
            char letter = Character.toUpperCase(typed.charAt(i));
            if (letter == '-' || Character.isWhitespace(letter)) {
                continue;
            }
            int value = ALPHABET.indexOf(meant(letter));
            if (value < 0 || symbol == SYMBOLS) {
                return false;
            }
            for (int bit = 0; bit < 5; bit++) {
                int at = symbol * 5 + bit;
                all[at / 8] |= (byte) (((value >> (4 - bit)) & 1) << (7 - at % 8));
            }
            symbol++;
        }
        return symbol == SYMBOLS;
    }

    private static Optional<MasterKey> checked(byte[] all) {
        byte[] key = Arrays.copyOf(all, MasterKey.LENGTH);
        byte[] sum = Arrays.copyOfRange(all, MasterKey.LENGTH, all.length);
        boolean right = MessageDigest.isEqual(sum, check(key));
        Optional<MasterKey> found = right ? Optional.of(MasterKey.of(key)) : Optional.empty();
        Arrays.fill(key, (byte) 0);
        return found;
    }

    private static char meant(char letter) {
        return switch (letter) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> letter;
        };
    }

    private static int bits(byte[] bytes, int at) {
        int value = 0;
        for (int bit = at; bit < at + 5; bit++) {
            value = (value << 1) | ((bytes[bit / 8] >> (7 - bit % 8)) & 1);
        }
        return value;
    }

    private static byte[] check(byte[] key) {
        return Arrays.copyOf(MasterKey.digest("coffer recovery", key), CHECK);
    }
}
