package org.coffer.window.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.policy.ChoosePolicy;

/** What can be done with a vault, the commonest first; the same in the list, its menu and on the vault's page. */
final class VaultActs {
    private final DiskDesk desk;
    private final VaultDialogs dialogs;
    private final KeyDialogs keys;
    private final VaultRemoval removal;

    VaultActs(DiskDesk desk) {
        this.desk = desk;
        this.dialogs = new VaultDialogs(desk);
        this.keys = new KeyDialogs(desk);
        this.removal = new VaultRemoval(desk);
    }

    VaultDialogs dialogs() {
        return dialogs;
    }

    VaultRemoval removal() {
        return removal;
    }

    List<Act> of(Vault vault) {
        if (vault.trashedAt().isPresent()) {
            return List.of(takeBack(vault), purge(vault));
        }
        var acts = new ArrayList<Act>();
        acts.add(backUp(vault));
        acts.add(bind(vault));
        acts.add(policy(vault, () -> {}));
        acts.add(replication(vault, () -> {}));
        acts.add(expand(vault));
        acts.add(rename(vault));
        acts.add(tags(vault));
        if (vault.encrypted()) {
            acts.add(vault.keyed() ? sheet(vault) : unlock(vault));
            if (vault.keyed()) {
                acts.add(passphrase(vault));
            }
        }
        acts.add(verify(vault));
        acts.add(allowed(
                vault,
                VaultAction.MIGRATE,
                Act.of("vault.merge", () -> dialogs.migrate(vault, List.of())).with(Icon.MIGRATE)));
        acts.add(allowed(
                vault,
                VaultAction.COLLECT,
                Act.of("vault.clean", () -> dialogs.clean(vault)).with(Icon.REFRESH)));
        if (vault.beside()) {
            acts.add(keep(vault));
        }
        if (vault.lock().isEmpty()) {
            acts.add(lock(vault));
        }
        acts.add(delete(vault));
        return acts;
    }

    Act backUp(Vault vault) {
        Act act = Act.of("vault.back-up", () -> desk.elsewhere().backUp(vault.id(), List.of()))
                .with(Icon.BACKUP);
        Optional<Sentence> whyNot = VaultAction.BACK_UP.refusal(vault).map(Sentence::explaining);
        return act.unless(whyNot.or(() -> vault.disks().isEmpty()
                ? Optional.of(Sentence.of("vault.back-up.nothing", "vault", vault.name()))
                : Optional.empty()));
    }

    Act bind(Vault vault) {
        return allowed(
                vault,
                VaultAction.BIND,
                Act.of("vault.bind", () -> dialogs.bind(vault)).with(Icon.BIND));
    }

    /** Binds a policy, another one, or none; {@code done} is called when that is done. */
    Act policy(Vault vault, Runnable done) {
        return allowed(
                vault,
                VaultAction.BIND_POLICY,
                Act.of(
                                "vault.policy.bind",
                                () -> new ChoosePolicy(desk.services().policies(), desk.background(), desk.dialogs())
                                        .open(vault, PolicyKind.BACKUP, done))
                        .with(Icon.POLICY));
    }

    /** Binds a policy of replication, another one, or none; {@code done} is called when that is done. */
    Act replication(Vault vault, Runnable done) {
        return allowed(
                vault,
                VaultAction.BIND_POLICY,
                Act.of(
                                "vault.replication.bind",
                                () -> new ChoosePolicy(desk.services().policies(), desk.background(), desk.dialogs())
                                        .open(vault, PolicyKind.REPLICATION, done))
                        .with(Icon.COPY));
    }

    /** Takes its policy away, after a question; {@code done} is called when that is done. */
    Act unbindPolicy(Vault vault, Policy policy, Runnable done) {
        Act act = Act.of("vault.policy.unbind", () -> {
            Question question = Question.plain(
                    Sentence.of("vault.policy.unbind.title", "policy", policy.name(), "vault", vault.name()),
                    Sentence.of("vault.policy.unbind"),
                    Sentence.of("vault.policy.unbind.by-hand"),
                    Sentence.of("policies.delete.stays"));
            if (desk.dialogs().confirm(question)) {
                desk.background()
                        .work(() -> desk.services().policies().unbind(vault.id()))
                        .then(left -> done.run())
                        .onError(desk.dialogs()::error)
                        .start();
            }
        });
        return allowed(vault, VaultAction.EDIT, act);
    }

    /** Lets disks bind themselves, or no longer; {@code done} is called when that is decided. */
    Act autoBind(Vault vault, Optional<AutoBindRule> rule, Runnable done) {
        return allowed(vault, VaultAction.EDIT, Act.of("vault.auto-bind", () -> dialogs.autoBind(vault, rule, done)));
    }

    Act expand(Vault vault) {
        return allowed(
                vault,
                VaultAction.EXPAND,
                Act.of("vault.expand", () -> dialogs.expand(vault)).with(Icon.EXPAND));
    }

    Act rename(Vault vault) {
        return allowed(
                vault,
                VaultAction.EDIT,
                Act.of("vault.rename", () -> dialogs.rename(vault)).with(Icon.EDIT));
    }

    Act tags(Vault vault) {
        return allowed(
                vault,
                VaultAction.EDIT,
                Act.of("vault.tags", () -> dialogs.tags(vault)).with(Icon.TAG));
    }

    Act sheet(Vault vault) {
        return allowed(
                vault,
                VaultAction.KEY,
                Act.of("vault.sheet", () -> keys.sheet(vault)).with(Icon.KEY));
    }

    Act passphrase(Vault vault) {
        return allowed(
                vault,
                VaultAction.KEY,
                Act.of("vault.passphrase", () -> keys.passphrase(vault)).with(Icon.LOCKED));
    }

    Act unlock(Vault vault) {
        return allowed(
                vault,
                VaultAction.KEY,
                Act.of("vault.unlock", () -> keys.unlock(vault)).with(Icon.KEY));
    }

    Act verify(Vault vault) {
        return allowed(
                vault,
                VaultAction.VERIFY,
                Act.of("vault.verify", () -> desk.elsewhere().verify(vault)).with(Icon.VERIFY));
    }

    /** Reads every byte of the damaged backups and puts back what their copies still have. */
    Act heal(Vault vault) {
        return allowed(
                vault,
                VaultAction.VERIFY,
                Act.of(
                        "vault.heal",
                        () -> desk.background()
                                .act(() -> desk.services().verification().heal(vault.id()))
                                .then(done -> desk.elsewhere()
                                        .tell(
                                                Sentence.of("vault.heal.started", "vault", vault.name()),
                                                Optional.empty()))
                                .onError(desk.dialogs()::error)
                                .start()));
    }

    Act keep(Vault vault) {
        return allowed(
                vault,
                VaultAction.EDIT,
                Act.of("vault.keep", () -> removal.keep(vault)).with(Icon.SHIELD));
    }

    Act lock(Vault vault) {
        return allowed(
                vault,
                VaultAction.LOCK,
                Act.of("vault.lock", () -> removal.lock(vault))
                        .with(Icon.SHIELD)
                        .asDangerous());
    }

    Act delete(Vault vault) {
        return allowed(
                vault,
                VaultAction.DELETE,
                Act.of("vault.delete", () -> removal.delete(vault, () -> {}))
                        .with(Icon.DELETE)
                        .asDangerous());
    }

    private Act takeBack(Vault vault) {
        return Act.of("vault.take-back", () -> removal.takeBack(vault)).with(Icon.RESTORE);
    }

    private Act purge(Vault vault) {
        return Act.of("vault.purge", () -> removal.purge(vault))
                .with(Icon.DELETE)
                .asDangerous();
    }

    private static Act allowed(Vault vault, VaultAction action, Act act) {
        return act.unless(action.refusal(vault).map(Sentence::explaining));
    }
}
