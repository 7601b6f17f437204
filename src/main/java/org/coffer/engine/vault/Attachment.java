package org.coffer.engine.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An object that another one fixes by length and SHA-256.
 *
 * @param length bytes of the object; 0 if there is none
 * @param hash hexadecimal SHA-256 of the object
 */
record Attachment(int length, String hash) {
    static final Attachment NONE = new Attachment(0, "00".repeat(32));

    static Attachment of(byte[] object) {
        return new Attachment(object.length, sha256(object));
    }

    boolean matches(byte[] object) {
        return object.length == length && sha256(object).equals(hash);
    }

    private static String sha256(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void write(FieldWriter out) {
        out.u32(length).raw(HexFormat.of().parseHex(hash));
    }

    static Attachment read(FieldReader in) throws DamagedException {
        return new Attachment(in.count(Integer.MAX_VALUE), HexFormat.of().formatHex(in.raw(32)));
    }
}
