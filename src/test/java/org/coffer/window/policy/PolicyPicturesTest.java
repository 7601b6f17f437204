package org.coffer.window.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.GridPane;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.policy.ClockDoubt;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Days.Every;
import org.coffer.console.policy.Days.Weekly;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.form.FormPage;
import org.coffer.window.overview.ClockQuestion;
import org.coffer.window.overview.HeardWays;
import org.coffer.window.overview.OverviewPage;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Framed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the policies' page and form, and fails where words are clipped in either language. */
@Tag("pictures")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyPicturesTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDate TODAY = LocalDate.of(2027, 3, 25);

    private Days days;
    private Pictures pictures;
    private Policy nightly;

    @BeforeAll
    void threePolicies(@TempDir Path root) throws Exception {
        days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"));
        pictures = new Pictures(days.clock());
        Disk web = days.image("web-data", 4, Disk.Role.DATA);
        Disk sys = days.image("web-system", 1, Disk.Role.SYSTEM);
        Vault office = days.vault("office_weekly", web, sys);
        Vault finance = days.vault("finance", days.image("ledger", 1, Disk.Role.DATA));
        days.vault("cold_archive");
        nightly = days.console().policies().list().getFirst();
        days.console().policies().bind(nightly.id(), office.id());
        for (int day = 0; day < 14; day++) {
            // One disk is away once, then both.
            Path away = root.resolve("away.img");
            Path both = root.resolve("both.img");
            boolean some = day == 4 || day == 9;
            if (some) {
                Files.move(sys.path(), away);
            }
            if (day == 9) {
                Files.move(web.path(), both);
            }
            if (day != 9) {
                days.change(web, 1_000_000L * (day % 3), 50_000);
            }
            days.dayOfPolicies();
            if (some) {
                Files.move(away, sys.path());
            }
            if (day == 9) {
                Files.move(both, web.path());
            }
        }
        Policy hourly = days.console()
                .policies()
                .create(new PolicyPlan(
                        "hourly_finance",
                        true,
                        new Schedule(ZONE, hours(6, 8, 10, 12, 14, 16, 18), weekdays()),
                        new Retention.ByCount(48, new Retention.Periods(7, 4, 12, 2)),
                        OptionalInt.empty(),
                        Missed.ASK,
                        Conditions.NONE));
        days.console().policies().bind(hourly.id(), finance.id());
        Policy off = days.console()
                .policies()
                .create(plan(
                        "每月归档",
                        new Schedule(ZONE, hours(2), new org.coffer.console.policy.Days.OfMonth(15)),
                        new Retention.ByMonths(6)));
        days.console().policies().enable(off.id(), false);
        Vault far = days.vaultElsewhere("offsite_obs");
        Policy copies = days.console()
                .policies()
                .create(plan(
                                "weekly_to_obs",
                                new Schedule(ZONE, hours(3), new org.coffer.console.policy.Days.OfMonth(7)),
                                new Retention.ByMonths(12))
                        .replicatingTo(far.id()));
        days.console().policies().bind(copies.id(), office.id());
        days.console()
                .policies()
                .create(plan(
                        "odd_days",
                        new Schedule(
                                ZoneId.of("UTC"),
                                hours(1, 5, 9, 13, 21),
                                new Weekly(EnumSet.of(
                                        DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY, DayOfWeek.SUNDAY))),
                        new Retention.ByDays(90)));
        Policy paused = days.console()
                .policies()
                .create(plan(
                        "paused_daily",
                        new Schedule(days.clock().getZone(), hours(2), new Every(1, TODAY)),
                        new Retention.Forever()));
        days.console().policies().enable(paused.id(), false);
        missSome();
        damage(office, web);
        days.pass(Duration.ofHours(1)); // Nobody edits in the moment in which a backup is finished.
    }

    /** One backup is damaged. */
    private void damage(Vault office, Disk disk) {
        List<Backup> all = days.console().backups().ofVault(office.id()).stream()
                .filter(backup ->
                        backup.diskId().equals(disk.id()) && backup.finishedAt().isPresent())
                .toList();
        Backup hit = all.get(2);
        days.console().backups().damaged(hit.id(), Problem.of("backup.damaged", "backup", hit.name()));
    }

    @AfterAll
    void close() {
        days.close();
    }

    /** Two policies whose runs were missed ask about them. */
    private void missSome() throws Exception {
        Vault late = days.vault("photo_library", days.image("photos", 1, Disk.Role.DATA));
        Policy photos = days.console()
                .policies()
                .create(new PolicyPlan(
                        "weekly_photos",
                        true,
                        new Schedule(ZONE, hours(21), weekdays()),
                        new Retention.ByMonths(12),
                        OptionalInt.empty(),
                        Missed.ASK,
                        Conditions.NONE));
        days.console().policies().bind(photos.id(), late.id());
        days.dayOfPolicies();
    }

    private static Weekly weekdays() {
        return new Weekly(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    }

    private static List<LocalTime> hours(int... hours) {
        return java.util.Arrays.stream(hours)
                .mapToObj(hour -> LocalTime.of(hour, 0))
                .toList();
    }

    private static PolicyPlan plan(String name, Schedule schedule, Retention retention) {
        return new PolicyPlan(name, true, schedule, retention, OptionalInt.empty(), Missed.ONCE, Conditions.NONE);
    }

    private List<String> take(String name, Function<Desk, Function<Kit, ? extends Node>> view) {
        return over(name, view, (desk, kit) -> {});
    }

    private List<String> over(
            String name, Function<Desk, Function<Kit, ? extends Node>> view, BiConsumer<Desk, Kit> opens) {
        return over(name, view, opens, scene -> {});
    }

    /** @param looks looks at what is open before its picture is taken */
    private List<String> over(
            String name,
            Function<Desk, Function<Kit, ? extends Node>> view,
            BiConsumer<Desk, Kit> opens,
            Consumer<Scene> looks) {
        return pictures.take(
                name,
                1280,
                680,
                kit -> {
                    var host = new DialogHost();
                    var desk = new TestDesk().windowDesk(days.clock(), new ModalDialogs(() -> kit, host));
                    host.setPage(Framed.around(kit, "tasks", view.apply(desk)));
                    Platform.runLater(() -> opens.accept(desk, kit));
                    return host;
                },
                looks);
    }

    private Function<Kit, Node> list(Desk desk) {
        var model = new PolicyListModel(DaysServices.of(days), desk);
        model.rows().refresh();
        MissedRuns missed = missed(desk);
        return kit -> PolicyListView.of(kit, model, missed);
    }

    private MissedRuns missed(Desk desk) {
        var missed = new MissedRuns(
                days.console().scheduler(),
                days.console().policies(),
                days.console().vaults(),
                days.console().events(),
                desk);
        missed.refresh();
        return missed;
    }

    private PolicyFormModel form(Desk desk, Optional<PolicyPlan> copied) {
        return new PolicyFormModel(DaysServices.of(days), desk, Optional.empty(), copied);
    }

    @Test
    void theListFits() {
        assertThat(take("policies", this::list)).isEmpty();
    }

    @Test
    void theVaultsOfAPolicyAreTickedInASheet() {
        assertThat(over(
                        "policy-bind",
                        this::list,
                        (desk, kit) -> new BindVaults(
                                        days.console().policies(),
                                        days.console().vaults(),
                                        desk)
                                .open(nightly)))
                .isEmpty();
    }

    /** Who binds from the policy's side sees which vault is frozen, and which location that is about, before anything is tried. */
    @Test
    void aFrozenVaultIsGreyAmongThoseOfAPolicyAndSaysWhy() throws Exception {
        Vault usb = days.vaultElsewhere("usb_copy");
        Path place = days.root().resolve("place-of-usb_copy");
        Path away = days.root().resolve("away-from-here");
        Files.move(place, away);
        Set<String> told = ConcurrentHashMap.newKeySet();
        try {
            days.pass(Duration.ofMinutes(1)); // What is known of a location is that old.
            assertThat(over(
                            "policy-bind-frozen",
                            this::list,
                            (desk, kit) -> new BindVaults(
                                            days.console().policies(),
                                            days.console().vaults(),
                                            desk)
                                    .open(nightly),
                            scene -> told.add(lineOf(usb, scene))))
                    .isEmpty();
        } finally {
            days.console().forgetting().forget(usb.locationId()); // The other pictures are without it.
        }
        assertThat(told)
                .allMatch(words -> words.startsWith("grey") && !words.endsWith("(cut)"))
                .anyMatch(words -> words.contains("usb_copy is frozen, because place of usb_copy cannot be used now."))
                .anyMatch(words -> words.contains("存储库 usb_copy 已冻结：位置 place of usb_copy 现在无法使用。"));
    }

    /** Whether a vault can be ticked in the sheet of vaults, and what stands in its line. */
    private static String lineOf(Vault vault, Scene scene) {
        CheckBox box = scene.getRoot().lookupAll(".check-box").stream()
                .filter(CheckBox.class::isInstance)
                .map(CheckBox.class::cast)
                .filter(one -> one.getText().equals(vault.name()))
                .findFirst()
                .orElseThrow();
        Node around = box;
        while (!(around instanceof ScrollPane)) {
            around = around.getParent();
        }
        ScrollPane sheet = (ScrollPane) around;
        boolean seen = sheet.getContent().getLayoutBounds().getHeight()
                <= sheet.getViewportBounds().getHeight();
        return (box.isDisabled() ? "grey " : "offered ") + words(box.getParent()) + (seen ? "" : " (cut)");
    }

    /** How many vaults it leaves, which backups still go by their date, and which stay. */
    @Test
    void beforeAPolicyIsDeletedItIsAskedWithWhatBecomesOfItsBackups() {
        Backup dated = days.console()
                .backups()
                .list(BackupFilter.ALL, BackupSort.NEWEST, 0, 1)
                .getFirst();
        days.console()
                .backups()
                .expire(dated.id(), Optional.of(days.clock().instant().plus(Duration.ofDays(20))));
        try {
            assertThat(over("policy-delete", this::list, (desk, kit) -> {
                        var model = new PolicyListModel(DaysServices.of(days), desk);
                        model.rows().refresh();
                        Platform.runLater(() -> delete(model));
                    }))
                    .isEmpty();
        } finally {
            days.console().backups().expire(dated.id(), Optional.empty());
        }
    }

    private void delete(PolicyListModel model) {
        PolicyRow row = model.rows().items().stream()
                .filter(one -> one.policy().id().equals(nightly.id()))
                .findFirst()
                .orElseThrow();
        model.acts(row).getLast().run();
    }

    @Test
    void theDisksOfARunByHandAreTickedInASheet() {
        assertThat(over(
                        "policy-run",
                        this::list,
                        (desk, kit) -> desk.dialogs()
                                .show(RunPolicy.sheet(RunPolicyModel.of(DaysServices.of(days), desk, nightly)))))
                .isEmpty();
    }

    @Test
    void thePolicyOfAVaultIsChosenFromCards() {
        Vault office = days.console().policies().vaultsOf(nightly.id()).getFirst();
        assertThat(over(
                        "policy-choose",
                        this::list,
                        (desk, kit) -> new ChoosePolicy(days.console().policies(), desk.background(), desk.dialogs())
                                .open(office, PolicyKind.BACKUP, () -> {})))
                .isEmpty();
    }

    @Test
    void missedRunsAreAnsweredOneByOne() {
        assertThat(over(
                        "policies-missed",
                        this::list,
                        (desk, kit) -> missed(desk).show().run()))
                .isEmpty();
    }

    @Test
    void theOverviewAsksAboutMissedRunsTooAndSaysWhatRunsNext() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        assertThat(take("overview-missed", desk -> {
                    var page = new OverviewPage(
                            days.console().overviews(),
                            days.console().policies(),
                            days.console().tasks(),
                            days.console().events(),
                            desk.background(),
                            days.clock(),
                            new HeardWays());
                    page.shown();
                    return kit -> {
                        Node view = page.view(kit);
                        Platform.runLater(() -> told.add(words(view).replaceAll(" +", " ")));
                        return view;
                    };
                }))
                .isEmpty();
        assertThat(told)
                .anyMatch(words -> words.contains("finance Today 21:00"))
                .anyMatch(words -> words.contains("finance 今天 21:00"));
    }

    @Test
    void aClockIsBelievedOnlyWhenSomebodySaysSo() {
        assertThat(over(
                        "clock-question",
                        this::list,
                        (desk, kit) -> desk.dialogs()
                                .confirm(ClockQuestion.of(new ClockDoubt(
                                        days.clock().instant(),
                                        days.clock().instant().minus(Duration.ofDays(365)),
                                        days.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 12))))))
                .isEmpty();
    }

    @Test
    void theFormFits() {
        assertThat(take("policy-create", desk -> kit -> new PolicyFormView(kit, form(desk, Optional.empty())).page()))
                .isEmpty();
    }

    @Test
    void theFormOfOneOfAnotherZoneNamesItAndOffersThisComputers() {
        Policy hourly = days.console().policies().list().stream()
                .filter(policy -> policy.name().equals("hourly_finance"))
                .findFirst()
                .orElseThrow();
        assertThat(take(
                        "policy-edit-zone",
                        desk -> kit -> new PolicyFormView(
                                        kit,
                                        new PolicyFormModel(
                                                DaysServices.of(days), desk, Optional.of(hourly), Optional.empty()))
                                .page()))
                .isEmpty();
    }

    @Test
    void whatWasChangedElsewhereMeanwhileIsAskedAbout() {
        assertThat(over(
                        "policy-meanwhile",
                        desk -> kit -> new PolicyFormView(kit, form(desk, Optional.empty())).page(),
                        (desk, kit) -> {
                            Policy opened = days.console().policies().get(nightly.id());
                            var model = new PolicyFormModel(
                                    DaysServices.of(days), desk, Optional.of(opened), Optional.empty());
                            days.console()
                                    .policies()
                                    .edit(opened.id(), opened.plan().enabled(!opened.enabled()), false);
                            model.save();
                        }))
                .isEmpty();
    }

    @Test
    void aVaultThatCannotBeReadWhileItsPolicyIsShortenedIsNamed() {
        assertThat(over(
                        "policy-lock-unread",
                        desk -> kit -> new PolicyFormView(kit, form(desk, Optional.empty())).page(),
                        (desk, kit) -> desk.dialogs()
                                .error(Problem.of(
                                        "lock.unread",
                                        "policy",
                                        "nightly_office",
                                        "vault",
                                        "office_data",
                                        "location",
                                        "Backup_drive"))))
                .isEmpty();
    }

    @Test
    void theFormOfOneThatCopiesAsksWhereTo() {
        assertThat(take("policy-create-replication", desk -> {
                    PolicyFormModel model = form(desk, Optional.empty());
                    model.draft().kind.set(PolicyKind.REPLICATION);
                    model.draft()
                            .target
                            .set(days.console().policies().list(PolicyKind.REPLICATION).stream()
                                    .findFirst()
                                    .flatMap(policy -> policy.plan().target()));
                    return kit -> new PolicyFormView(kit, model).page();
                }))
                .isEmpty();
    }

    @Test
    void theReplicationPolicyOfAVaultIsChosenFromCards() {
        Vault office = days.console().policies().vaultsOf(nightly.id()).getFirst();
        assertThat(over(
                        "policy-choose-replication",
                        this::list,
                        (desk, kit) -> new ChoosePolicy(days.console().policies(), desk.background(), desk.dialogs())
                                .open(office, PolicyKind.REPLICATION, () -> {})))
                .isEmpty();
    }

    @Test
    void theFormSaysWhatAChangeOfTheClockDoes() {
        PolicyPlan shifted = plan(
                "Policy-7f3a",
                new Schedule(ZONE, List.of(LocalTime.of(2, 30), LocalTime.of(14, 0)), new Every(1, TODAY)),
                new Retention.ByCount(30, new Retention.Periods(7, 4, 12, 0)));
        assertThat(take(
                        "policy-shifted",
                        desk -> kit -> new PolicyFormView(kit, form(desk, Optional.of(shifted))).page()))
                .isEmpty();
    }

    @Test
    void whatANewPolicyWouldKeepIsSimulated() {
        PolicyPlan generous = plan(
                "Policy-7f3a",
                new Schedule(ZONE, hours(2, 14), new Every(1, TODAY)),
                new Retention.ByCount(6, new Retention.Periods(7, 4, 12, 0)));
        assertThat(take("policy-stays-new", desk -> {
                    PolicyFormModel model = form(desk, Optional.of(generous));
                    model.tab().set(PolicyFormModel.STAYS);
                    model.stays().days().set(30);
                    return kit -> new PolicyFormView(kit, model).page();
                }))
                .isEmpty();
    }

    @Test
    void anEditThatDeletesShowsWhatGoes() {
        assertThat(take("policy-stays-edit", desk -> {
                    var model =
                            new PolicyFormModel(DaysServices.of(days), desk, Optional.of(nightly), Optional.empty());
                    model.tab().set(PolicyFormModel.STAYS);
                    model.draft().count.set("3");
                    return kit -> {
                        var page = new PolicyFormView(kit, model).page();
                        // The day of the damaged one is clicked.
                        Platform.runLater(() -> page.lookupAll(".stays-day").stream()
                                .skip(37)
                                .findFirst()
                                .ifPresent(day -> Event.fireEvent(day, click())));
                        return page;
                    };
                }))
                .isEmpty();
    }

    @Test
    void beforeAndAfterStandSideBySide() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        assertThat(take("policy-stays-compared", desk -> {
                    var model =
                            new PolicyFormModel(DaysServices.of(days), desk, Optional.of(nightly), Optional.empty());
                    model.tab().set(PolicyFormModel.STAYS);
                    model.stays().days().set(7);
                    model.draft().count.set("3");
                    return kit -> {
                        var page = new PolicyFormView(kit, model).page();
                        Platform.runLater(() -> {
                            page.lookupAll(".stays-counts").forEach(counts -> told.add(words(counts)));
                            page.lookupAll(".scroll-pane").stream()
                                    .map(ScrollPane.class::cast)
                                    .forEach(pane -> pane.setVvalue(pane.getVmax()));
                        });
                        return page;
                    };
                }))
                .isEmpty();
        assertThat(told)
                .as("each count says of what it is one, and they add up")
                .anySatisfy(words -> assertThat(words)
                        .contains("web-data · office_weekly has 15 backups now. Up to 2027-04-02 23:59:")
                        .contains("Before: 15 stay, 0 go, 0 B freed; with 7 new ones, 22 kept")
                        .containsPattern("After: 2 stay, 13 go, [^;]+ freed; with 3 new ones, 5 kept")
                        .contains("This edit deletes 22 backups of all its disks, 11 of them of web-data")
                        .contains("22 go after the next backup of their disk."))
                .anySatisfy(words -> assertThat(words)
                        .contains("现有 15 个备份")
                        .contains("加上新增的 7 个，共保留 22 个")
                        .contains("加上新增的 3 个，共保留 5 个")
                        .contains("各磁盘的 22 个备份（web-data · office_weekly 占 11 个）"));
    }

    /** A count lets nothing go before the next backup: also as of now the calendar marks what the edit deletes. */
    @Test
    void whatAnEditDeletesAfterTheNextBackupIsMarkedAsOfNow() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        assertThat(take("policy-stays-now", desk -> {
                    var model =
                            new PolicyFormModel(DaysServices.of(days), desk, Optional.of(nightly), Optional.empty());
                    model.tab().set(PolicyFormModel.STAYS);
                    model.draft().count.set("3");
                    return kit -> {
                        var page = new PolicyFormView(kit, model).page();
                        Platform.runLater(() -> told.add(page.lookupAll(".stays-day .changed")
                                        .size() + " of "
                                + page.lookupAll(".stays-day .stays-mark").size()));
                        return page;
                    };
                }))
                .isEmpty();
        assertThat(told).containsExactly("11 of 15");
    }

    /** Eight are shown at first; the others come when they are asked for, each with what its going frees. */
    @Test
    void allBackupsThatAnEditComparesAreReached() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        assertThat(take("policy-stays-compared-all", desk -> {
                    var model =
                            new PolicyFormModel(DaysServices.of(days), desk, Optional.of(nightly), Optional.empty());
                    model.tab().set(PolicyFormModel.STAYS);
                    model.stays().days().set(7);
                    model.draft().count.set("3");
                    return kit -> {
                        var page = new PolicyFormView(kit, model).page();
                        Platform.runLater(() -> {
                            int real = Compared.of(
                                            outlook(model).now().orElseThrow(),
                                            outlook(model).then())
                                    .size();
                            told.add("shown at first " + compared(page).size());
                            page.lookupAll(".compared-more").forEach(link -> ((Hyperlink) link).fire());
                            told.add("left out " + (real - compared(page).size()));
                            told.add("links " + page.lookupAll(".compared-more").size());
                            compared(page).forEach(line -> told.add(line.replaceAll("[0-9]", "")));
                            page.lookupAll(".scroll-pane").stream()
                                    .map(ScrollPane.class::cast)
                                    .forEach(pane -> pane.setVvalue(pane.getVmax()));
                        });
                        return page;
                    };
                }))
                .isEmpty();
        assertThat(told)
                .contains("shown at first 8", "left out 0", "links 0")
                .anyMatch(line -> line.contains("frees about "))
                .anyMatch(line -> line.contains("约释放 "));
    }

    private static Stays.Outlook outlook(PolicyFormModel model) {
        return model.stays().outlook().get().orElseThrow();
    }

    /** What the first column says of each backup. */
    private static List<String> compared(Node page) {
        return page.lookupAll(".compared").stream()
                .flatMap(grid -> ((GridPane) grid).getChildren().stream())
                .filter(node -> GridPane.getColumnIndex(node) == 0 && GridPane.getRowIndex(node) > 0)
                .map(PolicyPicturesTest::words)
                .toList();
    }

    private static String words(Node node) {
        return switch (node) {
            case Labeled label -> label.getText();
            case Parent parent ->
                parent.getChildrenUnmodifiable().stream()
                        .map(PolicyPicturesTest::words)
                        .collect(Collectors.joining(" "));
            default -> "";
        };
    }

    @Test
    void theOldestBackupIsReachedByKeysAndSaysWhatItsGoingFrees() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        assertThat(take("policy-stays-oldest", desk -> {
                    var model =
                            new PolicyFormModel(DaysServices.of(days), desk, Optional.of(nightly), Optional.empty());
                    model.tab().set(PolicyFormModel.STAYS);
                    model.stays().days().set(180);
                    return kit -> {
                        var page = new PolicyFormView(kit, model).page();
                        Platform.runLater(() -> {
                            Node calendar = page.lookupAll(".stays").stream()
                                    .filter(GridPane.class::isInstance)
                                    .findFirst()
                                    .orElseThrow();
                            press(calendar, KeyCode.PAGE_UP, true);
                            press(calendar, KeyCode.HOME, false);
                            for (int day = 0; !calendar.getAccessibleText().contains(" · ") && day < 41; day++) {
                                press(calendar, KeyCode.RIGHT, false);
                            }
                            told.add(calendar.getAccessibleText());
                        });
                        return page;
                    };
                }))
                .isEmpty();
        assertThat(told)
                .as("in each language")
                .anyMatch(words -> words.contains(", which frees about "))
                .anyMatch(words -> words.contains(" 到期，约释放 "));
    }

    private static void press(Node node, KeyCode code, boolean control) {
        Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
    }

    private static MouseEvent click() {
        return new MouseEvent(
                MouseEvent.MOUSE_CLICKED,
                0,
                0,
                0,
                0,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                true,
                null);
    }

    @Test
    void weekdaysAndTimeFit() {
        PolicyPlan weekly = plan("Policy-7f3a", new Schedule(ZONE, hours(22), weekdays()), new Retention.ByDays(45));
        assertThat(take(
                        "policy-weekly",
                        desk -> kit -> new PolicyFormView(kit, form(desk, Optional.of(weekly))).page()))
                .isEmpty();
    }

    @Test
    void whatIsRarelyWantedIsBelowTheRest() {
        assertThat(rare("policy-rare", "20", "22:00", "06:00")).isEmpty();
    }

    @Test
    void aLimitThatIsNoneSpeaksAtItsField() {
        assertThat(rare("policy-limit-wrong", "20 GB", "", "")).isEmpty();
    }

    private List<String> rare(String name, String limit, String from, String until) {
        return take(name, desk -> {
            PolicyFormModel model = form(desk, Optional.empty());
            model.draft().limit.set(limit);
            model.draft().from.set(from);
            model.draft().until.set(until);
            return kit -> {
                FormPage page = new PolicyFormView(kit, model).page();
                Platform.runLater(() -> {
                    if (until.isEmpty()) {
                        page.primaryAct().run(); // Goes to what is wrong.
                    } else {
                        ((Hyperlink) page.lookup(".form-more")).fire();
                        page.applyCss();
                        page.layout();
                        ((ScrollPane) page.lookup(".scroll-pane")).setVvalue(1);
                    }
                });
                return page;
            };
        });
    }

    @Test
    void whatIsImpossibleSpeaksAtItsField() {
        assertThat(take("policy-wrong", desk -> {
                    PolicyFormModel model = form(desk, Optional.empty());
                    model.draft().add(LocalTime.of(2, 30));
                    model.draft().count.set("0");
                    model.draft().interval.set("31");
                    return kit -> {
                        var page = new PolicyFormView(kit, model).page();
                        Platform.runLater(() -> page.primaryAct().run());
                        return page;
                    };
                }))
                .isEmpty();
    }
}
