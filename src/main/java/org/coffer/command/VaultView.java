package org.coffer.command;

import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Soundness;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyState;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.RetentionLock;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.text.Text;

/** Vaults as the command line shows them: in a list, in full, and for scripts. */
final class VaultView {
    /** Damaged backups that are named, the newest first. */
    private static final int MOST_NAMED = 10;

    private final Context context;
    private final Text text;

    VaultView(Context context) {
        this.context = context;
        this.text = context.text();
    }

    /** A sentence about a vault, or its fields. */
    void show(Vault vault, String sentence) {
        context.output().show(fields(vault), sentence);
    }

    /** The same after disks were bound, with what to know about them: on standard error, and for scripts. */
    void show(Vault vault, String sentence, List<Problem> warnings) {
        Fields fields = fields(vault)
                .with(
                        "warnings",
                        warnings.stream().map(one -> Fields.of(one, text)).toList());
        context.output().show(fields, sentence);
        warnings.forEach(one -> context.output().note(text.explain(one).line()));
    }

    void list(List<Vault> vaults, String none) {
        Table table = new Table()
                .words(text.get("command.column.name"))
                .words(text.get("command.column.protection"))
                .words(text.get("command.column.status"))
                .numbers(text.get("command.column.used"))
                .numbers(text.get("command.column.capacity"))
                .numbers(text.get("command.column.disks"))
                .words(text.get("command.column.policy"))
                .words(text.get("command.column.location"));
        vaults.forEach(vault -> table.row(
                vault.name(),
                text.word(vault.protection()),
                text.word(vault.status()),
                text.formats().size(vault.used()),
                text.formats().size(vault.capacityBytes()),
                text.formats().count(vault.disks().size()),
                stands(policy(vault)),
                vault.locationName()));
        context.output().show(vaults.stream().map(this::fields).toList(), table, none);
    }

    void details(Vault vault) {
        Table details = new Table().words("").words("");
        details.row(text.get("command.column.name"), vault.name())
                .row(text.get("command.column.id"), vault.id().toString())
                .row(text.get("command.column.protection"), text.word(vault.protection()))
                .row(text.get("command.column.status"), text.word(vault.status()))
                .row(
                        text.get("command.column.used"),
                        text.get(
                                "command.vault.usage",
                                "used",
                                vault.used(),
                                "capacity",
                                vault.capacityBytes(),
                                "percent",
                                vault.percentUsed()))
                .row(text.get("command.column.location"), vault.locationName())
                .row(text.get("command.column.owner"), owner(vault))
                .row(
                        text.get("command.column.disks"),
                        text.formats().list(VaultCommands.names(context.services(), vault.disks())))
                .row(text.get("command.column.policy"), stands(policy(vault)))
                .row(
                        text.get("command.column.replication"),
                        stands(context.services().policies().replicationOf(vault.id())))
                .row(text.get("command.column.encrypted"), yesOrNo(vault.encrypted()))
                .row(text.get("command.column.auto-expand"), yesOrNo(vault.autoExpand()))
                .row(
                        text.get("command.column.lock"),
                        vault.lock().map(this::lock).orElseGet(() -> yesOrNo(false)))
                .row(
                        text.get("command.column.tags"),
                        text.formats()
                                .list(vault.tags().entrySet().stream()
                                        .map(tag -> tag.getKey() + '=' + tag.getValue())
                                        .toList()))
                .row(text.get("command.column.created"), text.formats().fullTime(vault.createdAt()));
        Soundness known = context.services().backups().soundness(vault.id(), MOST_NAMED);
        context.output().show(fields(vault).with("damaged", known.damaged()), details);
        vault.problem()
                .ifPresent(
                        problem -> context.output().note(text.explain(problem).line()));
        if (known.damaged() > 0) {
            damage(vault, known);
        }
        if (vault.sheetMissing()) {
            context.output().note(text.get("command.vault.sheet", "word", Context.word(vault.name())));
        }
    }

    /** What the vault's page says of damage. */
    private void damage(Vault vault, Soundness known) {
        int healable = context.services().replicas().healable(vault.id()).size();
        context.output()
                .note(text.get("vault.damage", "vault", vault.name(), "n", known.damaged(), "m", known.sound()));
        context.output()
                .note(text.get(
                        "vault.damage.names",
                        "names",
                        known.newest().stream().map(Backup::name).toList(),
                        "n",
                        known.damaged()));
        context.output()
                .note(
                        healable > 0
                                ? text.get("vault.damage.do.heal", "n", healable)
                                : text.get(known.sound() > 0 ? "vault.damage.do" : "vault.damage.do.none-sound"));
    }

    private String owner(Vault vault) {
        return vault.beside()
                ? vault.owner().orElseGet(() -> text.get("command.vault.owner.other"))
                : text.get("command.vault.owner.here");
    }

    private String lock(RetentionLock lock) {
        return text.get(
                lock.enforced() ? "command.vault.lock.enforced" : "command.vault.lock.advisory", "time", lock.since());
    }

    /** A vault's policy and whether that is on (V11). */
    private String stands(Optional<Policy> policy) {
        return policy.map(one -> one.name() + " (" + text.word(Policies.state(Optional.of(one))) + ')')
                .orElse(text.word(PolicyState.NONE));
    }

    private String yesOrNo(boolean yes) {
        return text.get(yes ? "command.yes" : "command.no");
    }

    private Fields fields(Vault vault) {
        return new Fields()
                .with("id", vault.id())
                .with("name", vault.name())
                .with("type", "disk")
                .with("protection", vault.protection())
                .with("owner", vault.owner())
                .with("beside", vault.beside())
                .with("status", vault.status())
                .with("capacity", vault.capacityBytes())
                .with("used", vault.used())
                .with("location", vault.locationName())
                .with("encrypted", vault.encrypted())
                .with("policy", policy(vault).map(Policy::name))
                .with("policyState", Policies.state(policy(vault)))
                .with(
                        "replication",
                        context.services().policies().replicationOf(vault.id()).map(Policy::name))
                .with("resources", vault.disks().stream().map(this::resource).toList())
                .with("tags", vault.tags())
                .with("autoExpand", vault.autoExpand())
                .with(
                        "autoBind",
                        context.services()
                                .vaults()
                                .autoBinding()
                                .rule(vault.id())
                                .map(AutoBindRule::pattern))
                .with("backupPrefix", vault.backupPrefix())
                .with("lockedAt", vault.lock().map(RetentionLock::since))
                .with("lockEnforced", vault.lock().map(RetentionLock::enforced))
                .with("description", vault.description())
                .with("createdAt", vault.createdAt())
                .with("trashedAt", vault.trashedAt())
                .with("error", vault.problem().map(problem -> problem.code()));
    }

    private Optional<Policy> policy(Vault vault) {
        return context.services().policies().ofVault(vault.id());
    }

    private Fields resource(java.util.UUID id) {
        return new Fields()
                .with("id", id)
                .with("name", context.services().disks().find(id).map(Disk::name));
    }
}
