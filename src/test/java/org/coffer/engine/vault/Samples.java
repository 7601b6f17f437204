package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoreException;
import org.jspecify.annotations.Nullable;

/** A valid value of everything that a vault stores, and an open vault's pieces to read it with. */
final class Samples {
    static final SessionId SESSION = new SessionId(7, 8);
    static final SessionId OTHER = new SessionId(9, 10);

    final MemoryStore store = new MemoryStore();
    final Keys keys = new Keys(Lab.key(), new VaultId(3, 4));
    final VaultCore core = VaultCore.of(new Place(store, "lab"), keys, Lab.CLOCK, new SecureRandom(), Lab.SMALL);

    static byte[] header(Keys keys) {
        return new Header(1, false, 0, new VaultId(3, 4), keys.fingerprint(), 5, "1.2.3").write(keys);
    }

    static Commit commit() {
        CommitFacts facts = new CommitFacts(
                "name",
                "resource",
                "policy",
                CommitFacts.Origin.AUTOMATIC,
                CommitFacts.Kind.INCREMENTAL,
                CommitFacts.Consistency.CRASH,
                "because",
                OTHER,
                Instant.EPOCH,
                Instant.EPOCH);
        NodePointer root = pointer(1);
        return new Commit(
                SESSION,
                Lab.CONSOLE,
                facts,
                Instant.EPOCH,
                List.of(OTHER, SESSION),
                new Counts(1, 2, 3, 4, 5, 6, 7, 8),
                9,
                new Attachment(10, "ab".repeat(32)),
                Attachment.NONE,
                List.of(
                        new DiskRoot(new DiskFacts("id", "disk"), 1 << 30, root),
                        new DiskRoot(new DiskFacts("id2", "disk 2"), 0, null)),
                0);
    }

    static NodePointer pointer(int number) {
        return new NodePointer(
                new BlockId(number, 5), new PackId(number % 2 == 0 ? SESSION : OTHER, number), number, 100 + number);
    }

    static InnerNode inner() {
        List<@Nullable NodePointer> children = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            children.add(i % 5 == 0 ? null : pointer(i % 7));
        }
        return new InnerNode(2, children);
    }

    static byte[] leaf() {
        SessionTable sessions = new SessionTable(List.of(SESSION, OTHER));
        LeafBuilder leaf = new LeafBuilder();
        leaf.begin(100);
        for (int i = 0; i < 100; i++) {
            leaf.kind[i] = (byte) (i % 3);
            leaf.high[i] = i;
            leaf.low[i] = -i;
            leaf.place[i] = sessions.place(new PackId(i % 2 == 0 ? SESSION : OTHER, i / 10), i);
        }
        return leaf.write(sessions);
    }

    static PackSet packs() {
        PackSet set = new PackSet();
        for (int i = 0; i < 50; i++) {
            set.add(i % 3 == 0 ? ObjectType.MAP : ObjectType.DATA, new PackId(i % 2 == 0 ? SESSION : OTHER, i * i));
        }
        return set;
    }

    static EntrySet entries() {
        EntrySet set = new EntrySet();
        for (int i = 0; i < 50; i++) {
            set.add(i % 3 == 0 ? ObjectType.MAP : ObjectType.DATA, new PackId(SESSION, i % 4), i * 7);
        }
        return set;
    }

    /** Frames of 2 entries, the plain bytes of a trailer as the format says. */
    static byte[] trailer(int frames) {
        ByteBuffer out = ByteBuffer.allocate(frames * (PackTrailer.PER_FRAME + 2 * PackTrailer.PER_ENTRY));
        for (int i = 0; i < frames; i++) {
            out.putInt(Sealing.HEADER + i * 1000).put((byte) 1).put((byte) 2).putShort((short) 0);
            out.putInt(300).putInt(200).putInt(2 * i);
            out.putLong(i).putLong(1).putInt(100).putLong(i).putLong(2).putInt(200);
        }
        return out.array();
    }

    OwnBlocks blocks(SessionTable sessions) {
        OwnBlocks blocks = new OwnBlocks();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 600; i++) {
            blocks.add(random.nextLong(), random.nextLong(), sessions.place(new PackId(SESSION, i / 100), i % 100));
        }
        return blocks;
    }

    /** The bytes of a segment of 600 blocks, three pages. */
    byte[] segment(String name) {
        SessionTable sessions = new SessionTable(List.of(SESSION, OTHER));
        return bytes(new SegmentWriter(core).write(name, blocks(sessions), sessions));
    }

    /** Puts a body under a name, as far as one may be that long, sealed as if somebody with the key had written it. */
    void put(ObjectType type, String name, byte[] body) throws StoreException {
        int most = type.most() - Sealing.HEADER - Sealing.TAG;
        replace(name, bytes(core.small().seal(type, name, Arrays.copyOf(body, Math.min(most, body.length)))));
    }

    /** Puts bytes under a name that may be taken. */
    void replace(String name, byte[] object) throws StoreException {
        store.delete(name);
        store.put(name, ByteBuffer.wrap(object));
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
