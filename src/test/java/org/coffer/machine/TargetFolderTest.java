package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.coffer.machine.TargetException.Reason;
import org.coffer.machine.TargetFolder.Kind;
import org.coffer.machine.TargetFolder.NewFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that files are restored into, on Linux and as on other systems. */
class TargetFolderTest {
    private static final Instant OLD = Instant.parse("2019-05-06T07:08:09.123456789Z");

    @TempDir
    private Path root;

    private static TargetFolder open(boolean linux, Path folder) throws TargetException {
        return linux ? LinuxFolder.at(folder) : PortableFolder.at(folder);
    }

    private static Reason refused(ThrowingCallable act) {
        return catchThrowableOfType(TargetException.class, act).reason();
    }

    private static void write(TargetFolder folder, String name, String text) throws TargetException {
        try (NewFile file = folder.create(name)) {
            file.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            file.length(text.length());
            file.time(OLD);
            file.sync();
            assertThat(file.length()).isEqualTo(text.length());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filesAreWrittenAsideAndRenamed(boolean linux) throws Exception {
        try (TargetFolder folder = open(linux, root)) {
            folder.make("inner");
            try (TargetFolder inner = folder.enter("inner")) {
                write(inner, "part", "content");
                inner.rename("part", "file", false);
                write(inner, "part", "new one");
                assertThat(refused(() -> inner.rename("part", "file", false))).isEqualTo(Reason.EXISTS);
                assertThat(root.resolve("inner/file")).hasContent("content");
                inner.rename("part", "file", true);
                assertThat(root.resolve("inner/file")).hasContent("new one");
                folder.same("twin", inner, "file");
                inner.link("link", "file");
                assertThat(inner.look("link").orElseThrow().kind()).isEqualTo(Kind.LINK);
                inner.sync();
                inner.time(OLD);
            }
            assertThat(Files.isSameFile(root.resolve("twin"), root.resolve("inner/file")))
                    .isTrue();
            TargetFolder.Found twin = folder.look("twin").orElseThrow();
            assertThat(twin).isEqualTo(new TargetFolder.Found(Kind.FILE, 7, OLD));
            assertThat(Files.getLastModifiedTime(root.resolve("inner")).toInstant())
                    .isEqualTo(OLD);
            assertThat(folder.look("nothing")).isEmpty();
            folder.remove("twin");
            folder.remove("twin");
            assertThat(root.resolve("twin")).doesNotExist();
            assertThat(refused(() -> folder.create("inner"))).isEqualTo(Reason.EXISTS);
            assertThat(refused(() -> folder.rename("inner", "x".repeat(300), true)))
                    .isIn(Reason.NAME, Reason.OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noLinkIsFollowed(boolean linux) throws Exception {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Path victim = Files.writeString(outside.resolve("victim"), "untouched");
        Path target = Files.createDirectory(root.resolve("target"));
        Files.createSymbolicLink(target.resolve("a"), outside);
        Files.createSymbolicLink(target.resolve("b"), victim);
        try (TargetFolder folder = open(linux, target)) {
            assertThat(refused(() -> folder.enter("a"))).isEqualTo(Reason.IN_WAY);
            assertThat(refused(() -> folder.create("b"))).isEqualTo(Reason.EXISTS);
            write(folder, "part", "content");
            folder.rename("part", "b", true);
            folder.remove("a");
        }
        assertThat(victim).hasContent("untouched");
        assertThat(outside).isDirectoryContaining(path -> path.endsWith("victim"));
        assertThat(target.resolve("b")).isRegularFile().hasContent("content");
    }

    @Test
    void aFolderThatIsMovedAwayMeanwhileStaysTheTarget() throws Exception {
        Path target = Files.createDirectory(root.resolve("target"));
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        try (TargetFolder folder = TargetFolder.open(target)) {
            Files.move(target, root.resolve("moved"));
            Files.createSymbolicLink(target, elsewhere);
            write(folder, "file", "content");
        }
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(root.resolve("moved/file")).hasContent("content");
    }

    @Test
    void ownersRightsAndHolesAreKept() throws Exception {
        try (TargetFolder folder = TargetFolder.open(root)) {
            try (NewFile file = folder.create("file")) {
                file.write(10 << 20, ByteBuffer.wrap(new byte[] {1}));
                file.length(20 << 20);
                assertThat(file.own(1234, 2345)).isTrue();
                file.mode(04751);
            }
            folder.link("link", "nowhere");
            assertThat(folder.ownLink("link", 1234, 2345)).isTrue();
            folder.timeLink("link", OLD);
        }
        assertThat(Shell.run("stat", "-c", "%u:%g %a %s", root.resolve("file").toString()))
                .isEqualTo("1234:2345 4751 20971520");
        assertThat(Long.parseLong(
                        Shell.run("stat", "-c", "%b", root.resolve("file").toString())))
                .isLessThan(100);
        assertThat(Shell.run("stat", "-c", "%u:%g %Y", root.resolve("link").toString()))
                .isEqualTo("1234:2345 " + OLD.getEpochSecond());
    }
}
