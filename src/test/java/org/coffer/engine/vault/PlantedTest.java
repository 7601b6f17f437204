package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody without the key puts, changes and removes objects: what he may bring about, and what not. */
class PlantedTest {
    private static final byte[] GARBAGE = Lab.noise(300, 99);

    private final MemoryStore store = new MemoryStore();
    private final byte[] disk = Lab.noise(10 * Lab.BLOCK, 1);
    private SessionId first = new SessionId(0, 0);
    private SessionId second = new SessionId(0, 0);

    @BeforeEach
    void makeTheVault() {
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", disk, null);
            first = one.id();
            second = Lab.backUp(vault, "two", Lab.changed(disk, 2, 0), one).id();
        }
    }

    private void plant(String name) {
        store.objects().put(name, GARBAGE);
    }

    @Test
    void aMarkerThatDoesNotOpenHidesNoRemovedBackup() {
        store.objects().remove(Names.COMMIT + first);
        plant(Names.GONE + first);
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.damaged())
                    .filteredOn(damage -> damage.reason() == Damage.Reason.VANISHED)
                    .extracting(Damage::object)
                    .containsExactly(Names.COMMIT + first);
            assertThat(vault.damaged()).extracting(Damage::object).contains(Names.GONE + first);
            assertThat(vault.purged(first)).isFalse();
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).blocking()).isNotEmpty();
        }
    }

    @Test
    void aBackupThatWasReallyDeletedAndCollectedHasNotVanished() {
        try (Vault vault = Lab.open(store)) {
            vault.purge(Lab.CONSOLE, first);
            vault.collect(Lab.CONSOLE, Work.quiet());
        }
        assertThat(store.objects()).doesNotContainKey(Names.COMMIT + first);
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.damaged()).isEmpty();
            assertThat(vault.purged(first)).isTrue();
            assertThat(vault.purged(second)).isFalse();
        }
    }

    @Test
    void aCommitNamedInCapitalsAndAMarkerForItKeepNobodyOut() {
        SessionId planted = new SessionId(0xabcdefabcdefL, 0xabcdef);
        plant(Names.COMMIT + planted.toString().toUpperCase(Locale.ROOT));
        plant(Names.GONE + planted);
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.backups()).extracting(Commit::id).containsExactlyInAnyOrder(first, second);
            assertThat(vault.damaged())
                    .extracting(Damage::object)
                    .contains(Names.COMMIT + planted.toString().toUpperCase(Locale.ROOT));
            assertThat(Lab.restore(vault, Lab.named(vault, "one"))).isEqualTo(disk);
        }
    }

    @Test
    void anIdHasOneTextSoThatNoObjectHasTwoNames() {
        assertThat(SessionId.of("0123456789abcdef0123456789abcdef")).hasToString("0123456789abcdef0123456789abcdef");
        for (String text : List.of("0123456789ABCDEF0123456789abcdef", "0123456789abcdef0123456789abcdeg", "01", "")) {
            assertThatExceptionOfType(IllegalArgumentException.class).as(text).isThrownBy(() -> SessionId.of(text));
        }
    }

    @Test
    void aPlantedSegmentThatAsksForMuchMemoryIsRefusedByItsEndAlone() {
        int trailer = Segment.TRAILER_LIMIT + 1;
        byte[] huge = new byte[trailer + 1000];
        ByteBuffer.wrap(huge)
                .position(huge.length - PackTrailer.TAIL)
                .putInt(trailer)
                .putInt(trailer - Sealing.TAG)
                .putInt(1)
                .putInt(1)
                .putLong(PackTrailer.MAGIC);
        store.objects().put(Names.index(new SessionId(1, 1), 0), huge);
        try (Vault vault = Lab.open(store)) {
            Commit third = Lab.backUp(vault, "three", disk, Lab.named(vault, "two"));
            assertThat(Lab.restore(vault, third)).isEqualTo(disk);
            assertThat(vault.damaged()).extracting(Damage::detail).anyMatch(detail -> detail.endsWith("has no end"));
        }
    }

    @Test
    void theLargestSegmentThereMayBeHasRoomForItsTrailer() {
        int pages = Segment.MOST_ENTRIES / SegmentWriter.PAGE_ENTRIES;
        int most = 8
                + 16 * 0xffff
                + 8 * pages
                + IdFilter.sized(Segment.MOST_ENTRIES).bytes()
                + Sealing.TAG;
        assertThat(most).isLessThanOrEqualTo(Segment.TRAILER_LIMIT);
        assertThat(Tuning.standard().spill()).isLessThanOrEqualTo(Segment.MOST_ENTRIES / 4);
    }

    @Test
    void descriptionsThatDoNotOpenPushNoRealOneOut() {
        try (Vault vault = Lab.open(store)) {
            for (int i = 1; i <= 3; i++) {
                vault.describe(new byte[] {(byte) i}, false);
            }
            for (int i = 0; i < 16; i++) {
                plant(Names.description(-1, new SessionId(i, 0)));
            }
            for (int i = 4; i <= 20; i++) {
                vault.describe(new byte[] {(byte) i}, false);
            }
            assertThat(vault.description().orElseThrow().payload()).containsExactly(20);
            assertThat(store.list(Names.DESCRIPTION)).hasSize(32);
        }
    }

    @Test
    void aCopyThatDoesNotOpenWithTheLastGenerationThereIsKeepsNoPackFromBeingHealed() throws StoreException {
        PackId pack = new PackId(first, 0);
        String name = Names.original(ObjectType.DATA, pack);
        try (Vault vault = Lab.open(store)) {
            Commit one = Lab.named(vault, "one");
            store.bytes(name)[5000] ^= 1;
            plant(Names.copy(ObjectType.DATA, pack, new Copy(1, 5)));
            plant(Names.copy(ObjectType.DATA, pack, new Copy(Integer.MAX_VALUE, -1)));
            vault.avoid(Lab.CONSOLE, name);
            Lab.backUp(vault, "three", disk, one, true, List.of());

            assertThat(vault.heal(name, Work.quiet())).isTrue();

            assertThat(Lab.restore(vault, one)).isEqualTo(disk);
            assertThat(vault.verify(List.of(first, second), Round.everything(), Work.quiet())
                            .damaged())
                    .isEmpty();
            assertThat(Objects.requireNonNull(StoredPacks.list(store, ObjectType.DATA, first)
                                    .get(pack))
                            .copies())
                    .as("the number above what opens and what is taken; the lower ones are gone")
                    .extracting(copy -> copy.copy().generation())
                    .containsExactly(Integer.MAX_VALUE, 2);
        }
    }

    @Test
    void aPackThatAValidBackupNeedsIsDamagedAlsoIfTheOneThatWroteItWasDeleted() {
        try (Vault vault = Lab.open(store)) {
            vault.purge(Lab.CONSOLE, first);
            store.objects().remove(Names.original(ObjectType.DATA, new PackId(first, 0)));
            assertThatThrownBy(() -> Lab.restore(vault, Lab.named(vault, "two")))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("is missing");
        }
    }

    @Test
    void aMarkerThatDoesNotOpenMakesNoLossLookLikeADeletion() {
        try (Vault vault = Lab.open(store)) {
            Commit one = Lab.named(vault, "one");
            plant(Names.GONE + first);
            store.objects().remove(Names.original(ObjectType.DATA, new PackId(first, 0)));
            assertThatThrownBy(() -> Lab.restore(vault, one))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("is missing");
        }
    }
}
