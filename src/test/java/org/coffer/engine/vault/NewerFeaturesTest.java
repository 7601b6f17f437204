package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Objects of a newer program, with a feature bit that this one does not know: they are read, and nothing that hangs on
 * them is collected.
 *
 * <pre>
 *   first   |AAAAAAAAAAAAAAAAAAAA|BBBBBBBBBB|
 *   second  |A a A a A a A a …   |BBBBBBBBBB|   every second block of A is new
 *   delete the first: half of its packs is dead
 * </pre>
 */
class NewerFeaturesTest {
    private static final long FEATURE = 1L << 40;

    private final MemoryStore store = new MemoryStore();
    private final byte[] one = Lab.noise(60 * Lab.BLOCK, 1);
    private final byte[] two =
            Lab.changed(one, 2, IntStream.range(0, 30).filter(i -> i % 2 == 1).toArray());
    private final Vault vault = Lab.create(store);
    private final Commit first = Lab.backUp(vault, "one", one, null);
    private final Commit second = Lab.backUp(vault, "two", two, first);
    private final Keys keys =
            new Keys(Lab.key(), Header.read(store.bytes("header-1")).vault());
    private final VaultCore core =
            VaultCore.of(new Place(store, "lab"), keys, Lab.CLOCK, new SecureRandom(), Lab.SMALL);

    @BeforeEach
    void deleteTheFirst() {
        vault.purge(Lab.CONSOLE, first.id());
    }

    @AfterEach
    void close() {
        vault.close();
        keys.close();
    }

    /** Seals a body under a name again, with a feature that nobody knows. */
    private byte[] featured(ObjectType type, String name, byte[] body) throws IOException {
        byte[] head = Arrays.copyOf(store.bytes(name), Sealing.HEADER);
        ByteBuffer.wrap(head).putLong(8, FEATURE);
        ObjectKey key = core.sealing().open(type, name, head);
        byte[] object = Arrays.copyOf(head, Sealing.HEADER + body.length + Sealing.TAG);
        try (Workbench bench = core.benches().take()) {
            bench.seal(key, Part.BODY, 0, Shape.raw(body.length), body, body.length, object, Sealing.HEADER);
        }
        store.objects().put(name, object);
        return object;
    }

    private byte[] body(ObjectType type, String name) throws IOException {
        return core.small().get(type, name).bytes();
    }

    /** Nothing is deleted because of this object, and the second backup is read all the same. */
    private void blocks(String object) {
        try (Vault other = Lab.open(store)) {
            CollectReport report = other.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.blocking()).extracting(Damage::object).containsExactly(object);
            assertThat(report.blocking()).extracting(Damage::reason).containsExactly(Damage.Reason.NEWER);
            assertThat(report.freed()).isZero();
            assertThat(report.repacked()).isZero();
            assertThat(other.damaged()).isEmpty();
            assertThat(Lab.restore(other, Lab.named(other, "two"))).isEqualTo(two);
        }
    }

    @Test
    void withoutAnyOfThemTheSameVaultIsCollected() {
        try (Vault other = Lab.open(store)) {
            CollectReport report = other.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.blocking()).isEmpty();
            assertThat(report.repacked()).isPositive();
        }
    }

    @Test
    void ofTheMarkerOfADeletedBackup() throws IOException {
        String name = Names.GONE + first.id();
        featured(ObjectType.GONE, name, body(ObjectType.GONE, name));
        blocks(name);
    }

    @Test
    void ofTheMarkerOfARunThatMadeNoBackup() throws IOException {
        SessionId given;
        try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
            given = session.id();
            Lab.write(session, Lab.noise(30 * Lab.BLOCK, 7), null, true);
        }
        String name = Names.GONE + given;
        featured(ObjectType.GONE, name, body(ObjectType.GONE, name));
        blocks(name);
    }

    @Test
    void ofARunningSession() throws IOException {
        try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
            String name = Names.SESSION + session.id();
            featured(ObjectType.SESSION, name, body(ObjectType.SESSION, name));
            blocks(name);
        }
    }

    @Test
    void ofAKindOfObjectThatNobodyKnows() {
        store.objects().put("pin/4c87bed5abe360776afee310731be03b", new byte[3]);
        blocks("pin/");
    }

    @Test
    void ofSomethingAmongThePacksThatIsNone() {
        store.objects().put("data/4c87bed5abe360776afee310731be03b/index", new byte[3]);
        blocks("data/4c87bed5abe360776afee310731be03b/index");
    }

    @Test
    void ofAFourthCopyOfTheHeader() {
        store.objects().put("header-4", new byte[3]);
        blocks("header-4");
    }

    @Test
    void ofWhatABackupUses() throws IOException {
        String name = Names.USES + second.id();
        byte[] object = featured(ObjectType.USES, name, body(ObjectType.USES, name));
        Commit commit = using(second, Attachment.of(object));
        String commitName = Names.COMMIT + second.id();
        store.objects().remove(commitName);
        core.small().put(ObjectType.COMMIT, commitName, commit.write());
        blocks(name);
    }

    private static Commit using(Commit commit, Attachment uses) {
        return new Commit(
                commit.id(),
                Lab.CONSOLE,
                commit.facts(),
                commit.committed(),
                commit.heads(),
                commit.counts(),
                commit.mapBytes(),
                uses,
                commit.about(),
                commit.disks(),
                0);
    }

    @Test
    void ofAPackWhichIsNotRewrittenAndNotHealed() throws IOException {
        List<String> before = packs();
        for (String name : before) {
            feature(name);
        }
        try (Vault other = Lab.open(store)) {
            CollectReport report = other.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.blocking()).isEmpty();
            assertThat(report.repacked()).isZero();
            assertThat(packs()).containsAll(before);
            assertThat(Lab.restore(other, Lab.named(other, "two"))).isEqualTo(two);

            String pack = before.getFirst();
            store.bytes(pack)[5000] ^= 1;
            other.avoid(Lab.CONSOLE, pack);
            Lab.backUp(other, "three", two, Lab.named(other, "two"), true, List.of());
            assertThat(other.heal(pack, Work.quiet())).isFalse();
        }
    }

    private List<String> packs() {
        return store.objects().keySet().stream()
                .filter(name -> name.startsWith("data/" + first.id()))
                .sorted()
                .toList();
    }

    /** Seals every part of a pack again under the key of the same object with a feature. */
    private void feature(String name) throws IOException {
        PackReader.OpenPack pack = core.packs().openCopy(ObjectType.DATA, name);
        byte[] object = store.bytes(name).clone();
        ByteBuffer.wrap(object).putLong(8, FEATURE);
        ObjectKey key = core.sealing().open(ObjectType.DATA, name, Arrays.copyOf(object, Sealing.HEADER));
        for (int number = 0; number < pack.trailer().frames(); number++) {
            PackTrailer.Frame frame = pack.trailer().frame(number);
            Shape shape = frame.shape();
            int mark = PackTrailer.mark(shape.count());
            Shape ofMark = new Shape(Shape.RAW, mark, shape.first(), shape.count());
            again(pack.key(), key, Part.MARK, number, ofMark, object, frame.offset(), mark + Sealing.TAG);
            again(pack.key(), key, Part.FRAME, number, shape, object, frame.markEnd(), frame.stored());
        }
        int stored = ByteBuffer.wrap(object).getInt(object.length - PackTrailer.TAIL);
        Shape trailer =
                new Shape(Shape.RAW, stored - Sealing.TAG, 0, pack.trailer().frames());
        again(pack.key(), key, Part.TRAILER, 0, trailer, object, object.length - PackTrailer.TAIL - stored, stored);
        store.objects().put(name, object);
    }

    private void again(
            ObjectKey from, ObjectKey to, Part part, long slot, Shape shape, byte[] object, int at, int stored)
            throws IOException {
        // Two benches: a cipher does not seal with what it opened with last.
        try (Workbench bench = core.benches().take();
                Workbench sealer = core.benches().take()) {
            int length = bench.open(from, part, slot, shape, object, at, stored, bench.bytes);
            sealer.seal(to, part, slot, shape, bench.bytes, length, object, at);
        }
    }

    /** A pack of a later version, as a newer program puts it when it rewrites or heals one. */
    private void newer(String pack) {
        ByteBuffer.wrap(store.bytes(pack)).putShort(4, (short) 3);
    }

    @Test
    void aCopyOfANewerProgramIsNotSuperseded() throws IOException {
        PackId pack = new PackId(first.id(), 0);
        String copy = Names.copy(ObjectType.DATA, pack, new Copy(1, 5));
        store.put(
                copy,
                ByteBuffer.wrap(
                        store.bytes(Names.original(ObjectType.DATA, pack)).clone()));
        newer(copy);

        vault.collect(Lab.CONSOLE, Work.quiet());

        assertThat(store.objects()).containsKeys(copy, Names.original(ObjectType.DATA, pack));
        assertThat(Lab.restore(vault, second)).isEqualTo(two);
    }

    @Test
    void aPackOfANewerProgramIsNotHealedAway() {
        Lab.backUp(vault, "three", two, second, true, List.of());
        String pack = Names.original(ObjectType.DATA, new PackId(second.id(), 0));
        newer(pack);
        try (Vault other = Lab.open(store)) {
            VerifyReport report =
                    other.verify(other.backups().stream().map(Commit::id).toList(), Round.everything(), Work.quiet());
            assertThat(report.damaged()).extracting(Damage::reason).containsOnly(Damage.Reason.NEWER);
            assertThat(report.hit()).containsExactly(second.id());

            other.avoid(Lab.CONSOLE, pack);
            assertThat(other.heal(pack, Work.quiet())).isFalse();
        }
        assertThat(store.objects()).containsKey(pack);
    }
}
