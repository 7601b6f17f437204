package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every store promises, whatever it keeps its objects in. */
public abstract class StoreContract {
    /** An empty store, the same throughout one test. */
    protected abstract ObjectStore store() throws IOException;

    /** An object larger than this kind of store moves in one piece. */
    protected int large() {
        return 1 << 20;
    }

    /** Bytes of one value. */
    protected static ByteBuffer bytes(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    /** The kind of the failure with which something ends. */
    protected static StoreException.Kind kindOf(ThrowingCallable call) {
        return catchThrowableOfType(StoreException.class, call).kind();
    }

    @Test
    void whatIsPutComesBackWholeAndInPieces() throws IOException {
        ObjectStore store = store();
        store.put("data/a/1", bytes(100_000, 1), bytes(5, 2));

        assertThat(store.get("data/a/1")).hasSize(100_005).endsWith(1, 2, 2, 2, 2, 2);
        assertThat(store.suffix("data/a/1", 6)).containsExactly(1, 2, 2, 2, 2, 2);
        ByteBuffer part = ByteBuffer.allocate(2);
        store.read("data/a/1", 99_999, part);
        assertThat(part.array()).containsExactly(1, 2);
        assertThat(part.hasRemaining()).isFalse();
        assertThat(store.suffix("data/a/1", 1 << 20)).hasSize(100_005);
        assertThat(store.get("data/a/1", 10)).hasSize(11);
        assertThat(store.get("data/a/1", 1 << 20)).hasSize(100_005);
    }

    @Test
    void buffersOutsideOfTheHeapAndPartsOfBuffersAreTakenAsTheyLie() throws IOException {
        ObjectStore store = store();
        ByteBuffer outside = ByteBuffer.allocateDirect(10_000);
        for (int i = 0; i < outside.capacity(); i++) {
            outside.put(i, (byte) i);
        }
        outside.position(17).limit(9_017);
        store.put("a/b", outside, bytes(3, 9).position(1));

        assertThat(outside.position()).isEqualTo(17);
        byte[] back = store.get("a/b");
        assertThat(back).hasSize(9_002).startsWith(17, 18, 19).endsWith(9, 9);
        ByteBuffer into = ByteBuffer.allocateDirect(100).position(10).limit(20);
        store.read("a/b", 5, into);
        assertThat(into.position()).isEqualTo(20);
        assertThat(into.get(10)).isEqualTo((byte) 22);
    }

    @Test
    void aLargeObjectComesBackAsItWas() throws IOException {
        ObjectStore store = store();
        byte[] content = new byte[large()];
        new SplittableRandom(3).nextBytes(content);
        store.put("data/large", ByteBuffer.wrap(content));
        store.put("data/large", ByteBuffer.wrap(content));

        assertThat(Arrays.equals(store.get("data/large"), content)).isTrue();
        ByteBuffer middle = ByteBuffer.allocate(1000);
        store.read("data/large", content.length / 2, middle);
        assertThat(middle.array())
                .isEqualTo(Arrays.copyOfRange(content, content.length / 2, content.length / 2 + 1000));
        assertThat(store.list("data/")).containsExactly(new StoredObject("data/large", content.length));
        content[5]++;
        assertThat(kindOf(() -> store.put("data/large", ByteBuffer.wrap(content))))
                .isEqualTo(StoreException.Kind.CONFLICT);
    }

    @Test
    void anObjectWithoutBytesIsAnObject() throws IOException {
        ObjectStore store = store();
        store.put("a/empty", ByteBuffer.allocate(0));

        assertThat(store.get("a/empty")).isEmpty();
        assertThat(store.suffix("a/empty", 10)).isEmpty();
        assertThat(store.list("a/")).containsExactly(new StoredObject("a/empty", 0));
    }

    @Test
    void listingsShowObjectsByPrefixInOrderAndNothingElse() throws IOException {
        ObjectStore store = store();
        for (String name : new String[] {"b/2", "a/10.0-x", "a/1.0-x", "a/1.1-y", "top"}) {
            store.put(name, bytes(3, 0));
        }

        assertThat(store.list(""))
                .extracting(StoredObject::name)
                .containsExactly("a/1.0-x", "a/1.1-y", "a/10.0-x", "b/2", "top");
        assertThat(store.list("a/1.")).extracting(StoredObject::name).containsExactly("a/1.0-x", "a/1.1-y");
        assertThat(store.list("none/")).isEmpty();
    }

    @Test
    void theSameBytesMayBePutAgainOthersMayNot() throws IOException {
        ObjectStore store = store();
        store.put("x", bytes(70_000, 1), bytes(70_000, 2));
        store.put("x", bytes(70_000, 1), bytes(70_000, 2));

        assertThat(kindOf(() -> store.put("x", bytes(70_000, 1), bytes(70_000, 3))))
                .isEqualTo(StoreException.Kind.CONFLICT);
        assertThat(kindOf(() -> store.put("x", bytes(70_000, 1)))).isEqualTo(StoreException.Kind.CONFLICT);
        assertThat(store.get("x")).hasSize(140_000).endsWith(2);
    }

    @Test
    void absentObjectsAreMissingAndDeletingThemIsFine() throws IOException {
        ObjectStore store = store();
        store.put("short", bytes(3, 0));

        assertThat(kindOf(() -> store.get("nothing"))).isEqualTo(StoreException.Kind.MISSING);
        assertThat(kindOf(() -> store.suffix("no/thing", 3))).isEqualTo(StoreException.Kind.MISSING);
        assertThat(kindOf(() -> store.read("short", 1, ByteBuffer.allocate(3)))).isEqualTo(StoreException.Kind.MISSING);
        assertThat(kindOf(() -> store.read("short", 3, ByteBuffer.allocate(3)))).isEqualTo(StoreException.Kind.MISSING);
        assertThat(kindOf(() -> store.read("nothing", 0, ByteBuffer.allocate(3))))
                .isEqualTo(StoreException.Kind.MISSING);
        store.delete("nothing");
        store.delete("short");
        store.syncDeletes();
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void manyObjectsGoAtOnceAlsoIfSomeAreGone() throws IOException {
        ObjectStore store = store();
        for (int i = 0; i < 5; i++) {
            store.put("a/" + i, bytes(3, i));
        }
        store.delete(List.of("a/0", "a/1", "a/none", "a/3"));
        store.delete(List.of());
        store.syncDeletes();

        assertThat(store.list("")).extracting(StoredObject::name).containsExactly("a/2", "a/4");
    }

    @Test
    void manyMayPutAndReadAtOnce() throws Exception {
        ObjectStore store = store();
        try (ExecutorService many = Executors.newFixedThreadPool(20)) {
            List<Future<Boolean>> done = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int number = i;
                done.add(many.submit(() -> {
                    store.put("m/" + number, bytes(5_000, number));
                    return Arrays.equals(
                            store.get("m/" + number), bytes(5_000, number).array());
                }));
            }
            for (Future<Boolean> one : done) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(store.list("m/")).hasSize(60);
    }

    @Test
    void namesCannotLeaveTheStore() throws IOException {
        ObjectStore store = store();
        assertThatThrownBy(() -> store.put("../x", bytes(1, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPartOfAStoreSeesOnlyItself() throws IOException {
        ObjectStore store = store();
        ObjectStore part = store.within("vaults/one/");
        part.put("a/b", bytes(3, 7));
        store.put("vaults/two/a/b", bytes(3, 8));

        assertThat(part.list("")).containsExactly(new StoredObject("a/b", 3));
        assertThat(part.get("a/b")).containsExactly(7, 7, 7);
        part.sweep("");
        part.delete(List.of("a/b", "a/c"));
        part.syncDeletes();
        assertThat(store.list("")).extracting(StoredObject::name).containsExactly("vaults/two/a/b");
    }
}
