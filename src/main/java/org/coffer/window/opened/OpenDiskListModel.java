package org.coffer.window.opened;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.util.Subscription;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.opened.OpenDisks;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.kit.table.Sort;
import org.coffer.window.shell.Desk;

/** The list of open disks, and of kept changes. */
public final class OpenDiskListModel {
    private final OpenDisks opened;
    private final Events events;
    private final Desk desk;
    private final OpenDiskSheets sheets;
    private final Consumer<UUID> toBackup;
    private final ListRows<OpenDisk> rows;
    private final Bridge<List<OpenDisk>> bridge;
    private final StringProperty query = new SimpleStringProperty("");
    private volatile Optional<Problem> whyNotMount = Optional.empty();

    /**
     * A list that is not loaded yet.
     *
     * @param toBackup opens a backup's page
     */
    public OpenDiskListModel(
            OpenDisks opened, Events events, Desk desk, OpenDiskSheets sheets, Consumer<UUID> toBackup) {
        this.opened = opened;
        this.events = events;
        this.desk = desk;
        this.sheets = sheets;
        this.toBackup = toBackup;
        this.rows = new ListRows<OpenDisk>(desk.background(), disk -> disk.id().toString(), this::load)
                .sortedBy("backup", Comparator.comparing(OpenDisk::name))
                .sortedBy("opened", Comparator.comparing(OpenDisk::openedAt))
                .sortedBy("clients", Comparator.comparingInt(OpenDisk::clients));
        rows.sortProperty().set(Optional.of(Sort.down("opened")));
        this.bridge = new Bridge<>(desk.background(), this::load, rows::show, problem -> rows.refresh());
        query.subscribe(this::filter);
    }

    private List<OpenDisk> load() {
        whyNotMount = opened.whyNotMount();
        return opened.list();
    }

    private void filter(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        rows.filter(
                disk -> Stream.of(
                                disk.name(),
                                disk.diskName(),
                                disk.id().toString(),
                                disk.uri().orElse(""))
                        .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(wanted)),
                !wanted.isEmpty());
    }

    /** Follows what changes, until the subscription ends. */
    Subscription follow() {
        Events.Subscription hearing = events.subscribe(event -> {
            if (event instanceof Event.OpenDisksChanged || event instanceof Event.BackupChanged) {
                bridge.changed();
            }
        });
        bridge.changed();
        return hearing::close;
    }

    ListRows<OpenDisk> rows() {
        return rows;
    }

    StringProperty queryProperty() {
        return query;
    }

    void refresh() {
        bridge.changed();
    }

    /** Opens the page of the disk's backup. */
    void toBackup(OpenDisk disk) {
        toBackup.accept(disk.backup());
    }

    /** Shows how a disk is reached. */
    void show(OpenDisk disk) {
        if (!disk.kept()) {
            sheets.show(disk);
        }
    }

    /** What can be done with a disk, commonest first; {@code copy} puts an address on the clipboard. */
    List<Act> acts(OpenDisk disk, Consumer<String> copy) {
        List<Act> acts = new ArrayList<>();
        if (disk.kept()) {
            acts.add(Act.of("opened.again", () -> sheets.again(disk))
                    .with(Icon.DISK)
                    .unless(disk.problem().map(Sentence::explaining)));
            acts.add(Act.of("opened.discard.do", () -> sheets.discard(disk))
                    .with(Icon.DELETE)
                    .asDangerous());
            return acts;
        }
        acts.add(Act.of("opened.close", () -> sheets.close(disk)).with(Icon.STOP));
        acts.add(Act.of("opened.details", () -> show(disk)).with(Icon.INFO));
        Optional<Sentence> unserved =
                disk.uri().isPresent() ? Optional.empty() : Optional.of(Sentence.of("opened.unserved"));
        acts.add(Act.of("opened.copy-address", () -> disk.uri().ifPresent(copy))
                .with(Icon.COPY)
                .unless(unserved));
        if (disk.mounted().isEmpty()) {
            acts.add(Act.of("opened.mount", () -> mount(disk))
                    .with(Icon.FILE_SYSTEM)
                    .unless(unserved.or(() -> whyNotMount.map(Sentence::explaining))));
        } else {
            acts.add(Act.of("opened.unmount", () -> unmount(disk)).with(Icon.UNMOUNT));
        }
        return acts;
    }

    private void mount(OpenDisk disk) {
        desk.background()
                .work(() -> {
                    opened.mount(disk.id(), Optional.empty());
                    return opened.get(disk.id());
                })
                .then(now -> desk.news()
                        .tell(
                                Sentence.of(
                                        "opened.news.mounted",
                                        "name",
                                        now.name(),
                                        "n",
                                        now.mounted().size()),
                                Optional.of(Act.of("opened.show", () -> sheets.show(now)))))
                .onError(desk.dialogs()::error)
                .start();
    }

    private void unmount(OpenDisk disk) {
        desk.background()
                .act(() -> opened.unmount(disk.id()))
                .onError(desk.dialogs()::error)
                .start();
    }
}
