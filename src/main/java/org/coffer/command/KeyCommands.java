package org.coffer.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultKeys;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Language;
import org.coffer.text.RecoverySheet;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key}: what opens vaults on other computers. */
@Command(name = "key", addMethodSubcommands = false)
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
            @Option(names = "--save", paramLabel = "FILE") @Nullable Path file,
            @Option(names = "--saved") boolean saved) {
        Vault vault = lookup.vault(typed);
        VaultKeys.Sheet key = keys().sheet(vault.id());
        RecoverySheet sheet = new RecoverySheet(
                key.vault(), key.id().toString(), key.location(), key.where(), key.code(), key.encrypted(), key.made());
        if (file != null) {
            context.writeSecret(file, sheet.html(inAllLanguages()));
        }
        context.output()
                .show(
                        fields(key).with("savedTo", file == null ? null : context.path(file)),
                        file == null
                                ? sheet.plain(text).stripTrailing()
                                : text.get("recovery.saved", "path", context.path(file)));
        if (file != null || saved) {
            keys().sheetSaved(vault.id());
        } else {
            context.output().note(text.get("command.key.keep"));
        }
        return ExitStatus.DONE;
    }

    private List<Text> inAllLanguages() {
        return Stream.of(Language.values())
                .map(language -> Text.of(language, context.clock()))
                .toList();
    }

    private static Fields fields(VaultKeys.Sheet key) {
        return new Fields()
                .with("vault", key.vault())
                .with("id", key.id())
                .with("location", key.location())
                .with("path", key.where())
                .with("code", key.code())
                .with("encrypted", key.encrypted())
                .with("made", key.made());
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
