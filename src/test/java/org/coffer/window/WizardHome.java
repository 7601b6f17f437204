package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.coffer.console.Console;
import org.coffer.console.home.Home;
import org.coffer.console.task.Task;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.desk.Days;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.picture.Fx;

/**
 * A home in which days pass, and the whole window over it, for those who walk the wizard. New disk files, and the folder for files, are
 * suggested below its root as long as it is open.
 */
final class WizardHome implements AutoCloseable {
    /** What one works with. */
    enum Hand {
        KEYS,
        MOUSE
    }

    private final Path root;
    private final Days days;
    private final String home;
    private Console console;
    private Optional<ShownWindow> window = Optional.empty();
    private Language language = Language.ENGLISH;

    WizardHome(Path root, Instant start) throws IOException {
        this.root = root;
        this.home = System.getProperty("user.home", "");
        System.setProperty("user.home", root.toString());
        this.days = new Days(root, start);
        this.console = days.console();
    }

    /** The days; their console is the one of this home until {@link #withoutKeys}. */
    Days days() {
        return days;
    }

    Console console() {
        return console;
    }

    /** Opens the window. */
    void show(Language spoken) {
        language = spoken;
        window = Optional.of(new ShownWindow(console, days.clock(), spoken, root));
    }

    ShownWindow window() {
        return window.orElseThrow();
    }

    /** Closes the window. */
    void hide() {
        window.ifPresent(ShownWindow::close);
        window = Optional.empty();
    }

    /** Leaves the wizard, and waits for what goes on. */
    void leave() throws InterruptedException {
        Fx.run(() -> ((DialogHost) window().root()).closeAll());
        for (Task task : console.tasks().open()) {
            console.tasks().await(task.id());
        }
        window().settle();
    }

    /** Starts Coffer anew on a computer that lost the keys of its vaults. The window is closed. */
    void withoutKeys() throws IOException {
        assertThat(window).isEmpty();
        console.close();
        Files.delete(root.resolve("home/secrets"));
        Files.delete(root.resolve("home/secrets.key"));
        console = Console.open(new Home(root.resolve("home")), days.clock());
    }

    String say(String key, Object... args) {
        return Text.of(language, days.clock()).get(key, args);
    }

    Person person(Hand hand) {
        return hand == Hand.KEYS ? new Person.AtTheKeyboard(window()) : new Person.WithTheMouse(window());
    }

    /** From the button to what is asked after one's story. */
    Person begin(Hand hand, String story) {
        Person person = person(hand);
        person.begins(say("window.restore"));
        assertThat(person.sees()).contains(say("wizard.happened"), say("wizard.happened.calm"));
        person.answers(say(story));
        assertThat(person.sees()).contains(say("wizard.what"));
        return person;
    }

    /** The verdict is read. */
    void finish(Person person) {
        assertThat(person.sees()).contains(say("wizard.receipt.save"), say("wizard.receipt.print"));
        person.presses(say("kit.wizard.finish"));
        assertThat(person.sees()).doesNotContain(say("wizard.receipt.save"));
    }

    @Override
    public void close() {
        System.setProperty("user.home", home);
        hide();
        console.close();
    }
}
