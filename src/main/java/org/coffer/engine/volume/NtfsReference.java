package org.coffer.engine.volume;

/** How NTFS names a file: 48 bits of the place of its record, 16 of how often that place was used before it. */
final class NtfsReference {
    static final int ROOT = 5;

    private static final int FIRST_FILE = 16;
    private static final long NUMBER = 0xffff_ffff_ffffL;

    private NtfsReference() {}

    /** Place of the file record. */
    static long number(long reference) {
        return reference & NUMBER;
    }

    /** How often the place was used; 0 if the reference does not say. */
    static int sequence(long reference) {
        return (int) (reference >>> 48);
    }

    /** Whether a record is the one that was meant, and not one that took its place since. */
    static boolean agrees(long reference, NtfsRecord record) {
        return sequence(reference) == 0 || sequence(reference) == record.sequence();
    }

    static long of(NtfsRecord record) {
        return (long) record.sequence() << 48 | record.number();
    }

    /** Whether it names one of the files in which NTFS keeps itself, or the root. */
    static boolean ofSystem(long reference) {
        return number(reference) < FIRST_FILE;
    }
}
