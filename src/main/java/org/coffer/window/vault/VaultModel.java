package org.coffer.window.vault;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.kit.table.Sort;
import org.coffer.window.policy.PolicyPages;
import org.coffer.window.shell.Route;

/** Everything about one vault, kept up to date while its page is open. */
final class VaultModel implements AutoCloseable {
    /** The tabs of the page, by ID. */
    static final String DISKS = "disks";

    static final String TAGS = "tags";

    /** The list of backups, which other pages hold. */
    private static final String BACKUPS = "backups";

    private final DiskDesk desk;
    private final UUID id;
    private final VaultActs acts;
    private final ReadOnlyObjectWrapper<Optional<VaultDetails>> details = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper gone = new ReadOnlyBooleanWrapper();
    private final ListRows<BoundDisk> disks;
    private final ListRows<Map.Entry<String, String>> tags;
    private final ObjectProperty<String> tab = new SimpleObjectProperty<>(DISKS);
    private final Bridge<Optional<VaultDetails>> bridge;
    private final Events.Subscription subscription;

    VaultModel(DiskDesk desk, UUID id) {
        this(desk, id, () -> VaultDetails.load(desk.services(), id));
    }

    VaultModel(DiskDesk desk, UUID id, Callable<Optional<VaultDetails>> source) {
        this.desk = desk;
        this.id = id;
        this.acts = new VaultActs(desk);
        this.disks = new ListRows<>(
                        desk.background(),
                        BoundDisk::id,
                        () -> source.call().map(VaultDetails::disks).orElse(List.of()))
                .sortedBy("disk", Comparator.comparing(row -> row.disk().name(), String.CASE_INSENSITIVE_ORDER))
                .sortedBy("size", Comparator.comparingLong(row -> row.disk().capacity()))
                .sortedBy("backups", Comparator.comparingInt(BoundDisk::backups))
                .sortedBy("stored", Comparator.comparingLong(BoundDisk::stored))
                .sortedBy("last", Comparator.comparing(row -> row.lastGood().orElse(java.time.Instant.MIN)));
        disks.sortProperty().set(Optional.of(Sort.up("disk")));
        this.tags = new ListRows<>(
                desk.background(),
                Map.Entry::getKey,
                () -> source.call().map(VaultModel::tagsOf).orElse(List.of()));
        this.bridge = new Bridge<>(
                desk.background(),
                source,
                this::show,
                problem -> disks.problemProperty().set(Optional.of(problem)));
        this.subscription = desk.follow(
                bridge,
                Set.of(
                        Event.VaultChanged.class,
                        Event.BackupChanged.class,
                        Event.ResourcesChanged.class,
                        Event.PolicyChanged.class,
                        Event.LocationChanged.class));
    }

    private void show(Optional<VaultDetails> now) {
        if (now.isEmpty() || now.get().vault().trashedAt().isPresent()) {
            details.set(Optional.empty());
            gone.set(true);
            return;
        }
        gone.set(false);
        if (now.get().vault().protection() == Protection.REPLICATION
                && tab.get().equals(DISKS)) {
            tab.set(BACKUPS); // It binds no disks (V1), and what it holds is what one comes to see.
        }
        details.set(now);
        disks.show(now.get().disks());
        tags.show(tagsOf(now.get()));
    }

    private static List<Map.Entry<String, String>> tagsOf(VaultDetails now) {
        return now.vault().tags().entrySet().stream()
                .map(tag -> Map.entry(tag.getKey(), tag.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
    }

    // ---- Properties

    UUID id() {
        return id;
    }

    /** What is known; empty until the first look. */
    ReadOnlyObjectProperty<Optional<VaultDetails>> details() {
        return details.getReadOnlyProperty();
    }

    /** Whether there is no such vault any more, or it is in the trash: nothing is left to be seen here. */
    ReadOnlyBooleanProperty gone() {
        return gone.getReadOnlyProperty();
    }

    ListRows<BoundDisk> disks() {
        return disks;
    }

    ListRows<Map.Entry<String, String>> tags() {
        return tags;
    }

    ObjectProperty<String> tab() {
        return tab;
    }

    /** Something of the vault, or {@code before} while it is not known. */
    <T> ObservableValue<T> of(Function<Vault, T> something, T before) {
        return details.map(now -> now.map(VaultDetails::vault).map(something).orElse(before));
    }

    // ---- Commands

    /** Leaves the page for good. */
    void leave() {
        desk.navigator().leave();
    }

    void load() {
        bridge.changed();
    }

    /** An act on the vault as it is when the act is done; possible as the vault allows at any moment. */
    Act act(String key, Function<Vault, Act> make) {
        ObservableValue<Optional<Sentence>> whyNot = details.map(now -> now.isEmpty()
                ? Optional.of(Sentence.of("vault.loading"))
                : make.apply(now.get().vault()).whyNot().getValue());
        return Act.of(
                        key,
                        () -> details.get()
                                .ifPresent(now -> make.apply(now.vault()).run()))
                .unless(whyNot);
    }

    Act backUp() {
        return act("vault.back-up", acts::backUp).with(Icon.BACKUP);
    }

    Act bind() {
        return act("vault.bind", acts::bind).with(Icon.BIND);
    }

    Act rename() {
        return act("vault.rename", acts::rename).with(Icon.EDIT);
    }

    Act editTags() {
        return act("vault.tags", acts::tags).with(Icon.TAG);
    }

    Act expand() {
        return act("vault.expand", acts::expand);
    }

    /** Binds a policy, another one, or none. */
    Act policy() {
        String key =
                details.get().flatMap(VaultDetails::policy).isPresent() ? "vault.policy.change" : "vault.policy.bind";
        return act(key, vault -> acts.policy(vault, this::load));
    }

    /** Binds a policy of replication, another one, or none. */
    Act replication() {
        String key = details.get().flatMap(VaultDetails::replication).isPresent()
                ? "vault.replication.change"
                : "vault.replication.bind.short";
        return act(key, vault -> acts.replication(vault, this::load));
    }

    /** Takes the policy away. */
    Act unbindPolicy(Policy policy) {
        return act("vault.policy.unbind", vault -> acts.unbindPolicy(vault, policy, this::load));
    }

    /** Changes which disks bind themselves. */
    Act autoBind() {
        return act(
                "vault.auto-bind",
                vault -> acts.autoBind(vault, details.get().flatMap(VaultDetails::binds), this::load));
    }

    /** Opens the form of a policy. */
    void editPolicy(UUID policy) {
        desk.navigator().open(Route.to(PolicyPages.EDIT, policy.toString()));
    }

    Act sheet() {
        return act("vault.sheet", acts::sheet);
    }

    /** The same in the one word that a card has room for. */
    Act sheetInCard() {
        return act("vault.card.sheet", acts::sheet);
    }

    Act unlock() {
        return act("vault.unlock", acts::unlock);
    }

    Act verify() {
        return act("vault.verify", acts::verify).with(Icon.VERIFY);
    }

    /** Heals the damaged backups by their copies in other vaults (B11). */
    Act heal() {
        return act("vault.heal", acts::heal).with(Icon.VERIFY);
    }

    /** Shows the backups in the vault. */
    Act showBackups() {
        return Act.of("vault.damage.show", () -> tab.set(BACKUPS));
    }

    /** What is damaged and what can be done; empty if nothing is known to be. */
    Optional<Damage> damage() {
        return details.get().filter(now -> now.soundness().damaged() > 0).map(Damage::of);
    }

    /** Whatever is not a button of its own. */
    List<Act> rest() {
        return details.get()
                .map(now -> acts.of(now.vault()))
                .map(all -> all.subList(Math.min(2, all.size()), all.size()))
                .orElse(List.of());
    }

    /** Switches automatic growth. */
    void autoExpand(boolean on) {
        desk.background()
                .act(() -> desk.services().vaults().autoExpand(id, on))
                .onError(problem -> {
                    desk.dialogs().error(problem);
                    load();
                })
                .start();
    }

    List<Act> diskActs(BoundDisk row) {
        Optional<Vault> vault = details.get().map(VaultDetails::vault);
        if (vault.isEmpty()) {
            return List.of();
        }
        Optional<Sentence> busy = row.busy() ? Optional.of(Sentence.of("vault.disk.busy")) : Optional.<Sentence>empty();
        Optional<Sentence> never =
                row.lastGood().isEmpty() ? Optional.of(Sentence.of("vault.disk.never")) : Optional.<Sentence>empty();
        UUID disk = row.disk().id();
        return List.of(
                Act.of("vault.back-up", () -> desk.elsewhere().backUp(id, List.of(disk)))
                        .with(Icon.BACKUP)
                        .unless(refusal(VaultAction.BACK_UP, vault.get()).or(() -> busy)),
                Act.of("vault.disk.restore", () -> desk.elsewhere().restore(id, disk))
                        .with(Icon.RESTORE)
                        .unless(refusal(VaultAction.RESTORE, vault.get()).or(() -> never)),
                Act.of("vault.unbind", () -> acts.dialogs().unbind(vault.get(), List.of(row)))
                        .with(Icon.OFF)
                        .unless(refusal(VaultAction.UNBIND, vault.get())),
                Act.of("vault.migrate", () -> acts.dialogs().migrate(vault.get(), List.of(disk)))
                        .with(Icon.MIGRATE)
                        .unless(refusal(VaultAction.MIGRATE, vault.get()).or(() -> busy)));
    }

    /** What can be done with the ticked disks. */
    List<Act> batch() {
        return List.of(
                Act.of(
                                "vault.back-up",
                                () -> desk.elsewhere()
                                        .backUp(
                                                id,
                                                ticked().stream()
                                                        .map(row -> row.disk().id())
                                                        .toList()))
                        .with(Icon.BACKUP)
                        .unless(details.map(now -> now.flatMap(one -> refusal(VaultAction.BACK_UP, one.vault())))),
                Act.of(
                                "vault.unbind",
                                () -> details.get()
                                        .ifPresent(now -> acts.dialogs().unbind(now.vault(), ticked())))
                        .with(Icon.OFF)
                        .unless(details.map(now -> now.flatMap(one -> refusal(VaultAction.UNBIND, one.vault())))),
                Act.of(
                                "vault.migrate",
                                () -> details.get()
                                        .ifPresent(now -> acts.dialogs()
                                                .migrate(
                                                        now.vault(),
                                                        ticked().stream()
                                                                .map(row -> row.disk()
                                                                        .id())
                                                                .toList())))
                        .with(Icon.MIGRATE)
                        .unless(details.map(now -> now.flatMap(one -> refusal(VaultAction.MIGRATE, one.vault())))));
    }

    private List<BoundDisk> ticked() {
        return disks.items().stream().filter(row -> disks.ticks().has(row.id())).toList();
    }

    private static Optional<Sentence> refusal(VaultAction action, Vault vault) {
        return action.refusal(vault).map(Sentence::explaining);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
