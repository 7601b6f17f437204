package org.coffer.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.coffer.console.Console;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.text.Language;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.picture.Fx;

/**
 * The whole window, in English, over a home with some history.
 *
 * <pre>
 *   vault_f61e ── web.img   a good backup, manualbk_d819
 *              └─ mail.img  a failed one: the file is gone
 * </pre>
 */
final class OpenWindow implements AutoCloseable {
    private final TestConsole home;
    private final Path root;
    private ShownWindow window;

    /** Makes the home below {@code root} and opens its window. */
    OpenWindow(Path root) throws Exception {
        this.root = root;
        home = new TestConsole(root);
        Console console = home.console();
        Disk web = disk("web.img");
        Disk mail = disk("mail.img");
        var place = console.locations().add(new NewLocation("place", home.place("place"), ""));
        Vault vault = console.vaults()
                .create(new NewVault(
                        "vault_f61e",
                        "",
                        place.id(),
                        Vault.SMALLEST_GB,
                        List.of(web.id(), mail.id()),
                        true,
                        Optional.empty(),
                        false,
                        "",
                        Map.of("team", "shop")));
        backUp(vault, web);
        Files.delete(mail.path());
        backUp(vault, mail);
        window = show();
    }

    private ShownWindow show() {
        return new ShownWindow(home.console(), Clock.system(ZoneId.systemDefault()), Language.ENGLISH, root);
    }

    /** Waits until the window shows all that it has to. */
    void settle() {
        window.settle();
    }

    /** Closes the window as its user would, and opens it again over the same home. */
    void restart() {
        Stage closing = stage();
        Fx.run(() -> closing.fireEvent(new WindowEvent(closing, WindowEvent.WINDOW_CLOSE_REQUEST)));
        // What is left to do is looked at first, off the window's thread.
        Fx.until("the window closes", () -> !closing.isShowing());
        window = show();
    }

    private Disk disk(String name) throws IOException {
        return home.console().disks().addImage(new NewImage(home.image(name, 4), Optional.empty(), Disk.Role.DATA));
    }

    private void backUp(Vault vault, Disk disk) throws InterruptedException {
        Console console = home.console();
        for (Task task :
                console.backups().start(new NewBackup(vault.id(), List.of(disk.id()), "manualbk_d819", "", false))) {
            console.tasks().await(task.id());
        }
    }

    Stage stage() {
        return window.stage();
    }

    @Override
    public void close() {
        window.close();
        home.close();
    }
}
