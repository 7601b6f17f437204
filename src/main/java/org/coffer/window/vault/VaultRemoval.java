package org.coffer.window.vault;

import java.util.List;
import java.util.Optional;
import org.coffer.console.Console;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;

/** Deleting vaults, into the trash, back out of it, for ever (V12, G6); and keeping them from it (V16). */
final class VaultRemoval {
    private final DiskDesk desk;
    private final Console services;

    VaultRemoval(DiskDesk desk) {
        this.desk = desk;
        this.services = desk.services();
    }

    /** Asks for the vault's name and puts it into the trash; {@code then} runs if it was. */
    void delete(Vault vault, Runnable then) {
        desk.background()
                .work(() -> {
                    Optional<Problem> refusal = services.trash().refusal(vault.id());
                    if (refusal.isPresent()) {
                        throw new ProblemException(refusal.get());
                    }
                    return services.backups().count(BackupFilter.ALL.inVault(vault.id()));
                })
                .then(backups -> askToDelete(vault, backups, then))
                .onError(desk.dialogs()::error)
                .start();
    }

    private void askToDelete(Vault vault, long backups, Runnable then) {
        int days = org.coffer.console.vault.Vaults.TRASH_DAYS;
        Question question = Question.dangerous(
                Sentence.of("vault.delete.title", "vault", vault.name()),
                Sentence.of("vault.delete.act"),
                backups == 0
                        ? Sentence.of("vault.delete.empty")
                        : Sentence.of("vault.delete.contents", "n", backups, "bytes", vault.used()),
                backups == 0
                        ? Sentence.of("vault.delete.rests.empty", "days", days)
                        : Sentence.of("vault.delete.rests", "days", days));
        if (!desk.dialogs().confirmByName(question, vault.name())) {
            return;
        }
        desk.background()
                .act(() -> services.trash().delete(vault.id(), vault.name()))
                .then(done -> {
                    desk.elsewhere()
                            .tell(
                                    Sentence.of("vault.delete.done", "vault", vault.name()),
                                    Optional.of(Act.of("vault.delete.undo", () -> takeBack(vault))
                                            .with(Icon.RESTORE)));
                    then.run();
                })
                .onError(desk.dialogs()::error)
                .start();
    }

    /** Asks whether all other consoles are gone for good, and keeps the vault here if they are. */
    void keep(Vault vault) {
        Question question = new Question(
                Sentence.of("vault.keep.title", "vault", vault.name()),
                List.of(Sentence.of("vault.keep.gone"), Sentence.of("vault.keep.line")),
                Sentence.of("vault.keep.act"),
                true);
        if (!desk.dialogs().confirm(question)) {
            return;
        }
        desk.background()
                .act(() -> services.attaching().keep(vault.id()))
                .then(done ->
                        desk.elsewhere().tell(Sentence.of("vault.keep.done", "vault", vault.name()), Optional.empty()))
                .onError(desk.dialogs()::error)
                .start();
    }

    /** Says what it means, asks for the vault's name, and sets its retention lock. */
    void lock(Vault vault) {
        desk.background()
                .work(() ->
                        services.locations().get(vault.locationId()).address().retains())
                .then(enforced -> askToLock(vault, enforced))
                .onError(desk.dialogs()::error)
                .start();
    }

    private void askToLock(Vault vault, boolean enforced) {
        Question question = Question.dangerous(
                Sentence.of("vault.lock.title", "vault", vault.name()),
                Sentence.of("vault.lock.act"),
                Sentence.of("vault.lock.final"),
                Sentence.of("vault.lock.line"),
                Sentence.of("vault.lock.room"),
                enforced
                        ? Sentence.of("vault.lock.enforced")
                        : Sentence.of("vault.lock.advisory", "location", vault.locationName()));
        if (desk.dialogs().confirmByName(question, vault.name())) {
            desk.background()
                    .act(() -> services.vaults().lock(vault.id(), vault.name()))
                    .then(done -> desk.elsewhere()
                            .tell(Sentence.of("vault.lock.done", "vault", vault.name()), Optional.empty()))
                    .onError(desk.dialogs()::error)
                    .start();
        }
    }

    /** Takes a vault back out of the trash. */
    void takeBack(Vault vault) {
        desk.background()
                .act(() -> services.trash().restore(vault.id()))
                .then(done -> desk.elsewhere()
                        .tell(Sentence.of("vault.take-back.done", "vault", vault.name()), Optional.empty()))
                .onError(desk.dialogs()::error)
                .start();
    }

    /** Asks for the vault's name and deletes it for ever. */
    void purge(Vault vault) {
        Question question = Question.dangerous(
                Sentence.of("vault.purge.title", "vault", vault.name()),
                Sentence.of("vault.purge.act"),
                Sentence.of("vault.purge.lost", "bytes", vault.used()));
        if (desk.dialogs().confirmByName(question, vault.name())) {
            desk.background()
                    .act(() -> services.trash().purge(vault.id()))
                    .then(done -> desk.elsewhere()
                            .tell(Sentence.of("vault.purge.started", "vault", vault.name()), Optional.empty()))
                    .onError(desk.dialogs()::error)
                    .start();
        }
    }
}
