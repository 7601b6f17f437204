package org.coffer.command;

import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.text.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trash}: deleted vaults that can still be taken back. */
@Command(name = "trash", addMethodSubcommands = false)
final class TrashCommands {
    private final Context context;
    private final Text text;
    private final Lookup lookup;

    TrashCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
    }

    @Command(name = "list")
    int list() {
        new VaultView(context)
                .list(context.services().vaults().list(VaultFilter.TRASH), text.get("command.trash.none"));
        return ExitStatus.DONE;
    }

    @Command(name = "restore")
    int restore(@Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed) {
        Vault vault = lookup.vaultInTrash(typed);
        context.services().trash().restore(vault.id());
        new VaultView(context)
                .show(
                        context.services().vaults().get(vault.id()),
                        text.get("command.trash.restored", "name", vault.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "purge")
    int purge(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Vault vault = lookup.vaultInTrash(typed);
        context.confirm(yes, text.get("command.trash.confirm", "name", vault.name(), "used", vault.used()));
        Task task = context.services().trash().purge(vault.id());
        Task shown = noWait ? task : new Waits(context).succeed(task);
        context.output()
                .show(
                        TaskView.fields(shown, text),
                        text.get(
                                noWait ? "command.task.started" : "command.trash.purged",
                                "name",
                                vault.name(),
                                "task",
                                task.id().toString().substring(0, 8)));
        return ExitStatus.DONE;
    }
}
