package org.coffer.engine.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The key of a vault: 32 random bytes, from which all others follow. Wiped by {@link #close}; the vault works on copies,
 * so the caller may close its own as soon as the vault is open.
 */
public final class MasterKey implements AutoCloseable {
    /** Bytes of a master key. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Draws a new key; {@code random} must be a {@link java.security.SecureRandom} outside tests. */
    public static MasterKey random(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** Copies a key. @throws IllegalArgumentException unless there are 32 bytes */
    public static MasterKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a master key has 32 bytes, not " + bytes.length);
        }
        return new MasterKey(bytes.clone());
    }

    /** A copy of the bytes, for whoever seals the key; wipe it after use. */
    public byte[] copy() {
        return bytes.clone();
    }

    /** The code for the recovery sheet: 14 groups of 4 letters and digits. */
    public String recoveryCode() {
        return RecoveryCode.of(this);
    }

    /** SHA-256 of some text and a key, of which nothing stays behind in the digest's buffer. */
    static byte[] digest(String text, byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.getBytes(StandardCharsets.US_ASCII));
            byte[] sum = digest.digest(key);
            // One byte less than a block goes through the buffer; a whole one would not.
            digest.update(new byte[digest.getDigestLength() * 2 - 1]);
            digest.reset();
            return sum;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether both are the same key, in constant time. */
    public boolean same(MasterKey other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Says nothing about the key. */
    @Override
    public String toString() {
        return "MasterKey";
    }
}
