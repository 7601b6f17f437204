package org.coffer.window.vault;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.coffer.console.location.Location;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
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
        return Card.row(usage(), place(), automation());
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
        return card.add(kit.caption(kit.say(
                "vault.card.bound",
                "n",
                vault.disks().size(),
                "bytes",
                vault.boundBytes(),
                "room",
                Math.max(0, vault.capacityBytes() - vault.boundBytes()))));
    }

    private Card place() {
        Label where = kit.label(vault.locationName(), "may-clip");
        details.location().map(Location::path).ifPresent(path -> where.setTooltip(kit.tip(path.toString())));
        Card card = new Card(kit, Icon.LOCATION, "vault.card.place");
        if (vault.encrypted() && vault.keyed()) {
            card.act(model.sheet());
        }
        return card.add(where)
                .add(kit.caption(details.location()
                        .filter(location -> location.freeBytes() >= 0)
                        .map(location -> kit.say("vault.card.free", "bytes", location.freeBytes()))
                        .orElseGet(() -> kit.say("vault.card.free.unknown"))))
                .add(key());
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
        Label help = kit.caption(kit.say("vault.card.auto-expand.help"));
        help.setWrapText(true);
        help.setMinHeight(javafx.scene.layout.Region.USE_PREF_SIZE);
        return new Card(kit, Icon.EXPAND, "vault.card.automation").add(grows, help);
    }
}
