package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.coffer.engine.store.CountingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a vault that is some way off: bounded, safe to delete, and never believed. */
class NearCacheTest {
    private static final long LIMIT = 1L << 20;
    private static final int BACKUPS = 40;

    @TempDir
    private Path folder;

    private NearCache cache() {
        return NearCache.in(folder, LIMIT, Lab.CLOCK);
    }

    private long onDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static byte[] part(int size, int seed) {
        return Lab.noise(size, seed);
    }

    @Test
    void whatWasPutComesBackAlsoAfterARestart() {
        cache().put("commit/1", "whole", part(500, 1));

        assertThat(cache().get("commit/1", "whole")).isEqualTo(part(500, 1));
        assertThat(cache().get("commit/1", "end")).isNull();
        assertThat(cache().get("commit/2", "whole")).isNull();
    }

    @Test
    void itStaysWithinItsBoundAndWhatWasUsedLastStays() throws IOException {
        NearCache cache = cache();
        for (int i = 0; i < 20; i++) {
            cache.put("map/" + i, "frame", part(100_000, i));
            assertThat(cache.get("map/0", "frame")).as("used each time").isNotNull();
            assertThat(cache.bytes()).isLessThanOrEqualTo(LIMIT);
        }

        assertThat(onDisk()).isEqualTo(cache.bytes()).isGreaterThan(LIMIT / 2);
        assertThat(cache.get("map/1", "frame")).as("used longest ago").isNull();
        assertThat(cache.get("map/19", "frame")).isEqualTo(part(100_000, 19));
        cache.put("map/large", "frame", part((int) LIMIT + 1, 3));
        assertThat(cache.get("map/large", "frame")).isNull();
        assertThat(NearCache.in(folder, LIMIT / 4, Lab.CLOCK).bytes())
                .as("a smaller bound counts at once")
                .isLessThanOrEqualTo(LIMIT / 4);
        assertThat(onDisk()).isLessThanOrEqualTo(LIMIT / 4);
    }

    @Test
    void itMayBeDeletedWhileItIsUsed() throws IOException {
        NearCache cache = cache();
        cache.put("commit/1", "whole", part(500, 1));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(cache.get("commit/1", "whole")).isNull();
        assertThat(cache.bytes()).isZero();
        Files.delete(folder);
        cache.put("commit/2", "whole", part(500, 1));
        assertThat(cache.get("commit/2", "whole")).as("trouble with it is none").isNull();
        cache().put("commit/3", "whole", part(500, 1));
        NearCache.remove(folder);
        assertThat(folder).doesNotExist();
        NearCache.remove(folder);
    }

    @Test
    void aCheckIsToldNothingAndPutsWhatItReads() {
        NearCache cache = cache();
        cache.put("map/1", "end", part(10, 1));
        try (NearCache.Aside _ = cache.aside()) {
            assertThat(cache.get("map/1", "end")).isNull();
            cache.put("map/1", "end", part(10, 2));
        }
        assertThat(cache.get("map/1", "end")).isEqualTo(part(10, 2));
    }

    // ---- with a vault

    /** A vault of many small backups, each of one other block. */
    private static MemoryStore vault() {
        MemoryStore store = new MemoryStore();
        Lab.create(store).close();
        try (Vault vault = Lab.open(store)) {
            byte[] disk = Lab.noise(2 * Lab.BLOCK, 1);
            Commit last = null;
            for (int i = 0; i < BACKUPS; i++) {
                disk = Lab.changed(disk, i, 0);
                last = Lab.backUp(vault, "b" + i, disk, last);
            }
        }
        return store;
    }

    private Vault open(ObjectStore store, NearCache near) {
        return Vault.open(
                store,
                "lab",
                new Unlock.Key(Lab.key()),
                null,
                near,
                Lab.CLOCK,
                new java.security.SecureRandom(),
                Lab.SMALL);
    }

    @Test
    void openingAndBackingUpAskFarLessTheSecondTime() {
        MemoryStore store = vault();
        CountingStore first = new CountingStore(store, 8);
        try (Vault vault = open(first, cache())) {
            Lab.backUp(vault, "more", Lab.noise(Lab.BLOCK, 99), null);
        }
        CountingStore second = new CountingStore(store, 8);
        try (Vault vault = open(second, cache())) {
            assertThat(vault.backups()).hasSize(BACKUPS + 1);
            long opening = second.counts().gets();
            assertThat(opening)
                    .as("head and slots, and the one commit that is new")
                    .isLessThanOrEqualTo(12);
            Lab.backUp(vault, "still more", Lab.noise(Lab.BLOCK, 98), null);
            assertThat(second.counts().gets() - opening)
                    .as("the index is there: " + second.counts())
                    .isLessThanOrEqualTo(6);
        }
        assertThat(first.counts().gets())
                .as("a commit, what it uses and a segment for each")
                .isBetween(3L * BACKUPS, 3L * BACKUPS + 15);
        assertThat(second.counts().lists()).isLessThanOrEqualTo(first.counts().lists());
    }

    @Test
    void aBackupThatIsPurgedIsGoneWhateverWasKeptOfIt() {
        MemoryStore store = vault();
        open(new CountingStore(store, 8), cache()).close();
        try (Vault other = Lab.open(store)) {
            other.purge(Lab.CONSOLE, Lab.named(other, "b7").id());
            other.collect(Lab.CONSOLE, Work.quiet());
        }
        try (Vault vault = open(new CountingStore(store, 8), cache())) {
            assertThat(vault.backups())
                    .extracting(commit -> commit.facts().name())
                    .hasSize(BACKUPS - 1)
                    .doesNotContain("b7");
            assertThat(Lab.restore(vault, Lab.named(vault, "b8"))).hasSize(2 * Lab.BLOCK);
        }
    }

    @Test
    void whatWasChangedInTheFolderIsAskedForAtTheStore() throws IOException {
        MemoryStore store = vault();
        try (Vault vault = open(new CountingStore(store, 8), cache())) {
            Lab.restore(vault, Lab.named(vault, "b3"));
            Lab.backUp(vault, "more", Lab.noise(Lab.BLOCK, 99), null);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                byte[] content = Files.readAllBytes(file);
                content[content.length / 2] ^= 1;
                Files.write(file, content);
            }
        }
        try (Vault vault = open(new CountingStore(store, 8), cache())) {
            assertThat(vault.backups()).hasSize(BACKUPS + 1);
            assertThat(vault.damaged()).isEmpty();
            Commit three = Lab.named(vault, "b3");
            assertThat(Lab.restore(vault, three)).hasSize(2 * Lab.BLOCK);
            Lab.backUp(vault, "still more", Lab.noise(Lab.BLOCK, 98), null);
            assertThat(vault.damaged()).isEmpty();
        }
    }

    @Test
    void aCheckFindsDamageInTheStoreBehindWhatWasKept() {
        MemoryStore store = vault();
        try (Vault vault = open(new CountingStore(store, 8), cache())) {
            Lab.restore(vault, Lab.named(vault, "b3"));
        }
        String map = store.objects().navigableKeySet().ceiling("map/" + sessionOf(store, "b3"));
        byte[] bytes = store.bytes(map);
        bytes[bytes.length / 2] ^= 1;
        try (Vault vault = open(new CountingStore(store, 8), cache())) {
            Commit hit = Lab.named(vault, "b3");
            assertThat(Lab.restore(vault, hit)).as("what was kept still serves").hasSize(2 * Lab.BLOCK);

            VerifyReport report = vault.verify(List.of(hit.id()), Round.everything(), Work.quiet());

            assertThat(report.damaged()).extracting(Damage::object).contains(map);
        }
    }

    private static SessionId sessionOf(MemoryStore store, String name) {
        try (Vault vault = Lab.open(store)) {
            return Lab.named(vault, name).id();
        }
    }
}
