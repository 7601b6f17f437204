package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.coffer.engine.work.Work;

/** Reads every byte of a pack, and tells which of its entries are not what they should be. */
final class PackCheck {
    private final VaultCore core;
    private final Work work;
    private long bytes;

    PackCheck(VaultCore core, Work work) {
        this.core = core;
        this.work = work;
    }

    long bytes() {
        return bytes;
    }

    /** The entries that are damaged; empty if none. @throws DamagedException if the pack as a whole is */
    BitSet check(ObjectType type, PackId id) throws IOException {
        Set<String> failed = new HashSet<>();
        PackReader.OpenPack pack = core.packs().open(type, id);
        BitSet bad = check(type, pack);
        // A copy may have been repacked meanwhile, or another one be sound: so all are looked at.
        while (!bad.isEmpty() && failed.add(pack.name())) {
            core.packs().failed(pack.name());
            pack = core.packs().open(type, id);
            bad = failed.contains(pack.name()) ? bad : check(type, pack);
        }
        return bad;
    }

    /** The entries of one copy that are damaged. */
    BitSet check(ObjectType type, PackReader.OpenPack pack) throws IOException {
        BitSet bad = new BitSet();
        try (Workbench bench = core.benches().take()) {
            for (int number = 0; number < pack.trailer().frames(); number++) {
                work.checkpoint();
                PackTrailer.Frame frame = pack.trailer().frame(number);
                try {
                    check(type, pack, frame, bench, bad);
                } catch (DamagedException e) {
                    bad.set(
                            frame.shape().first(),
                            frame.shape().first() + frame.shape().count());
                }
                bytes += frame.end() - frame.offset();
                work.advance(frame.end() - frame.offset());
            }
        }
        return bad;
    }

    private void check(ObjectType type, PackReader.OpenPack pack, PackTrailer.Frame frame, Workbench bench, BitSet bad)
            throws IOException {
        ByteBuffer fetched = core.packs().fetch(pack, frame.offset(), frame.end() - frame.offset(), bench);
        mark(pack, frame, fetched, bench);
        PackReader.expand(pack, frame, fetched, frame.markEnd() - frame.offset(), bench, bench.gather, 0);
        if (type == ObjectType.DATA) {
            for (int i = 0; i < frame.shape().count(); i++) {
                int ordinal = frame.shape().first() + i;
                if (!pack.trailer().has(ordinal)) {
                    continue;
                }
                bench.hashBlock(
                        bench.gather,
                        pack.trailer().offsetInFrame(ordinal),
                        pack.trailer().length(ordinal));
                BlockId found = new BlockId(bench.idHigh(), bench.idLow());
                if (!found.equals(pack.trailer().id(ordinal))) {
                    bad.set(ordinal);
                }
            }
        }
    }

    private static void mark(PackReader.OpenPack pack, PackTrailer.Frame frame, ByteBuffer fetched, Workbench bench)
            throws DamagedException {
        int length = PackTrailer.mark(frame.shape().count());
        int stored = length + Sealing.TAG;
        fetched.get(0, bench.sealed, 0, stored);
        Shape shape = new Shape(
                Shape.RAW, length, frame.shape().first(), frame.shape().count());
        bench.open(pack.key(), Part.MARK, frame.number(), shape, bench.sealed, 0, stored, bench.bytes);
    }
}
