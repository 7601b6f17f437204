package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.Console;
import org.coffer.console.EmptyCatalog;
import org.coffer.console.home.Home;
import org.coffer.engine.store.HollowReserve;
import org.coffer.machine.LoopDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every noun on a real home with a real vault:
 *
 * <pre>
 *   folder/home      the home
 *   folder/vaults    the location "shelf"
 *   folder/web.img   the disk "web", 4 MiB of noise
 * </pre>
 */
@Timeout(120)
class NounsTest implements Opened {
    @TempDir
    Path folder;

    private final List<Console> opened = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        Home home = new Home(folder.resolve("home"));
        home.create();
        EmptyCatalog.in(home.directory());
        opened.add(Console.open(home, Clock.systemUTC()));
        HollowReserve.in(Files.createDirectory(folder.resolve("vaults")));
        byte[] noise = new byte[4 << 20];
        new SplittableRandom(1).nextBytes(noise);
        Files.write(folder.resolve("web.img"), noise);
    }

    @AfterEach
    void close() {
        opened.forEach(Console::close);
    }

    @Override
    public Console console() {
        return opened.getFirst();
    }

    @Override
    public Optional<Path> log() {
        return Optional.empty();
    }

    private ScriptedTerminal ended(int status, String... words) {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, words);
        assertThat(new Cli(terminal, Clock.systemUTC(), this).run())
                .as(terminal.output() + terminal.errors())
                .isEqualTo(status);
        return terminal;
    }

    private String done(String... words) {
        return ended(0, words).output();
    }

    private static String[] withJson(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        return all.toArray(String[]::new);
    }

    private Map<String, Object> json(String... words) throws IOException {
        return JSON.std.mapFrom(done(withJson(words)));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> jsonList(String... words) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object row : JSON.std.listFrom(done(withJson(words)))) {
            rows.add((Map<String, Object>) row);
        }
        return rows;
    }

    private String problem(String... words) throws IOException {
        String said = ended(1, withJson(words)).output();
        Map<String, Object> error =
                JSON.std.mapFrom(JSON.std.asString(JSON.std.mapFrom(said).get("error")));
        assertThat(error).containsOnlyKeys("code", "message", "remedy");
        return String.valueOf(error.get("code"));
    }

    private String wrong(String... words) {
        return ended(2, words).errors();
    }

    private void vault() {
        done("location", "add", "shelf", "--folder", "vaults");
        done("disk", "add", "web.img", "--name", "web");
        done("vault", "create", "office", "--type", "disk", "--location", "shelf", "--capacity", "10");
        done("vault", "bind", "office", "web");
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(done("--version")).isEqualTo(new Version().getVersion()[0] + "\n");
    }

    @Test
    void locations() throws IOException {
        Map<String, Object> added = json("location", "add", "shelf", "--folder", "vaults");
        assertThat(added)
                .containsKeys("id", "region")
                .containsEntry("name", "shelf")
                .containsEntry("kind", "folder")
                .containsKey("status")
                .containsKey("freeBytes");
        assertThat(done("location", "list"))
                .contains("shelf", folder.resolve("vaults").toString());
        assertThat(done("location", "test", "shelf")).contains("shelf works");
        assertThat(done("location", "show", String.valueOf(added.get("id")))).contains("shelf");
        assertThat(problem("location", "add", "none", "--folder", "missing")).isEqualTo("location.missing");
        assertThat(problem("location", "add", "file", "--folder", "web.img")).isEqualTo("location.file");
        assertThat(problem("location", "add", "system", "--folder", "/proc")).isEqualTo("location.special");
        assertThat(problem("location", "show", "nothing")).isEqualTo("location.unknown");
        assertThat(json("location", "set", "shelf", "--limit", "20MB"))
                .containsEntry("limitBytesPerSecond", 20_000_000);
        assertThat(done("location", "show", "shelf")).contains("20 MB/s");
        assertThat(problem("location", "set", "shelf", "--limit", "fast")).isEqualTo("size.invalid");
        assertThat(problem("location", "set", "shelf", "--limit", "1TB")).isEqualTo("location.limit");
        assertThat(done("location", "set", "shelf", "--limit", "none")).contains("no speed limit");
        done("location", "remove", "shelf");
        assertThat(json("location", "add", "shelf", "--folder", "vaults", "--limit", "5"))
                .containsEntry("limitBytesPerSecond", 5_000_000);
        done("location", "remove", "shelf");
        assertThat(jsonList("location", "list")).isEmpty();
        assertThat(folder.resolve("vaults")).exists();
    }

    @Test
    void disks() throws IOException {
        Map<String, Object> added = json("disk", "add", "web.img", "--name", "网站", "--role", "system");
        assertThat(added)
                .containsEntry("name", "网站")
                .containsEntry("kind", "image")
                .containsEntry("capacity", 4 << 20)
                .containsEntry("role", "system")
                .containsEntry("state", "available")
                .containsEntry("encrypted", false)
                .containsEntry("mounts", List.of());
        assertThat(done("disk", "list"))
                .contains("网站", folder.resolve("web.img").toString());
        assertThat(problem("disk", "add", "vaults")).isEqualTo("image.folder");
        assertThat(problem("disk", "add", "nothing.img")).isEqualTo("image.missing");
        Files.createFile(folder.resolve("empty.img"));
        assertThat(problem("disk", "add", "empty.img")).isEqualTo("image.empty");
        done("disk", "remove", "网站");
        assertThat(done("disk", "list")).doesNotContain("网站");
    }

    @Test
    void aDiskWhoseRestoreDidNotFinishIsUsedAsItIsOnlyWhenConfirmed() throws IOException {
        Map<String, Object> added = json("disk", "add", "web.img", "--name", "web");
        UUID id = UUID.fromString(String.valueOf(added.get("id")));
        console().disks().unusable(id, UUID.randomUUID());
        assertThat(done("disk", "list")).contains("restore unfinished");
        assertThat(ended(3, "disk", "use", "web").errors()).contains("web", "--yes");
        assertThat(console().disks().get(id).unfinishedRestore()).isPresent();
        assertThat(json("disk", "use", "web", "--yes")).containsEntry("unfinishedRestore", null);
        assertThat(console().disks().get(id).unfinishedRestore()).isEmpty();
        assertThat(done("disk", "list")).doesNotContain("restore unfinished");
        done("disk", "use", "web");
    }

    @Test
    void vaults() throws IOException {
        vault();
        assertThat(jsonList("vault", "list").getFirst())
                .containsEntry("name", "office")
                .containsEntry("type", "disk")
                .containsEntry("status", "available")
                .containsEntry("capacity", 10_000_000_000L)
                .containsEntry("location", "shelf")
                .containsEntry("encrypted", true)
                .containsKeys("id", "used", "policy", "resources", "tags");
        for (String name : List.of("", "x".repeat(65), "with space", "emoji😀", "office")) {
            assertThat(problem("vault", "create", name, "--location", "shelf", "--capacity", "10"))
                    .as(name)
                    .startsWith("name.");
        }
        assertThat(problem("vault", "create", "a", "--location", "shelf", "--capacity", "9"))
                .isEqualTo("capacity.range");
        assertThat(problem("vault", "create", "a", "--location", "shelf", "--capacity", "10485761"))
                .isEqualTo("capacity.range");
        assertThat(wrong("vault", "create", "a", "--location", "shelf", "--capacity", "much"))
                .contains("much is not a size");
        assertThat(wrong("vault", "create", "a", "--location", "shelf", "--capacity", "10.5"))
                .contains("--capacity", "10.5 is not a whole number of GB");
        assertThat(wrong("vault", "expand", "office", "--by", "1500MB")).contains("1500MB is not a whole number of GB");
        done("vault", "tag", "office", "team=web", "客户=甲");
        assertThat(jsonList("vault", "list", "--tag", "team=web", "客户=甲")).hasSize(1);
        assertThat(jsonList("vault", "list", "--tag", "team=other")).isEmpty();
        done("vault", "tag", "office", "--remove", "team");
        assertThat(json("vault", "expand", "office", "--by", "5GB")).containsEntry("capacity", 15_000_000_000L);
        assertThat(json("vault", "set", "office", "--auto-expand", "on")).containsEntry("autoExpand", true);
        done("vault", "rename", "office", "总部");
        assertThat(done("vault", "show", "总部")).contains("总部", "15 GB", "客户=甲", "web");
        done("vault", "unbind", "总部", "web");
        assertThat(json("vault", "show", "总部")).containsEntry("resources", List.of());
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatToKnowAboutBoundDisksIsSaidBesideTheResult() throws IOException {
        done("location", "add", "shelf", "--folder", "vaults");
        done("disk", "add", "web.img", "--name", "web");
        try (var large =
                new java.io.RandomAccessFile(folder.resolve("large.img").toFile(), "rw")) {
            large.setLength(5_400_000_000_000L);
        }
        done("disk", "add", "large.img", "--name", "large");
        Map<String, Object> made =
                json("vault", "create", "office", "--location", "shelf", "--capacity", "6TB", "--disk", "web");
        List<Map<String, Object>> warnings = (List<Map<String, Object>>) made.get("warnings");
        assertThat(warnings)
                .singleElement()
                .satisfies(one -> assertThat(one)
                        .containsEntry("code", "location.beside")
                        .containsOnlyKeys("code", "message", "remedy"));
        ScriptedTerminal bound = ended(0, "vault", "bind", "office", "large");
        assertThat(bound.errors())
                .contains("large and shelf share one drive", "If 150 MB a second can be read", "about 10 hours");
        assertThat(bound.output()).doesNotContain("drive");
        assertThat(json("vault", "create", "none", "--location", "shelf", "--capacity", "10"))
                .containsEntry("warnings", List.of());
    }

    @Test
    void backupsAreMadeListedAndDeleted() throws IOException {
        vault();
        List<Map<String, Object>> made = jsonList("backup", "run", "office", "--name", "first");
        assertThat(made).hasSize(1);
        assertThat(made.getFirst())
                .containsEntry("name", "first")
                .containsEntry("status", "available")
                .containsEntry("resource", "web")
                .containsEntry("kind", "full")
                .containsEntry("logicalBytes", 4 << 20)
                .containsKeys("id", "addedBytes", "storedBytes", "consistency", "seconds", "task");
        done("backup", "run", "office", "--name", "second");
        assertThat(jsonList("backup", "list", "--vault", "office").stream().map(row -> row.get("name")))
                .containsExactly("second", "first");
        assertThat(jsonList("backup", "list", "--until", "2020-01-01")).isEmpty();
        assertThat(done("backup", "export-list").lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("id,name,status");
        assertThat(problem("backup", "run", "office", "--name", "autobk_x")).isEqualTo("backup.name-automatic");

        ScriptedTerminal unconfirmed = ended(3, "backup", "delete", "first");
        assertThat(unconfirmed.errors()).contains("1 backup of web will be deleted for ever", "--yes");
        assertThat(json("backup", "delete", "first", "--yes")).containsEntry("deleted", 1);
        assertThat(json("vault", "collect", "office")).containsKey("freedBytes");
        assertThat(problem("backup", "show", "first")).isEqualTo("backup.missing");

        done("backup", "delete", "second", "--trash");
        assertThat(jsonList("backup", "list")).isEmpty();
        assertThat(jsonList("backup", "list", "--trash")).hasSize(1);
        done("backup", "restore-from-trash", "second");
        done("backup", "rename", "second", "kept");
        assertThat(done("backup", "show", "kept"))
                .contains("kept", "web", "office", "Crash consistent: Nothing used the disk while it was read.");
        assertThat(json("backup", "show", "kept")).containsEntry("consistencyReason", "idle");
    }

    @Test
    void disksMoveToAnotherVaultAndVaultsMerge() throws IOException {
        vault();
        done("vault", "create", "archive", "--location", "shelf", "--capacity", "10");
        done("backup", "run", "office", "--name", "first");
        assertThat(problem("vault", "migrate", "office", "web", "--to", "office"))
                .isEqualTo("migrate.same");
        assertThat(json("vault", "migrate", "office", "web", "--to", "archive")).containsEntry("name", "archive");
        assertThat(jsonList("backup", "list", "--vault", "archive")).hasSize(1);
        ScriptedTerminal merged = ended(0, "vault", "merge", "archive", "--into", "office");
        assertThat(merged.output()).contains("1 disk with 1 backup");
        assertThat(merged.errors()).contains("No policy serves office");
        assertThat(problem("vault", "keep", "office", "--yes")).isEqualTo("vault.kept");
        assertThat(jsonList("backup", "list", "--vault", "office")).hasSize(1);
    }

    @Test
    void theRetentionLockAsksFirstAndHoldsDisks() throws IOException {
        vault();
        assertThat(json("vault", "show", "office")).containsEntry("lockedAt", null);
        assertThat(ended(3, "vault", "lock", "office").errors()).contains("cannot be taken back", "--yes");
        assertThat(json("vault", "lock", "office", "--yes")).containsEntry("lockEnforced", false);
        assertThat(done("vault", "show", "office")).contains("advisory");
        assertThat(problem("vault", "unbind", "office", "web")).isEqualTo("lock.unbind");
        assertThat(problem("vault", "lock", "office", "--yes")).isEqualTo("lock.set");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aBackupIsCopiedIntoAnotherLocationAndBothSayWhatTheyAre() throws IOException {
        vault();
        done("backup", "run", "office", "--name", "first");
        Files.createDirectory(folder.resolve("far"));
        HollowReserve.in(folder.resolve("far"));
        done("location", "add", "away", "--folder", "far");
        String[] depot = {"vault", "create", "depot", "--location", "away", "--capacity", "10"};
        assertThat(json(Stream.concat(Stream.of(depot), Stream.of("--protection", "replication"))
                        .toArray(String[]::new)))
                .containsEntry("protection", "replication")
                .containsEntry("owner", null);
        assertThat(problem("vault", "bind", "depot", "web")).isEqualTo("vault.replication");
        assertThat(done("vault", "show", "depot")).contains("Protection", "Replication", "Kept by", "this computer");
        assertThat(done("vault", "list").lines())
                .anyMatch(row -> row.matches("depot +Replication +Available .*"))
                .anyMatch(row -> row.matches("office +Backup +Available .*"));

        Map<String, Object> copied = json("backup", "copy", "first", "--to", "depot", "--name", "spare");

        assertThat(copied)
                .containsEntry("name", "spare")
                .containsEntry("vault", "depot")
                .containsEntry("status", "available")
                .containsEntry("readBytes", 4 << 20);
        assertThat(done("backup", "show", "spare")).contains("Copy of", "first in office");
        assertThat(json("backup", "show", "spare"))
                .containsEntry("origin", "replica")
                .containsEntry("marks", List.of("replica"));
        assertThat(done("backup", "show", "first")).contains("Replicas", "spare in depot: Available");
        assertThat((List<Map<String, Object>>) json("backup", "show", "first").get("replicas"))
                .singleElement()
                .satisfies(one -> assertThat(one).containsEntry("name", "spare").containsEntry("status", "available"));
        assertThat(problem("backup", "copy", "first", "--to", "depot")).isEqualTo("replicate.again");
        assertThat(problem("backup", "copy", "spare", "--to", "office")).isEqualTo("replicate.replica");
        assertThat(wrong("backup", "copy", "first")).contains("--to");
    }

    /** Needs root, for loop devices. */
    @Test
    void aDeviceThatWasAttachedSinceTheLastLookIsFoundByItsNameAndItsPath() throws IOException {
        vault();
        Files.write(folder.resolve("one.raw"), new byte[1_000_000]);
        Files.write(folder.resolve("two.raw"), new byte[1_000_000]);
        try (LoopDevice one = LoopDevice.attach(folder.resolve("one.raw"))) {
            done("vault", "bind", "office", one.name());
            try (LoopDevice two = LoopDevice.attach(folder.resolve("two.raw"))) {
                String path = two.path().toString();
                done("vault", "create", "more", "--location", "shelf", "--capacity", "10", "--disk", path);
                assertThat(done("vault", "show", "more")).contains(two.name());
            }
        }
        assertThat(problem("vault", "bind", "office", "nothing")).isEqualTo("disk.unlisted");
    }

    @Test
    void anImageThatIsAddedAgainKeepsItsName() throws IOException {
        vault();
        assertThat(json("disk", "add", "web.img")).containsEntry("name", "web");
        assertThat(jsonList("audit", "list", "--event", "createDisk")).hasSize(1);
        assertThat(done("disk", "add", "web.img")).contains("web is on the list already");
        assertThat(json("disk", "add", "web.img", "--name", "site")).containsEntry("name", "site");
    }

    @Test
    void aSystemDiskBecomesADataDiskOnlyWhenConfirmed() throws IOException {
        done("disk", "add", "web.img", "--name", "web", "--role", "system");
        assertThat(json("disk", "add", "web.img")).containsEntry("role", "system");
        assertThat(ended(3, "disk", "add", "web.img", "--role", "data").errors())
                .contains("web is on the list as a system disk", "--yes");
        assertThat(json("disk", "add", "web.img", "--role", "system")).containsEntry("role", "system");
        assertThat(json("disk", "add", "web.img", "--role", "data", "--yes")).containsEntry("role", "data");
    }

    @Test
    void aFaultyDiskSaysWhy() throws IOException {
        done("disk", "add", "web.img", "--name", "web");
        assertThat(jsonList("disk", "list"))
                .filteredOn(disk -> "web".equals(disk.get("name")))
                .singleElement()
                .satisfies(disk -> assertThat(disk).containsEntry("problem", null));
        Files.delete(folder.resolve("web.img"));
        Files.createDirectory(folder.resolve("web.img"));
        assertThat(jsonList("disk", "list"))
                .filteredOn(disk -> "web".equals(disk.get("name")))
                .singleElement()
                .satisfies(disk -> {
                    assertThat(disk).containsEntry("state", "faulty");
                    assertThat(String.valueOf(disk.get("problem"))).contains("image.folder", "is a folder");
                });
        assertThat(ended(0, "disk", "list").errors()).contains("web.img is a folder");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aTaskShowsItsLogAndWhatWasInItsWay() throws IOException {
        vault();
        done("backup", "run", "office", "--name", "one");
        try (var image = new java.io.RandomAccessFile(folder.resolve("web.img").toFile(), "rw")) {
            image.setLength(5 << 20);
        }
        done("backup", "run", "office", "--name", "two");
        String id = String.valueOf(
                jsonList("task", "list", "--type", "backup").getFirst().get("id"));
        assertThat(json("task", "show", id)).containsEntry("bytes", 4 << 20);
        List<Map<String, Object>> steps =
                (List<Map<String, Object>>) json("task", "show", id).get("steps");
        assertThat(steps).extracting(step -> step.get("step")).contains("resized", "published");
        assertThat(steps).allSatisfy(step -> assertThat(step).containsKeys("at", "message", "values"));
        assertThat(done("task", "show", id)).contains("Log", "The size of web changed", "two is available");

        Files.delete(folder.resolve("web.img"));
        ended(1, "backup", "run", "office", "--name", "three");
        String failed = String.valueOf(
                jsonList("task", "list", "--type", "backup").getFirst().get("id"));
        assertThat(done("task", "show", failed)).contains("Problem", "What to do", "Code", "disk.missing");
        assertThat(String.valueOf(json("task", "show", failed).get("error"))).contains("disk.missing", "remedy");
    }

    @Test
    void twoBackupsOfOneNameAreToldApartByTheirIds() throws IOException {
        vault();
        done("backup", "run", "office", "--name", "same");
        done("backup", "run", "office", "--name", "same");
        assertThat(problem("backup", "show", "same")).isEqualTo("pick.ambiguous");
        String id = String.valueOf(jsonList("backup", "list").getFirst().get("id"));
        assertThat(json("backup", "show", id.substring(0, 8))).containsEntry("id", id);
    }

    @Test
    void disksComeBack() throws IOException {
        vault();
        byte[] before = Files.readAllBytes(folder.resolve("web.img"));
        done("backup", "run", "office", "--name", "good");
        Map<String, Object> copied = json("restore", "disk", "good", "--file", "copy.img");
        assertThat(copied).containsKeys("task", "bytesCompared", "bytesWritten", "seconds");
        assertThat(folder.resolve("copy.img")).hasBinaryContent(before);
        assertThat(problem("restore", "disk", "good", "--file", "copy.img")).isEqualTo("image.exists");
        assertThat(problem("restore", "disk", "good", "--file", "/proc/copy.img"))
                .isEqualTo("location.special");

        byte[] damaged = before.clone();
        damaged[1_000_000] ^= 1;
        Files.write(folder.resolve("web.img"), damaged);
        assertThat(ended(3, "restore", "run", "good").errors()).contains("web", "will be overwritten", "good");
        assertThat(folder.resolve("web.img")).hasBinaryContent(damaged);
        assertThat(json("restore", "run", "good", "--yes")).containsEntry("bytesWritten", 65536);
        assertThat(folder.resolve("web.img")).hasBinaryContent(before);
    }

    @Test
    void printedCommandsWorkForNamesThatLookLikeOptions() {
        done("location", "add", "shelf", "--folder", "vaults");
        ScriptedTerminal made = ended(0, "vault", "create", "--location", "shelf", "--capacity", "10", "--", "-x");
        assertThat(made.errors()).contains("coffer key show-recovery -- -x");
        assertThat(ended(0, "vault", "show", "--", "-x").errors())
                .contains("coffer key show-recovery --save sheet.html -- -x");
        done("key", "show-recovery", "--save", "sheet.html", "--", "-x");
        assertThat(done("vault", "delete", "--yes", "--", "-x")).contains("coffer trash restore -- -x");
        done("trash", "restore", "--", "-x");
    }

    @Test
    void deletedVaultsRestInTheTrash() throws IOException {
        vault();
        assertThat(ended(3, "vault", "delete", "office").errors()).contains("office", "--yes");
        done("vault", "delete", "office", "--yes");
        assertThat(jsonList("vault", "list")).isEmpty();
        assertThat(done("trash", "list")).contains("office");
        done("trash", "restore", "office");
        done("vault", "delete", "office", "--yes");
        ended(3, "trash", "purge", "office");
        done("trash", "purge", "office", "--yes");
        assertThat(jsonList("trash", "list")).isEmpty();
        try (var left = Files.walk(folder.resolve("vaults"))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("header")))
                    .isEmpty();
        }
    }

    @Test
    void keysOpenAVaultAgain() throws IOException {
        done("location", "add", "shelf", "--folder", "vaults");
        Files.writeString(folder.resolve("passphrase"), "correct horse\n");
        ScriptedTerminal made = ended(
                0,
                "vault",
                "create",
                "a",
                "--location",
                "shelf",
                "--capacity",
                "10",
                "--passphrase-file",
                "passphrase");
        assertThat(made.errors()).contains("the passphrase opens it");
        assertThat(ended(0, "vault", "create", "b", "--location", "shelf", "--capacity", "10")
                        .errors())
                .contains("if this computer is lost, so are the backups");
        assertThat(done("key", "show-recovery", "a"))
                .contains(
                        "Recovery sheet of a",
                        "Recovery code",
                        "Unlock",
                        folder.resolve("vaults").toString());
        Map<String, Object> kept = json("key", "show-recovery", "a", "--save", "sheet.html");
        assertThat(Files.readString(folder.resolve("sheet.html")))
                .contains("Recovery sheet of a", "恢复密钥单")
                .contains(String.valueOf(kept.get("code")).substring(0, 20));
        assertThat(Files.getPosixFilePermissions(folder.resolve("sheet.html"))).hasSize(2);
        assertThat(problem("key", "show-recovery", "a", "--save", "no/such/folder.html"))
                .isEqualTo("file.unwritable");
        assertThat(json("key", "show-recovery", "a", "--saved")).containsKeys("code", "vault", "path");
        done("vault", "unlock", "a", "--passphrase-file", "passphrase");
        Files.writeString(folder.resolve("other"), "battery staple\n");
        done("key", "change-passphrase", "a", "--passphrase-file", "other");
        assertThat(problem("vault", "unlock", "a", "--passphrase-file", "passphrase"))
                .isEqualTo("key.wrong");
        done("vault", "unlock", "a", "--passphrase-file", "other");
        assertThat(problem("vault", "unlock", "a")).isEqualTo("passphrase.missing");
    }

    @Test
    void policies() throws Exception {
        vault();
        Map<String, Object> made = json(
                "policy",
                "create",
                "nightly",
                "--every",
                "1",
                "--times",
                "14:00,02:00",
                "--keep-count",
                "30",
                "--keep",
                "daily=7,weekly=4",
                "--zone",
                "Asia/Shanghai",
                "--missed",
                "ask");
        assertThat(made)
                .containsEntry("name", "nightly")
                .containsEntry("enabled", true)
                .containsEntry("zone", "Asia/Shanghai")
                .containsEntry("times", List.of("02:00", "14:00"))
                .containsEntry("keep", Map.of("count", 30, "daily", 7, "weekly", 4, "monthly", 0, "yearly", 0))
                .containsEntry("missed", "ask");
        assertThat(done("policy", "list"))
                .contains("nightly", "Every day 02:00, 14:00", "Newest 30 per disk, plus 7 days, 4 weeks");
        assertThat(done("policy", "list", "--lang", "zh")).contains("每天 02:00、14:00", "每个磁盘保留最近 30 个，另：日 7、周 4");
        assertThat(problem("policy", "create", "nightly", "--every", "1", "--times", "02:00", "--keep-forever"))
                .isEqualTo("name.taken");
        assertThat(problem("policy", "create", "p", "--every", "1", "--times", "02:00"))
                .isEqualTo("policy.keep-none");
        assertThat(problem("policy", "create", "p", "--weekly", "MON", "--times", "02:00,02:59", "--keep-days", "3"))
                .isEqualTo("policy.times-close");
        assertThat(problem("policy", "create", "p", "--weekly", "X", "--times", "02:00", "--keep-days", "3"))
                .isEqualTo("policy.weekday");
        assertThat(problem(
                        "policy",
                        "create",
                        "p",
                        "--every",
                        "1",
                        "--times",
                        "02:00",
                        "--keep-days",
                        "3",
                        "--zone",
                        "Mars"))
                .isEqualTo("policy.zone");
        assertThat(problem(
                        "policy",
                        "create",
                        "p",
                        "--every",
                        "1",
                        "--times",
                        "02:00",
                        "--keep-count",
                        "3",
                        "--full-every",
                        "3"))
                .isEqualTo("policy.full-count");
        assertThat(problem(
                        "policy",
                        "create",
                        "p",
                        "--every",
                        "1",
                        "--times",
                        "02:00",
                        "--keep-days",
                        "3",
                        "--keep",
                        "daily=1"))
                .isEqualTo("policy.keep-alone");

        Object runs = json("policy", "preview", "nightly", "--from", "2026-11-03T00:00:00+08:00", "--count", "2")
                .get("runs");
        // Only slots after its making are any.
        assertThat(String.valueOf(runs)).contains("shifted=false");
        json("policy", "bind", "nightly", "office");
        assertThat(json("vault", "show", "office"))
                .containsEntry("policy", "nightly")
                .containsEntry("policyState", "enabled");
        assertThat(done("vault", "show", "office")).contains("nightly (Enabled)");

        List<Map<String, Object>> ran = jsonList("policy", "run", "nightly");
        assertThat(ran).hasSize(1);
        assertThat(ran.getFirst()).containsEntry("status", "available");
        assertThat(String.valueOf(ran.getFirst().get("name"))).startsWith("manualbk_");
        List<Map<String, Object>> now = jsonList("policy", "simulate", "nightly", "--resource", "web");
        assertThat(now).hasSize(1);
        assertThat(now.getFirst()).containsEntry("there", true).containsEntry("goesAt", null);
        String later =
                java.time.Instant.now().plus(java.time.Duration.ofDays(20)).toString();
        assertThat(done(
                        "policy",
                        "simulate",
                        "nightly",
                        "--resource",
                        "web",
                        "--at",
                        later,
                        "--edit",
                        "--keep-count",
                        "2",
                        "--keep",
                        "daily=0,weekly=0"))
                .contains("(simulated)", "made by hand", "gone");

        assertThat(json("policy", "edit", "nightly", "--weekly", "MON,FRI", "--keep-months", "3", "--name", "weekly"))
                .containsEntry("name", "weekly")
                .containsEntry("days", Map.of("weekly", List.of("monday", "friday")))
                .containsEntry("keep", Map.of("months", 3));
        assertThat(done("policy", "disable", "weekly")).contains("weekly is off");
        assertThat(done("policy", "show", "weekly"))
                .contains("Disabled", "Mon, Fri 02:00, 14:00", "3 months", "office");
        assertThat(json("policy", "enable", "weekly")).containsEntry("enabled", true);
        json("policy", "unbind", "office");
        assertThat(problem("policy", "unbind", "office")).isEqualTo("policy.none");
        assertThat(ended(3, "policy", "delete", "weekly").errors()).contains("No backup goes by that");
        done("policy", "delete", "weekly", "--yes");
        assertThat(problem("policy", "show", "weekly")).isEqualTo("policy.unknown");

        Object id = ran.getFirst().get("id");
        assertThat(done("backup", "expire", String.valueOf(id), "--at", later)).contains(" goes at ");
        assertThat(done("backup", "expire", String.valueOf(id), "--at", "never"))
                .contains("does not go");
        assertThat(json(
                        "vault",
                        "create",
                        "second",
                        "--location",
                        "shelf",
                        "--capacity",
                        "10",
                        "--no-encrypt",
                        "--policy",
                        "Policy-0200"))
                .containsEntry("policy", "Policy-0200");
    }

    @Test
    void tasksAndTheAuditRecord() throws IOException {
        vault();
        done("backup", "run", "office", "--name", "one");
        Map<String, Object> task = jsonList("task", "list", "--type", "backup").getFirst();
        assertThat(task)
                .containsEntry("status", "succeeded")
                .containsEntry("resource", "web")
                .containsEntry("vault", "office")
                .containsKeys("id", "progress", "stage", "bytes", "startedAt", "endedAt", "error");
        assertThat(done("task", "show", String.valueOf(task.get("id")))).contains("web", "office");
        assertThat(problem("task", "retry", String.valueOf(task.get("id")))).isEqualTo("task.not-retryable");
        assertThat(json("task", "clear-failed")).containsEntry("deleted", 0);

        assertThat(jsonList("audit", "list").stream().map(row -> row.get("event")))
                .contains("createVault", "addResources", "createVaultBackup");
        assertThat(jsonList("audit", "list", "--event", "createVault")).hasSize(1);
        assertThat(problem("audit", "list", "--event", "nothing")).isEqualTo("audit.event");
        assertThat(json("audit", "verify")).containsEntry("whole", true);
        assertThat(done("audit", "export").lines().count()).isGreaterThan(3);
    }

    @Test
    void theOverviewSaysWhatNeedsSomebody() throws IOException {
        assertThat(json("overview")).containsEntry("verdict", "nothing-yet");
        vault();
        assertThat(done("overview")).contains("web");
        assertThat(json("overview")).containsKeys("disks", "protectedDisks", "needs", "running", "vaults");
    }
}
