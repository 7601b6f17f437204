package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.coffer.engine.store.FaultyStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;

/**
 * Vaults of format version 1 in ten states that a vault can be found in, written once by {@link #main}, and what every
 * later version has to make of them: for reading, for writing, for collecting.
 *
 * <pre>
 *   moment 1   |0 1 2 3 4 5|      blocks of 64 KiB, each moment changes the blocks below its number
 *   moment 2   |a b 2 3 4 5|
 *   moment 3   |A B C 3 4 5|
 * </pre>
 */
class GoldenKindsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/kinds");
    private static final int BLOCKS = 6;

    /** Content by arithmetic that needs no library to stay the same; it compresses well. */
    private static byte[] disk(int moment) {
        byte[] disk = new byte[BLOCKS * Lab.BLOCK];
        for (int block = 0; block < BLOCKS; block++) {
            int version = block < moment ? moment : 1;
            for (int i = 0; i < 400; i++) {
                disk[block * Lab.BLOCK + i] = (byte) ((i * (version * 31 + block * 7 + 1)) >>> 3);
            }
        }
        return disk;
    }

    private static MemoryStore load(String kind) throws IOException {
        MemoryStore store = new MemoryStore();
        Path root = GOLDEN.resolve(kind);
        try (var files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                store.objects().put(name, Files.readAllBytes(file));
            }
        }
        return store;
    }

    /** The valid backups restore, byte for byte, and there are exactly these. */
    private static void reads(Vault vault, String... names) {
        vault.refresh();
        assertThat(vault.backups()).extracting(commit -> commit.facts().name()).containsExactlyInAnyOrder(names);
        for (Commit commit : vault.backups()) {
            assertThat(Lab.restore(vault, commit))
                    .isEqualTo(disk(Integer.parseInt(commit.facts().name())));
        }
        assertThat(vault.verify(vault.backups().stream().map(Commit::id).toList(), Round.everything(), Work.quiet())
                        .damaged())
                .isEmpty();
    }

    /** A backup of a moment is possible, and stores so many blocks. */
    private static void writes(Vault vault, int moment, long newBlocks, SessionId... adopted) {
        Commit parent = vault.backups().getLast();
        Commit next = Lab.backUp(vault, String.valueOf(moment), disk(moment), parent, false, List.of(adopted));
        assertThat(next.counts().newBlocks()).isEqualTo(newBlocks);
        assertThat(Lab.restore(vault, next)).isEqualTo(disk(moment));
    }

    private static CollectReport collect(Vault vault) {
        return vault.collect(Lab.CONSOLE, new Repacking(20, Long.MAX_VALUE), Work.quiet());
    }

    @Test
    void aCleanVaultReadsTakesBackupsAndHasNothingToCollect() throws IOException {
        MemoryStore store = load("clean");
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.damaged()).isEmpty();
            reads(vault, "1", "2");
            int objects = store.objects().size();
            CollectReport report = collect(vault);
            assertThat(report.freed()).isZero();
            assertThat(report.blocking()).isEmpty();
            assertThat(store.objects()).hasSize(objects);
            writes(vault, 2, 0);
        }
    }

    @Test
    void aDeletedBackupIsGoneAndCollectedOneInTheTrashIsNot() throws IOException {
        // The trash is a label of the console (see below): for the vault the backup of moment 1 is like any other.
        MemoryStore store = load("deleted");
        try (Vault vault = Lab.open(store)) {
            reads(vault, "1", "3");
            writes(vault, 3, 0);
            CollectReport report = collect(vault);
            assertThat(report.packs()).isPositive();
            assertThat(report.blocking()).isEmpty();
            reads(vault, "1", "3", "3");
            assertThat(store.list(Names.GONE)).hasSize(1);
            assertThat(store.list(Names.CONDEMNED)).isEmpty();
        }
    }

    @Test
    void aCommitThatWasGivenUpIsNoBackupAndWhatItStoredIsAdopted() throws IOException {
        MemoryStore store = load("ghost");
        try (Vault vault = Lab.open(store)) {
            SessionId ghost = vault.settle(Lab.CONSOLE).adoptable().getFirst();
            assertThat(store.objects()).containsKey(Names.COMMIT + ghost);
            reads(vault, "1");
            assertThat(vault.purged(ghost)).isTrue();
            writes(vault, 2, 0, ghost);
            assertThat(collect(vault).blocking()).isEmpty();
            reads(vault, "1", "2");
            assertThat(store.objects()).doesNotContainKey(Names.COMMIT + ghost);
        }
    }

    @Test
    void aCollectionThatStoppedHalfwayIsRespectedAndTakenOver() throws IOException {
        MemoryStore store = load("condemned");
        try (Vault vault = Lab.open(store)) {
            assertThat(store.list(Names.CONDEMNED)).hasSize(1);
            reads(vault, "1");
            writes(vault, 2, 2);
            CollectReport report = collect(vault);
            assertThat(report.packs()).isPositive();
            assertThat(store.list(Names.CONDEMNED)).isEmpty();
            reads(vault, "1", "2");
        }
    }

    @Test
    void ofTwoCopiesOfAPackTheHigherOneStays() throws IOException {
        MemoryStore store = load("copies");
        try (Vault vault = Lab.open(store)) {
            assertThat(copies(store)).hasSize(2);
            reads(vault, "3");
            writes(vault, 1, 3);
            assertThat(collect(vault).repacked()).isPositive();
            assertThat(copies(store)).hasSize(1).allMatch(name -> name.contains(".1-"));
            reads(vault, "1", "3");
        }
    }

    private static List<String> copies(MemoryStore store) {
        List<String> data = store.list("data/").stream().map(StoredObject::name).toList();
        return data.stream()
                .filter(name -> data.stream()
                                        .filter(other -> other.substring(0, 46).equals(name.substring(0, 46)))
                                        .count()
                                > 1
                        || name.contains(".1-"))
                .toList();
    }

    @Test
    void whatAnOpenSessionAdoptedIsNotCollectedAndBothCanBeAdopted() throws IOException {
        MemoryStore store = load("adopted");
        try (Vault vault = Lab.open(store)) {
            reads(vault, "1");
            int packs = store.list("data/").size();
            assertThat(collect(vault).blocking()).isEmpty();
            assertThat(store.list("data/")).hasSize(packs);
            List<SessionId> adoptable = vault.settle(Lab.CONSOLE).adoptable();
            assertThat(adoptable).hasSize(2);
            writes(vault, 3, 0, adoptable.toArray(SessionId[]::new));
            assertThat(collect(vault).waiting()).isEmpty();
            assertThat(vault.settle(Lab.CONSOLE).adoptable()).isEmpty();
            reads(vault, "1", "3");
        }
    }

    @Test
    void anUnknownFeatureForbidsCollectingAndNothingElse() throws IOException {
        try (Vault vault = Lab.open(load("feature"))) {
            reads(vault, "1");
            writes(vault, 2, 2);
            CollectReport report = collect(vault);
            assertThat(report.freed()).isZero();
            assertThat(report.blocking()).extracting(Damage::reason).containsExactly(Damage.Reason.NEWER);
        }
    }

    @Test
    void aDamagedCommitIsNamedAndForbidsCollectingUntilItIsDeleted() throws IOException {
        MemoryStore store = load("damaged");
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.damaged()).hasSize(1);
            SessionId damaged = vault.damaged().getFirst().backups().getFirst();
            reads(vault, "1");
            writes(vault, 1, 0);
            assertThat(collect(vault).blocking()).isNotEmpty();
            vault.purge(Lab.CONSOLE, damaged);
            CollectReport report = collect(vault);
            assertThat(report.blocking()).isEmpty();
            assertThat(report.packs()).isPositive();
            reads(vault, "1", "1");
        }
    }

    @Test
    void aBackupInTheTrashIsKeptLikeAnyOtherAndItsLabelIsReadAgain() throws IOException {
        MemoryStore store = load("trashed");
        try (Vault vault = Lab.open(store)) {
            SessionId trashed = Lab.named(vault, "1").id();
            Description description = vault.description().orElseThrow();
            assertThat(new String(description.payload(), StandardCharsets.UTF_8))
                    .isEqualTo(label(vault.id(), trashed));
            reads(vault, "1", "2");
            assertThat(collect(vault).freed()).isZero();
            writes(vault, 1, 0);
            reads(vault, "1", "2", "1");
            vault.describe("{}".getBytes(StandardCharsets.UTF_8), false);
            assertThat(vault.description().orElseThrow().generation()).isEqualTo(description.generation() + 1);
        }
    }

    @Test
    void aRunWhosePacksWereCollectedIsNeverAdopted() throws IOException {
        MemoryStore store = load("spent");
        SessionId spent = Objects.requireNonNull(
                Names.session(store.list(Names.SPENT).getFirst().name(), Names.SPENT));
        try (Vault vault = Lab.open(store)) {
            reads(vault, "1");
            assertThat(vault.purged(spent)).isTrue();
            // As if a put of its pack came late: two blocks of it are those of moment 2.
            assertThat(store.list("data/" + spent)).hasSize(1);
            writes(vault, 2, 2, spent);
            assertThat(collect(vault).packs()).isEqualTo(1);
            assertThat(store.list("data/" + spent)).isEmpty();
            assertThat(store.list(Names.SPENT)).hasSize(1);
            reads(vault, "1", "2");
        }
    }

    /** Writes those golden vaults that are not there; each is written once for a format version, never again. */
    public static void main(String[] arguments) throws IOException {
        MemoryStore clean = new MemoryStore();
        try (Vault vault = Lab.create(clean)) {
            Commit first = Lab.backUp(vault, "1", disk(1), null);
            Lab.backUp(vault, "2", disk(2), first);
        }
        save("clean", clean);
        save("deleted", deleted());
        save("ghost", ghost());
        save("condemned", condemned());
        save("copies", copied());
        save("adopted", adopted());
        save("feature", feature());
        MemoryStore damaged = clean.copy();
        try (Vault vault = Lab.open(damaged)) {
            damaged.bytes(Names.COMMIT + Lab.named(vault, "2").id())[70] ^= 4;
        }
        save("damaged", damaged);
        save("trashed", trashed());
        save("spent", spent());
    }

    /** What a console keeps with a vault of which one backup lies in the trash. */
    private static String label(VaultId vault, SessionId backup) {
        return "{\"version\":1,\"id\":\"" + vault + "\",\"type\":\"disk\",\"protection\":\"backup\","
                + "\"name\":\"golden\",\"description\":\"\",\"capacityGb\":100,\"autoExpand\":false,\"backupPrefix\":\"\","
                + "\"createdAt\":\"2026-01-02T03:04:05Z\",\"tags\":{},\"disks\":[],\"backups\":{\"" + backup
                + "\":{\"name\":\"one\",\"description\":\"to go\",\"trashed\":\"2026-01-02T03:04:05Z\"}}}";
    }

    private static MemoryStore trashed() {
        MemoryStore store = one();
        try (Vault vault = Lab.open(store)) {
            Commit first = Lab.named(vault, "1");
            Lab.backUp(vault, "2", disk(2), first);
            vault.describe(label(vault.id(), first.id()).getBytes(StandardCharsets.UTF_8), false);
        }
        return store;
    }

    private static MemoryStore spent() {
        MemoryStore store = one();
        try (Vault vault = Lab.open(store);
                Session lost = vault.begin(Lab.CONSOLE, List.of())) {
            Lab.write(lost, disk(2), Lab.named(vault, "1"), false);
            flush(lost);
            lost.abandon();
            StoredObject pack = store.list("data/" + lost.id()).getFirst();
            byte[] late = store.bytes(pack.name());
            collect(vault);
            store.objects().put(pack.name(), late);
        }
        return store;
    }

    private static MemoryStore one() {
        MemoryStore store = new MemoryStore();
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "1", disk(1), null);
        }
        return store;
    }

    private static MemoryStore deleted() {
        MemoryStore store = one();
        try (Vault vault = Lab.open(store)) {
            Commit second = Lab.backUp(vault, "2", disk(2), Lab.named(vault, "1"));
            Lab.backUp(vault, "3", disk(3), second);
            vault.purge(Lab.CONSOLE, second.id());
        }
        return store;
    }

    private static MemoryStore ghost() {
        MemoryStore store = one();
        try (Vault vault = Lab.open(store)) {
            Session session = vault.begin(Lab.CONSOLE, List.of());
            Lab.write(session, disk(2), Lab.named(vault, "1"), false);
            new Markers(core(store)).putAsk(session.id(), new ConsoleId(5, 6));
            session.commit(Lab.facts("2", null));
        } catch (ProblemException e) {
            return store;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("it was asked");
    }

    private static VaultCore core(MemoryStore store) {
        Place place = new Place(store, "lab");
        Keys keys = new Keys(Lab.key(), Header.read(store.bytes("header-1")).vault());
        return VaultCore.of(place, keys, Lab.CLOCK, new java.security.SecureRandom(), Lab.SMALL);
    }

    private static MemoryStore condemned() {
        MemoryStore start = one();
        try (Vault vault = Lab.open(start)) {
            vault.purge(
                    Lab.CONSOLE,
                    Lab.backUp(vault, "2", disk(2), Lab.named(vault, "1")).id());
        }
        return until(start, store -> store.list(Names.CONDEMNED).size() == 1);
    }

    private static MemoryStore copied() {
        MemoryStore start = one();
        try (Vault vault = Lab.open(start)) {
            Commit first = Lab.named(vault, "1");
            Lab.backUp(vault, "3", disk(3), first);
            vault.purge(Lab.CONSOLE, first.id());
        }
        return until(start, store -> copies(store).size() == 2);
    }

    /** A vault whose collection is killed at the first step after which it looks as wanted. */
    private static MemoryStore until(MemoryStore start, Predicate<MemoryStore> wanted) {
        for (int step = 0; step < 100; step++) {
            MemoryStore store = start.copy();
            try (Vault vault = Lab.open(new FaultyStore(store, FaultyStore.Fault.DIES_AFTER, step))) {
                collect(vault);
            } catch (ProblemException e) {
                if (wanted.test(store)) {
                    return store;
                }
            }
        }
        throw new IllegalStateException("never");
    }

    private static MemoryStore adopted() {
        MemoryStore store = one();
        // Processes that die: their sessions are never closed.
        Vault first = Lab.open(store);
        Session one = first.begin(Lab.CONSOLE, List.of());
        Lab.write(one, disk(2), null, false);
        flush(one);
        Vault second = Lab.open(store);
        Session two = second.begin(Lab.CONSOLE, second.settle(Lab.CONSOLE).adoptable());
        Lab.write(two, disk(3), null, false);
        flush(two);
        return store;
    }

    private static void flush(Session session) {
        try {
            session.blocks().spill();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MemoryStore feature() {
        MemoryStore store = one();
        Header header = Header.read(store.bytes("header-1"));
        try (Keys keys = new Keys(Lab.key(), header.vault())) {
            byte[] other = new Header(
                            header.version(),
                            header.open(),
                            1L << 40,
                            header.vault(),
                            header.fingerprint(),
                            header.created(),
                            header.program())
                    .write(keys);
            for (int copy = 1; copy <= 3; copy++) {
                store.objects().put("header-" + copy, Arrays.copyOf(other, other.length));
            }
        }
        return store;
    }

    private static void save(String kind, MemoryStore store) throws IOException {
        if (Files.exists(GOLDEN.resolve(kind))) {
            return;
        }
        for (StoredObject object : store.list("")) {
            Path file = GOLDEN.resolve(kind).resolve(object.name());
            Files.createDirectories(file.getParent());
            Files.write(file, store.bytes(object.name()));
        }
    }
}
