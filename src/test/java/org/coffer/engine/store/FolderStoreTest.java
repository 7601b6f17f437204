package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.ChildJava;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder keeps what it was given, or says why not. */
class FolderStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    protected FolderStore store() throws StoreException {
        return new FolderStore(folder, FolderStore.initialize(folder));
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
    void whatAnUnfinishedPutLeftIsNotListedAndCanBeSweptUp() throws IOException {
        FolderStore store = store();
        store.put("a/1.0-x", bytes(3, 0));
        Files.write(folder.resolve("a/1.0-x.tmp-77"), new byte[9]);

        assertThat(store.list("a/")).extracting(StoredObject::name).containsExactly("a/1.0-x");
        store.sweep("a/");
        assertThat(folder.resolve("a/1.0-x.tmp-77")).doesNotExist();
    }

    @Test
    void whatFileManagersAndNetworkDrivesLeaveIsNoObject() throws IOException {
        FolderStore store = store();
        store.put("gone/1", bytes(3, 0));
        for (String litter : List.of(
                ".DS_Store",
                "._1",
                ".nfs000000000012",
                "Thumbs.db",
                "desktop.ini",
                "@eaDir/1/SYNO@x",
                "#recycle/1",
                "x/.DS_Store",
                ".hidden/1")) {
            Path file = folder.resolve("gone").resolve(litter);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[9]);
        }

        assertThat(store.list("gone/")).extracting(StoredObject::name).containsExactly("gone/1");
        assertThat(store.list("")).extracting(StoredObject::name).containsExactly("gone/1");
    }

    /** As under a quota, which the free room of the disk does not show: there the reserve cannot be had back either. */
    @Test
    void deletesGetThroughWhereThereIsNoRoomToFillTheReserveAgain() throws IOException {
        FolderStore store = store();
        store.put("data/1", bytes(9, 1));
        Path reserve = folder.resolve(FolderReserve.FILE);
        Files.delete(reserve);
        Files.createSymbolicLink(reserve, folder.resolve("absent/reserve"));

        store.delete("data/1");
        store.syncDeletes();

        assertThat(store.list("data/")).isEmpty();
        assertThat(Files.isRegularFile(reserve)).isFalse();
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
        Files.move(folder.resolve(LocationMarker.NAME), folder.resolve("elsewhere"));
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
    void aFolderThatCannotBeLookedAtIsNotAnEmptyOne() throws IOException {
        try (SmallDisk disk = SmallDisk.make(folder, 40)) {
            FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
            store.put("commit/1", ByteBuffer.wrap(new byte[3]));
            store.put("data/1", ByteBuffer.wrap(new byte[3]));
            disk.harm("commit", true);
            assertThatThrownBy(() -> store.list("commit/")).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> store.put("commit/1", ByteBuffer.wrap(new byte[3])))
                    .isInstanceOf(StoreException.class);
            assertThat(store.list("data/")).hasSize(1);
            assertThat(store.list("gone/")).isEmpty();
            disk.harm("commit", false);
            assertThat(store.list("commit/")).hasSize(1);
        }
    }

    @Test
    void aFileThatCannotBeLookedAtHidesNoOtherAndIsSaidToBeDamagedInAnyLanguage() throws Exception {
        try (SmallDisk disk = SmallDisk.make(folder, 40)) {
            FolderStore store = new FolderStore(disk.path(), FolderStore.initialize(disk.path()));
            store.put("commit/1", ByteBuffer.wrap(new byte[3]));
            store.put("commit/2", ByteBuffer.wrap(new byte[3]));
            disk.harm("commit/1", true);
            assertThat(store.list("commit/"))
                    .containsExactly(new StoredObject("commit/1", 0), new StoredObject("commit/2", 3));
            assertThatThrownBy(() -> store.get("commit/1"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DAMAGED));

            Path locales = Files.createDirectory(folder.resolve("locales"));
            Process made = new ProcessBuilder(
                            "localedef",
                            "-i",
                            "zh_CN",
                            "-f",
                            "UTF-8",
                            locales.resolve("zh_CN.UTF-8").toString())
                    .inheritIO()
                    .start();
            assertThat(made.waitFor()).isZero();
            List<String> command = new ArrayList<>(ChildJava.command());
            command.addAll(List.of(Reading.class.getName(), disk.path().toString(), "commit/1"));
            ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true);
            child.environment().put("LC_ALL", "zh_CN.UTF-8");
            child.environment().put("LOCPATH", locales.toString());
            Process chinese = child.start();
            String said = new String(chinese.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("DAMAGED").contains("结构").contains("[commit/1, commit/2]");
            chinese.waitFor();
        }
    }

    /** Another process, whose system speaks another language. */
    static final class Reading {
        private Reading() {}

        /** Reads the object that the second word names in the folder that the first does, and says what came of it. */
        public static void main(String[] args) throws IOException {
            var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            Path folder = Path.of(args[0]);
            FolderStore store =
                    new FolderStore(folder, FolderStore.identify(folder).orElseThrow());
            try {
                store.get(args[1]);
            } catch (StoreException e) {
                out.println(e.kind() + " " + e.getMessage());
            }
            out.println(store.list("commit/").stream().map(StoredObject::name).toList());
        }
    }

    @Test
    void aFolderThatComesAndGoesWhileItIsListedIsEmptyOrNot() throws Exception {
        FolderStore store = new FolderStore(folder, FolderStore.initialize(folder));
        var over = new AtomicBoolean();
        Thread other = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!over.get()) {
                    store.put("commit/a/1", ByteBuffer.wrap(new byte[3]));
                    store.delete("commit/a/1");
                    store.syncDeletes();
                }
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        });
        for (int i = 0; i < 5_000; i++) {
            assertThat(store.list("commit/a/").size()).isLessThanOrEqualTo(1);
        }
        over.set(true);
        other.join();
    }

    @Test
    void aReserveThatIsALinkOrHasAnotherNameIsNotWrittenTo() throws IOException {
        Path precious = Files.writeString(Files.createTempFile(folder.getParent(), "precious", ""), "what others need");
        Path reserve = folder.resolve(FolderReserve.FILE);
        Files.createSymbolicLink(reserve, precious);
        assertThatThrownBy(() -> FolderStore.initialize(folder)).isInstanceOf(StoreException.class);
        assertThat(precious).hasContent("what others need");

        Files.delete(reserve);
        FolderStore store = new FolderStore(folder, FolderStore.initialize(folder));
        for (boolean hard : new boolean[] {false, true}) {
            Files.delete(reserve);
            if (hard) {
                Files.createLink(reserve, precious);
            } else {
                Files.createSymbolicLink(reserve, precious);
            }
            store.put("data/" + hard, ByteBuffer.allocate(4 << 20));
            store.delete("data/" + hard);
            store.syncDeletes();
            assertThat(precious).hasContent("what others need");
        }
    }

    @Test
    void aFolderThatWasMovedIsSeenThroughItsLinkAndOtherLinksAreRefused() throws IOException {
        FolderStore store = new FolderStore(folder, FolderStore.initialize(folder));
        store.put("data/a/1", ByteBuffer.wrap(new byte[3]));
        Path elsewhere = Files.createTempDirectory(folder.getParent(), "elsewhere");
        Files.move(folder.resolve("data"), elsewhere.resolve("data"));
        Path link = Files.createSymbolicLink(folder.resolve("data"), elsewhere.resolve("data"));
        assertThat(store.list("data/")).containsExactly(new StoredObject("data/a/1", 3));

        Files.createSymbolicLink(folder.resolve("data/.#lock"), Path.of("somebody@somewhere"));
        assertThat(store.list("data/")).hasSize(1);
        Files.createSymbolicLink(folder.resolve("data/a/2"), elsewhere);
        assertThat(store.list("data/")).hasSize(2).contains(new StoredObject("data/a/2", 0));
        assertThatThrownBy(() -> store.get("data/a/2")).isInstanceOf(StoreException.class);
        Path hidden = Files.createSymbolicLink(folder.resolve("data/b"), elsewhere);
        assertThatThrownBy(() -> store.list("data/"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DAMAGED));
        Files.delete(hidden);

        Files.delete(link);
        Files.createSymbolicLink(link, folder.resolve("nowhere"));
        assertThatThrownBy(() -> store.list("data/"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREACHABLE));
        Files.delete(link);
        Files.writeString(link, "a file in its place");
        assertThatThrownBy(() -> store.list("data/")).isInstanceOf(StoreException.class);
    }

    @Test
    void aFolderThatIsNotThereCannotBeTakenIntoUse() {
        assertThat(kindOf(() -> FolderStore.initialize(folder.resolve("none")))).isEqualTo(StoreException.Kind.MISSING);
    }
}
