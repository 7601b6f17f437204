package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.junit.jupiter.api.Test;

/**
 * How often a backup and a restore wait for a place some way off, one after the other: what does not depend on each other is
 * asked for side by side. Here each of such a group waits until all of them were asked for.
 */
class FarRoundsTest {
    /** A store some way off that remembers what it was asked for. */
    private static final class Far extends ForwardingStore {
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private List<String> group = List.of();
        private CountDownLatch together = new CountDownLatch(0);

        Far(ObjectStore real) {
            super(real);
        }

        /** From now on the first request of each kind waits for those of the others. */
        void expectTogether(String... kinds) {
            asked.clear();
            group = List.of(kinds);
            together = new CountDownLatch(kinds.length);
        }

        @Override
        public int readsAtOnce() {
            return 4;
        }

        private void meet(String act, String name) {
            String what = act + ' ' + name;
            List<String> known = group.stream().filter(what::startsWith).toList();
            boolean first;
            synchronized (asked) {
                first = !known.isEmpty() && asked.stream().noneMatch(other -> other.startsWith(known.getFirst()));
                asked.add(what);
            }
            if (!first) {
                return;
            }
            together.countDown();
            try {
                if (!together.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(what + " was asked for alone");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void put(String name, ByteBuffer... bytes) throws StoreException {
            meet("put", name);
            super.put(name, bytes);
            asked.add("done " + name);
        }

        @Override
        public List<StoredObject> list(String prefix) throws StoreException {
            meet("list", prefix);
            return super.list(prefix);
        }

        @Override
        public byte[] suffix(String name, int length) throws StoreException {
            meet("end", name);
            return super.suffix(name, length);
        }

        @Override
        public void read(String name, long offset, ByteBuffer target) throws StoreException {
            meet(offset == 0 ? "head" : "read", name);
            super.read(name, offset, target);
        }

        long count(String what) {
            synchronized (asked) {
                return asked.stream().filter(one -> one.startsWith(what)).count();
            }
        }
    }

    private final Far far = new Far(new MemoryStore());
    private final byte[] disk = Lab.noise(10 * Lab.BLOCK, 4);

    @Test
    void whatACommitRefersToIsPutSideBySideAndAllOfItBeforeTheCommit() {
        try (Vault vault = Lab.create(far);
                Session session = vault.begin(Lab.CONSOLE, List.of())) {
            Lab.write(session, disk, null, false);
            far.expectTogether("put data/", "put map/", "put uses/", "put about/");
            Commit commit = session.commit(Lab.facts("one", null), new byte[] {1});
            synchronized (far.asked) {
                int at = far.asked.indexOf("put " + Names.COMMIT + commit.id());
                assertThat(far.asked.subList(0, at))
                        .as("before the commit")
                        .contains("done " + Names.USES + commit.id(), "done " + Names.ABOUT + commit.id())
                        .anyMatch(one -> one.startsWith("done data/"))
                        .anyMatch(one -> one.startsWith("done map/"))
                        .anyMatch(one -> one.startsWith("done index/"));
            }
            assertThat(Lab.restore(vault, commit)).isEqualTo(disk);
        }
    }

    @Test
    void theIndexIsLookedAtWhileTheBackupsAreAndAnEmptyVaultIsNotAskedForItsPacks() {
        try (Vault vault = Lab.create(far)) {
            far.expectTogether("list gone/", "list index/");
            try (Session first = vault.begin(Lab.CONSOLE, List.of())) {
                assertThat(far.count("list data/") + far.count("list map/")).isZero();
                Lab.write(first, disk, null, false);
                first.commit(Lab.facts("one", null));
            }
            far.expectTogether("list gone/", "list index/");
            vault.begin(Lab.CONSOLE, List.of()).close();
            assertThat(far.count("list data/"))
                    .as("what is lost is not referred to")
                    .isEqualTo(1);
            vault.begin(Lab.CONSOLE, List.of()).close();
            assertThat(far.count("list data/"))
                    .as("nothing was missing a moment ago")
                    .isEqualTo(1);
        }
    }

    @Test
    void aPackIsOpenedWithinOneWayAndAheadOnlyOnce() {
        Commit commit;
        try (Vault vault = Lab.create(far)) {
            commit = Lab.backUp(vault, "one", disk, null);
        }
        try (Vault vault = Lab.open(far)) {
            DiskReader reader = vault.disk(commit, 0);
            far.expectTogether("end data/", "head data/");
            reader.ahead(0);
            reader.ahead(0);
            assertThat(far.count("end data/")).isEqualTo(1);
            ByteBuffer out = ByteBuffer.allocateDirect(DiskWriter.LEAF);
            BitSet all = new BitSet();
            all.set(0, 10);
            reader.read(0, all, out);
            byte[] read = new byte[disk.length];
            out.get(0, read);
            assertThat(read).isEqualTo(disk);
            assertThat(far.count("end data/")).as("known by then").isEqualTo(1);
        }
    }

    @Test
    void nothingIsOpenedAheadFromAPlaceThatIsNear() {
        var store = new MemoryStore();
        Commit commit;
        try (Vault vault = Lab.create(store)) {
            commit = Lab.backUp(vault, "one", disk, null);
        }
        var asked = new ArrayList<String>();
        var near = new ForwardingStore(store) {
            @Override
            public byte[] suffix(String name, int length) throws StoreException {
                asked.add(name);
                return super.suffix(name, length);
            }
        };
        try (Vault vault = Lab.open(near)) {
            asked.clear();
            vault.disk(commit, 0).ahead(0);
            assertThat(asked).isEmpty();
        }
    }
}
