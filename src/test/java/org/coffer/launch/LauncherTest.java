package org.coffer.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.coffer.launch.Checkout.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LauncherTest {
    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void make() throws IOException {
        checkout = new Checkout(folder);
    }

    @Test
    void aNewEnoughJdkIsFoundBesideAnOldDefault() throws Exception {
        checkout.jdk("17.0.15");
        Path right = checkout.jdk("25.0.3");
        Path old = checkout.jdk(folder.resolve("elsewhere"), "21.0.1");
        checkout.with("JAVA_HOME", old.toString());
        Run run = checkout.run("vault", "list");
        assertThat(run.status()).isZero();
        assertThat(Files.readString(folder.resolve("builds"))).contains("built with " + right + " by");
    }

    @Test
    void theNamedJdkComesFirst() throws Exception {
        checkout.jdk("25.0.3");
        Path named = checkout.jdk(folder.resolve("else where"), "26");
        checkout.with("JAVA_HOME", named.toString());
        assertThat(checkout.run("vault", "list").status()).isZero();
        assertThat(Files.readString(folder.resolve("builds"))).contains("built with " + named + " by");
    }

    @Test
    void withoutAJdkItSaysExactlyWhatToInstall() throws Exception {
        checkout.jdk("17.0.15");
        asOrdinaryUser();
        Run run = checkout.run("vault", "list");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("Coffer needs a JDK 25 or newer", "Temurin 25", "adoptium.net");
        Run chinese = checkout.run("--lang", "zh", "vault", "list");
        assertThat(chinese.err()).contains("需要 JDK 25");
        assertThat(checkout.builds()).isZero();
    }

    private void asOrdinaryUser() throws IOException {
        Checkout.executable(folder.resolve("tools/id"), "#!/bin/sh\necho 1000\n");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        checkout.jdk("25");
        asOrdinaryUser();
        Files.delete(folder.resolve("tools/mvn"));
        onlyNeeds("dirname", "readlink", "uname", "find", "head", "mkdir", "flock", "cat", "rm", "sleep");
        Run run = checkout.run("vault", "list");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("needs Apache Maven", "apt-get install maven");
    }

    /** Leaves only these of the system's tools, so that what is installed here does not matter. */
    private void onlyNeeds(String... tools) throws IOException {
        for (String tool : tools) {
            Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Files.createSymbolicLink(folder.resolve("tools").resolve(tool), real);
        }
        checkout.with("PATH", folder.resolve("tools").toString());
    }

    @Test
    void itBuildsOnceAndAgainOnlyAfterAChange() throws Exception {
        checkout.jdk("25");
        Run first = checkout.run("vault", "list");
        assertThat(first.err()).contains("Building Coffer").doesNotContain("what the compiler says");
        Run second = checkout.run("vault", "list");
        assertThat(second.err()).isEmpty();
        assertThat(checkout.builds()).isEqualTo(1);

        Path source = checkout.root().resolve("i18n/messages.properties");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        checkout.run("vault", "list");
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void underSudoTheUserWhoCalledItBuilds() throws Exception {
        checkout.jdk("25");
        Checkout.executable(folder.resolve("tools/id"), "#!/bin/sh\necho ${AS:-0}\n");
        Checkout.executable(folder.resolve("tools/chown"), "#!/bin/sh\necho \"$*\" >>'" + folder + "/given'\n");
        // Says for whom it was called, and does the rest.
        Checkout.executable(folder.resolve("tools/sudo"), """
                #!/bin/sh
                [ "$1 $2 $3 $5" = "-n -H -u --" ] || exit 9
                echo "$4 $6" >>'%s/called'
                AS=1000
                export AS
                shift 5
                exec "$@"
                """.formatted(folder));
        checkout.with("SUDO_UID", "1000").with("SUDO_GID", "100");
        Files.createDirectories(checkout.root().resolve("target"));
        Run run = checkout.run("vault", "list");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.arguments()).endsWith("vault", "list");
        assertThat(checkout.builds()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("called"))).isEqualTo("#1000 test\n#1000 env\n");
        assertThat(Files.readString(folder.resolve("given")))
                .isEqualTo("-R 1000:100 " + checkout.root().resolve("target") + "\n");
        checkout.run("vault", "list");
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void aDeletedSourceIsAChange() throws Exception {
        checkout.jdk("25");
        checkout.source("src/main/java/B.java");
        checkout.run("vault", "list");
        Files.delete(checkout.root().resolve("src/main/java/B.java"));
        Files.setLastModifiedTime(
                checkout.root().resolve("src/main/java"),
                FileTime.from(Instant.now().plusSeconds(1)));
        checkout.run("vault", "list");
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void manyStartsAtOnceBuildOnce() throws Exception {
        checkout.jdk("25");
        List<Process> starts = List.of(
                checkout.launch("vault", "list"), checkout.launch("vault", "list"), checkout.launch("vault", "list"));
        for (Process start : starts) {
            Run run = Checkout.finish(start);
            assertThat(run.err()).doesNotContain("could not");
            assertThat(run.arguments()).contains("org.coffer.Main", "vault", "list");
        }
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsItsLogAndLeavesTheNextStartToTryAgain() throws Exception {
        checkout.jdk("25");
        Files.createFile(checkout.root().resolve("fail"));
        Run run = checkout.run("vault", "list");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("what the compiler says", "Coffer could not be built", "build.log");
        assertThat(run.out()).isEmpty();
        Files.delete(checkout.root().resolve("fail"));
        assertThat(checkout.run("vault", "list").status()).isZero();
    }

    @Test
    void javaGetsTheWordsAsTheyWereTyped() throws Exception {
        checkout.jdk("25");
        List<String> words = List.of("disk", "add", "/a b/盘 $HOME *.img", "--name", "it's \"it\"", "");
        Run run = checkout.run(words.toArray(String[]::new));
        assertThat(run.arguments()).endsWith(words.toArray(String[]::new));
        List<String> arguments = run.arguments();
        String app = checkout.root().toRealPath().resolve("target/app/1").toString();
        assertThat(arguments.get(arguments.indexOf("-cp") + 1))
                .isEqualTo(app + "/coffer.jar:" + app + "/lib/a.jar:" + app + "/lib/b.jar");
        assertThat(arguments).doesNotContain("--module-path").contains("-Dcoffer.terminal=");
    }

    @Test
    void itStartsFromAnyFolderAndThroughALink() throws Exception {
        checkout.jdk("25");
        Path link = Files.createSymbolicLink(
                folder.resolve("link"), Path.of(checkout.root().getFileName().toString(), "coffer"));
        Run run = Checkout.finish(checkout.launch(link, Path.of("/"), "vault", "list"));
        assertThat(run.status()).isZero();
        assertThat(run.arguments()).contains("org.coffer.Main");
    }

    @Test
    void aRunningProgramKeepsItsFilesWhenTheNextOneIsBuilt() throws Exception {
        checkout.jdk("25");
        checkout.run("vault", "list");
        Path source = checkout.root().resolve("pom.xml");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        Run second = checkout.run("vault", "list");
        assertThat(second.arguments()).anyMatch(word -> word.contains("target/app/2/coffer.jar"));
        assertThat(checkout.root().resolve("target/app/1/coffer.jar")).exists();
    }

    @Test
    void withoutADisplayTheWindowPointsToTheTerminal() throws Exception {
        checkout.jdk("25");
        for (String[] words : List.of(new String[0], new String[] {"--home", "/x"}, new String[] {"--lang=en"})) {
            Run run = checkout.run(words);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("no display", "./coffer demo");
        }
        assertThat(checkout.run("--lang", "zh").err()).contains("没有图形显示", "./coffer demo");
        assertThat(checkout.builds()).isZero();
    }

    @Test
    void theWindowNamesMissingLibrariesForThreeSystems() throws Exception {
        checkout.jdk("25");
        asOrdinaryUser();
        checkout.with("DISPLAY", ":9");
        Checkout.executable(folder.resolve("tools/ldconfig"), "#!/bin/sh\necho libfreetype.so.6\n");
        Run run = checkout.run();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("libgtk-3.so.0", "libpangoft2-1.0.so.0", "libfontconfig.so.1")
                .doesNotContain("lacks: libfreetype")
                .contains("apt-get install libgtk-3-0", "dnf install gtk3", "pacman -S gtk3");
    }

    @Test
    void onDebianRootInstallsWhatTheWindowLacksAndSaysSo() throws Exception {
        checkout.jdk("25");
        checkout.with("DISPLAY", ":9");
        Checkout.executable(folder.resolve("tools/id"), "#!/bin/sh\necho 0\n");
        Checkout.executable(folder.resolve("tools/fc-list"), "#!/bin/sh\n");
        Checkout.executable(
                folder.resolve("tools/apt-get"),
                "#!/bin/sh\necho \"$DEBIAN_FRONTEND $*\" >>'" + folder.resolve("installed") + "'\n");
        Checkout.executable(folder.resolve("tools/apt-cache"), "#!/bin/sh\n[ \"$2\" != libgtk-3-0t64 ]\n");
        Run run = checkout.run();
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("Installing libgtk-3-0 ").contains("fonts-noto-cjk");
        assertThat(Files.readString(folder.resolve("installed")))
                .contains("noninteractive install -y", "libgtk-3-0 libpangoft2-1.0-0 libfreetype6 fontconfig");
        assertThat(run.arguments()).contains("--module-path", "--add-modules", "javafx.controls", "org.coffer.Main");
        assertThat(checkout.root().resolve("target/app/1/javafx/javafx-base-26-linux.jar"))
                .exists();
        assertThat(checkout.root().resolve("target/app/1/javafx/javafx-base-26.jar"))
                .doesNotExist();
    }

    @Test
    void inAPlainLocaleChineseWordsAreNotLost() throws Exception {
        checkout.jdk("25");
        Checkout.executable(
                folder.resolve("jdks/25/bin/java"), "#!/bin/sh\necho \"<$LC_CTYPE>\"; echo \"<${LC_ALL-none}>\"\n");
        checkout.with("LC_ALL", "POSIX");
        assertThat(checkout.run("vault", "list").arguments()).containsExactly("C.UTF-8", "none");
    }
}
