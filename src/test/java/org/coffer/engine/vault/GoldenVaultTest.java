package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;

/** A vault that was written once by format version 1 and must be readable for ever. {@link #main} wrote it. */
class GoldenVaultTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final int SIZE = 131 * Lab.BLOCK + 1234;

    /** Content by arithmetic that needs no library to stay the same. */
    static byte[] disk(int version) {
        byte[] disk = new byte[SIZE];
        int state = 12345;
        for (int i = 0; i < 3000; i++) {
            state = state * 1_103_515_245 + 12_345;
            disk[i] = (byte) (state >>> 16);
            disk[130 * Lab.BLOCK + i] = (byte) (state >>> 8);
        }
        for (int i = 5 * Lab.BLOCK; i < 9 * Lab.BLOCK; i++) {
            disk[i] = (byte) (i >>> 8);
        }
        for (int i = 0; i < version * 1000; i++) {
            disk[20 * Lab.BLOCK + i] = (byte) (version + i % 7);
        }
        disk[SIZE - 1] = (byte) (version + 1);
        return disk;
    }

    private static MemoryStore load() throws IOException {
        MemoryStore store = new MemoryStore();
        try (var files = Files.walk(GOLDEN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = GOLDEN.relativize(file).toString().replace('\\', '/');
                store.objects().put(name, Files.readAllBytes(file));
            }
        }
        return store;
    }

    private static List<String> names(Vault vault) {
        return vault.backups().stream().map(commit -> commit.facts().name()).toList();
    }

    @Test
    void theVaultOfVersionOneOpensByEveryKeyAndRestoresByteForByte() throws IOException {
        MemoryStore store = load();
        Lab.open(store, new Unlock.Passphrase(PASSPHRASE.toCharArray()), null).close();
        try (MasterKey key = Lab.key()) {
            Lab.open(store, new Unlock.Recovery(key.recoveryCode()), null).close();
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.id())
                    .hasToString(
                            Files.readString(GOLDEN.resolveSibling("v1.id")).strip());
            assertThat(vault.damaged()).isEmpty();
            assertThat(names(vault)).containsExactlyInAnyOrder("first", "third 第三");
            for (Commit commit : vault.backups()) {
                int version = commit.facts().name().equals("first") ? 1 : 3;
                assertThat(Lab.restore(vault, commit)).isEqualTo(disk(version));
            }
            assertThat(vault.description().orElseThrow().payload()).isEqualTo(new byte[] {42});
        }
    }

    @Test
    void theVaultOfVersionOneTakesBackupsAndCanBeCollected() throws IOException {
        MemoryStore store = load();
        try (Vault vault = Lab.open(store)) {
            Commit parent = vault.backups().getLast();
            int version = parent.facts().name().equals("first") ? 1 : 3;
            Commit next = Lab.backUp(vault, "next", disk(version), parent);
            assertThat(next.counts().newBlocks()).isZero();

            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.blocking()).isEmpty();
            assertThat(report.packs()).isEqualTo(2);
            assertThat(vault.verify(vault.backups().stream().map(Commit::id).toList(), Round.everything(), Work.quiet())
                            .damaged())
                    .isEmpty();
            assertThat(Lab.restore(vault, next)).isEqualTo(disk(version));
        }
    }

    /** Writes the golden vault; run once for each format version, never again. */
    public static void main(String[] arguments) throws IOException {
        if (Files.exists(GOLDEN)) {
            throw new IllegalStateException("the golden vault is there; it is never rewritten");
        }
        MemoryStore store = new MemoryStore();
        try (Vault vault = Lab.create(store)) {
            vault.slots().addPassphrase(PASSPHRASE.toCharArray());
            vault.describe(new byte[] {42}, false);
            Commit first = Lab.backUp(vault, "first", disk(1), null);
            Commit second = Lab.backUp(vault, "second", disk(2), first);
            Lab.backUp(vault, "third 第三", disk(3), second);
            vault.purge(Lab.CONSOLE, second.id());
            Files.createDirectories(GOLDEN);
            Files.writeString(GOLDEN.resolveSibling("v1.id"), vault.id() + "\n");
        }
        for (StoredObject object : store.list("")) {
            Path file = GOLDEN.resolve(object.name());
            Files.createDirectories(file.getParent());
            Files.write(file, ByteBuffer.wrap(store.bytes(object.name())).array());
        }
    }
}
