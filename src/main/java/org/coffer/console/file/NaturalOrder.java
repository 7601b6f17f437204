package org.coffer.console.file;

import java.math.BigInteger;
import java.util.Comparator;

/** Names as people count: without regard to case, and numbers in them by their value, so that {@code a2} comes before {@code a10}. */
final class NaturalOrder implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            int difference;
            if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
                int iEnd = end(one, i);
                int jEnd = end(other, j);
                difference = new BigInteger(one.substring(i, iEnd)).compareTo(new BigInteger(other.substring(j, jEnd)));
                i = iEnd;
                j = jEnd;
            } else {
                difference = fold(one.charAt(i++)) - fold(other.charAt(j++));
            }
            if (difference != 0) {
                return difference;
            }
        }
        int rest = (one.length() - i) - (other.length() - j);
        return rest != 0 ? rest : one.compareTo(other);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int end(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
