package org.coffer.window.opened;

import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.backup.Backup;
import org.coffer.console.event.Events;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.opened.OpenDisks;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.kit.form.Choices;
import org.coffer.window.shell.Desk;

/** Opens the dialogs about open disks; any page may. */
public final class OpenDiskSheets {
    private static final double FORM = 640;
    private static final double QUESTION = 520;

    private final OpenDisks opened;
    private final Events events;
    private final Desk desk;
    private final Recipes recipes;

    /** Dialogs over {@code opened}. */
    public OpenDiskSheets(OpenDisks opened, Events events, Desk desk) {
        this(opened, events, desk, Recipes.here());
    }

    OpenDiskSheets(OpenDisks opened, Events events, Desk desk, Recipes recipes) {
        this.opened = opened;
        this.events = events;
        this.desk = desk;
        this.recipes = recipes;
    }

    /** Asks how, opens a backup as a disk, and shows how it is reached. */
    public void open(Backup backup) {
        var model = new OpenBackupModel(opened, desk, backup);
        var next = new Next();
        var sheet = new Sheet(
                        Sentence.of("opened.open.title", "name", backup.name()),
                        FORM,
                        kit -> new OpenBackupView(kit, model, next::take))
                .icon(Icon.DISK);
        next.closer = sheet::done;
        sheet.act(Act.of("opened.open", () -> model.open(next::take)).unless(model.whyNot()));
        desk.dialogs().show(sheet);
        next.disk.ifPresent(this::show);
    }

    /** The disk that a dialog leads on to when it closes. */
    private static final class Next {
        private Optional<OpenDisk> disk = Optional.empty();
        private Runnable closer = () -> {};

        void take(OpenDisk chosen) {
            disk = Optional.of(chosen);
            closer.run();
        }
    }

    /** Opens a disk again of which changes are kept. */
    void again(OpenDisk kept) {
        desk.background()
                .work(() -> opened.open(new NewOpening(kept.backup(), true, new NewOpening.Address.Anywhere())))
                .then(this::show)
                .start();
    }

    /** Shows how an open disk is reached. */
    public void show(OpenDisk disk) {
        var model = new OpenDiskModel(opened, events, desk, recipes, disk);
        var next = new Next();
        var sheet = new Sheet(
                        Sentence.of("opened.title", "name", disk.name()),
                        FORM,
                        kit -> new OpenDiskView(kit, model, next::take))
                .icon(Icon.DISK)
                .cancel("opened.done");
        next.closer = sheet::close;
        desk.dialogs().show(sheet);
        next.disk.ifPresent(this::close);
    }

    /** Asks what is to be asked, then closes a disk. */
    public void close(OpenDisk disk) {
        if (disk.writable()) {
            askAboutChanges(disk);
        } else if (disk.clients() == 0 || desk.dialogs().confirm(losing(disk))) {
            close(disk, Leaving.DISCARD);
        }
    }

    private static Question losing(OpenDisk disk) {
        return Question.plain(
                Sentence.of("opened.close.title", "name", disk.name()),
                Sentence.of("opened.close"),
                Sentence.of("opened.close.clients", "n", disk.clients()));
    }

    private void askAboutChanges(OpenDisk disk) {
        ObjectProperty<Leaving> chosen = new SimpleObjectProperty<>(disk.kept() ? Leaving.DISCARD : Leaving.KEEP);
        var sheet = new Sheet(
                        Sentence.of("opened.close.title", "name", disk.name()),
                        QUESTION,
                        kit -> choices(kit, disk, chosen))
                .icon(Icon.DISK)
                .dangerousWhile(chosen.map(leaving -> leaving == Leaving.DISCARD));
        sheet.act(Act.of("opened.close", () -> {
            close(disk, chosen.get());
            sheet.done();
        }));
        desk.dialogs().show(sheet);
    }

    private static javafx.scene.Node choices(Kit kit, OpenDisk disk, ObjectProperty<Leaving> chosen) {
        return new Choices<>(kit, chosen)
                .choice(Leaving.KEEP, Icon.SAVE, kit.say("opened.keep"), kit.say("opened.keep.help"))
                .choice(
                        Leaving.DISCARD,
                        Icon.DELETE,
                        kit.say("opened.discard"),
                        kit.say("opened.discard.help", "name", disk.name()));
    }

    /** Throws the kept changes of a closed disk away, after asking. */
    void discard(OpenDisk disk) {
        Question question = Question.dangerous(
                Sentence.of("opened.discard.title", "name", disk.name()),
                Sentence.of("opened.discard.do"),
                Sentence.of("opened.discard.help", "name", disk.name()));
        if (desk.dialogs().confirm(question)) {
            close(disk, Leaving.DISCARD);
        }
    }

    private void close(OpenDisk disk, Leaving leaving) {
        desk.background()
                .act(() -> opened.close(disk.id(), leaving == Leaving.KEEP))
                .onError(desk.dialogs()::error)
                .start();
    }
}
