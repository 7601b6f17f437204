package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of XFS is read and what is refused by its name; needs root. */
class XfsFeaturesTest {
    @TempDir
    private Path folder;

    private XfsImage image;

    @BeforeEach
    void make() throws IOException {
        image = XfsImage.make(folder, "");
    }

    private void incompatible(int bits) throws IOException {
        XfsPatch.superblock(image.file(), bytes -> bytes.putInt(216, bytes.getInt(216) | bits));
    }

    private static void isRefused(ThrowingCallable call, String code, String what) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.of(code, "what", what)));
    }

    @Test
    void exchangedRangesAndParentPointersAreNoHindrance() throws IOException {
        incompatible(1 << 6 | 1 << 7);
        image.fill("mkdir deep; touch deep/{1..100}; echo some > file; ln -s deep link; ln file again");
        Map<String, String> truth = image.truth();
        try (XfsImage.Image bytes = image.open()) {
            assertThat(XfsWalk.of(Xfs.open(bytes))).isEqualTo(truth).hasSize(104);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0x0100     | files.unsupported | METADIR
            0x0600     | files.unsupported | ZONED, ZONE_GAPS
            0x80000202 | files.unsupported | ZONED, incompat bit 31
            0x0010     | files.broken      | superblock NEEDSREPAIR
            """)
    void whatIsNotReadIsNamed(String bits, String code, String what) throws IOException {
        incompatible(Long.decode(bits).intValue());
        try (XfsImage.Image bytes = image.open()) {
            isRefused(() -> Xfs.open(bytes), code, what);
        }
    }

    @Test
    void contentOnARealTimeDeviceIsNamed() throws IOException {
        image.fill("echo some > file");
        try (XfsImage.Image bytes = image.open()) {
            Xfs files = Xfs.open(bytes);
            Name[] name = new Name[1];
            files.names(files.root(), found -> (name[0] = found) == null);
            XfsPatch.inode(image.file(), XfsSuper.read(bytes), name[0].id(), inode -> inode.putShort(90, (short) 1));
            Xfs changed = Xfs.open(bytes);
            isRefused(() -> changed.open(changed.node(name[0])), "files.unsupported", "realtime");
        }
    }

    @Test
    void aWrongChecksumIsNotBelieved() throws IOException {
        XfsPatch.apply(image.file(), 0, 512, -1, bytes -> bytes.put(110, (byte) 1));
        try (XfsImage.Image bytes = image.open()) {
            isRefused(() -> Xfs.open(bytes), "files.broken", "superblock");
        }
    }

    /** What a file has besides is held in memory while it is restored: so it is no more than a few MiB, whatever the file claims. */
    @Test
    void ofTooManyAttributesSomeAreKeptAndTheRestIsTold() throws IOException {
        XfsImage image = XfsImage.makeSmall(folder, "");
        image.fill("""
                touch few many
                setfattr -n user.one -v 1 few
                value=$(head -c 45000 /dev/zero | tr '\\0' x)
                for i in {1..120}; do setfattr -n user.number$i -v "$value" many; done
                """);
        try (XfsImage.Image bytes = image.open()) {
            FileSystem files = Xfs.open(bytes);
            Map<String, FileAttributes> found = new HashMap<>();
            files.names(files.root(), name -> found.put(name.text(), files.attributes(files.node(name))) == null);
            assertThat(Objects.requireNonNull(found.get("few")).whole()).isTrue();
            FileAttributes many = Objects.requireNonNull(found.get("many"));
            assertThat(many.whole()).isFalse();
            assertThat(many.values()).isNotEmpty();
            assertThat(many.values().values().stream()
                            .mapToLong(value -> value.length)
                            .sum())
                    .isBetween(1L << 20, 4L << 20);
        }
    }
}
