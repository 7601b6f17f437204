package org.coffer.engine.vault;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to hash, compress and seal without allocating: contexts and buffers, about 9 MiB. Not
 * thread-safe; borrowed from {@link Benches} for one piece of work.
 *
 * <p>Compression works on direct buffers (no copy on the way into native code), ciphers on arrays (the providers copy
 * direct buffers through small arrays). The copy between the two is of compressed bytes, and costs about 1 % of
 * compressing them.
 */
final class Workbench implements AutoCloseable {
    /** Most bytes of a frame before compression. */
    static final int FRAME = 2 << 20;

    /** Level 3 with tables of half its size, which lie nearer to the core: an eighth faster, 0.7 % larger (section 15). */
    private static final int STANDARD_LEVEL = 3;

    private static final int LONG_TABLE = 16;
    private static final int SHORT_TABLE = 15;

    private static final int BLOCK = DiskWriter.BLOCK;
    private static final MemorySegment ZEROS = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(BLOCK));

    /** Plain bytes of a frame that is being gathered, or was read. A leaf at work leaves blocks here that wait for more. */
    final ByteBuffer gather = ByteBuffer.allocateDirect(FRAME);
    /** Compressed bytes in native memory. */
    private final ByteBuffer packed = ByteBuffer.allocateDirect((int) com.github.luben.zstd.Zstd.compressBound(FRAME));
    /** Bytes to seal, or opened ones. */
    final byte[] bytes = new byte[packed.capacity()];
    /** Sealed bytes, or those to open. */
    final byte[] sealed = new byte[packed.capacity() + Sealing.TAG];

    final LeafBuilder leaf = new LeafBuilder();

    private final Benches home;
    private final Mac names;
    private final Mac nodes;
    private final Cipher gcm = Ciphers.gcm();
    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    /** For frames that hardly compress: what the better one would gain there is not worth its time. */
    private final ZstdCompressCtx quick = new ZstdCompressCtx();

    private boolean hard;
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    /** Fingerprints of the leaf at work, and those it had at the parent. */
    final byte[] prints = new byte[Fingerprints.LEAF];

    final byte[] before = new byte[Fingerprints.LEAF];
    private final Cipher compare = Ciphers.gcm();
    private final SecretKeySpec compareKey;
    private final byte[] compareNonce = new byte[12];
    private long compared = -1;
    /** The loaded block, after its length. */
    private final byte[] block = new byte[4 + BLOCK];

    private int loaded;
    private final byte[] hash = new byte[32];
    private final byte[] nonce = new byte[12];
    private final ByteBuffer binding = ByteBuffer.allocate(32);
    private @Nullable ByteBuffer input;
    private long idHigh;
    private long idLow;

    Workbench(Benches home, Keys keys, int level) {
        this.home = home;
        this.names = keys.nameMac();
        this.nodes = keys.nodeMac();
        this.compareKey = keys.compareKey();
        compressor.setLevel(level);
        if (level == STANDARD_LEVEL) {
            compressor.setHashLog(LONG_TABLE).setChainLog(SHORT_TABLE);
        }
        compressor.setContentSize(true);
        quick.setLevel(Math.min(1, level));
        quick.setContentSize(true);
    }

    /** Whether {@code length} bytes at {@code offset} are all zero. */
    static boolean zero(MemorySegment data, long offset, int length) {
        return MemorySegment.mismatch(data, offset, offset + length, ZEROS, 0, length) < 0;
    }

    /** Fills a part of a direct buffer with zeros. */
    static void clear(ByteBuffer data, int offset, int length) {
        MemorySegment.ofBuffer(data.duplicate().clear()).asSlice(offset, length).fill((byte) 0);
    }

    /** Takes a block over from a direct buffer, for {@link #fingerprint} and {@link #hashLoaded}: read from memory once. */
    void load(ByteBuffer data, int offset, int length) {
        block[0] = (byte) (length >>> 24);
        block[1] = (byte) (length >>> 16);
        block[2] = (byte) (length >>> 8);
        block[3] = (byte) length;
        data.get(offset, block, 4, length);
        loaded = length;
    }

    /** Computes a block's id; {@link #idHigh} and {@link #idLow} have it. */
    void hashBlock(ByteBuffer data, int offset, int length) {
        load(data, offset, length);
        hashLoaded();
    }

    /** The same for a block in an array. */
    void hashBlock(byte[] data, int offset, int length) {
        block[0] = (byte) (length >>> 24);
        block[1] = (byte) (length >>> 16);
        block[2] = (byte) (length >>> 8);
        block[3] = (byte) length;
        names.update(block, 0, 4);
        names.update(data, offset, length);
        finish(names);
    }

    /** Computes the id of the block that was loaded. */
    void hashLoaded() {
        names.update(block, 0, 4 + loaded);
        finish(names);
    }

    /**
     * Computes the loaded block's fingerprint into {@link #prints}: its GMAC (NIST SP 800-38D) under the vault's key for comparing,
     * with the block's number on the disk for a nonce. Two different contents of one block have the same with a
     * probability of at most 2^-115.
     */
    void fingerprint(long number) {
        try {
            if (number == compared) {
                // Ciphers refuse the nonce that they had last; here it says which block this is, and is no secret's
                // guard.
                startComparing(-1);
            }
            startComparing(number);
            compared = number;
            compare.updateAAD(block, 4, loaded);
            compare.doFinal(prints, (int) (number % DiskWriter.LEAF_BLOCKS) * Fingerprints.SIZE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("comparing cannot fail", e);
        }
    }

    private void startComparing(long number) throws InvalidKeyException, InvalidAlgorithmParameterException {
        for (int i = 0; i < 8; i++) {
            compareNonce[4 + i] = (byte) (number >>> (56 - 8 * i));
        }
        compare.init(Cipher.ENCRYPT_MODE, compareKey, new GCMParameterSpec(128, compareNonce));
    }

    /** Whether a block has the fingerprint that it had at the parent. */
    boolean sameAsBefore(int i) {
        int at = i * Fingerprints.SIZE;
        return Arrays.equals(prints, at, at + Fingerprints.SIZE, before, at, at + Fingerprints.SIZE);
    }

    /** Computes a node's id from what it covers. */
    BlockId hashNode(byte[] covered) {
        nodes.update(covered);
        finish(nodes);
        return new BlockId(idHigh, idLow);
    }

    private void finish(Mac mac) {
        try {
            mac.doFinal(hash, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("a hash has 32 bytes", e);
        }
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        idHigh = bytes.getLong();
        idLow = bytes.getLong();
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    /**
     * Compresses a frame of blocks into {@link #bytes}, filtered if it looks like code.
     *
     * @param data a direct buffer, perhaps {@link #gather}
     */
    Packed compressBlocks(ByteBuffer data, int offset, int length) {
        if (!X86Filter.promising(data, offset, length, bytes)) {
            return compress(data, offset, length);
        }
        data.get(offset, bytes, 0, length);
        X86Filter.encode(bytes, length);
        gather.put(0, bytes, 0, length);
        Packed packed = compress(gather, 0, length);
        if (packed.codec() == Shape.RAW) {
            X86Filter.decode(bytes, length);
            return packed;
        }
        return new Packed(Shape.X86, packed.length());
    }

    /**
     * Compresses into {@link #bytes}, with the level that suits the frame before, for neighbours are alike. Keeps the bytes
     * as they are if compressing gains less than a 32nd.
     *
     * @param data a direct buffer
     */
    Packed compress(ByteBuffer data, int offset, int length) {
        ZstdCompressCtx with = hard ? quick : compressor;
        int size = with.compressDirectByteBuffer(packed, 0, packed.capacity(), data, offset, length);
        // Measured: above 0.7 level 3 saves 1 % over level 1, below it 6 to 11 % (docs/vault-format.md, section 15).
        hard = size > (hard ? 0.65 : 0.7) * length;
        if (size > length - length / 32) {
            data.get(offset, bytes, 0, length);
            return new Packed(Shape.RAW, length);
        }
        packed.get(0, bytes, 0, size);
        return new Packed(Shape.ZSTD, size);
    }

    /** Puts the plain bytes of an opened part, now in {@link #bytes}, into a direct buffer. */
    void expand(String object, Shape shape, int length, ByteBuffer out, int offset) throws DamagedException {
        out.put(offset, expand(object, shape, length), 0, shape.plain());
    }

    /**
     * Expands an opened part, now in {@link #bytes}.
     *
     * @return an array of the bench that begins with the plain bytes, until the next use of either
     */
    byte[] expand(String object, Shape shape, int length) throws DamagedException {
        if (shape.codec() == Shape.RAW) {
            if (length != shape.plain()) {
                throw new DamagedException(object, "has a frame of the wrong length");
            }
            return bytes;
        }
        try {
            // What was sealed has been opened and is not needed any more.
            int size = decompressor.decompressByteArray(sealed, 0, shape.plain(), bytes, 0, length);
            if (size != shape.plain()) {
                throw new DamagedException(object, "has a frame that expands to a wrong length");
            }
        } catch (ZstdException e) {
            throw new DamagedException(object, "has a frame that does not expand: " + e.getMessage());
        }
        if (shape.codec() == Shape.X86) {
            X86Filter.decode(sealed, shape.plain());
        }
        return sealed;
    }

    /** Seals bytes into {@code out}; returns the stored length. A (part, slot) must be used once for an object. */
    int seal(ObjectKey key, Part part, long slot, Shape shape, byte[] in, int length, byte[] out, int offset) {
        try {
            start(Cipher.ENCRYPT_MODE, key, part, slot, shape, length + Sealing.TAG);
            return gcm.doFinal(in, 0, length, out, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing cannot fail", e);
        }
    }

    /** Opens bytes into {@code out} from its start; returns their length. */
    int open(ObjectKey key, Part part, long slot, Shape shape, byte[] in, int offset, int length, byte[] out)
            throws DamagedException {
        if (length < Sealing.TAG) {
            throw new DamagedException(key.name(), "is cut short");
        }
        try {
            start(Cipher.DECRYPT_MODE, key, part, slot, shape, length);
            return gcm.doFinal(in, offset, length, out, 0);
        } catch (AEADBadTagException e) {
            throw new DamagedException(key.name(), "was changed (" + part + " " + slot + ")");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening cannot fail in another way", e);
        }
    }

    private void start(int mode, ObjectKey key, Part part, long slot, Shape shape, int stored)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        nonce[3] = (byte) part.code();
        for (int i = 0; i < 8; i++) {
            nonce[4 + i] = (byte) (slot >>> (56 - 8 * i));
        }
        gcm.init(mode, key.key(), new GCMParameterSpec(128, nonce));
        binding.clear();
        binding.putShort((short) key.version())
                .put((byte) key.type().code())
                .put((byte) part.code())
                .putLong(slot)
                .put((byte) shape.codec())
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(shape.plain())
                .putInt(stored)
                .putInt(shape.first())
                .putInt(shape.count());
        gcm.updateAAD(binding.array());
    }

    /**
     * A direct buffer for bytes from the store, of at least this size. It grows in few steps, because what it was before takes room
     * until garbage is collected, which may be long.
     */
    ByteBuffer input(int size) {
        ByteBuffer current = input;
        if (current == null || current.capacity() < size) {
            int step = size <= FRAME ? FRAME : size <= DiskReader.FETCH ? DiskReader.FETCH : DiskReader.TOGETHER;
            current = ByteBuffer.allocateDirect(Math.max(size, step));
            input = current;
        }
        return current.clear().limit(size);
    }

    /** Takes another buffer for bytes from the store from now on. */
    void leaveInput() {
        input = null;
    }

    /** Gives the bench back. */
    @Override
    public void close() {
        home.giveBack(this);
    }

    /** Frees the native contexts. */
    void destroy() {
        compressor.close();
        quick.close();
        decompressor.close();
    }
}
