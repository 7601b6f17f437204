package org.coffer.engine.vault;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One way in which bytes come to harm. {@code at} is taken modulo the length, so that every change fits every object.
 *
 * @param how what happens
 * @param at where
 * @param value with what
 */
record Change(How how, int at, int value) {
    /** What can happen to bytes. */
    enum How {
        BIT,
        BYTE,
        SHORT,
        INT,
        CUT,
        EXTEND,
        REMOVE,
        REPEAT,
        SWAP,
        NOISE
    }

    /** Up to five changes, with numbers at the edges of their ranges more often than others. */
    static Arbitrary<List<Change>> some() {
        Arbitrary<Integer> values = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 2, -1, 127, 128, 255, 256, 65_535, 65_536, 1 << 24, Integer.MAX_VALUE),
                Arbitraries.of(Integer.MIN_VALUE, Integer.MAX_VALUE - 255, (1 << 24) - 1, 1 << 20, 0x7fff0000),
                Arbitraries.integers());
        Arbitrary<Integer> places = Arbitraries.oneOf(Arbitraries.integers().between(0, 64), Arbitraries.integers());
        return Combinators.combine(Arbitraries.of(How.class), places, values)
                .as(Change::new)
                .list()
                .ofMaxSize(5);
    }

    /** A copy of the bytes with all changes, one after the other. */
    static byte[] all(byte[] bytes, List<Change> changes) {
        byte[] changed = bytes.clone();
        for (Change change : changes) {
            changed = change.to(changed);
        }
        return changed;
    }

    private byte[] to(byte[] bytes) {
        if (bytes.length == 0) {
            return how == How.EXTEND ? new byte[value & 0xff] : bytes;
        }
        int place = Math.floorMod(at, bytes.length);
        int other = Math.floorMod(value, bytes.length);
        return switch (how) {
            case BIT -> set(bytes, place, bytes[place] ^ 1 << (value & 7), 1);
            case BYTE -> set(bytes, place, value, 1);
            case SHORT -> set(bytes, place, value, 2);
            case INT -> set(bytes, place, value, 4);
            case CUT -> Arrays.copyOf(bytes, place);
            case EXTEND -> Arrays.copyOf(bytes, bytes.length + (value & 0xfff));
            case REMOVE -> without(bytes, place, Math.min(value & 63, bytes.length - place));
            case REPEAT -> twice(bytes, place);
            case SWAP -> swapped(bytes, place, other);
            case NOISE -> noise(bytes, place);
        };
    }

    private static byte[] set(byte[] bytes, int place, int number, int size) {
        for (int i = 0; i < size && place + i < bytes.length; i++) {
            bytes[place + i] = (byte) (number >>> (8 * (size - 1 - i)));
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int place, int count) {
        byte[] less = Arrays.copyOf(bytes, bytes.length - count);
        System.arraycopy(bytes, place + count, less, place, bytes.length - place - count);
        return less;
    }

    /** What follows a place once more at the end. */
    private static byte[] twice(byte[] bytes, int place) {
        int count = Math.min(1024, bytes.length - place);
        byte[] more = Arrays.copyOf(bytes, bytes.length + count);
        System.arraycopy(bytes, place, more, bytes.length, count);
        return more;
    }

    private static byte[] swapped(byte[] bytes, int one, int other) {
        for (int i = 0; i < 16 && one + i < bytes.length && other + i < bytes.length; i++) {
            byte kept = bytes[one + i];
            bytes[one + i] = bytes[other + i];
            bytes[other + i] = kept;
        }
        return bytes;
    }

    private byte[] noise(byte[] bytes, int place) {
        SplittableRandom random = new SplittableRandom(value);
        for (int i = place; i < Math.min(bytes.length, place + 256); i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
}
