package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways into a folder. Needs root, for bind mounts.
 *
 * <pre>
 *   root/
 *     place/vault/pack
 *     beside/
 *     place-too/
 * </pre>
 */
class NestingTest {
    @TempDir
    private Path temporary;

    private final Nesting nesting = Nesting.here();
    private Path root;
    private Path place;
    private Path pack;
    private Path beside;

    @BeforeEach
    void folders() throws IOException {
        root = temporary.toRealPath();
        place = root.resolve("place");
        pack = Files.createDirectories(place.resolve("vault")).resolve("pack");
        Files.writeString(pack, "bytes");
        beside = Files.createDirectory(root.resolve("beside"));
        Files.createDirectory(root.resolve("place-too"));
    }

    @Test
    void whatLiesInAFolderDoesAndWhatLiesBesideItDoesNot() throws IOException {
        assertThat(nesting.within(pack, place)).isTrue();
        assertThat(nesting.within(place, place)).isTrue();
        assertThat(nesting.within(place.resolve("not/there/yet"), place)).isTrue();
        assertThat(nesting.within(root, place)).isFalse();
        assertThat(nesting.within(root.resolve("place-too"), place)).isFalse();
        assertThat(nesting.within(beside.resolve("new.img"), place)).isFalse();
        Path two = Files.createLink(beside.resolve("two"), Files.writeString(beside.resolve("one"), "elsewhere"));
        assertThat(nesting.within(two, place))
                .as("a file of two names beside it")
                .isFalse();
        assertThat(nesting.within(beside, root.resolve("gone"))).isFalse();
    }

    @Test
    void linksLeadIn() throws IOException {
        Path folder = Files.createSymbolicLink(beside.resolve("folder"), place);
        Path file = Files.createSymbolicLink(beside.resolve("file"), pack);
        Path name = Files.createLink(beside.resolve("name"), pack);
        assertThat(nesting.within(folder.resolve("new.img"), place)).isTrue();
        assertThat(nesting.within(file, place)).isTrue();
        assertThat(nesting.within(name, place)).isTrue();
        assertThat(nesting.within(pack, folder)).isTrue();
        assertThat(nesting.same(folder, place)).isTrue();
        assertThat(nesting.same(beside, place)).isFalse();
    }

    @Test
    void bindMountsOfTheFolderOfAPartOfItAndOfOneFileLeadIn() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        for (Path part : new Path[] {place, pack.getParent()}) {
            try (Bound _ = new Bound(part, beside)) {
                assertThat(nesting.within(beside.resolve("new.img"), place)).isTrue();
                assertThat(nesting.within(place, beside)).isEqualTo(part.equals(place));
            }
        }
        try (Bound _ = new Bound(pack, file)) {
            assertThat(nesting.within(file, place)).isTrue();
        }
        assertThat(nesting.within(file, place)).isFalse();
    }

    private record Bound(Path point) implements AutoCloseable {
        Bound(Path what, Path point) {
            this(point);
            Shell.run("mount", "--bind", what.toString(), point.toString());
        }

        @Override
        public void close() {
            Shell.run("umount", point.toString());
        }
    }
}
