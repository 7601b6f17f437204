package org.coffer.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.coffer.console.Console;
import org.coffer.console.vault.Vault;
import org.coffer.window.backup.BackupPages;
import org.coffer.window.backup.BackupServices;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.disk.DiskDialogs;
import org.coffer.window.disk.Elsewhere;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Shell;
import org.coffer.window.task.TaskPages;
import org.coffer.window.vault.DiskBackupPages;

/** The pages of disk backup joined to one another: vaults and disks, their backups, the tasks. */
final class DiskRooms implements Elsewhere {
    private static final String TASKS = "tasks";

    private final Console console;
    private final Shell shell;
    private final Background background;
    private final DiskDesk desk;
    private final BackupPages backups;
    private final TaskPages tasks;

    DiskRooms(Console console, Shell shell, Background background) {
        this.console = console;
        this.shell = shell;
        this.background = background;
        var common = new Desk(background, shell.dialogs(), shell.navigator(), shell.toasts(), console.clock());
        this.desk = new DiskDesk(
                console, background, shell.dialogs(), shell.navigator(), this, RandomGenerator.getDefault());
        this.backups = new BackupPages(
                new BackupServices(
                        console.backups(),
                        console.deletion(),
                        console.verification(),
                        console.vaults(),
                        console.disks(),
                        console.tasks(),
                        console.events()),
                console.restores(),
                common);
        this.tasks = new TaskPages(console.tasks(), console.events(), common, this::tasksAreSeen);
    }

    private boolean tasksAreSeen() {
        return shell.history()
                .currentProperty()
                .get()
                .filter(visit -> visit.entry().id().equals(TASKS))
                .isPresent();
    }

    /** Registers the pages, and lets the strip and the badge follow the tasks for as long as the window lives. */
    void register() {
        DiskBackupPages.register(shell.pages(), desk);
        backups.register(shell.pages());
        tasks.register(shell.pages());
        shell.onFiles(this::dropped);
        tasks.strip().follow();
        tasks.strip().running().subscribe(now -> shell.strip().runningProperty().set(now));
    }

    private void dropped(List<Path> files) {
        new DiskDialogs(desk).dropped(files);
    }

    /** Lets the user back up a bound disk. */
    void backUp(UUID disk) {
        background
                .work(() -> console.vaults().bindings().vaultOf(disk))
                .then(vault -> vault.ifPresent(owner -> backUp(owner.id(), List.of(disk))))
                .start();
    }

    @Override
    public void backUp(UUID vault, List<UUID> disks) {
        backups.backUp(vault, Set.copyOf(disks));
    }

    @Override
    public void restore(UUID vault, UUID disk) {
        backups.restore(vault, disk);
    }

    @Override
    public void verify(Vault vault) {
        backups.verify(vault);
    }

    @Override
    public PageTab backups(Optional<UUID> vault) {
        return backups.tab(vault);
    }

    @Override
    public PageTab tasks(UUID vault) {
        return tasks.tab(vault);
    }

    @Override
    public void tell(Sentence news, Optional<Act> act) {
        shell.toasts().tell(news, act);
    }
}
