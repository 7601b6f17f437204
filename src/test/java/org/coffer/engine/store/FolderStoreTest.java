package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder keeps what it was given, or says why not. */
class FolderStoreTest {
    @TempDir
    Path folder;

    private FolderStore store() throws StoreException {
        return new FolderStore(folder, FolderStore.initialize(folder));
    }

    private static ByteBuffer bytes(int size, int value) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    private static StoreException.Kind kindOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        StoreException thrown = org.assertj.core.api.Assertions.catchThrowableOfType(StoreException.class, call);
        return thrown.kind();
    }

    @Test
    void anObjectThatAppearsWhileItIsLookedForIsThereOrNotAndNothingElse() throws Exception {
        FolderStore store = store();
        AtomicBoolean over = new AtomicBoolean();
        Thread other = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                try {
                    store.put("commit/1", bytes(8, 1));
                    store.delete("commit/1");
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        try {
            for (int i = 0; i < 50_000; i++) {
                try {
                    assertThat(store.suffix("commit/1", 8)).hasSize(8);
                } catch (StoreException e) {
                    assertThat(e.kind()).as(e.getMessage()).isEqualTo(StoreException.Kind.MISSING);
                }
            }
        } finally {
            over.set(true);
            other.join();
        }
    }

    @Test
    void whatIsPutComesBackWholeAndInPieces() throws IOException {
        FolderStore store = store();
        store.put("data/a/1", bytes(100_000, 1), bytes(5, 2));

        assertThat(store.get("data/a/1")).hasSize(100_005).endsWith(1, 2, 2, 2, 2, 2);
        assertThat(store.suffix("data/a/1", 6)).containsExactly(1, 2, 2, 2, 2, 2);
        ByteBuffer part = ByteBuffer.allocate(2);
        store.read("data/a/1", 99_999, part);
        assertThat(part.array()).containsExactly(1, 2);
        assertThat(store.suffix("data/a/1", 1 << 20)).hasSize(100_005);
    }

    @Test
    void listingsShowObjectsByPrefixInOrderAndNothingElse() throws IOException {
        FolderStore store = store();
        for (String name : new String[] {"b/2", "a/10.0-x", "a/1.0-x", "a/1.1-y", "top"}) {
            store.put(name, bytes(3, 0));
        }
        Files.write(folder.resolve("a/1.0-x.tmp-77"), new byte[9]);

        assertThat(store.list(""))
                .extracting(StoredObject::name)
                .containsExactly("a/1.0-x", "a/1.1-y", "a/10.0-x", "b/2", "top");
        assertThat(store.list("a/1.")).extracting(StoredObject::name).containsExactly("a/1.0-x", "a/1.1-y");
        assertThat(store.list("none/")).isEmpty();
        store.sweep("a/");
        assertThat(folder.resolve("a/1.0-x.tmp-77")).doesNotExist();
    }

    @Test
    void theSameBytesMayBePutAgainOthersMayNot() throws IOException {
        FolderStore store = store();
        store.put("x", bytes(70_000, 1), bytes(70_000, 2));
        store.put("x", bytes(70_000, 1), bytes(70_000, 2));

        assertThat(kindOf(() -> store.put("x", bytes(70_000, 1), bytes(70_000, 3))))
                .isEqualTo(StoreException.Kind.CONFLICT);
        assertThat(kindOf(() -> store.put("x", bytes(70_000, 1)))).isEqualTo(StoreException.Kind.CONFLICT);
    }

    @Test
    void absentObjectsAreMissingAndDeletingThemIsFine() throws IOException {
        FolderStore store = store();
        store.put("short", bytes(3, 0));

        assertThat(kindOf(() -> store.get("nothing"))).isEqualTo(StoreException.Kind.MISSING);
        assertThat(kindOf(() -> store.suffix("no/thing", 3))).isEqualTo(StoreException.Kind.MISSING);
        assertThat(kindOf(() -> store.read("short", 1, ByteBuffer.allocate(3)))).isEqualTo(StoreException.Kind.MISSING);
        store.delete("nothing");
        store.delete("short");
        store.syncDeletes();
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void aFolderIsRecognizedUnderAnotherPath() throws IOException {
        Path original = Files.createDirectory(folder.resolve("one"));
        String id = FolderStore.initialize(original);
        Path moved = Files.move(original, folder.resolve("two"));

        assertThat(FolderStore.identify(moved)).contains(id);
        assertThat(FolderStore.initialize(moved)).isEqualTo(id);
        assertThat(kindOf(() -> new FolderStore(original, id).list(""))).isEqualTo(StoreException.Kind.UNREACHABLE);
    }

    @Test
    void anEmptyFolderInItsPlaceIsNeverWrittenTo() throws IOException {
        FolderStore store = store();
        store.put("a/b", bytes(3, 0));
        Files.move(folder.resolve(FolderMarker.FILE), folder.resolve("elsewhere"));
        String before = String.join(",", names());

        assertThat(kindOf(() -> store.put("a/c", bytes(3, 0)))).isEqualTo(StoreException.Kind.UNREACHABLE);
        assertThat(kindOf(() -> store.get("a/none"))).isEqualTo(StoreException.Kind.UNREACHABLE);
        assertThat(kindOf(() -> store.delete("a/b"))).isEqualTo(StoreException.Kind.UNREACHABLE);
        assertThat(kindOf(() -> store.list(""))).isEqualTo(StoreException.Kind.UNREACHABLE);
        assertThat(String.join(",", names())).isEqualTo(before);
    }

    private java.util.List<String> names() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void aFolderThatIsNotThereCannotBeTakenIntoUse() {
        assertThat(kindOf(() -> FolderStore.initialize(folder.resolve("none")))).isEqualTo(StoreException.Kind.MISSING);
    }

    @Test
    void namesCannotLeaveTheFolder() throws IOException {
        FolderStore store = store();
        assertThatThrownBy(() -> store.put("../x", bytes(1, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPartOfAStoreSeesOnlyItself() throws IOException {
        FolderStore store = store();
        ObjectStore part = store.within("vaults/one/");
        part.put("a/b", bytes(3, 7));
        store.put("vaults/two/a/b", bytes(3, 8));

        assertThat(part.list("")).containsExactly(new StoredObject("a/b", 3));
        assertThat(part.get("a/b")).containsExactly(7, 7, 7);
        part.delete("a/b");
        part.syncDeletes();
        assertThat(store.list("")).extracting(StoredObject::name).containsExactly("vaults/two/a/b");
    }
}
