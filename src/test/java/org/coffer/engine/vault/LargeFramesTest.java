package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;

/**
 * Data packs of version 2, as the product writes them: frames of up to 32 blocks, and code that goes through a filter.
 *
 * <pre>
 *   first    | code × 40 | text × 20 |
 *   second   | code × 30 | X × 10 | text × 20 |     X: all the same
 * </pre>
 *
 * A vault of this content was written once by {@link #main}, and must be readable for ever.
 */
class LargeFramesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v2");
    private static final int CODE = 40 * Lab.BLOCK;
    private static final int TEXT = 20 * Lab.BLOCK;

    private static byte[] disk(int moment) {
        byte[] disk = Arrays.copyOf(Code.of(CODE), CODE + TEXT);
        for (int i = 0; i < TEXT; i++) {
            disk[CODE + i] = (byte) ('a' + (i ^ (i >>> 7) ^ (i >>> 13)) % 20);
        }
        if (moment == 2) {
            Arrays.fill(disk, 30 * Lab.BLOCK, CODE, (byte) 'X');
        }
        return disk;
    }

    private static Vault create(MemoryStore store) {
        return Vault.create(
                store, "lab", new NewVault(true, "0.1"), Lab.key(), Lab.CLOCK, new SecureRandom(), Tuning.standard());
    }

    private static List<PackTrailer.Frame> frames(Vault vault, MemoryStore store) throws IOException {
        List<PackTrailer.Frame> frames = new ArrayList<>();
        try (Keys keys = new Keys(Lab.key(), vault.id())) {
            VaultCore core =
                    VaultCore.of(new Place(store, "lab"), keys, Lab.CLOCK, new SecureRandom(), Tuning.standard());
            for (StoredObject object : store.list("data/")) {
                PackTrailer trailer =
                        core.packs().openCopy(ObjectType.DATA, object.name()).trailer();
                for (int i = 0; i < trailer.frames(); i++) {
                    frames.add(trailer.frame(i));
                }
            }
        }
        return frames;
    }

    private static void isSound(Vault vault) {
        for (Commit commit : vault.backups()) {
            int moment = commit.facts().name().equals("first") ? 1 : 2;
            assertThat(Lab.restore(vault, commit)).isEqualTo(disk(moment));
        }
        assertThat(vault.verify(vault.backups().stream().map(Commit::id).toList(), Round.everything(), Work.quiet())
                        .damaged())
                .isEmpty();
    }

    @Test
    void neighboursShareLargeFramesAndCodeIsFiltered() throws IOException {
        MemoryStore store = new MemoryStore();
        try (Vault vault = create(store)) {
            Commit first = Lab.backUp(vault, "first", disk(1), null);
            Lab.backUp(vault, "second", disk(2), first);

            assertThat(frames(vault, store))
                    .extracting(frame -> frame.shape().count())
                    .containsExactlyInAnyOrder(32, 28, 1);
            assertThat(frames(vault, store))
                    .extracting(frame -> frame.shape().codec())
                    .contains(Shape.X86);
            isSound(vault);
        }
    }

    @Test
    void framesThatLoseSomeOfTheirBlocksAreWrittenAnew() throws IOException {
        MemoryStore store = new MemoryStore();
        try (Vault vault = create(store)) {
            Commit first = Lab.backUp(vault, "first", disk(1), null);
            Lab.backUp(vault, "second", disk(2), first);
            vault.purge(Lab.CONSOLE, first.id());

            CollectReport report = vault.collect(Lab.CONSOLE, new Repacking(1, Long.MAX_VALUE), Work.quiet());

            assertThat(report.repacked()).isEqualTo(1);
            assertThat(frames(vault, store))
                    .extracting(frame -> frame.shape().count())
                    .containsExactlyInAnyOrder(30, 20, 1);
            isSound(vault);
        }
    }

    @Test
    void theVaultThatWasWrittenOnceIsReadableForEver() throws IOException {
        MemoryStore store = new MemoryStore();
        try (var files = Files.walk(GOLDEN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = GOLDEN.relativize(file).toString().replace('\\', '/');
                store.objects().put(name, Files.readAllBytes(file));
            }
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.damaged()).isEmpty();
            assertThat(vault.backups())
                    .extracting(commit -> commit.facts().name())
                    .containsExactlyInAnyOrder("first", "second");
            isSound(vault);
        }
    }

    /** Writes the golden vault; run once, never again. */
    public static void main(String[] arguments) throws IOException {
        if (Files.exists(GOLDEN)) {
            throw new IllegalStateException("the golden vault is there; it is never rewritten");
        }
        MemoryStore store = new MemoryStore();
        try (Vault vault = create(store)) {
            Commit first = Lab.backUp(vault, "first", disk(1), null);
            Lab.backUp(vault, "second", disk(2), first);
        }
        for (StoredObject object : store.list("")) {
            Path file = GOLDEN.resolve(object.name());
            Files.createDirectories(file.getParent());
            Files.write(file, store.bytes(object.name()));
        }
    }
}
