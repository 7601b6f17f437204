package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites packs without what is dead in them: rule 13 of the protocol.
 *
 * <p>Ordinals stay, so that no tree has to change. A frame that lives as a whole is sealed anew as it is, without being
 * expanded; from a frame that lives in part the dead entries are taken out, and empty places keep the ordinals of those
 * behind them; of a dead frame nothing is left. The new copy is durable, and was read back to the last byte, before a lower
 * one is deleted, so a reader always finds one that is sound. Memory: one pack.
 */
final class Repacker {
    private final VaultCore core;
    private final Work work;
    private final long creator;
    private final Succession succession;

    /** @param creator stands in the names of all copies made here; random, so that nobody else uses it */
    Repacker(VaultCore core, Work work, long creator) {
        this.core = core;
        this.work = work;
        this.creator = creator;
        this.succession = new Succession(core);
    }

    /** The contents of the highest copy of a pack that can be opened; null if there is none, or it must not be rewritten. */
    PackReader.@Nullable OpenPack best(StoredPacks.Stored pack) throws IOException {
        for (StoredPacks.Named copy : pack.copies()) {
            PackReader.OpenPack open = open(copy.type(), copy.object());
            if (open != null) {
                return open.understood() ? open : null;
            }
        }
        return null;
    }

    private PackReader.@Nullable OpenPack open(ObjectType type, String copy) throws IOException {
        try {
            return core.packs().openCopy(type, copy);
        } catch (DamagedException e) {
            // A lower copy may be sound.
            return null;
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.MISSING) {
                throw e;
            }
            return null;
        }
    }

    /**
     * Rewrites a pack, and deletes the copies that the new one supersedes.
     *
     * @param there its copies; one that was put since they were listed stays for the next collection
     * @param dead entries that are dead for ever
     * @return bytes freed: what was deleted without what was written; -1 if no copy can be read as a whole
     * @throws DamagedException if the new copy does not read back: it is removed, and all others stay
     */
    long repack(ObjectType type, PackId pack, StoredPacks.Stored there, BitSet dead) throws IOException {
        Succession.Line line = succession.open(there.copies());
        Copy best = line.best();
        OptionalInt next = line.next();
        if (best == null || next.isEmpty() || !line.opened().getFirst().understood()) {
            return -1;
        }
        PackReader.OpenPack from = line.opened().getFirst();
        boolean anew = dead.stream().anyMatch(from.trailer()::has) || line.closedAbove();
        Copy mine = anew ? new Copy(next.getAsInt(), creator) : best;
        String name = anew ? Names.copy(type, pack, mine) : from.name();
        long[] written = {0};
        boolean[] put = {false};
        try {
            long deleted = succession.succeed(pack, type, mine, there.copies(), new Succession.Heir() {
                @Override
                public void put() throws IOException {
                    written[0] = anew ? rewrite(type, name, from, dead) : 0;
                    put[0] = anew;
                }

                @Override
                public void readBack() throws IOException {
                    requireSound(type, name, line.opened());
                }
            });
            return deleted - written[0];
        } catch (DamagedException e) {
            if (!put[0]) {
                return -1; // What was to be rewritten cannot be read, or somebody else's copy is not sound.
            }
            core.store().delete(name);
            throw e;
        }
    }

    /**
     * Only a copy that is sound supersedes others, whoever made it. Of blocks their ids say whether they are what they
     * were; of nodes the ids cover what the children are, and not where they lie, so they are held against the others.
     */
    private void requireSound(ObjectType type, String name, List<PackReader.OpenPack> others) throws IOException {
        PackReader.OpenPack copy = open(type, name);
        if (copy == null || !isSound(type, copy, others)) {
            throw new DamagedException(name, "does not read back as it was put");
        }
    }

    private boolean isSound(ObjectType type, PackReader.OpenPack copy, List<PackReader.OpenPack> others)
            throws IOException {
        boolean sound = new PackCheck(core, work).check(type, copy).isEmpty();
        for (PackReader.OpenPack other : others) {
            sound = sound && (type != ObjectType.MAP || other.name().equals(copy.name()) || same(copy, other));
        }
        return sound;
    }

    /** Whether the entries that two copies have, and that the other still gives, are the same, byte for byte. */
    private boolean same(PackReader.OpenPack copy, PackReader.OpenPack other) throws IOException {
        try (Workbench mine = core.benches().take();
                Workbench theirs = core.benches().take()) {
            int expanded = -1;
            boolean lost = false;
            for (int number = 0; number < copy.trailer().frames(); number++) {
                work.checkpoint();
                PackTrailer.Frame frame = copy.trailer().frame(number);
                expand(copy, frame, mine);
                int first = frame.shape().first();
                for (int ordinal = first; ordinal < first + frame.shape().count(); ordinal++) {
                    if (!copy.trailer().has(ordinal) || !other.trailer().has(ordinal)) {
                        continue;
                    }
                    if (other.trailer().length(ordinal) != copy.trailer().length(ordinal)) {
                        return false;
                    }
                    int at = other.trailer().frameOf(ordinal);
                    if (at != expanded) {
                        lost = !expanded(other, other.trailer().frame(at), theirs);
                        expanded = at;
                    }
                    if (lost) {
                        continue;
                    }
                    int length = copy.trailer().length(ordinal);
                    ByteBuffer entry = mine.gather.slice(copy.trailer().offsetInFrame(ordinal), length);
                    if (!entry.equals(theirs.gather.slice(other.trailer().offsetInFrame(ordinal), length))) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** Expands a frame of a copy that need not be sound; what is damaged there contradicts nobody. */
    private boolean expanded(PackReader.OpenPack pack, PackTrailer.Frame frame, Workbench bench) throws IOException {
        try {
            expand(pack, frame, bench);
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    private void expand(PackReader.OpenPack pack, PackTrailer.Frame frame, Workbench bench) throws IOException {
        ByteBuffer fetched = core.packs().fetch(pack, frame.markEnd(), frame.stored(), bench);
        PackReader.expand(pack, frame, fetched, 0, bench, bench.gather, 0);
    }

    private long rewrite(ObjectType type, String name, PackReader.OpenPack from, BitSet dead) throws IOException {
        PackTrailer trailer = from.trailer();
        int capacity = Sealing.HEADER;
        for (int number = 0; number < trailer.frames(); number++) {
            PackTrailer.Frame frame = trailer.frame(number);
            capacity += frame.end() - frame.offset();
        }
        PackCopy copy = new PackCopy(type, name, core.sealing(), capacity);
        try (Workbench bench = core.benches().take()) {
            for (int number = 0; number < trailer.frames(); number++) {
                work.checkpoint();
                frame(from, trailer.frame(number), dead, copy, bench);
            }
            ByteBuffer[] object = copy.finish(bench);
            core.store().put(name, object);
            long written = object[0].remaining() + (long) object[1].remaining();
            work.stored(written);
            return written;
        }
    }

    private void frame(PackReader.OpenPack from, PackTrailer.Frame frame, BitSet dead, PackCopy copy, Workbench bench)
            throws IOException {
        PackTrailer trailer = from.trailer();
        int first = frame.shape().first();
        int end = first + frame.shape().count();
        int least = end;
        int most = first;
        boolean whole = true;
        for (int ordinal = first; ordinal < end; ordinal++) {
            boolean lives = trailer.has(ordinal) && !dead.get(ordinal);
            whole &= lives;
            if (lives) {
                least = Math.min(least, ordinal);
                most = ordinal;
            }
        }
        if (least == end) {
            return;
        }
        ByteBuffer fetched = core.packs().fetch(from, frame.markEnd(), frame.stored(), bench);
        Entries entries = new Entries();
        if (whole) {
            for (int ordinal = first; ordinal < end; ordinal++) {
                BlockId id = trailer.id(ordinal);
                entries.add(id.high(), id.low(), trailer.length(ordinal));
            }
            int length = PackReader.open(from, frame, fetched, 0, bench);
            copy.add(bench, entries, first, new Packed(frame.shape().codec(), length));
            return;
        }
        PackReader.expand(from, frame, fetched, 0, bench, bench.gather, 0);
        for (int ordinal = least; ordinal <= most; ordinal++) {
            if (!trailer.has(ordinal) || dead.get(ordinal)) {
                entries.add(0, 0, 0);
                continue;
            }
            BlockId id = trailer.id(ordinal);
            bench.gather.put(entries.bytes, bench.gather, trailer.offsetInFrame(ordinal), trailer.length(ordinal));
            entries.add(id.high(), id.low(), trailer.length(ordinal));
        }
        Packed packed = from.key().type() == ObjectType.DATA
                ? bench.compressBlocks(bench.gather, 0, entries.bytes)
                : bench.compress(bench.gather, 0, entries.bytes);
        copy.add(bench, entries, least, packed);
    }
}
