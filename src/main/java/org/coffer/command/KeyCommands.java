package org.coffer.command;

import java.nio.file.Path;
import java.util.Arrays;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultKeys;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key}: what opens vaults on other computers. */
@Command(name = "key")
final class KeyCommands {
    private final Context context;
    private final Text text;
    private final Lookup lookup;

    KeyCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
    }

    private VaultKeys keys() {
        return context.services().vaults().keys();
    }

    @Command(name = "show-recovery")
    int showRecovery(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--saved") boolean saved) {
        Vault vault = lookup.vault(typed);
        VaultKeys.Sheet sheet = keys().sheet(vault.id());
        Table details = new Table().words("").words("");
        details.row(text.get("command.column.vault"), sheet.vault())
                .row(text.get("command.column.id"), sheet.id().toString())
                .row(text.get("command.column.location"), sheet.location())
                .row(text.get("command.column.path"), sheet.where())
                .row(text.get("command.column.code"), sheet.code())
                .row(text.get("command.column.made"), text.formats().fullTime(sheet.made()));
        context.output()
                .show(
                        new Fields()
                                .with("vault", sheet.vault())
                                .with("id", sheet.id())
                                .with("location", sheet.location())
                                .with("path", sheet.where())
                                .with("code", sheet.code())
                                .with("encrypted", sheet.encrypted())
                                .with("made", sheet.made()),
                        details);
        if (saved) {
            keys().sheetSaved(vault.id());
        } else {
            context.output().note(text.get("command.key.keep"));
        }
        return ExitStatus.DONE;
    }

    @Command(name = "change-passphrase")
    int changePassphrase(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--passphrase-file", paramLabel = "FILE") @Nullable Path passphraseFile) {
        Vault vault = lookup.vault(typed);
        char[] passphrase = new Passphrases(context)
                .chosen(passphraseFile, text.get("command.key.new"))
                .orElseThrow(() -> new ProblemException(Problem.of("passphrase.missing")));
        try {
            keys().changePassphrase(vault.id(), passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
        new VaultView(context)
                .show(
                        context.services().vaults().get(vault.id()),
                        text.get("command.key.changed", "name", vault.name()));
        return ExitStatus.DONE;
    }
}
