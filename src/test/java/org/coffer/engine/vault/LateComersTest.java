package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who come late in the real engine: a process taken for dead, a put that arrives again, a question after the end. */
class LateComersTest {
    private static final ConsoleId OTHER = new ConsoleId(8, 9);

    private final MemoryStore store = new MemoryStore();
    private final byte[] one = Lab.noise(40 * Lab.BLOCK, 1);
    private final byte[] two = Lab.noise(40 * Lab.BLOCK, 2);

    @BeforeEach
    void makeTheVault() {
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "one", one, null);
        }
    }

    /** The objects whose names contain a session's id. */
    private Map<String, byte[]> of(SessionId session) {
        Map<String, byte[]> objects = new TreeMap<>(store.objects());
        objects.keySet().removeIf(name -> !name.contains(session.toString()));
        return objects;
    }

    @Test
    void aWriterWhoWasGivenUpLearnsOfItAlsoAfterACollection() {
        try (Vault slow = Lab.open(store);
                Vault other = Lab.open(store);
                Session session = slow.begin(Lab.CONSOLE, List.of())) {
            other.dismiss(OTHER, session.id());
            other.collect(OTHER, Work.quiet());
            Lab.write(session, two, null, false);

            assertThatThrownBy(() -> session.commit(Lab.facts("late", null)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("backup.asked");
        }
    }

    @Test
    void aWriterWhoFindsAQuestionAndCannotAnswerItDoesNotKnowWhetherThereIsABackup() {
        ObjectStore troubled = new ForwardingStore(store) {
            @Override
            public void put(String name, ByteBuffer... bytes) throws StoreException {
                if (name.startsWith(Names.GONE)) {
                    throw new StoreException(StoreException.Kind.UNREACHABLE, "the test pulled the plug");
                }
                super.put(name, bytes);
            }
        };
        SessionId id;
        try (Vault vault = Lab.open(troubled);
                Session session = vault.begin(Lab.CONSOLE, List.of())) {
            id = session.id();
            Lab.write(session, two, null, false);
            // Somebody asks, and is gone before he ends it; what cannot be read counts as a question.
            store.objects().put(Names.ASK + id, new byte[] {1});

            assertThatThrownBy(() -> session.commit(Lab.facts("asked", null)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("backup.unknown");
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.settle(Lab.CONSOLE).asked()).containsExactly(id);
            assertThat(Lab.restore(vault, Lab.named(vault, "asked"))).isEqualTo(two);
        }
    }

    @Test
    void aProcessThatLivesOnAfterItsConsoleStartedAgainDoesNotReportASuccess() {
        try (Vault slow = Lab.open(store);
                Vault again = Lab.open(store);
                Session session = slow.begin(Lab.CONSOLE, List.of())) {
            Lab.write(session, two, null, false);
            assertThat(again.settle(Lab.CONSOLE).adoptable()).containsExactly(session.id());

            assertThatThrownBy(() -> session.commit(Lab.facts("late", null)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("backup.asked");
            again.refresh();
            assertThat(again.backups()).hasSize(1);
        }
    }

    @Test
    void aBackupThatSucceededStaysOneAlthoughItWasAskedBeforeItTidiedUp() {
        try (Vault vault = Lab.open(store)) {
            Commit second;
            byte[] opening;
            try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
                opening = store.bytes(Names.SESSION + session.id());
                Lab.write(session, two, null, false);
                second = session.commit(Lab.facts("two", null));
            }
            // As if the process had been killed between its report and deleting the session.
            store.objects().put(Names.SESSION + second.id(), opening);
            vault.dismiss(OTHER, second.id());
            Settlement settlement = vault.settle(Lab.CONSOLE);

            assertThat(settlement.asked()).containsExactly(second.id());
            assertThat(settlement.adoptable()).isEmpty();
            assertThat(vault.backups()).extracting(Commit::id).contains(second.id());
            assertThat(vault.collect(OTHER, Work.quiet()).waiting()).isEmpty();
            assertThat(Lab.restore(vault, second)).isEqualTo(two);
        }
    }

    @Test
    void packsThatWereCollectedAreNotAdoptedWhenTheirPutsArriveAgain() {
        SessionId dead;
        Map<String, byte[]> late;
        try (Vault vault = Lab.open(store)) {
            try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
                dead = session.id();
                Lab.write(session, two, null, false);
                session.abandon();
                late = of(dead);
            }
            assertThat(vault.collect(OTHER, Work.quiet()).packs()).isPositive();
        }
        assertThat(store.objects()).containsKey(Names.SPENT + dead);
        late.forEach(store.objects()::putIfAbsent);
        try (Vault vault = Lab.open(store)) {
            Commit next = Lab.backUp(
                    vault, "two", two, null, false, vault.settle(Lab.CONSOLE).adoptable());

            assertThat(next.counts().newBlocks()).isEqualTo(40);
            vault.collect(OTHER, Work.quiet());
            assertThat(Lab.restore(vault, next)).isEqualTo(two);
            assertThat(store.list(Names.packs(ObjectType.DATA, dead))).isEmpty();
        }
    }

    @Test
    void aDeletedBackupIsNotAdoptedAlthoughItsSessionIsStillThere() {
        try (Vault vault = Lab.open(store)) {
            Commit first = Lab.named(vault, "one");
            vault.purge(Lab.CONSOLE, first.id());
            Commit next = Lab.backUp(vault, "again", one, null, false, List.of(first.id()));
            assertThat(next.counts().newBlocks()).isEqualTo(40);
        }
    }
}
