package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The bytes of a key slot: the master key, wrapped. Section 8 of the format. */
final class Slot {
    static final int COPIES = 3;
    static final int LENGTH = 140;
    static final int PASSPHRASE = 1;
    static final int OPEN = 2;

    /** How hard Argon2id works: 64 MiB, 3 passes, 1 lane. */
    record Effort(int memoryKib, int passes, int lanes) {
        static final Effort STANDARD = new Effort(65_536, 3, 1);

        /** What the format allows, and this process has the memory for: a forged slot must not bring it down. */
        boolean allowed() {
            long most = Math.max(STANDARD.memoryKib, Runtime.getRuntime().maxMemory() / 1024 / 4 * 3);
            return possible() && memoryKib <= most;
        }

        private boolean possible() {
            return memoryKib >= 65_536
                    && memoryKib <= 1_048_576
                    && passes >= 1
                    && passes <= 16
                    && lanes >= 1
                    && lanes <= 8;
        }
    }

    private static final long MAGIC = 0x434f46464552534cL; // COFFERSL
    private static final int BOUND = 80;
    private static final int NONCE = 80;
    private static final int KEY = 92;

    private Slot() {}

    static byte[] passphrase(
            SlotId id, long created, char[] passphrase, Effort effort, MasterKey key, RandomGenerator random) {
        byte[] slot = new byte[LENGTH];
        ByteBuffer out = head(slot, PASSPHRASE, id, created);
        byte[] salt = new byte[32];
        byte[] nonce = new byte[12];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        out.putInt(effort.memoryKib())
                .putInt(effort.passes())
                .putInt(effort.lanes())
                .put(salt)
                .put(nonce);
        byte[] master = key.copy();
        try {
            out.put(crypt(Cipher.ENCRYPT_MODE, slot, stretch(passphrase, slot), master));
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("sealing checks no tag", e);
        } finally {
            Arrays.fill(master, (byte) 0);
        }
        return slot;
    }

    static byte[] open(SlotId id, long created, MasterKey key) {
        byte[] slot = new byte[LENGTH];
        byte[] master = key.copy();
        head(slot, OPEN, id, created).position(KEY).put(master).put(check(master));
        Arrays.fill(master, (byte) 0);
        return slot;
    }

    private static ByteBuffer head(byte[] slot, int kind, SlotId id, long created) {
        ByteBuffer out = ByteBuffer.wrap(slot);
        out.putLong(MAGIC).putShort((short) 1).put((byte) kind).put((byte) 0);
        return out.putLong(id.high()).putLong(id.low()).putLong(created);
    }

    /** Whether these bytes are a slot of the kind, with an effort that may be spent on it. */
    static boolean usable(byte[] slot, int kind) {
        return slot.length == LENGTH
                && ByteBuffer.wrap(slot).getLong() == MAGIC
                && ByteBuffer.wrap(slot).getShort(8) == 1
                && slot[10] == kind
                && (kind == OPEN || effort(slot).allowed());
    }

    static long created(byte[] slot) {
        return ByteBuffer.wrap(slot).getLong(28);
    }

    private static Effort effort(byte[] slot) {
        ByteBuffer in = ByteBuffer.wrap(slot);
        return new Effort(in.getInt(36), in.getInt(40), in.getInt(44));
    }

    /** The key in a passphrase slot; empty if the passphrase is another. */
    static Optional<MasterKey> unlock(byte[] slot, char[] passphrase) {
        byte[] sealed = Arrays.copyOfRange(slot, KEY, LENGTH);
        try {
            byte[] master = crypt(Cipher.DECRYPT_MODE, slot, stretch(passphrase, slot), sealed);
            return Optional.of(take(master));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    /** The key in an open slot; empty if it is damaged. */
    static Optional<MasterKey> unlock(byte[] slot) {
        byte[] master = Arrays.copyOfRange(slot, KEY, KEY + MasterKey.LENGTH);
        byte[] sum = Arrays.copyOfRange(slot, KEY + MasterKey.LENGTH, LENGTH);
        if (MessageDigest.isEqual(sum, check(master))) {
            return Optional.of(take(master));
        }
        Arrays.fill(master, (byte) 0);
        return Optional.empty();
    }

    private static MasterKey take(byte[] master) {
        MasterKey key = MasterKey.of(master);
        Arrays.fill(master, (byte) 0);
        return key;
    }

    private static byte[] check(byte[] master) {
        return Arrays.copyOf(MasterKey.digest("", master), 16);
    }

    private static byte[] stretch(char[] passphrase, byte[] slot) {
        Effort effort = effort(slot);
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(effort.memoryKib())
                .withIterations(effort.passes())
                .withParallelism(effort.lanes())
                .withSalt(Arrays.copyOfRange(slot, 48, 80))
                .build();
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] key = new byte[32];
        byte[] composed = composed(passphrase);
        try {
            generator.generateBytes(composed, key);
        } finally {
            Arrays.fill(composed, (byte) 0);
        }
        return key;
    }

    /** The form NFKC of a passphrase in UTF-8. Of one in ASCII, which is in that form, no string is made. */
    private static byte[] composed(char[] passphrase) {
        byte[] bytes = new byte[passphrase.length];
        for (int i = 0; i < bytes.length; i++) {
            if (passphrase[i] > 0x7f) {
                Arrays.fill(bytes, (byte) 0);
                return Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFKC)
                        .getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) passphrase[i];
        }
        return bytes;
    }

    private static byte[] crypt(int mode, byte[] slot, byte[] key, byte[] bytes) throws AEADBadTagException {
        try {
            Cipher gcm = Ciphers.gcm();
            var nonce = new GCMParameterSpec(128, slot, NONCE, 12);
            gcm.init(mode, new SecretKeySpec(key, "AES"), nonce);
            gcm.updateAAD(slot, 0, BOUND);
            return gcm.doFinal(bytes);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES cannot fail in another way", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
