package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.Console;
import org.coffer.console.SetClock;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.policy.Days;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policies ask about, by command line, under a clock that stands still. It is Monday 2 November 2026, 10:00. */
@Timeout(120)
class PolicyCommandsTest implements Opened {
    @TempDir
    Path folder;

    private final SetClock clock = new SetClock(ZoneId.of("Asia/Shanghai"), "2026-11-02T10:00");
    private final java.util.ArrayList<TestHome> homes = new java.util.ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        homes.add(new TestHome(folder, clock));
        home().vault("office", home().image("web", 1));
    }

    @AfterEach
    void close() {
        home().close();
    }

    private TestHome home() {
        return homes.getFirst();
    }

    @Override
    public Console console() {
        return home().console();
    }

    @Override
    public Optional<Path> log() {
        return Optional.empty();
    }

    private ScriptedTerminal ended(int status, String... words) {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, words);
        assertThat(new Cli(terminal, clock, this).run())
                .as(terminal.output() + terminal.errors())
                .isEqualTo(status);
        return terminal;
    }

    private String done(String... words) {
        return ended(0, words).output();
    }

    private void nightly(String... more) {
        List<String> words =
                new java.util.ArrayList<>(List.of("policy", "create", "nightly", "--every", "1", "--times", "02:00"));
        words.addAll(List.of(more));
        done(words.toArray(String[]::new));
        done("policy", "bind", "nightly", "office");
    }

    private void at(String local) throws InterruptedException {
        clock.set(local);
        console().scheduler().tick();
        console().scheduler().await();
        console().scheduler().daily();
        for (List<Task> open = console().tasks().open();
                !open.isEmpty();
                open = console().tasks().open()) {
            console().tasks().await(open.getFirst().id());
        }
    }

    private int backups() throws Exception {
        return JSON.std.listFrom(done("backup", "list", "--json")).size();
    }

    @Test
    void switchingOnAsksWithTheCountOfWhatRanOutMeanwhile() throws Exception {
        nightly("--keep-days", "2");
        at("2026-11-03T02:00");
        done("policy", "disable", "nightly");
        at("2026-11-06T10:00");
        assertThat(ended(3, "policy", "enable", "nightly").errors()).contains("1 backup goes");
        assertThat(ended(3, "policy", "enable", "nightly", "--lang", "zh").errors())
                .contains("1 个备份");
        assertThat(done("policy", "show", "nightly")).as("still off").contains("Disabled");
        done("policy", "enable", "nightly", "--yes");
        at("2026-11-07T00:00");
        assertThat(backups()).isZero();
    }

    @Test
    void aClockThatJumpedIsNamedAndBelievedWhenSomebodySaysSo() throws Exception {
        nightly("--keep-days", "2");
        at("2026-11-03T02:00");
        at("2026-11-04T02:00");
        assertThat(done("overview")).doesNotContain("clock");
        at("2027-11-04T01:00");
        assertThat(done("overview")).contains("The clock jumped", "2 backups wait");
        assertThat(done("overview", "--lang", "zh")).contains("时钟发生跳变", "2 个备份");
        assertThat(ended(3, "policy", "believe-clock").errors()).contains("2026-11-04", "2 backups");
        assertThat(ended(3, "policy", "believe-clock", "--lang", "zh").errors()).contains("2 个备份");
        assertThat(console().clockWatch().suspected()).isPresent();
        assertThat(backups()).isEqualTo(3);
        done("policy", "believe-clock", "--yes");
        assertThat(console().clockWatch().suspected()).isEmpty();
        assertThat(done("overview")).doesNotContain("clock");
        at("2027-11-05T00:00");
        assertThat(done("backup", "list", "--json")).as("as was said").doesNotContain("2026-");
        assertThat(backups()).as("those since").isEqualTo(2);
    }

    @Test
    void aClockThatIsBehindIsBelievedWithoutAnyBackupGoing() throws Exception {
        nightly("--keep-days", "2");
        at("2026-11-03T02:00");
        at("2000-01-01T00:00");
        assertThat(ended(3, "policy", "believe-clock").errors()).contains("No backup goes");
        assertThat(ended(3, "policy", "believe-clock", "--lang", "zh").errors()).contains("不会因此删除备份");
        done("policy", "believe-clock", "--yes");
        at("2000-01-01T12:00");
        at("2000-01-02T02:00");
        at("2000-01-03T00:00");
        assertThat(backups()).isEqualTo(2);
    }

    @Test
    void optionsThatMeanNothingAreRefused() {
        nightly("--keep-count", "9");
        assertThat(ended(1, "policy", "preview", "nightly", "--count", "0").errors())
                .contains("--count");
        assertThat(ended(1, "policy", "simulate", "nightly", "--resource", "web", "--keep-count", "3")
                        .errors())
                .contains("--edit");
        done("policy", "simulate", "nightly", "--resource", "web", "--edit", "--keep-count", "3");
        assertThat(ended(1, "policy", "edit", "nightly", "--times", "02:00:30").errors())
                .contains("minute");
        done("policy", "edit", "nightly", "--of-month");
        assertThat(console().policies().list().getLast().plan().schedule().days())
                .isEqualTo(new Days.OfMonth(1));
        done("policy", "edit", "nightly", "--every", "5");
        assertThat(console().policies().list().getLast().plan().schedule().days())
                .isEqualTo(new Days.OfMonth(5));
        done("policy", "edit", "nightly", "--no-of-month");
        assertThat(console().policies().list().getLast().plan().schedule().days())
                .isInstanceOf(Days.Every.class);
        done("policy", "edit", "nightly", "--weekly", "MON");
        assertThat(ended(1, "policy", "edit", "nightly", "--of-month").errors()).contains("--every");
    }

    /** Said as the window says it, on standard error, where scripts do not read it for the vault. */
    @Test
    void unbindingSaysWhatBecomesOfTheBackupsAndThatARuleBindsAgain() throws Exception {
        nightly("--keep-days", "9");
        at("2026-11-03T02:00");
        at("2026-11-04T02:00");
        String[] words = {"vault", "unbind", "office", "web"};
        assertThat(ended(0, words).errors())
                .contains("2 backups stay in the vault", "with a date go on it")
                .doesNotContain("rule");
        done("vault", "bind", "office", "web");
        done("vault", "set", "office", "--auto-bind", "w*");
        assertThat(ended(0, with(words, "--lang", "zh")).errors()).contains("2 个备份留在存储库中", "web", "自动绑定规则");
        done("vault", "bind", "office", "web");
        assertThat(ended(0, with(words, "--backups", "trash")).errors())
                .contains("2 backups go to the trash", "after 14 days", "web fits the rule", "office");
        done("vault", "bind", "office", "web");
        assertThat(ended(0, with(words, "--backups", "trash")).errors()).doesNotContain("backup");
        done("vault", "bind", "office", "web");
        at("2026-11-05T02:00");
        assertThat(ended(0, with(words, "--backups", "delete", "--yes")).errors())
                .contains("1 backup is deleted for ever");
    }

    @Test
    void whatWasLeftByUnbindingIsSimulatedToo() throws Exception {
        nightly("--keep-count", "1");
        at("2026-11-03T02:00");
        done("vault", "unbind", "office", "web");
        String[] words = {"policy", "simulate", "nightly", "--resource", "web"};
        assertThat(done(words)).contains("autobk_");
        assertThat(done(with(words, "--vault", "office", "--json"))).contains("\"rule\":\"left\"");
        Backup left = console()
                .backups()
                .list(BackupFilter.ALL, BackupSort.NEWEST, 0, 1)
                .getFirst();
        done("backup", "delete", left.name(), "--yes");
        assertThat(ended(1, words).errors()).contains("web is not protected");
    }

    @Test
    void anIntervalThatIsCountedFromTodayIsSimulatedSo() throws Exception {
        nightly("--keep-count", "9");
        done("policy", "edit", "nightly", "--every", "7");
        clock.set("2026-11-05T10:00");
        String[] words = {"policy", "simulate", "nightly", "--resource", "web", "--at", "2026-11-12T10:00", "--edit"};
        assertThat(done(words)).contains("2026-11-09").doesNotContain("2026-11-12 02:00");
        assertThat(done(with(words, "--restart"))).contains("2026-11-12").doesNotContain("2026-11-09");
        assertThat(ended(1, "policy", "simulate", "nightly", "--resource", "web", "--restart")
                        .errors())
                .contains("--edit");
    }

    @Test
    void aDamagedBackupIsSimulatedWithWhatKeepsIt() throws Exception {
        nightly("--keep-count", "1");
        at("2026-11-03T02:00");
        Backup damaged = console()
                .backups()
                .list(BackupFilter.ALL, BackupSort.NEWEST, 0, 1)
                .getFirst();
        console().backups().damaged(damaged.id(), Problem.of("backup.damaged", "backup", damaged.name()));
        String[] words = {"policy", "simulate", "nightly", "--resource", "web", "--at", "2026-11-09T00:00"};
        assertThat(done(words)).contains(damaged.name()).contains("damaged: kept until it is mended");
        assertThat(done(with(words, "--lang", "zh"))).contains("已损坏：保留到修复或手动删除为止");
        assertThat(JSON.std.listFrom(done(with(words, "--json"))).getFirst().toString())
                .contains("there=true")
                .contains("rule=damaged")
                .contains("goesAt=null");
        assertThat(done("backup", "show", damaged.name())).contains("damaged: kept until it is mended");
    }

    /** The bad input of a policy's rules: each is refused with a sentence that names it, and makes nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --every 1 --keep-count 9 --times 00:00,01:00,02:00,03:00,04:00,05:00,06:00,07:00,08:00,09:00,10:00,11:00,12:00,13:00,14:00,15:00,16:00,17:00,18:00,19:00,20:00,21:00,22:00,23:00,23:30 | 25 times a day are too many. | 每天 25 次太多。
            --every 1 --keep-count 9 --times 02:00,02:59 | 02:00 and 02:59 are too close. | 02:00 与 02:59 相隔太近。
            --every 1 --keep-count 9 --times 23:30,00:29 | are too close. | 相隔太近。
            --every 0 --keep-count 9 --times 02:00 | A policy cannot run every 0 days. | 不能每 0 天执行一次。
            --every 31 --keep-count 9 --times 02:00 | A policy cannot run every 31 days. | 不能每 31 天执行一次。
            --weekly NODAY --keep-count 9 --times 02:00 | NODAY is no weekday. | NODAY 不是星期。
            --every 1 --keep-count 9 --times 02:00 --full-every 9 | One full after every 9 needs more than 9 kept; you keep 9. | 每 9 次增量做一次全量，保留数须大于 9，现为 9。
            --every 1 --keep-count 0 --times 02:00 | 0 backups cannot be kept. | 不能保留 0 个备份。
            --every 1 --keep-days 100000 --times 02:00 | Backups cannot be kept for 100,000 days. | 不能保留 100,000 天。
            --every 1 --keep-count 9 --times 02:00 --zone Mars/Base | There is no time zone Mars/Base. | 没有时区 Mars/Base。
            """)
    void whatCannotBeIsRefusedWithASentenceInBothLanguages(String options, String english, String chinese) {
        int before = console().policies().list().size();
        for (String language : List.of("en", "zh")) {
            String[] words = with(("policy create wrong " + options).split(" "), "--lang", language);
            assertThat(ended(1, words).errors())
                    .contains(language.equals("en") ? english : chinese)
                    .doesNotContain("Exception");
        }
        assertThat(console().policies().list()).hasSize(before);
    }

    @Test
    void aWeekdayIsNotGuessedFromALetterOrABlank() {
        for (String days : List.of("MON,  ", "MON, T", " S")) {
            ended(1, "policy", "create", "wrong", "--weekly", days, "--times", "02:00", "--keep-count", "3");
        }
        String[] none = {"policy", "create", "wrong", "--weekly", " ", "--times", "02:00", "--keep-count", "3"};
        assertThat(ended(1, none).errors()).startsWith("No weekday is chosen.");
        assertThat(ended(1, with(none, "--lang", "zh")).errors()).startsWith("没有选择星期。");
        assertThat(ended(1, with(none, "--of-month")).errors()).contains("--weekly and --of-month do not go together");
        done("policy", "create", "right", "--weekly", "MON, thu", "--times", "02:00", "--keep-count", "3");
        assertThat(done("policy", "show", "right", "--json")).contains("[\"monday\",\"thursday\"]");
    }

    @Test
    void aVaultOfAFrozenLocationTakesNoPolicyAndBothLanguagesSayWhy() throws Exception {
        done("policy", "create", "nightly", "--every", "1", "--times", "02:00", "--keep-count", "3");
        Files.move(folder.resolve("place"), folder.resolve("away"));
        clock.push(Duration.ofMinutes(1));
        for (String language : List.of("en", "zh")) {
            ScriptedTerminal refused = ended(1, "policy", "bind", "nightly", "office", "--lang", language);
            assertThat(refused.errors()).contains("place").doesNotContain("Exception");
        }
        assertThat(JSON.std.mapFrom(done("policy", "show", "nightly", "--json")).get("vaults"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    /** As the window says it: a plan alone starts nothing. */
    @Test
    void aPolicyThatServesNoVaultIsNotBoundAndHasNoNextRun() throws Exception {
        nightly("--keep-count", "3");
        assertThat(line("nightly", done("policy", "list"))).contains("Enabled", "Tomorrow 02:00");
        assertThat(line("office", done("vault", "list"))).contains("nightly (Enabled)");
        done("policy", "disable", "nightly");
        assertThat(line("office", done("vault", "list"))).contains("nightly (Disabled)");
        done("policy", "enable", "nightly");
        done("policy", "unbind", "office");
        assertThat(line("nightly", done("policy", "list")))
                .contains("Not bound")
                .doesNotContain("Tomorrow");
        assertThat(line("nightly", done("policy", "list", "--lang", "zh")))
                .contains("未绑定")
                .doesNotContain("明天");
        assertThat(line("State", done("policy", "show", "nightly"))).contains("Not bound");
        assertThat(JSON.std.mapFrom(done("policy", "show", "nightly", "--json")))
                .containsEntry("enabled", true)
                .containsEntry("nextRun", null);
        assertThat(line("office", done("vault", "list"))).contains("Not bound");
    }

    /** M3: what is not protected, and what runs next; nothing does of a policy that is off, or of a vault in the trash. */
    @Test
    void theOverviewNamesWhatNobodyProtectsAndTheNextRuns() throws Exception {
        assertThat(done("overview")).doesNotContain("Next run");
        home().image("mail", 1);
        nightly("--keep-count", "3");
        assertThat(done("overview")).contains("mail is not protected", "Next run: nightly in office, Tomorrow 02:00.");
        assertThat(done("overview", "--lang", "zh")).contains("mail", "nightly", "office", "明天 02:00");
        assertThat(done("overview", "--json")).contains("\"nextRuns\":[{\"policy\":\"nightly\",\"vault\":\"office\"");
        done("policy", "disable", "nightly");
        assertThat(done("overview")).doesNotContain("Next run");
        done("policy", "enable", "nightly");
        done("vault", "delete", "office", "--yes");
        assertThat(done("overview")).doesNotContain("Next run");
    }

    private static String line(String first, String table) {
        return table.lines().filter(line -> line.startsWith(first)).findFirst().orElseThrow();
    }

    @Test
    void switchingOnAsksNothingIfNothingGoes() throws Exception {
        nightly("--keep-days", "9");
        at("2026-11-03T02:00");
        done("policy", "disable", "nightly");
        done("policy", "enable", "nightly");
        assertThat(backups()).isOne();
    }

    @Test
    void deletingSaysWhatStillGoesAndWhatStays() throws Exception {
        nightly("--keep-days", "3");
        at("2026-11-03T02:00");
        at("2026-11-05T02:00");
        done("policy", "disable", "nightly");
        at("2026-11-06T10:00");
        String asked = ended(3, "policy", "delete", "nightly").errors();
        assertThat(asked)
                .contains("No backup goes by that.")
                .contains("1 vault is then backed up by nobody: office.")
                .contains("1 of its backups has a date and still goes when it comes", "2026-11-08 02:00")
                .contains("1 backup stays until you delete it.");
        done("policy", "delete", "nightly", "--yes");
        at("2026-11-09T00:00");
        assertThat(backups()).isOne();
    }

    @Test
    void deletingAPolicyOfCopiesSaysThatItsVaultsAreNotCopiedAndOneOfNoVaultNamesNone() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        done("location", "add", "elsewhere", "--folder", elsewhere.toString());
        done("vault", "create", "far", "--type", "disk", "--location", "elsewhere", "--capacity", "10");
        nightly("--keep-count", "3");
        String[] away = {"policy", "create", "away", "--every", "1", "--times", "04:00", "--keep-count", "3"};
        done(with(away, "--to", "far"));
        String[] delete = {"policy", "delete", "away"};
        assertThat(ended(3, delete).errors()).contains("away will be deleted.").doesNotContain("vault");
        done("policy", "bind", "away", "office");
        assertThat(ended(3, delete).errors())
                .contains("Backups of 1 vault are then copied by nobody: office.")
                .doesNotContain("backed up by nobody");
        assertThat(ended(3, with(delete, "--lang", "zh")).errors()).contains("1 个存储库的备份将不再自动复制：office。");
    }

    @Test
    void aBackupSaysWhatKeepsItAndThatItIsDue() throws Exception {
        nightly("--keep-days", "2");
        at("2026-11-03T02:00");
        String name = console()
                .backups()
                .ofVault(home().console()
                        .vaults()
                        .list(org.coffer.console.vault.VaultFilter.ALL)
                        .getFirst()
                        .id())
                .getFirst()
                .name();
        assertThat(done("backup", "show", name)).contains("its date has not come", "2026-11-05 02:00");
        clock.set("2026-11-05T02:00");
        assertThat(done("backup", "show", name)).contains("goes at the next clean-up");
        assertThat(JSON.std.mapFrom(done("backup", "show", name, "--json")))
                .containsEntry("due", true)
                .containsEntry("keptBy", List.of());
    }

    @Test
    void anEditToKeepingByTimeNamesTheEarlierBackupsThatHaveNoDate() throws Exception {
        nightly("--keep-count", "9");
        at("2026-11-03T02:00");
        assertThat(ended(0, "policy", "edit", "nightly", "--keep-count", "8").errors())
                .isEmpty();
        assertThat(ended(0, "policy", "edit", "nightly", "--keep-days", "90").errors())
                .contains("1 earlier backup", "coffer backup expire");
    }

    @Test
    void aPolicyHasASpeedLimit() throws Exception {
        nightly("--keep-count", "9", "--limit", "20MB");
        assertThat(done("policy", "show", "nightly")).contains("20 MB/s");
        assertThat(JSON.std.mapFrom(done("policy", "edit", "nightly", "--keep-count", "8", "--json")))
                .containsEntry("limitBytesPerSecond", 20_000_000);
        assertThat(ended(1, "policy", "edit", "nightly", "--limit", "1TB").errors())
                .contains("no usable limit");
        assertThat(JSON.std.mapFrom(done("policy", "edit", "nightly", "--limit", "none", "--json")))
                .containsEntry("limitBytesPerSecond", null);
    }

    @Test
    void missedRunsAreListedAndAnswered() throws Exception {
        nightly("--keep-count", "9", "--missed", "ask");
        home().vault("second", home().image("db", 1));
        done("policy", "bind", "nightly", "second");
        assertThat(done("policy", "asked")).contains("Nothing is asked.");
        assertThat(ended(1, "policy", "answer", "nightly", "--run").errors())
                .contains("Nothing is asked about nightly");
        at("2026-11-03T09:00");
        assertThat(done("policy", "asked"))
                .contains("nightly", "office", "second", "2026-11-03 02:00", "missed its run");
        assertThat(JSON.std.listFrom(done("policy", "asked", "--json"))).hasSize(2);
        ended(2, "policy", "answer", "nightly");
        ended(2, "policy", "answer", "nightly", "--run", "--skip");

        assertThat(done("policy", "answer", "nightly", "--skip", "--vault", "second"))
                .contains("second", "skipped")
                .doesNotContain("office");
        assertThat(done("policy", "answer", "nightly", "--run")).contains("office", "started");
        assertThat(console().tasks().open()).as("waited for").isEmpty();
        assertThat(backups()).isOne();
        assertThat(done("backup", "list")).contains("autobk_");
        assertThat(done("policy", "asked")).contains("Nothing is asked.");
    }
}
