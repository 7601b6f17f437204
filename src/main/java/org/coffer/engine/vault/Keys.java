package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** All keys of one vault, derived from its master key as section 2 of the format says. Wiped by {@link #close}. */
final class Keys implements AutoCloseable {
    private final VaultId vault;
    private final byte[] master;
    private final byte[] header;
    private final byte[] names;
    private final byte[] nodes;
    private final byte[] compare;
    private final long fingerprintHigh;
    private final long fingerprintLow;
    private final Map<ObjectType, byte[]> types = new EnumMap<>(ObjectType.class);

    private volatile boolean closed;

    Keys(MasterKey key, VaultId vault) {
        this.vault = vault;
        this.master = key.copy();
        this.header = derive("coffer/1/header");
        this.names = derive("coffer/1/names");
        this.nodes = derive("coffer/1/nodes");
        this.compare = derive("coffer/1/compare");
        ByteBuffer fingerprint = ByteBuffer.wrap(derive("coffer/1/fingerprint"));
        this.fingerprintHigh = fingerprint.getLong();
        this.fingerprintLow = fingerprint.getLong();
        for (ObjectType type : ObjectType.values()) {
            types.put(type, hkdf(master, id(vault), type.keyInfo()));
        }
    }

    VaultId vault() {
        return vault;
    }

    MasterKey master() {
        checkOpen();
        return MasterKey.of(master);
    }

    BlockId fingerprint() {
        return new BlockId(fingerprintHigh, fingerprintLow);
    }

    byte[] headerMac(byte[] bytes, int length) {
        checkOpen();
        Mac mac = mac(header);
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }

    Mac nameMac() {
        checkOpen();
        return mac(names);
    }

    Mac nodeMac() {
        checkOpen();
        return mac(nodes);
    }

    /** The key of fingerprints, which never leave the home. */
    SecretKeySpec compareKey() {
        checkOpen();
        return new SecretKeySpec(compare, "AES");
    }

    /** The key of one physical object. */
    SecretKeySpec objectKey(ObjectType type, byte[] salt, byte[] info) {
        byte[] typeKey = types.get(type);
        if (typeKey == null) {
            throw new IllegalStateException("no key for " + type);
        }
        byte[] key = hkdf(typeKey, salt, info);
        // Looked at after the key is made: a wiped key must never seal anything.
        checkOpen();
        var spec = new SecretKeySpec(key, "AES");
        Arrays.fill(key, (byte) 0);
        return spec;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the vault is closed");
        }
    }

    private byte[] derive(String info) {
        return hkdf(master, id(vault), info.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] id(VaultId id) {
        return ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
    }

    /** RFC 5869 with SHA-256, 32 bytes out. */
    private static byte[] hkdf(byte[] key, byte[] salt, byte[] info) {
        byte[] extracted = mac(salt).doFinal(key);
        Mac expand = mac(extracted);
        expand.update(info);
        expand.update((byte) 1);
        byte[] out = expand.doFinal();
        Arrays.fill(extracted, (byte) 0);
        return out;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Ciphers.hmac();
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("HMAC takes any key", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (byte[] secret : new byte[][] {master, header, names, nodes, compare}) {
            Arrays.fill(secret, (byte) 0);
        }
        types.values().forEach(secret -> Arrays.fill(secret, (byte) 0));
    }
}
