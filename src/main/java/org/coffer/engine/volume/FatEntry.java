package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * An entry of a folder in FAT.
 *
 * @param raw its 32 bytes, little-endian
 */
record FatEntry(ByteBuffer raw) {
    /** Bytes of an entry. */
    static final int LENGTH = 32;

    private static final int DELETED = 0xe5;
    private static final int STANDS_FOR_E5 = 0x05;
    private static final int LABEL = 0x08;
    private static final int FOLDER = 0x10;
    private static final int LONG = 0x0f;
    private static final int LOWER_BASE = 0x08;
    private static final int LOWER_EXTENSION = 0x10;

    /** What short names are written in where nobody says otherwise, as in Linux. */
    private static final Charset SHORT_NAMES = Charset.forName("IBM437");

    /** Whether no entry follows it, and it is none. */
    boolean isEnd() {
        return raw.get(0) == 0;
    }

    /** Whether it was deleted. */
    boolean isDeleted() {
        return (raw.get(0) & 0xff) == DELETED;
    }

    /** Whether it is a piece of the long name of the entry that follows. */
    boolean isPieceOfName() {
        return (raw.get(11) & 0x3f) == LONG;
    }

    /** Whether it is the volume's name. */
    boolean isLabel() {
        return !isPieceOfName() && (raw.get(11) & LABEL) != 0;
    }

    /** Whether it is a folder's. */
    boolean isFolder() {
        return (raw.get(11) & FOLDER) != 0;
    }

    /** Its flags: read-only, hidden, system and archive are those of Windows. */
    int flags() {
        return raw.get(11) & 0xff;
    }

    /** Bytes of the file. */
    long size() {
        return Integer.toUnsignedLong(raw.getInt(28));
    }

    /** First cluster, 0 for none. */
    long cluster(int bits) {
        int high = bits == 32 ? raw.getShort(20) & 0xffff : 0;
        return ((long) high << 16) | (raw.getShort(26) & 0xffff);
    }

    /** The short name; the letters of its two parts may be meant as small ones. */
    String shortName() {
        byte[] name = name();
        int flags = raw.get(12);
        String base = text(name, 0, 8);
        String extension = text(name, 8, 3);
        String shown = (flags & LOWER_BASE) != 0 ? base.toLowerCase(Locale.ROOT) : base;
        if (extension.isEmpty()) {
            return shown;
        }
        return shown + "." + ((flags & LOWER_EXTENSION) != 0 ? extension.toLowerCase(Locale.ROOT) : extension);
    }

    /** The volume's name, if it is that. */
    String label() {
        return text(name(), 0, 11);
    }

    private byte[] name() {
        byte[] name = new byte[11];
        raw.get(0, name);
        if (name[0] == STANDS_FOR_E5) {
            name[0] = (byte) DELETED;
        }
        return name;
    }

    /** Text in the code page of short names, without the spaces that fill it. */
    static String text(byte[] raw, int from, int length) {
        int end = from + length;
        while (end > from && (raw[end - 1] == ' ' || raw[end - 1] == 0)) {
            end--;
        }
        return new String(raw, from, end - from, SHORT_NAMES);
    }

    /** By what pieces of a long name know the entry that they belong to. */
    int checksum() {
        int sum = 0;
        for (int i = 0; i < 11; i++) {
            sum = (((sum & 1) << 7) + (sum >> 1) + (raw.get(i) & 0xff)) & 0xff;
        }
        return sum;
    }

    /** When the content changed last, to two seconds. */
    Instant modified(ZoneId zone) {
        return time(raw.getShort(24), raw.getShort(22), 0, zone);
    }

    /** The day when it was last read. */
    Optional<Instant> accessed(ZoneId zone) {
        return raw.getShort(18) == 0 ? Optional.empty() : Optional.of(time(raw.getShort(18), 0, 0, zone));
    }

    /** When it was made, to ten milliseconds. */
    Optional<Instant> created(ZoneId zone) {
        return raw.getShort(16) == 0
                ? Optional.empty()
                : Optional.of(time(raw.getShort(16), raw.getShort(14), raw.get(13) & 0xff, zone));
    }

    /** A day 0 and a month 0, which nobody should write, count as the first ones, as in Linux. */
    private static Instant time(int date, int time, int hundredths, ZoneId zone) {
        int month = Math.clamp((date >> 5) & 0xf, 1, 12);
        int day = Math.max(1, date & 0x1f);
        return LocalDateTime.of(1980 + ((date >> 9) & 0x7f), month, 1, 0, 0)
                .plusDays(day - 1L)
                .plusHours((time >> 11) & 0x1f)
                .plusMinutes((time >> 5) & 0x3f)
                .plusSeconds((time & 0x1f) * 2L)
                .plusNanos(hundredths * 10_000_000L)
                .atZone(zone)
                .toInstant();
    }
}
