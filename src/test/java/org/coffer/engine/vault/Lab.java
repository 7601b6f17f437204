package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.coffer.engine.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** A small workplace for tests of the vault: disks as byte arrays, backed up and restored whole. */
final class Lab {
    static final ConsoleId CONSOLE = new ConsoleId(1, 2);
    static final int BLOCK = DiskWriter.BLOCK;
    /** Small packs and a small memory, so that little tests cross their limits. */
    static final Tuning SMALL = new Tuning(1_200_000, 1 << 20, 1 << 20, 2, 1, 200);

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    private Lab() {}

    static MasterKey key() {
        byte[] bytes = new byte[32];
        new SplittableRandom(7).nextBytes(bytes);
        return MasterKey.of(bytes);
    }

    static Vault create(ObjectStore store) {
        return Vault.create(store, "lab", new NewVault(true, "0.1"), key(), CLOCK, new SecureRandom(), SMALL);
    }

    static Vault open(ObjectStore store) {
        return open(store, new Unlock.Key(key()), null);
    }

    static Vault open(ObjectStore store, Unlock unlock, @Nullable Pin pin) {
        return Vault.open(store, "lab", unlock, pin, CLOCK, new SecureRandom(), SMALL);
    }

    static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    static CommitFacts facts(String name, @Nullable Commit parent) {
        return new CommitFacts(
                name,
                "disk-1",
                "",
                CommitFacts.Origin.MANUAL,
                parent == null ? CommitFacts.Kind.FULL : CommitFacts.Kind.INCREMENTAL,
                CommitFacts.Consistency.CRASH,
                "",
                parent == null ? null : parent.id(),
                CLOCK.instant(),
                CLOCK.instant());
    }

    static Commit backUp(Vault vault, String name, byte[] disk, @Nullable Commit parent) {
        return backUp(vault, name, disk, parent, false, List.of());
    }

    static Commit backUp(
            Vault vault, String name, byte[] disk, @Nullable Commit parent, boolean fresh, List<SessionId> adopt) {
        try (Session session = vault.begin(CONSOLE, adopt)) {
            write(session, disk, parent, fresh);
            return session.commit(facts(name, parent));
        }
    }

    static DiskWriter write(Session session, byte[] disk, @Nullable Commit parent, boolean fresh) {
        DiskWriter writer = session.disk(
                new DiskFacts("id-1", "disk"),
                parent == null ? null : parent.disks().getFirst(),
                fresh);
        ByteBuffer leaf = ByteBuffer.allocateDirect(DiskWriter.LEAF);
        for (int at = 0; at < disk.length; at += DiskWriter.LEAF) {
            int length = Math.min(DiskWriter.LEAF, disk.length - at);
            leaf.clear().put(disk, at, length).flip();
            writer.put(at / DiskWriter.LEAF, leaf, LeafKinds.none());
        }
        writer.finish(disk.length);
        return writer;
    }

    static byte[] restore(Vault vault, Commit backup) {
        DiskReader reader = vault.disk(backup, 0);
        byte[] disk = new byte[Math.toIntExact(reader.size())];
        ByteBuffer leaf = ByteBuffer.allocateDirect(DiskWriter.LEAF);
        BitSet all = new BitSet();
        all.set(0, DiskWriter.LEAF_BLOCKS);
        for (int at = 0; at < disk.length; at += DiskWriter.LEAF) {
            reader.read(at / DiskWriter.LEAF, all, leaf);
            leaf.get(0, disk, at, Math.min(DiskWriter.LEAF, disk.length - at));
        }
        return disk;
    }

    /** The disk with some blocks overwritten by noise. */
    static byte[] changed(byte[] disk, long seed, int... blocks) {
        byte[] copy = disk.clone();
        for (int block : blocks) {
            int from = block * BLOCK;
            byte[] fresh = noise(Math.min(BLOCK, disk.length - from), seed * 1_000_003 + block);
            System.arraycopy(fresh, 0, copy, from, fresh.length);
        }
        return copy;
    }

    static Commit named(Vault vault, String name) {
        return vault.backups().stream()
                .filter(commit -> commit.facts().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
