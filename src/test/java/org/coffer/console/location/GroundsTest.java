package org.coffer.console.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L2, R1: no location in another or around it, no disk image in one. */
class GroundsTest {
    @TempDir
    private Path root;

    private static String refused(TestHome home, Path folder) {
        NewLocation wanted = new NewLocation("new", folder, "");
        String code = Refusals.code(() -> home.console().locations().add(wanted));
        assertThat(home.console().locations().problems(wanted))
                .hasEntrySatisfying(
                        "folder", problem -> assertThat(problem.code()).isEqualTo(code));
        return code;
    }

    @Test
    void aLocationLiesNeitherInAnotherNorAroundItAndTryingItOutWritesNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Path place = home.location().folder().orElseThrow();
            Path inside = Files.createDirectory(place.resolve("inside"));
            Path other = Files.createDirectories(root.resolve("other/deep"));
            Path link = Files.createSymbolicLink(other.resolve("link"), inside);
            assertThat(refused(home, inside)).isEqualTo("location.inside");
            assertThat(refused(home, link)).isEqualTo("location.inside");
            assertThat(refused(home, root)).isEqualTo("location.around");
            assertThat(refused(home, place)).isEqualTo("location.known");
            assertThat(home.console()
                            .locations()
                            .test(new Address.Folder(inside), Secret.NONE)
                            .steps())
                    .noneMatch(TestStep::passed);
            assertThat(inside).isEmptyDirectory();
            home.console().locations().add(new NewLocation("other", other, ""));
            assertThat(home.console().locations().list()).hasSize(2);
        }
    }

    @Test
    void theHomeHoldsNoLocationButTheReadyOne() throws Exception {
        Path deep = Files.createDirectory(root.resolve("deep"));
        try (TestHome home = new TestHome(deep)) {
            Path own = deep.resolve("home");
            assertThat(refused(home, own)).isEqualTo("location.around-home");
            assertThat(refused(home, deep)).isEqualTo("location.around-home");
            assertThat(refused(home, Files.createDirectory(own.resolve("mine"))))
                    .isEqualTo("location.in-home");
            Location ready = home.console().locations().addSuggested("ready");
            assertThat(ready.folder().orElseThrow()).isEqualTo(own.resolve("vaults"));
            assertThat(home.console().locations().addSuggested("ready").id()).isEqualTo(ready.id());
            assertThat(refused(home, Files.createDirectory(own.resolve("vaults/mine"))))
                    .isEqualTo("location.inside");
        }
    }

    @Test
    void noFileInALocationOrInTheHomeBecomesADiskUnderWhateverName() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Path inside = home.location().folder().orElseThrow().resolve("inside.img");
            Files.write(inside, new byte[4096]);
            for (Path name : new Path[] {
                inside,
                Files.createSymbolicLink(root.resolve("soft.img"), inside),
                Files.createLink(root.resolve("hard.img"), inside)
            }) {
                assertThat(added(home, name)).as(name.toString()).isEqualTo("image.in-location");
            }
            assertThat(added(home, root.resolve("home/catalog.mv.db"))).isEqualTo("image.in-home");
            assertThat(home.console().disks().list()).isEmpty();
            assertThat(home.image("web", 1).capacity()).isEqualTo(1_000_000);
        }
    }

    private static String added(TestHome home, Path file) {
        return Refusals.code(
                () -> home.console().disks().addImage(new NewImage(file, Optional.empty(), Disk.Role.DATA)));
    }

    /** A disk that was on the list before the location was made around it. */
    @Test
    void aDiskThatCameToLieInALocationIsNotBoundAnyMore() throws Exception {
        try (TestHome home = new TestHome(root.resolve("mine"))) {
            Path folder = Files.createDirectory(root.resolve("folder"));
            Path file = folder.resolve("web.img");
            Files.write(file, new byte[1_000_000]);
            Disk disk = home.console().disks().addImage(new NewImage(file, Optional.of("web"), Disk.Role.DATA));
            home.console().locations().add(new NewLocation("around", folder, ""));
            assertThat(Refusals.code(() -> home.vault("vault_a", disk))).isEqualTo("image.in-location");
            assertThat(home.console()
                            .vaults()
                            .bindings()
                            .candidates(
                                    home.console().locations().list().getFirst().id()))
                    .singleElement()
                    .satisfies(candidate -> assertThat(
                                    candidate.whyNot().orElseThrow().args())
                            .isEqualTo(Map.of("path", file.toString(), "location", "around")));
        }
    }
}
