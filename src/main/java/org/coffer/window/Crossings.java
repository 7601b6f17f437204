package org.coffer.window;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.coffer.console.Console;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.vault.Vault;
import org.coffer.window.backup.BackupActs;
import org.coffer.window.backup.BackupListModel;
import org.coffer.window.backup.BackupPage;
import org.coffer.window.backup.BackupServices;
import org.coffer.window.backup.BackupsTab;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.disk.Elsewhere;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.overview.ClockQuestion;
import org.coffer.window.overview.Ways;
import org.coffer.window.policy.MissedRuns;
import org.coffer.window.policy.PolicyPages;
import org.coffer.window.restore.RestoreSheets;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;
import org.coffer.window.task.TaskListModel;
import org.coffer.window.task.TasksPage;
import org.coffer.window.task.TasksTab;
import org.coffer.window.vault.KeyDialogs;
import org.coffer.window.vault.VaultDialogs;
import org.coffer.window.wizard.RestoreWizard;
import org.jspecify.annotations.Nullable;

/** The ways from one group of pages to another: from the overview to everywhere, from vaults to their backups and tasks. */
final class Crossings implements Ways, Elsewhere, RestoreWizard.Ways {
    private final Console console;
    private final Desk desk;
    private final BackupServices backups;
    private final BackupActs acts;
    private final RestoreSheets restores;
    private final TaskListModel tasks;
    private final Runnable firstStart;
    private final Consumer<UUID> tryRestore;
    private @Nullable DiskDesk disks;

    Crossings(
            Console console,
            Desk desk,
            BackupServices backups,
            BackupActs acts,
            RestoreSheets restores,
            TaskListModel tasks,
            Runnable firstStart,
            Consumer<UUID> tryRestore) {
        this.console = console;
        this.desk = desk;
        this.backups = backups;
        this.acts = acts;
        this.restores = restores;
        this.tasks = tasks;
        this.firstStart = firstStart;
        this.tryRestore = tryRestore;
    }

    /** What the pages of disk backup work at; it needs these crossings, so it comes after them. */
    void disks(DiskDesk made) {
        disks = made;
    }

    private DiskDesk disksDesk() {
        DiskDesk made = disks;
        if (made == null) {
            throw new IllegalStateException("not put together yet");
        }
        return made;
    }

    // ---- from the overview

    @Override
    public void firstStart() {
        firstStart.run();
    }

    @Override
    public void tryRestore(UUID disk) {
        tryRestore.accept(disk);
    }

    @Override
    public void vault(UUID vault) {
        open(Route.to(DiskDesk.VAULT, vault.toString()));
    }

    @Override
    public void expand(UUID vault) {
        with(vault, found -> new VaultDialogs(disksDesk()).expand(found));
    }

    @Override
    public void recoverySheet(UUID vault) {
        with(vault, found -> new KeyDialogs(disksDesk()).sheet(found));
    }

    @Override
    public void backUp(UUID disk) {
        desk.background()
                .work(() -> console.vaults().bindings().vaultOf(disk))
                .then(vault -> vault.ifPresentOrElse(
                        found -> acts.sheets().backUp(Optional.of(found.id()), Set.of(disk)), () -> protect(disk)))
                .start();
    }

    @Override
    public void protect(UUID disk) {
        open(new Route(DiskDesk.NEW_VAULT, Map.of("disks", disk.toString())));
    }

    @Override
    public void mountAgain(UUID disk) {
        desk.background()
                .act(() -> console.disks().mountBack(disk))
                .onError(desk.dialogs()::error)
                .start();
    }

    @Override
    public void backup(UUID backup) {
        open(Route.to(BackupPage.ID, backup.toString()));
    }

    @Override
    public void disks() {
        open(new Route(DiskDesk.DISK_BACKUP, Map.of("tab", DiskDesk.DISKS_TAB)));
    }

    @Override
    public void locations() {
        open(Route.to(Rooms.LOCATIONS));
    }

    @Override
    public void clock() {
        new ClockQuestion(console.simulator()::clockDoubt, console.clockWatch()::believe, desk).ask();
    }

    @Override
    public void missed() {
        try (var missed =
                new MissedRuns(console.scheduler(), console.policies(), console.vaults(), console.events(), desk)) {
            missed.refresh();
            missed.show().run();
        }
    }

    @Override
    public void policies() {
        desk.navigator().open(Route.to(PolicyPages.LIST));
    }

    @Override
    public void tasks() {
        open(Route.to(TasksPage.ID));
    }

    @Override
    public void tasks(UUID disk, String name, LocalDate day) {
        tasks.show(new TaskListModel.About(disk, name), day);
        tasks();
    }

    // ---- from the restore wizard

    @Override
    public void unlock(UUID vault, Runnable after) {
        with(vault, found -> {
            new KeyDialogs(disksDesk()).unlock(found);
            after.run();
        });
    }

    @Override
    public void protect() {
        firstStart.run();
    }

    @Override
    public void openAsDisk(Backup backup) {
        acts.openAsDisk(backup).run();
    }

    @Override
    public void openFolder(Path folder) {
        desk.background()
                .act(() -> SystemWindow.show(folder))
                .onError(desk.dialogs()::error)
                .start();
    }

    // ---- from the pages of disk backup

    @Override
    public void backUp(UUID vault, List<UUID> wanted) {
        acts.sheets().backUp(Optional.of(vault), Set.copyOf(wanted));
    }

    @Override
    public void restore(UUID vault, UUID disk) {
        desk.background()
                .work(() -> newestGood(vault, disk))
                .then(backup -> backup.ifPresentOrElse(
                        restores::restore, () -> tell(Sentence.of("window.restore.none"), Optional.empty())))
                .start();
    }

    private Optional<Backup> newestGood(UUID vault, UUID disk) {
        return console.backups().list(BackupFilter.ALL.inVault(vault).ofDisk(disk), BackupSort.NEWEST, 0, 100).stream()
                .filter(backup -> backup.restorable() && !backup.damaged())
                .findFirst();
    }

    @Override
    public void verify(Vault vault) {
        acts.sheets().verify(vault);
    }

    @Override
    public PageTab backups(Optional<UUID> vault) {
        return BackupsTab.over(new BackupListModel(backups, desk, acts, vault));
    }

    @Override
    public PageTab tasks(UUID vault) {
        return TasksTab.over(
                new TaskListModel(console.tasks(), console.events(), desk, restores.undoing(), Optional.of(vault)));
    }

    @Override
    public void tell(Sentence news, Optional<Act> act) {
        desk.news().tell(news, act);
    }

    private void with(UUID vault, Consumer<Vault> then) {
        desk.background().work(() -> console.vaults().get(vault)).then(then).start();
    }

    private void open(Route route) {
        desk.navigator().open(route);
    }
}
