package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.coffer.engine.store.FaultyStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.CommitFacts;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.Counts;
import org.coffer.engine.vault.DiskFacts;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.LeafKinds;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.NewVault;
import org.coffer.engine.vault.Round;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Twin;
import org.coffer.engine.vault.Unlock;
import org.coffer.engine.vault.Vault;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Backups copied between two vaults with keys of their own.
 *
 * <pre>
 *   disk ── backup ──▶ source (key A) ── copy ──▶ target (key B) ──▶ restored disk
 * </pre>
 */
class BackupCopyTest {
    private static final ConsoleId CONSOLE = new ConsoleId(1, 2);
    private static final int BLOCK = DiskWriter.BLOCK;
    private static final int LEAF = DiskWriter.LEAF;
    private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05Z");

    private final MemoryStore sourceStore = new MemoryStore();
    private final MemoryStore targetStore = new MemoryStore();
    private final MasterKey targetKey = MasterKey.random(new SecureRandom());
    /** Three leaves, the last of them short and ending within a block; the middle one is a hole. */
    private final byte[] disk = strewn(2 * LEAF + 20 * BLOCK + 1000);

    private Vault source;
    private Vault target;

    @BeforeEach
    void makeVaults() {
        try (MasterKey key = MasterKey.random(new SecureRandom())) {
            source = Vault.create(sourceStore, "source", new NewVault(true, "test"), key);
        }
        target = Vault.create(targetStore, "target", new NewVault(true, "test"), targetKey);
    }

    @AfterEach
    void closeVaults() {
        source.close();
        target.close();
        targetKey.close();
    }

    private static byte[] strewn(int size) {
        byte[] bytes = new byte[size];
        SplittableRandom random = new SplittableRandom(3);
        byte[] block = new byte[BLOCK];
        for (int at = 0; at < size; at += 4 * BLOCK) {
            random.nextBytes(block);
            System.arraycopy(block, 0, bytes, at, Math.min(BLOCK, size - at));
        }
        java.util.Arrays.fill(bytes, LEAF, 2 * LEAF, (byte) 0);
        return bytes;
    }

    private static byte[] changed(byte[] disk, long seed, int... blocks) {
        byte[] copy = disk.clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int block : blocks) {
            byte[] fresh = new byte[Math.min(BLOCK, disk.length - block * BLOCK)];
            random.nextBytes(fresh);
            System.arraycopy(fresh, 0, copy, block * BLOCK, fresh.length);
        }
        return copy;
    }

    private Commit backUp(byte[] bytes, @Nullable Commit parent) {
        try (Session session = source.begin(CONSOLE, List.of())) {
            DiskWriter writer = session.disk(
                    new DiskFacts("id", "disk"),
                    parent == null ? null : parent.disks().getFirst(),
                    false);
            ByteBuffer leaf = ByteBuffer.allocateDirect(LEAF);
            for (int at = 0; at < bytes.length; at += LEAF) {
                if (at == LEAF) {
                    writer.hole(1);
                    continue;
                }
                int length = Math.min(LEAF, bytes.length - at);
                writer.put(at / LEAF, leaf.clear().put(bytes, at, length).flip(), LeafKinds.none());
            }
            writer.finish(bytes.length);
            return session.commit(facts(CommitFacts.Origin.MANUAL, parent));
        }
    }

    private static CommitFacts facts(CommitFacts.Origin origin, @Nullable Commit parent) {
        return new CommitFacts(
                "backup",
                "disk",
                "",
                origin,
                parent == null ? CommitFacts.Kind.FULL : CommitFacts.Kind.INCREMENTAL,
                CommitFacts.Consistency.CRASH,
                "",
                parent == null ? null : parent.id(),
                MOMENT,
                MOMENT);
    }

    /** What a copy did, and what it became. */
    private record Copied(BackupCopy.Result result, Commit commit) {
        Counts counts() {
            return commit.counts();
        }
    }

    private Copied copy(Commit backup, @Nullable Commit twin, @Nullable Commit parent) throws IOException {
        return copy(target, backup, twin, parent, List.of(), Work.quiet());
    }

    private Copied copy(
            Vault into,
            Commit backup,
            @Nullable Commit twin,
            @Nullable Commit parent,
            Collection<SessionId> adopt,
            Work work)
            throws IOException {
        try (Session session = into.begin(CONSOLE, adopt)) {
            BackupCopy.Result result = BackupCopy.run(
                    new BackupCopy.From(source, backup, Optional.ofNullable(twin)),
                    new BackupCopy.Into(session, Optional.ofNullable(parent)),
                    BackupCopy.Options.standard(),
                    work);
            return new Copied(result, session.commit(facts(CommitFacts.Origin.REPLICA, parent)));
        }
    }

    private static byte[] restore(Vault vault, Commit backup) {
        DiskReader reader = vault.disk(backup, 0);
        byte[] bytes = new byte[Math.toIntExact(reader.size())];
        ByteBuffer leaf = ByteBuffer.allocateDirect(LEAF);
        BitSet all = new BitSet();
        all.set(0, DiskWriter.LEAF_BLOCKS);
        for (int at = 0; at < bytes.length; at += LEAF) {
            reader.read(at / LEAF, all, leaf);
            leaf.get(0, bytes, at, Math.min(LEAF, bytes.length - at));
        }
        return bytes;
    }

    private Vault reopened(ObjectStore store) {
        return Vault.open(store, "target", new Unlock.Key(targetKey), null);
    }

    @Test
    void aCopyIsTheBackupAndNeedsNothingOfItsSource() throws IOException {
        Commit backup = backUp(disk, null);

        Copied copied = copy(backup, null, null);

        sourceStore.objects().clear();
        try (Vault again = reopened(targetStore)) {
            assertThat(restore(again, again.backups().getFirst())).isEqualTo(disk);
            assertThat(again.verify(List.of(copied.commit().id()), Round.everything(), Work.quiet())
                            .damaged())
                    .isEmpty();
        }
        assertThat(copied.counts().newBytes()).isEqualTo(backup.counts().newBytes());
        assertThat(copied.counts().hole()).isEqualTo(backup.counts().hole());
        assertThat(copied.counts().zero()).isEqualTo(backup.counts().zero());
        assertThat(copied.counts().read()).isEqualTo(backup.counts().read());
    }

    @Test
    void ofALaterBackupOnlyWhatChangedIsReadAndSent() throws IOException {
        Commit first = backUp(disk, null);
        Commit copyOfFirst = copy(first, null, null).commit();
        byte[] later = changed(disk, 7, 0, 5);
        Commit second = backUp(later, first);

        Copied copied = copy(second, first, copyOfFirst);

        assertThat(restore(target, copied.commit())).isEqualTo(later);
        assertThat(copied.result().bytesRead()).isEqualTo(2L * BLOCK);
        assertThat(copied.counts().newBytes()).isEqualTo(2L * BLOCK);
        assertThat(copied.counts().read()).isEqualTo(second.counts().read());
        assertThat(copied.counts().zero()).isEqualTo(second.counts().zero());
    }

    @Test
    void anEarlierBackupIsCopiedAfterALaterOneAtThePriceOfTheirDifference() throws IOException {
        Commit first = backUp(disk, null);
        Commit second = backUp(changed(disk, 7, 0, 5), first);
        Commit copyOfSecond = copy(second, null, null).commit();

        Copied copied = copy(first, second, copyOfSecond);

        assertThat(restore(target, copied.commit())).isEqualTo(disk);
        assertThat(copied.result().bytesRead()).isEqualTo((long) BLOCK);
        assertThat(copied.counts().newBytes()).isEqualTo((long) BLOCK);
    }

    @Test
    void withoutATwinAllIsReadAndOnlyWhatIsMissingIsSent() throws IOException {
        Commit first = backUp(disk, null);
        Commit copyOfFirst = copy(first, null, null).commit();
        byte[] later = changed(disk, 7, 4);
        Commit second = backUp(later, first);

        Copied copied = copy(second, null, copyOfFirst);

        assertThat(restore(target, copied.commit())).isEqualTo(later);
        assertThat(copied.result().bytesRead()).isGreaterThan(5L * BLOCK);
        assertThat(copied.counts().newBytes()).isEqualTo((long) BLOCK);
    }

    @Test
    void whatTheTargetMayNotLeanOnTravelsAgain() throws IOException {
        Commit first = backUp(disk, null);
        Commit copyOfFirst = copy(first, null, null).commit();
        targetStore.objects().keySet().stream()
                .filter(name -> name.startsWith("data/"))
                .toList()
                .forEach(pack -> target.avoid(CONSOLE, pack));
        Commit second = backUp(changed(disk, 7, 0), first);

        Copied copied = copy(second, first, copyOfFirst);

        assertThat(copied.counts().newBytes()).isEqualTo(copyOfFirst.counts().newBytes());
        assertThat(copied.counts().unchanged()).isZero();
        assertThat(restore(target, copied.commit())).isEqualTo(changed(disk, 7, 0));
    }

    @Test
    void aDiskThatGrewOrShrankIsCopiedAsItIs() throws IOException {
        Commit first = backUp(disk, null);
        Commit copyOfFirst = copy(first, null, null).commit();
        byte[] smaller = java.util.Arrays.copyOf(disk, disk.length - 10 * BLOCK - 7);
        Commit second = backUp(smaller, first);
        Commit copyOfSecond = copy(second, first, copyOfFirst).commit();
        byte[] larger = java.util.Arrays.copyOf(changed(disk, 9, 2), 4 * LEAF);
        Commit third = backUp(larger, second);

        Commit copyOfThird = copy(third, second, copyOfSecond).commit();

        assertThat(restore(target, copyOfSecond)).isEqualTo(smaller);
        assertThat(restore(target, copyOfThird)).isEqualTo(larger);
    }

    @Test
    void aCopyThatBrokeOffLeavesNothingHalfAndGoesOnWithWhatItStored() throws IOException {
        Commit backup = backUp(changed(disk, 1, all(disk)), null);
        long whole = backup.counts().newBytes();
        // The session, and one pack of data; then the plug is pulled.
        FaultyStore dying = new FaultyStore(targetStore, FaultyStore.Fault.DIES_AFTER, 1);
        try (Vault cut = reopened(dying)) {
            assertThatThrownBy(() -> copy(cut, backup, null, null, List.of(), Work.quiet()))
                    .isInstanceOf(ProblemException.class);
        }
        try (Vault again = reopened(targetStore)) {
            assertThat(again.backups()).isEmpty();

            Copied copied =
                    copy(again, backup, null, null, again.settle(CONSOLE).adoptable(), Work.quiet());

            assertThat(restore(again, copied.commit())).isEqualTo(restore(source, backup));
            assertThat(copied.counts().newBytes()).isLessThan(whole);
            assertThat(copied.counts().shared())
                    .isEqualTo(whole - copied.counts().newBytes());
        }
    }

    private static int[] all(byte[] disk) {
        return java.util.stream.IntStream.range(0, LEAF / BLOCK)
                .filter(block -> block * BLOCK < disk.length)
                .toArray();
    }

    @Test
    void damageInTheSourceIsNamedAndNotCopied() throws IOException {
        Commit backup = backUp(disk, null);
        String pack = sourceStore.objects().keySet().stream()
                .filter(name -> name.startsWith("data/"))
                .findFirst()
                .orElseThrow();
        sourceStore.bytes(pack)[5000] ^= 1;

        assertThatThrownBy(() -> copy(backup, null, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().args()).containsEntry("object", pack));
        target.refresh();
        assertThat(target.backups()).isEmpty();
    }

    private static String onlyPack(MemoryStore store) {
        return store.objects().keySet().stream()
                .filter(name -> name.startsWith("data/"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDamagedBackupIsHealedByItsCopyAndALostCopyByItsBackup() throws IOException {
        Commit backup = backUp(disk, null);
        Commit copied = copy(backup, null, null).commit();
        String here = onlyPack(sourceStore);
        sourceStore.bytes(here)[5000] ^= 1;
        source.avoid(CONSOLE, here);
        assertThat(source.heal(here, Work.quiet())).as("by itself").isFalse();

        assertThat(source.heal(here, List.of(new Twin(backup, target, copied)), Work.quiet()))
                .isTrue();

        assertThat(restore(source, backup)).isEqualTo(disk);
        String there = onlyPack(targetStore);
        targetStore.objects().remove(there);
        target.avoid(CONSOLE, there);
        assertThat(target.heal(there, List.of(new Twin(copied, source, backup)), Work.quiet()))
                .isTrue();
        assertThat(restore(target, copied)).isEqualTo(disk);
        assertThat(target.verify(List.of(copied.id()), Round.everything(), Work.quiet())
                        .damaged())
                .isEmpty();
    }

    @Test
    void whatIsNoCopyHealsNothing() throws IOException {
        Commit backup = backUp(disk, null);
        Commit other = backUp(changed(disk, 7, 0), backup);
        Commit copied = copy(other, null, null).commit();
        String here = onlyPack(sourceStore);
        byte[] broken = sourceStore.bytes(here);
        java.util.Arrays.fill(broken, 100, broken.length - 100, (byte) 7);
        source.avoid(CONSOLE, here);
        int objects = sourceStore.objects().size();

        assertThat(source.heal(here, List.of(new Twin(backup, target, copied)), Work.quiet()))
                .as("block 0 is another one there")
                .isFalse();
        assertThat(sourceStore.objects()).hasSize(objects);
    }

    @Test
    void aCanceledCopyLeavesNothing() {
        Commit backup = backUp(disk, null);
        Work work = new Work();
        work.cancel();

        assertThatThrownBy(() -> copy(target, backup, null, null, List.of(), work))
                .isInstanceOf(CanceledException.class);
        target.refresh();
        assertThat(target.backups()).isEmpty();
    }
}
