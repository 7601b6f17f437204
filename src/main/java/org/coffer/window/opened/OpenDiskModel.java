package org.coffer.window.opened;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.opened.OpenDisks;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/** One open disk: where it is, how it is used, and its files on this computer. */
final class OpenDiskModel {
    private final OpenDisks opened;
    private final Events events;
    private final Recipes recipes;
    private final UUID id;
    private final Background.Line mounting;
    private final Bridge<Look> bridge;
    private final ReadOnlyObjectWrapper<Look> look;
    private final ReadOnlyObjectWrapper<List<Problem>> refused = new ReadOnlyObjectWrapper<>(List.of());

    /**
     * One look.
     *
     * @param disk as it is; empty once it is closed
     * @param whyNotMount why nothing can be mounted on this computer
     */
    record Look(Optional<OpenDisk> disk, Optional<Problem> whyNotMount) {}

    OpenDiskModel(OpenDisks opened, Events events, Desk desk, Recipes recipes, OpenDisk disk) {
        this.opened = opened;
        this.events = events;
        this.recipes = recipes;
        this.id = disk.id();
        this.mounting = desk.background().line();
        this.look = new ReadOnlyObjectWrapper<>(new Look(Optional.of(disk), Optional.empty()));
        this.bridge = new Bridge<>(desk.background(), this::look, look::set, desk.background()::unhandled);
    }

    private Look look() {
        return new Look(
                opened.list().stream().filter(disk -> disk.id().equals(id)).findFirst(), opened.whyNotMount());
    }

    /** Follows what happens to it, until the subscription ends. */
    Subscription follow() {
        Events.Subscription hearing = events.subscribe(event -> {
            if (event instanceof Event.OpenDisksChanged || event instanceof Event.BackupChanged) {
                bridge.changed();
            }
        });
        bridge.changed();
        return hearing::close;
    }

    /** The disk; empty once it is closed. */
    ObservableValue<Optional<OpenDisk>> disk() {
        return look.map(Look::disk);
    }

    /** What to type where it is to be used. */
    List<Recipes.Recipe> recipes() {
        Look now = look.get();
        return now.disk()
                .map(disk -> recipes.of(disk, now.whyNotMount().isEmpty()))
                .orElse(List.of());
    }

    /** Why some of its file systems are not seen. */
    ObservableValue<List<Problem>> refused() {
        return refused.getReadOnlyProperty();
    }

    /** Shows its files on this computer. */
    Act mount() {
        return Act.of("opened.mount", this::startMounting)
                .with(Icon.FILE_SYSTEM)
                .unless(look.flatMap(now -> mounting.busyProperty()
                        .map(busy -> busy
                                ? Optional.of(Sentence.of("opened.mounting"))
                                : now.whyNotMount().map(Sentence::explaining))));
    }

    private void startMounting() {
        mounting.work(() -> opened.mount(id, Optional.empty()))
                .then(refused::set)
                .start();
    }

    /** Takes them away again. */
    Act unmount() {
        return Act.of("opened.unmount", () -> {
                    refused.set(List.of());
                    mounting.work(() -> {
                                opened.unmount(id);
                                return true;
                            })
                            .start();
                })
                .with(Icon.UNMOUNT)
                .unless(mounting.busyProperty()
                        .map(busy -> busy ? Optional.of(Sentence.of("opened.mounting")) : Optional.<Sentence>empty()));
    }
}
