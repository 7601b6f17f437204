package org.coffer.window.vault;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.coffer.console.location.Location;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.RetentionLock;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.page.Card;

/** The cards of a vault's page: how full it is, where it is and who can open it, what it does by itself. */
final class VaultCards {
    private final Kit kit;
    private final VaultModel model;
    private final VaultDetails details;
    private final Vault vault;

    VaultCards(Kit kit, VaultModel model, VaultDetails details) {
        this.kit = kit;
        this.model = model;
        this.details = details;
        this.vault = details.vault();
    }

    HBox row() {
        return Card.row(usage(), policy(), place(), automation());
    }

    private Card usage() {
        double share = (double) vault.used() / vault.capacityBytes();
        Label numbers = kit.label(kit.say(
                "vault.card.used",
                "used",
                kit.formats().size(vault.used()),
                "capacity",
                kit.formats().size(vault.capacityBytes()),
                "percent",
                vault.percentUsed()));
        Card card = new Card(kit, Icon.VAULT, "vault.card.usage")
                .act(model.expand())
                .add(Meter.used(share), numbers);
        details.fullInDays().ifPresent(days -> card.add(kit.label(kit.say("vault.card.full", "n", days))));
        if (details.later() > 0) {
            card.add(kit.caption(kit.say("vault.card.later", "bytes", details.later())));
        }
        if (vault.protection() == Protection.REPLICATION) {
            return card;
        }
        return card.add(kit.caption(kit.say(
                "vault.card.bound",
                "n",
                vault.disks().size(),
                "bytes",
                vault.boundBytes(),
                "room",
                Math.max(0, vault.capacityBytes() - vault.boundBytes()))));
    }

    private Card policy() {
        Card card = new Card(kit, Icon.POLICY, "vault.card.policy").act(model.policy());
        if (vault.protection() == Protection.REPLICATION) {
            return new Card(kit, Icon.COPY, "vault.card.copies").add(prose("vault.card.copies.only"));
        }
        if (details.policy().isEmpty()) {
            return card.add(prose("vault.card.policy.none"), replication());
        }
        Policy policy = details.policy().get();
        var words = new PolicyWords(kit.text());
        Hyperlink name = kit.nameLink(policy.name(), () -> model.editPolicy(policy.id()));
        String keeps = words.retention(policy.plan().retention());
        Hyperlink unbind = kit.link(model.unbindPolicy(policy));
        unbind.setMinWidth(Region.USE_PREF_SIZE);
        name.setMinWidth(0);
        return card.add(
                kit.row(name, kit.spacer(), unbind),
                clipped(kit.label(words.schedule(policy.plan().schedule()))),
                wrapped(keeps),
                policy.enabled()
                        ? kit.caption(details.next()
                                .map(slot -> kit.say("vault.card.policy.next", "time", slot.at()))
                                .orElse(""))
                        : mark(Icon.OFF, Tone.ATTENTION, kit.say("policies.state.disabled")),
                replication());
    }

    /** What copies the backups to another location by itself. */
    private Node replication() {
        Hyperlink bind = kit.link(model.replication());
        bind.setMinWidth(Region.USE_PREF_SIZE);
        Node what = details.replication()
                .<Node>map(policy -> {
                    Hyperlink name = kit.nameLink(policy.name(), () -> model.editPolicy(policy.id()));
                    name.setMinWidth(0);
                    name.getStyleClass().add("may-clip");
                    name.setTooltip(kit.tip(kit.say("vault.card.replication", "policy", policy.name())));
                    return kit.row(kit.icon(Icon.COPY, Tone.MUTED), name);
                })
                .orElseGet(() -> clipped(kit.caption(kit.say("vault.card.replication.none"))));
        return kit.row(what, kit.spacer(), bind);
    }

    /** Words that may be longer than the card; all of them are the tooltip. */
    private Label clipped(Label label) {
        label.getStyleClass().add("may-clip");
        label.setTooltip(kit.tip(label.getText()));
        return label;
    }

    private Label prose(String key) {
        return wrapped(kit.say(key));
    }

    private Label wrapped(String words) {
        Label help = kit.caption(words);
        help.setWrapText(true);
        help.setMinHeight(Region.USE_PREF_SIZE);
        return help;
    }

    private Card place() {
        Label where = kit.label(vault.locationName(), "may-clip");
        details.location().map(Location::where).ifPresent(text -> where.setTooltip(kit.tip(text)));
        Card card = new Card(kit, Icon.LOCATION, "vault.card.place");
        if (vault.encrypted() && vault.keyed()) {
            card.act(model.sheetInCard());
        }
        where.setMinWidth(0);
        return card.add(
                        vault.lock().isPresent()
                                ? kit.row(where, kit.spacer(), lock(vault.lock().get()))
                                : where)
                .add(kit.caption(details.location()
                        .filter(location -> location.freeBytes() >= 0)
                        .map(location -> kit.say("vault.card.free", "bytes", location.freeBytes()))
                        .orElseGet(() -> kit.say("vault.card.free.unknown"))))
                .add(key())
                .add(clipped(kit.caption(owner())));
    }

    /** Whose vault it is: rules and clean-ups of that console go here. */
    private String owner() {
        if (!vault.beside()) {
            return kit.say("vault.card.owner.here");
        }
        return vault.owner()
                .map(host -> kit.say("vault.card.owner.on", "host", host))
                .orElseGet(() -> kit.say("vault.card.owner.other"));
    }

    private Node lock(RetentionLock lock) {
        HBox mark = kit.row(kit.icon(Icon.SHIELD, Tone.ACCENT), kit.label(kit.say("vault.card.lock")));
        mark.setMinWidth(Region.USE_PREF_SIZE);
        String key = lock.enforced() ? "vault.card.lock.enforced" : "vault.card.lock.advisory";
        Tooltip.install(mark, kit.tip(kit.say(key, "date", kit.formats().date(lock.since()))));
        return mark;
    }

    private Node key() {
        if (!vault.encrypted()) {
            return mark(Icon.OFF, Tone.MUTED, kit.say("vault.card.plain"));
        }
        if (!vault.keyed()) {
            return mark(Icon.LOCKED, Tone.DANGER, kit.say("vault.card.locked"));
        }
        Optional<java.time.Instant> saved = vault.sheetSaved();
        return saved.isEmpty()
                ? mark(Icon.WARN, Tone.ATTENTION, kit.say("vault.card.sheet.missing"))
                : mark(
                        Icon.SHIELD,
                        Tone.SUCCESS,
                        kit.say("vault.card.sheet.saved", "date", kit.formats().date(saved.get())));
    }

    private Node mark(Icon icon, Tone tone, String words) {
        return kit.row(kit.icon(icon, tone), kit.label(words));
    }

    private Card automation() {
        CheckBox grows = kit.checkBox(kit.say("vault.card.auto-expand"));
        grows.setSelected(vault.autoExpand());
        grows.setDisable(!VaultAction.EDIT.allowedIn(vault.status()));
        grows.setOnAction(event -> model.autoExpand(grows.isSelected()));
        grows.setTooltip(kit.tip(kit.say("vault.card.auto-expand.help")));
        Card card = new Card(kit, Icon.EXPAND, "vault.card.automation").add(grows);
        return vault.protection() == Protection.REPLICATION ? card : card.add(autoBind());
    }

    private Node autoBind() {
        String binds = details.binds()
                .map(rule -> kit.say("vault.card.auto-bind.on", "pattern", rule.pattern()))
                .orElseGet(() -> kit.say("vault.card.auto-bind.off"));
        Label bound = clipped(kit.label(binds));
        bound.setMinWidth(0);
        Hyperlink edit = kit.link(model.autoBind());
        edit.setMinWidth(Region.USE_PREF_SIZE);
        edit.setAccessibleText(kit.say("vault.auto-bind.title", "vault", vault.name()));
        return kit.row(bound, kit.spacer(), edit);
    }
}
