package org.coffer.window;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javafx.application.Platform;
import org.coffer.console.Console;
import org.coffer.console.vault.Places;
import org.coffer.window.attach.AttachDialogs;
import org.coffer.window.audit.AuditPage;
import org.coffer.window.backup.BackupActs;
import org.coffer.window.backup.BackupDetailsModel;
import org.coffer.window.backup.BackupPage;
import org.coffer.window.backup.BackupServices;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.disk.DiskDialogs;
import org.coffer.window.files.BrowseModel;
import org.coffer.window.files.BrowsePage;
import org.coffer.window.help.Help;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.location.LocationSheets;
import org.coffer.window.location.LocationsPage;
import org.coffer.window.opened.OpenDiskListModel;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.opened.OpenDisksNote;
import org.coffer.window.opened.OpenDisksTab;
import org.coffer.window.overview.OverviewPage;
import org.coffer.window.policy.PolicyPages;
import org.coffer.window.restore.RestoreSheets;
import org.coffer.window.settings.About;
import org.coffer.window.settings.SettingsPage;
import org.coffer.window.shell.Appearance;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Group;
import org.coffer.window.shell.PageEntry;
import org.coffer.window.shell.Route;
import org.coffer.window.shell.Shell;
import org.coffer.window.start.FirstStart;
import org.coffer.window.task.StripModel;
import org.coffer.window.task.TaskListModel;
import org.coffer.window.task.TasksPage;
import org.coffer.window.vault.DiskBackupPages;
import org.coffer.window.wizard.RestoreWizard;

/** The pages of the window over one console: the only place that knows them all. {@link Crossings} lead between them. */
final class Rooms {
    static final String OVERVIEW = "overview";
    static final String LOCATIONS = "locations";
    private static final String AUDIT = "audit";
    private static final String SETTINGS = "settings";

    private final Console console;
    private final Shell shell;
    private final Appearance appearance;
    private final Background background;
    private final About about;
    private final Desk desk;
    private final TaskListModel tasks;
    private final StripModel strip;
    private final BackupServices backups;
    private final BackupActs acts;
    private final OpenDiskListModel opened;
    private final DiskDesk disks;
    private final Crossings crossings;
    private final FirstStart firstStart;
    private final RestoreWizard wizard;
    private final PolicyPages policies;

    Rooms(Console console, Shell shell, Appearance appearance, Background background, About about) {
        this.console = console;
        this.shell = shell;
        this.appearance = appearance;
        this.background = background;
        this.about = about;
        this.desk = new Desk(background, shell.dialogs(), shell.navigator(), shell.toasts(), console.clock());
        var restores = new RestoreSheets(console.restores(), console.files(), console.disks(), desk);
        this.tasks = new TaskListModel(console.tasks(), console.events(), desk, restores.undoing(), Optional.empty());
        this.strip = new StripModel(console.tasks(), console.events(), desk, this::watchesTasks);
        this.backups = new BackupServices(
                console.backups(),
                console.deletion(),
                console.verification(),
                console.replicas(),
                console.vaults(),
                console.disks(),
                console.tasks(),
                console.histories(),
                console.events());
        var openSheets = new OpenDiskSheets(console.openDisks(), console.events(), desk);
        this.opened = new OpenDiskListModel(
                console.openDisks(),
                console.events(),
                desk,
                openSheets,
                id -> desk.navigator().open(Route.to(BackupPage.ID, id.toString())));
        this.acts = new BackupActs(backups, desk, restores, openSheets);
        this.crossings = new Crossings(console, desk, backups, acts, restores, tasks, this::firstStart, this::tryOut);
        this.disks = new DiskDesk(
                console, background, shell.dialogs(), shell.navigator(), crossings, RandomGenerator.getDefault());
        crossings.disks(disks);
        this.policies = new PolicyPages(
                new PolicyPages.Services(
                        console.policies(),
                        console.scheduler(),
                        console.results(),
                        console.simulator(),
                        console.backups(),
                        console.vaults(),
                        console.disks(),
                        console.events()),
                desk);
        this.wizard = new RestoreWizard(
                new RestoreWizard.Services(
                        console.backups(),
                        console.disks(),
                        console.restores(),
                        console.files(),
                        console.tasks(),
                        console.events()),
                desk,
                crossings);
        this.firstStart = new FirstStart(
                new FirstStart.Services(
                        console.disks(),
                        new Places(console.locations(), console.disks()),
                        console.vaults(),
                        console.policies(),
                        console.backups(),
                        console.tasks(),
                        console.events(),
                        console.clock()),
                background,
                shell.dialogs(),
                RandomGenerator.getDefault(),
                new FirstStart.Ways(crossings::recoverySheet, this::tryRestore, this::attachExisting));
    }

    private AttachDialogs attaching() {
        return new AttachDialogs(
                console.attaching(), background, shell.dialogs(), news -> crossings.tell(news, Optional.empty()));
    }

    /** For who has backups already: where are they? Not from within the act of a wizard that is just closing. */
    private void attachExisting() {
        Platform.runLater(() -> new LocationSheets(console.locations(), background, shell.dialogs())
                .add()
                .ifPresent(attaching()::attach));
    }

    /** Registers all pages, in the order of the navigation. */
    void register() {
        shell.pages().add(PageEntry.top(OVERVIEW, "overview.title", Group.TOP, Icon.OVERVIEW, route -> overview()));
        DiskBackupPages.register(shell.pages(), disks);
        shell.pages()
                .add(PageEntry.below(
                        DiskDesk.DISK_BACKUP,
                        BackupPage.ID,
                        "backups.tab",
                        route -> new BackupPage(
                                new BackupDetailsModel(backups, desk, acts, UUID.fromString(route.id())))));
        shell.pages()
                .add(PageEntry.below(
                        DiskDesk.DISK_BACKUP,
                        BrowsePage.ID,
                        "browse.title",
                        route -> new BrowsePage(new BrowseModel(
                                console.files(),
                                console.backups(),
                                desk,
                                crossings::openAsDisk,
                                UUID.fromString(route.id())))));
        policies.register(shell.pages());
        shell.pages()
                .add(PageEntry.top(TasksPage.ID, "tasks.title", Group.OPERATION, Icon.TASK, this::tasks)
                        .badge(strip.unseenProperty()))
                .add(PageEntry.top(LOCATIONS, "locations.title", Group.MANAGEMENT, Icon.LOCATION, route -> locations()))
                .add(PageEntry.top(AUDIT, "audit.title", Group.MANAGEMENT, Icon.AUDIT, route -> audit()))
                .add(PageEntry.top(SETTINGS, "settings.title", Group.MANAGEMENT, Icon.SETTINGS, route -> settings()));
        shell.restore(Act.of("window.restore", this::restore).with(Icon.RESTORE));
        shell.help(page -> Help.about(page).ifPresent(shell.dialogs()::show));
        shell.onFiles(new DiskDialogs(disks)::dropped);
        strip.running().subscribe(shell.strip().runningProperty()::set);
        strip.follow();
        new OpenDisksNote(
                        console.openDisks(),
                        console.events(),
                        background,
                        shell.strip().notes(),
                        () -> shell.navigator().open(new Route(TasksPage.ID, Map.of("tab", OpenDisksTab.ID))))
                .follow();
    }

    private TasksPage tasks(Route route) {
        return new TasksPage(
                tasks,
                strip,
                OpenDisksTab.over(opened),
                Optional.ofNullable(route.args().get("tab")));
    }

    /** Leads from an empty home to a first backup. */
    void firstStart() {
        firstStart.show(appearance.kit().getValue());
    }

    /** Asks what happened. Not from within a key's own handling: the wizard stays until it is left. */
    private void restore() {
        Platform.runLater(wizard::show);
    }

    private void tryOut(UUID disk) {
        Platform.runLater(() -> wizard.tryOut(disk));
    }

    /** After the first backup: one file of it, beside the original. */
    private void tryRestore(UUID backup) {
        background
                .work(() -> console.backups().get(backup).diskId())
                .then(wizard::tryOut)
                .start();
    }

    private boolean watchesTasks() {
        return shell.history()
                .currentProperty()
                .get()
                .map(visit -> visit.route().page().equals(TasksPage.ID))
                .orElse(false);
    }

    private OverviewPage overview() {
        return new OverviewPage(
                console.overviews(),
                console.policies(),
                console.tasks(),
                console.events(),
                background,
                console.clock(),
                crossings);
    }

    private LocationsPage locations() {
        return new LocationsPage(
                console.locations(),
                console.vaults(),
                console.forgetting(),
                console.events(),
                background,
                shell.dialogs(),
                attaching());
    }

    private AuditPage audit() {
        return new AuditPage(console.audit(), console.events(), background, shell.dialogs(), console.clock());
    }

    private SettingsPage settings() {
        return new SettingsPage(
                console.settings(),
                console.vaults(),
                console.restores(),
                console.events(),
                background,
                appearance,
                about,
                crossings::recoverySheet);
    }
}
