package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The head of a vault: which one it is, and by what rules it is written. Section 8 of the format.
 *
 * @param version format version
 * @param open whether the key lies in the vault for anybody to take
 * @param features feature bits of the vault
 * @param vault its id
 * @param fingerprint of its key
 * @param created when it was made, milliseconds since 1970
 * @param program which program made it
 */
record Header(
        int version, boolean open, long features, VaultId vault, BlockId fingerprint, long created, String program) {
    static final int COPIES = 3;
    static final int VERSION = 1;
    static final int LENGTH = 128;
    /** More than a header of any later version will have. */
    static final int MOST = 4096;

    private static final int MACED = 96;
    private static final long MAGIC = 0x434f464645525641L; // COFFERVA

    byte[] write(Keys keys) {
        ByteBuffer out = ByteBuffer.allocate(LENGTH);
        out.putLong(MAGIC).putShort((short) version).putShort((short) LENGTH).putInt(open ? 1 : 0);
        out.putLong(features).putLong(vault.high()).putLong(vault.low());
        out.putLong(fingerprint.high()).putLong(fingerprint.low()).putLong(created);
        out.put(new byte[] {1, 1, 1, 1, 16, 7, 0, 0});
        byte[] text = program.getBytes(StandardCharsets.US_ASCII);
        out.put(Arrays.copyOf(text, 24));
        out.put(keys.headerMac(out.array(), MACED));
        return out.array();
    }

    /** Whether this could be a header at all, of any version. */
    static boolean looksRight(byte[] bytes) {
        return bytes.length >= 12 && ByteBuffer.wrap(bytes).getLong() == MAGIC;
    }

    static int version(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getShort(8) & 0xffff;
    }

    /** Which program made the vault; best effort, also for newer versions. */
    static String program(byte[] bytes) {
        if (bytes.length < MACED) {
            return "?";
        }
        String text = new String(bytes, 72, 24, StandardCharsets.US_ASCII);
        int end = text.indexOf(0);
        String version = (end < 0 ? text : text.substring(0, end)).replaceAll("[^0-9A-Za-z.+_-]", "");
        return version.isEmpty() ? "?" : version;
    }

    /** Whether the bytes were written by somebody with these keys. */
    static boolean authentic(byte[] bytes, Keys keys) {
        return bytes.length == LENGTH
                && MessageDigest.isEqual(Arrays.copyOfRange(bytes, MACED, LENGTH), keys.headerMac(bytes, MACED));
    }

    /** Reads the fields, believed or not. */
    static Header read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 8, MACED - 8);
        int version = in.getShort() & 0xffff;
        in.getShort();
        boolean open = (in.getInt() & 1) != 0;
        long features = in.getLong();
        VaultId vault = new VaultId(in.getLong(), in.getLong());
        BlockId fingerprint = new BlockId(in.getLong(), in.getLong());
        return new Header(version, open, features, vault, fingerprint, in.getLong(), program(bytes));
    }

    /** Whether the rules it names are the ones this program knows. */
    static boolean knownRules(byte[] bytes) {
        return Arrays.equals(Arrays.copyOfRange(bytes, 64, 72), new byte[] {1, 1, 1, 1, 16, 7, 0, 0});
    }
}
