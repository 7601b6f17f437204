package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries out of packs (rule 15). Contents of packs and frames of map packs are cached, bounded to 24 MiB
 * together. Thread-safe.
 */
final class PackReader {
    private static final int SUFFIX = 64 << 10;
    /** As many entries as there may be, each in a frame of its own. */
    private static final int TRAILER_LIMIT =
            PackTrailer.MAX_ENTRIES * (PackTrailer.PER_FRAME + PackTrailer.PER_ENTRY) + Sealing.TAG;

    /** The parts that are kept near of packs of the map: the head, what lies behind the frames, and each frame. */
    private static final String HEAD = "head";

    private static final String END = "end";
    private static final String FRAME = "frame-";

    private static final int PACK_LIMIT = 256 << 20;
    private static final long CONTENTS_CACHE = 12L << 20;
    private static final long FRAME_CACHE = 8L << 20;
    private static final long LISTING_CACHE = 4L << 20;

    private final ObjectStore store;
    private final Sealing sealing;
    private final Benches benches;
    private final NearCache near;
    private final LruCache<Key, OpenPack> contents =
            new LruCache<>(CONTENTS_CACHE, pack -> pack.trailer().weight());
    private final LruCache<Listing, StoredPacks> listings = new LruCache<>(LISTING_CACHE, StoredPacks::weight);
    private final LruCache<FrameKey, byte[]> frames = new LruCache<>(FRAME_CACHE, bytes -> bytes.length);

    private final FailedCopies failures = new FailedCopies();

    PackReader(ObjectStore store, Sealing sealing, Benches benches, NearCache near) {
        this.store = store;
        this.sealing = sealing;
        this.benches = benches;
        this.near = near;
    }

    private record Key(ObjectType type, PackId pack) {}

    private record Listing(ObjectType type, SessionId session) {}

    private record FrameKey(String copy, int frame) {}

    /** A pack whose contents are known. */
    record OpenPack(ObjectKey key, PackTrailer trailer) {
        String name() {
            return key.name();
        }

        /** Whether it has no feature that this version does not know, so that it may be rewritten. */
        boolean understood() {
            return (key.features() & ~Sealing.KNOWN_FEATURES) == 0;
        }
    }

    /** The contents of a pack, from whichever copy of it is there and authentic. */
    OpenPack open(ObjectType type, PackId pack) throws IOException {
        Key key = new Key(type, pack);
        OpenPack known = contents.get(key);
        if (known == null) {
            known = find(type, pack);
            contents.put(key, known);
        }
        return known;
    }

    /** A copy turned out to be unusable, at least in part: from now on others of its pack are tried first. */
    void failed(String copy) {
        StoredPacks.Named named = StoredPacks.named(copy);
        if (named != null) {
            failures.add(copy);
            near.forget(copy, HEAD);
            near.forget(copy, END);
            forget(named.type(), named.pack());
        }
    }

    /** Forgets what is remembered of a pack, because there may be other copies of it now. */
    void forget(ObjectType type, PackId pack) {
        contents.remove(new Key(type, pack));
        listings.remove(new Listing(type, pack.session()));
    }

    /** The copies of a pack. A session's packs are listed together and remembered, because many may be repacked. */
    private List<StoredPacks.Named> copies(ObjectType type, PackId pack) throws StoreException {
        Listing key = new Listing(type, pack.session());
        StoredPacks listed = listings.get(key);
        if (listed == null) {
            listed = StoredPacks.list(store, type, pack.session());
            listings.put(key, listed);
        }
        StoredPacks.Stored there = listed.get(pack);
        return there == null ? List.of() : there.copies();
    }

    private OpenPack find(ObjectType type, PackId pack) throws IOException {
        String original = Names.original(type, pack);
        List<IOException> troubles = new ArrayList<>();
        OpenPack copy = failures.contains(original) ? listedCopy(type, pack, troubles) : null;
        if (copy != null) {
            return copy;
        }
        DamagedException first;
        try {
            return openNear(type, original);
        } catch (DamagedException e) {
            first = e;
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.MISSING) {
                throw e;
            }
            first = new DamagedException(original, Damage.Reason.MISSING, "is missing");
        }
        copy = listedCopy(type, pack, troubles);
        if (copy == null) {
            // What was remembered may be older than a repacking.
            listings.remove(new Listing(type, pack.session()));
            copy = listedCopy(type, pack, troubles);
        }
        if (copy != null) {
            return copy;
        }
        troubles.forEach(first::addSuppressed);
        throw first;
    }

    private @Nullable OpenPack listedCopy(ObjectType type, PackId pack, List<IOException> troubles) throws IOException {
        for (StoredPacks.Named copy : failures.last(copies(type, pack))) {
            try {
                return openNear(type, copy.object());
            } catch (DamagedException e) {
                troubles.add(e);
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
                troubles.add(e);
            }
        }
        return null;
    }

    /** Opens one physical copy; one of the map with what was kept of it, if it opens. */
    private OpenPack openNear(ObjectType type, String name) throws IOException {
        if (type != ObjectType.MAP || !near.used()) {
            return openCopy(type, name);
        }
        byte[] head = near.get(name, HEAD);
        byte[] end = near.get(name, END);
        if (head != null && end != null) {
            try {
                return open(type, name, head, end);
            } catch (DamagedException e) {
                near.forget(name, HEAD);
                near.forget(name, END);
            }
        }
        end = end(name);
        head = head(name, end);
        OpenPack opened = open(type, name, head, end);
        near.put(name, HEAD, head);
        near.put(name, END, end);
        return opened;
    }

    /** Opens one physical copy as it lies in the store. */
    OpenPack openCopy(ObjectType type, String name) throws IOException {
        if (type != ObjectType.DATA || store.readsAtOnce() == 1) {
            byte[] end = end(name);
            return open(type, name, head(name, end), end);
        }
        // Packs of data are large, so that the head is hardly ever read with the end.
        byte[] head = new byte[Sealing.HEADER];
        byte[][] end = {head};
        SideBySide.run(List.of(() -> end[0] = end(name), () -> readExactly(name, 0, ByteBuffer.wrap(head))));
        return open(type, name, head, end[0]);
    }

    /** Opens packs of data side by side, as far as they are not known yet; what cannot be opened is met again by whoever needs it. */
    void openAhead(Collection<PackId> packs) throws IOException {
        List<SideBySide.Act> opens = new ArrayList<>();
        for (PackId pack : packs) {
            if (contents.get(new Key(ObjectType.DATA, pack)) == null) {
                opens.add(() -> {
                    try {
                        open(ObjectType.DATA, pack);
                    } catch (DamagedException e) {
                        return; // Whoever needs it meets it again.
                    }
                });
            }
        }
        SideBySide.computing(store, opens);
    }

    /** What lies behind the frames, and perhaps more. */
    private byte[] end(String name) throws IOException {
        byte[] end = Reads.suffix(store, name, SUFFIX);
        if (end.length < PackTrailer.TAIL) {
            throw new DamagedException(name, "is cut short");
        }
        int stored = ByteBuffer.wrap(end).getInt(end.length - PackTrailer.TAIL);
        int needed = stored + PackTrailer.TAIL;
        boolean more = stored >= Sealing.TAG && stored <= TRAILER_LIMIT && needed > end.length;
        return more ? Reads.suffix(store, name, needed) : end;
    }

    private OpenPack open(ObjectType type, String name, byte[] head, byte[] end) throws IOException {
        if (end.length < PackTrailer.TAIL) {
            throw new DamagedException(name, "is cut short");
        }
        ByteBuffer tail = ByteBuffer.wrap(end, end.length - PackTrailer.TAIL, PackTrailer.TAIL);
        int stored = tail.getInt();
        int plain = tail.getInt();
        int frameCount = tail.getInt();
        int entries = tail.getInt();
        if (tail.getLong() != PackTrailer.MAGIC
                || stored < Sealing.TAG
                || stored > TRAILER_LIMIT
                || plain != stored - Sealing.TAG) {
            throw new DamagedException(name, "has no end");
        }
        int needed = stored + PackTrailer.TAIL;
        if (end.length < needed) {
            throw new DamagedException(name, "is cut short");
        }
        ObjectKey key = sealing.open(type, name, head);
        byte[] opened = new byte[plain];
        try (Workbench bench = benches.take()) {
            Shape shape = new Shape(Shape.RAW, plain, 0, frameCount);
            bench.open(key, Part.TRAILER, 0, shape, end, end.length - needed, stored, opened);
        }
        PackTrailer trailer = PackTrailer.parse(name, key.version(), opened, frameCount, entries, PACK_LIMIT);
        if (type == ObjectType.DATA && trailer.longest() > DiskWriter.BLOCK) {
            throw new DamagedException(name, "has a block that is larger than blocks are");
        }
        return new OpenPack(key, trailer);
    }

    /** Its head, which was read with the end of one that is small. */
    private byte[] head(String name, byte[] end) throws IOException {
        if (end.length < SUFFIX && end.length >= Sealing.HEADER) {
            return Arrays.copyOf(end, Sealing.HEADER);
        }
        byte[] head = new byte[Sealing.HEADER];
        readExactly(name, 0, ByteBuffer.wrap(head));
        return head;
    }

    private void readExactly(String name, long offset, ByteBuffer target) throws IOException {
        try {
            Reads.fill(store, name, offset, target);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                throw new DamagedException(name, "is missing or cut short");
            }
            throw e;
        }
    }

    /** Reads stored bytes of neighbouring frames into a buffer of the bench, which holds them until its next use. */
    ByteBuffer fetch(OpenPack pack, int offset, int length, Workbench bench) throws IOException {
        ByteBuffer in = bench.input(length);
        try {
            readExactly(pack.name(), offset, in);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.SILENT) {
                bench.leaveInput(); // Whoever does not answer may still write to it.
            }
            throw e;
        }
        return in.flip();
    }

    /** Neighbouring bytes of a pack. */
    record Piece(OpenPack pack, int offset, int length) {}

    /** The same for several pieces, which are read side by side. */
    List<ByteBuffer> fetch(List<Piece> pieces, Workbench bench) throws IOException {
        if (pieces.size() == 1) {
            Piece one = pieces.getFirst();
            return List.of(fetch(one.pack, one.offset, one.length, bench));
        }
        ByteBuffer in = bench.input(pieces.stream().mapToInt(Piece::length).sum());
        List<ByteBuffer> fetched = new ArrayList<>();
        List<SideBySide.Act> reads = new ArrayList<>();
        int at = 0;
        for (Piece piece : pieces) {
            ByteBuffer target = in.slice(at, piece.length);
            at += piece.length;
            fetched.add(target);
            reads.add(() -> readExactly(piece.pack.name(), piece.offset, target));
        }
        try {
            SideBySide.run(reads);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.SILENT) {
                bench.leaveInput(); // Whoever does not answer may still write to it.
            }
            throw e;
        }
        fetched.forEach(ByteBuffer::flip);
        return fetched;
    }

    /**
     * Opens a frame from fetched bytes and expands it.
     *
     * @param at where the frame's sealed bytes begin in {@code fetched}
     */
    static void expand(
            OpenPack pack, PackTrailer.Frame frame, ByteBuffer fetched, int at, Workbench bench, ByteBuffer out, int to)
            throws DamagedException {
        int length = open(pack, frame, fetched, at, bench);
        bench.expand(pack.name(), frame.shape(), length, out, to);
    }

    /** The same into an array of the bench, which it returns and which holds the frame until the bench is used again. */
    static byte[] expand(OpenPack pack, PackTrailer.Frame frame, ByteBuffer fetched, int at, Workbench bench)
            throws DamagedException {
        int length = open(pack, frame, fetched, at, bench);
        return bench.expand(pack.name(), frame.shape(), length);
    }

    /** Opens a frame from fetched bytes, as it was compressed, into {@code bench.bytes}; returns its length. */
    static int open(OpenPack pack, PackTrailer.Frame frame, ByteBuffer fetched, int at, Workbench bench)
            throws DamagedException {
        fetched.get(at, bench.sealed, 0, frame.stored());
        return bench.open(
                pack.key(), Part.FRAME, frame.number(), frame.shape(), bench.sealed, 0, frame.stored(), bench.bytes);
    }

    /** One entry of a map pack. Looks again as long as it is another copy that fails: it may be repacked meanwhile. */
    byte[] node(NodePointer pointer) throws IOException {
        Set<String> failed = new HashSet<>();
        while (true) {
            try {
                return nodeOnce(pointer);
            } catch (DamagedException e) {
                if (!failed.add(e.object())) {
                    throw e;
                }
                failed(e.object());
            }
        }
    }

    private byte[] nodeOnce(NodePointer pointer) throws IOException {
        OpenPack pack = open(ObjectType.MAP, pointer.pack());
        int number = pack.trailer().frameOf(pointer.ordinal());
        if (number < 0 || pack.trailer().length(pointer.ordinal()) != pointer.length()) {
            throw new DamagedException(pack.name(), "does not have the node it should have");
        }
        byte[] frame = nodeFrame(pack, number);
        int from = pack.trailer().offsetInFrame(pointer.ordinal());
        return Arrays.copyOfRange(frame, from, from + pointer.length());
    }

    private byte[] nodeFrame(OpenPack pack, int number) throws IOException {
        // By the name of the copy: another copy's frames have other numbers.
        FrameKey key = new FrameKey(pack.name(), number);
        byte[] known = frames.get(key);
        if (known != null) {
            return known;
        }
        PackTrailer.Frame frame = pack.trailer().frame(number);
        byte[] bytes = new byte[frame.shape().plain()];
        try (Workbench bench = benches.take()) {
            if (!kept(pack, frame, bench, bytes)) {
                ByteBuffer fetched = fetch(pack, frame.markEnd(), frame.stored(), bench);
                expand(pack, frame, fetched, 0, bench, bench.gather, 0);
                bench.gather.get(0, bytes, 0, bytes.length);
                if (near.used()) {
                    byte[] sealed = new byte[frame.stored()];
                    fetched.get(0, sealed);
                    near.put(pack.name(), FRAME + number, sealed);
                }
            }
        }
        frames.put(key, bytes);
        return bytes;
    }

    /** Takes a frame from what was kept, if it is there and opens. */
    private boolean kept(OpenPack pack, PackTrailer.Frame frame, Workbench bench, byte[] bytes) {
        String part = FRAME + frame.number();
        byte[] sealed = near.get(pack.name(), part);
        if (sealed == null || sealed.length != frame.stored()) {
            return false;
        }
        try {
            expand(pack, frame, ByteBuffer.wrap(sealed), 0, bench, bench.gather, 0);
            bench.gather.get(0, bytes, 0, bytes.length);
            return true;
        } catch (DamagedException e) {
            near.forget(pack.name(), part);
            return false;
        }
    }

    /** Forgets what was read, for a check that reads it anew. */
    void forgetAll() {
        contents.clear();
        frames.clear();
        listings.clear();
    }
}
