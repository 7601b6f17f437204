package org.coffer.console.file;

import java.util.Locale;

/**
 * What a name is searched by: a part of it in any case, or, with {@code *} or {@code ?} in it, the whole. Characters of other scripts
 * are themselves; what some systems write as a letter and an accent is the same as the accented letter.
 */
final class NamePattern {
    private final String wanted;
    private final boolean wild;

    private NamePattern(String wanted, boolean wild) {
        this.wanted = wanted;
        this.wild = wild;
    }

    /** A pattern; an empty text fits every name. */
    static NamePattern of(String text) {
        String plain = fold(text.strip());
        return new NamePattern(plain, plain.indexOf('*') >= 0 || plain.indexOf('?') >= 0);
    }

    private static String fold(String text) {
        String lower = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= 0x80) {
                return java.text.Normalizer.normalize(lower, java.text.Normalizer.Form.NFC);
            }
        }
        return lower;
    }

    /** Whether a name fits. */
    boolean fits(String name) {
        String folded = fold(name);
        return wild ? matches(folded) : folded.contains(wanted);
    }

    /** Goes back to the last star only, so a name costs at most its length times that of the pattern. */
    private boolean matches(String name) {
        int at = 0;
        int pattern = 0;
        int star = -1;
        int from = 0;
        while (at < name.length()) {
            char next = pattern < wanted.length() ? wanted.charAt(pattern) : 0;
            if (next == '*') {
                star = pattern++;
                from = at;
            } else if (pattern < wanted.length() && (next == '?' || next == name.charAt(at))) {
                at += next == '?' && Character.isHighSurrogate(name.charAt(at)) && at + 1 < name.length() ? 2 : 1;
                pattern++;
            } else if (star >= 0) {
                pattern = star + 1;
                at = ++from;
            } else {
                return false;
            }
        }
        while (pattern < wanted.length() && wanted.charAt(pattern) == '*') {
            pattern++;
        }
        return pattern == wanted.length();
    }
}
