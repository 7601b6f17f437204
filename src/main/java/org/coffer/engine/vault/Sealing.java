package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Begins and opens sealed objects: the 48 bytes in the clear at their head, and the key that belongs to them. The parts
 * themselves are sealed and opened on a {@link Workbench}.
 */
final class Sealing {
    static final int HEADER = 48;
    static final int TAG = 16;
    /** The feature bits that this program knows: none yet. */
    static final long KNOWN_FEATURES = 0;

    private static final int MAGIC = 0x43464652;
    private static final int SALT = 32;

    private final Keys keys;
    private final RandomGenerator random;

    Sealing(Keys keys, RandomGenerator random) {
        this.keys = keys;
        this.random = random;
    }

    /** Begins a new object: writes its header at the position of {@code out}. */
    ObjectKey begin(ObjectType type, String name, ByteBuffer out) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        out.putInt(MAGIC)
                .putShort((short) type.version())
                .put((byte) type.code())
                .put((byte) 0)
                .putLong(0)
                .put(salt);
        return key(type, name, type.version(), 0, salt);
    }

    /** Reads the header of an existing object. */
    ObjectKey open(ObjectType type, String name, byte[] head) throws DamagedException {
        if (head.length < HEADER) {
            throw new DamagedException(name, "is cut short");
        }
        ByteBuffer in = ByteBuffer.wrap(head);
        if (in.getInt() != MAGIC) {
            throw new DamagedException(name, "does not begin as an object of a vault");
        }
        int version = in.getShort() & 0xffff;
        if (version > type.version()) {
            throw new DamagedException(name, Damage.Reason.NEWER, "has version " + version);
        }
        int code = in.get() & 0xff;
        if (version < 1 || code != type.code() || in.get() != 0) {
            throw new DamagedException(name, "is not what its name says");
        }
        long features = in.getLong();
        byte[] salt = new byte[SALT];
        in.get(salt);
        return key(type, name, version, features, salt);
    }

    private ObjectKey key(ObjectType type, String name, int version, long features, byte[] salt) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        byte[] info = ByteBuffer.allocate(16 + 2 + 1 + 8 + text.length)
                .put(Keys.id(keys.vault()))
                .putShort((short) version)
                .put((byte) type.code())
                .putLong(features)
                .put(text)
                .array();
        return new ObjectKey(name, type, version, features, keys.objectKey(type, salt, info));
    }
}
