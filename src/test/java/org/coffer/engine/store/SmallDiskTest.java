package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a real disk that gets full, read-only, unplugged. Needs root for its loop device. */
class SmallDiskTest {
    @TempDir
    Path folder;

    private SmallDisk disk;

    @BeforeEach
    void plugIn() throws Exception {
        disk = SmallDisk.make(folder, 128);
    }

    @AfterEach
    void unplug() throws Exception {
        disk.close();
    }

    private static ByteBuffer noise(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static int fill(FolderStore store) throws StoreException {
        for (int i = 0; ; i++) {
            try {
                store.put("data/" + i, noise(4 << 20));
            } catch (StoreException e) {
                assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL);
                return i;
            }
        }
    }

    @Test
    void aFullDiskSaysSoAndStillTakesSmallMarkers() throws Exception {
        FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
        int count = fill(store);
        assertThat(count).isBetween(20, 31);
        assertThat(store.list("data/")).hasSize(count);
        // To the last byte, so that not even a directory entry fits but for the reserve.
        disk.fill();
        assertThat(disk.path().resolve(FolderReserve.FILE)).exists();

        for (int i = 0; i < 100; i++) {
            store.put("gone/" + i, noise(100));
        }
        assertThat(store.list("gone/")).hasSize(100);
        assertThat(disk.path().resolve(FolderReserve.FILE)).doesNotExist();
        for (StoredObject object : store.list("data/")) {
            store.delete(object.name());
        }
        store.syncDeletes();
        assertThat(store.list("data/")).isEmpty();
    }

    @Test
    void aDiskUnmountedInTheMiddleIsUnreachableAndItsEmptyMountPointStaysEmpty() throws Exception {
        FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
        store.put("data/1", noise(1000));
        disk.unmount();

        StoreException put = catchThrowableOfType(StoreException.class, () -> store.put("data/2", noise(1000)));
        StoreException get = catchThrowableOfType(StoreException.class, () -> store.get("data/1"));
        assertThat(put.kind()).isEqualTo(StoreException.Kind.UNREACHABLE);
        assertThat(get.kind()).isEqualTo(StoreException.Kind.UNREACHABLE);
        assertThat(disk.path()).isEmptyDirectory();

        disk.mount();
        store.put("data/2", noise(1000));
        assertThat(store.list("data/")).hasSize(2);
    }

    @Test
    void aReadOnlyDiskCanBeReadButNotWritten() throws Exception {
        FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
        store.put("data/1", noise(1000));
        disk.unmount();
        disk.mount("ro");

        assertThat(store.get("data/1")).hasSize(1000);
        StoreException put = catchThrowableOfType(StoreException.class, () -> store.put("data/2", noise(1000)));
        assertThat(put.kind()).isEqualTo(StoreException.Kind.DENIED);
        StoreException delete = catchThrowableOfType(StoreException.class, () -> store.delete("data/1"));
        assertThat(delete.kind()).isEqualTo(StoreException.Kind.DENIED);
    }

    @Test
    void whatIsKeptAsideGrowsWithWhatIsPutAndComesBackAsLarge() throws Exception {
        FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
        Path reserve = disk.path().resolve(FolderReserve.FILE);
        long first = 4 << 20;
        assertThat(reserve).hasSize(first);

        long put = 16 << 20;
        store.put("data/1", noise((int) put / 2));
        new FolderStore(disk.path(), FolderStore.initialize(disk.path())).put("data/2", noise((int) put / 2));
        store.put("gone/1", noise(5_000));
        assertThat(reserve).hasSize(first + put / 1024);

        disk.fill();
        for (int i = 0; Files.exists(reserve); i++) {
            store.put("gone/x" + i, noise(60_000));
        }
        Files.delete(disk.path().resolve("rest"));
        store.syncDeletes();
        long stored = store.list("").stream().mapToLong(StoredObject::size).sum();
        assertThat(Files.size(reserve)).isBetween(first + stored / 1024, first + stored / 1024 + 1000);
    }

    @Test
    void aReserveThatIsGoneComesNotBackWithTheNextObject() throws Exception {
        FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
        Files.delete(disk.path().resolve(FolderReserve.FILE));
        store.put("data/1", noise(1 << 20));
        assertThat(disk.path().resolve(FolderReserve.FILE)).doesNotExist();
    }

    @Test
    void aReserveOfWhichAPowerCutLeftAPartIsMadeWhole() throws Exception {
        FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
        Path reserve = disk.path().resolve(FolderReserve.FILE);
        Files.write(reserve, new byte[1 << 20]);
        store.syncDeletes();
        assertThat(Files.size(reserve)).isBetween(4L << 20, (4L << 20) + 4096);
    }

    @Test
    void nothingIsKeptAsideOfTheLastRoom() throws Exception {
        FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
        Files.write(disk.path().resolve("large"), new byte[90 << 20]);
        store.put("data/1", noise(8 << 20));
        assertThat(disk.path().resolve(FolderReserve.FILE)).hasSize(4 << 20);
    }

    @Test
    void aDiskWithoutRoomForTheReserveCannotBeTakenIntoUse() throws Exception {
        disk.fill();
        StoreException full = catchThrowableOfType(StoreException.class, () -> FolderStore.initialize(disk.path()));
        assertThat(full.kind()).isEqualTo(StoreException.Kind.FULL);
        assertThat(disk.path().resolve(FolderReserve.FILE)).doesNotExist();
    }
}
