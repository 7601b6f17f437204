package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.coffer.engine.store.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fingerprints make incrementals quicker and change nothing else, whatever becomes of their files. */
class FingerprintCacheTest {
    private static final int DISK = DiskWriter.LEAF + 40 * Lab.BLOCK + 777;

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private final byte[] disk = Lab.noise(DISK, 5);

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Vault create() {
        Vault vault = Lab.create(store);
        vault.keepFingerprints(folder);
        return vault;
    }

    private Vault open() {
        Vault vault = Lab.open(store);
        vault.keepFingerprints(folder);
        return vault;
    }

    @Test
    void eachBackupRestoresAndOneFileADiskIsKept() throws IOException {
        try (Vault vault = create()) {
            Commit first = Lab.backUp(vault, "first", disk, null);
            assertThat(files()).hasSize(1);
            byte[] changed = Lab.changed(disk, 9, 0, 3, 127, 128, 168);
            Arrays.fill(changed, 7 * Lab.BLOCK, 9 * Lab.BLOCK, (byte) 0);
            Commit second = Lab.backUp(vault, "second", changed, first);
            assertThat(second.counts().newBlocks()).isEqualTo(5);
            assertThat(files()).hasSize(1);
            Commit third = Lab.backUp(vault, "third", disk, second);
            assertThat(third.counts().newBlocks()).isZero();
            assertThat(Lab.restore(vault, first)).isEqualTo(disk);
            assertThat(Lab.restore(vault, second)).isEqualTo(changed);
            assertThat(Lab.restore(vault, third)).isEqualTo(disk);
        }
    }

    /** Swapped files prove that they are read, and why the home must be its user's alone. */
    @Test
    void theyAreBelievedAfterAnotherOpening() throws IOException {
        byte[] changed = Lab.changed(disk, 9, 2);
        byte[] ofChanged;
        Path ofFirst;
        try (Vault vault = create()) {
            Lab.backUp(vault, "other", changed, null);
            ofChanged = Files.readAllBytes(files().getFirst());
            Files.delete(files().getFirst());
            Lab.backUp(vault, "first", disk, null);
            ofFirst = files().getFirst();
        }
        byte[] own = Files.readAllBytes(ofFirst);
        int block = 2 * Fingerprints.SIZE;
        assertThat(Arrays.mismatch(own, ofChanged)).isBetween(block, block + Fingerprints.SIZE - 1);
        Files.write(ofFirst, ofChanged);
        try (Vault vault = open()) {
            Commit second = Lab.backUp(vault, "second", changed, Lab.named(vault, "first"));
            assertThat(second.counts().unchanged()).isEqualTo(DISK);
        }
    }

    @Test
    void aFileThatIsLostOrCutShortOrFullOfNoiseCostsOnlyTime() throws IOException {
        try (Vault vault = create()) {
            Lab.backUp(vault, "0", disk, null);
        }
        byte[][] files = {new byte[0], new byte[1000], Lab.noise(2 * Fingerprints.LEAF, 3)};
        byte[] before = disk;
        for (int i = 0; i <= files.length; i++) {
            Path file = files().getFirst();
            if (i < files.length) {
                Files.write(file, files[i]);
            } else {
                Files.delete(file);
            }
            try (Vault vault = open()) {
                byte[] now = Lab.changed(before, 20 + i, i, 130);
                Commit next = Lab.backUp(vault, "" + (i + 1), now, Lab.named(vault, "" + i));
                assertThat(next.counts().newBlocks()).isEqualTo(2);
                assertThat(Lab.restore(vault, next)).isEqualTo(now);
                before = now;
            }
            assertThat(files()).hasSize(1);
        }
    }

    @Test
    void aRunThatIsGivenUpLeavesNothingBehindAfterTheNextOpening() throws IOException {
        try (Vault vault = create()) {
            Commit first = Lab.backUp(vault, "first", disk, null);
            try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
                session.disk(new DiskFacts("id-1", "disk"), first.disks().getFirst(), false);
            }
        }
        try (Vault vault = open()) {
            assertThat(files()).hasSize(1);
            assertThat(Lab.restore(vault, Lab.named(vault, "first"))).isEqualTo(disk);
        }
    }

    @Test
    void aDamagedPackIsNotInheritedThroughThem() {
        try (Vault vault = create()) {
            Commit first = Lab.backUp(vault, "first", disk, null);
            String lost = store.objects().keySet().stream()
                    .filter(object -> object.startsWith("data/"))
                    .findFirst()
                    .orElseThrow();
            store.objects().remove(lost);
            Commit second = Lab.backUp(vault, "second", disk, first);
            assertThat(Lab.restore(vault, second)).isEqualTo(disk);
        }
    }

    @Test
    void aHomeThatCannotKeepThemDoesNotFailTheBackup() throws IOException {
        Path file = Files.createFile(folder.resolve("in the way"));
        try (Vault vault = Lab.create(store)) {
            vault.keepFingerprints(file);
            Commit first = Lab.backUp(vault, "first", disk, null);
            assertThat(Lab.restore(vault, first)).isEqualTo(disk);
        }
    }
}
