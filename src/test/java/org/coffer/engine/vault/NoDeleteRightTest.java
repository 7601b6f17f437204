package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collection;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** A key without the right to delete: backups are made and purged with it; what frees room says what it lacks. */
class NoDeleteRightTest {
    private static final class Undeleting extends ForwardingStore {
        boolean may;

        Undeleting() {
            super(new MemoryStore());
        }

        private void check() throws StoreException {
            if (!may) {
                throw new StoreException(
                        StoreException.Kind.DENIED,
                        Problem.of("storage.denied.delete", "location", "place"),
                        "no right to delete",
                        null);
            }
        }

        @Override
        public void delete(String name) throws StoreException {
            check();
            super.delete(name);
        }

        @Override
        public void delete(Collection<String> names) throws StoreException {
            check();
            super.delete(names);
        }
    }

    @Test
    void itBacksUpAndPurgesAndSaysWhatItLacksToFreeRoom() {
        Undeleting place = new Undeleting();
        byte[] disk = Lab.noise(2_000_000, 1);
        try (Vault vault = Lab.create(place)) {
            Commit first = Lab.backUp(vault, "one", disk, null);
            Commit second = Lab.backUp(vault, "two", Lab.noise(2_000_000, 2), null);
            for (int i = 0; i < 20; i++) {
                vault.describe(new byte[] {(byte) i}, false);
            }
            vault.purge(Lab.CONSOLE, first.id());
            assertThat(vault.backups()).extracting(Commit::id).containsExactly(second.id());
            ProblemException refused =
                    catchThrowableOfType(ProblemException.class, () -> vault.collect(Lab.CONSOLE, Work.quiet()));
            assertThat(refused.problem().code()).isEqualTo("storage.denied.delete");
            Commit third = Lab.backUp(vault, "three", disk, second);
            assertThat(Lab.restore(vault, third)).isEqualTo(disk);
        }
        place.may = true;
        try (Vault vault = Lab.open(place)) {
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).freed()).isPositive();
            assertThat(Lab.restore(vault, Lab.named(vault, "three"))).isEqualTo(disk);
        }
    }
}
