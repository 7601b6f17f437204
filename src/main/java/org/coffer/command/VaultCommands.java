package org.coffer.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.Console;
import org.coffer.console.backup.BackupTrash;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.location.Location;
import org.coffer.console.policy.Handover;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.VaultStatus;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vault}: the containers of backups. */
@Command(name = "vault", addMethodSubcommands = false)
final class VaultCommands {
    /** What kinds of vault there are so far. */
    enum Type {
        DISK
    }

    /** A switch as it is typed. */
    enum Switch {
        ON,
        OFF
    }

    private final Context context;
    private final Text text;
    private final Lookup lookup;
    private final VaultView view;

    VaultCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
        this.view = new VaultView(context);
    }

    private Vaults vaults() {
        return context.services().vaults();
    }

    @Command(name = "create")
    int create(
            @Parameters(paramLabel = "NAME", descriptionKey = "NAME") String name,
            @Option(names = "--type", paramLabel = "disk", defaultValue = "disk") Type type,
            @Option(names = "--protection", paramLabel = "backup|replication", defaultValue = "backup")
                    Protection protection,
            @Option(names = "--location", paramLabel = "LOCATION", required = true) String location,
            @Option(names = "--capacity", paramLabel = "SIZE", required = true) Sizes.Capacity capacity,
            @Option(names = "--disk", paramLabel = "DISK", arity = "1..*") @Nullable List<String> disks,
            @Option(names = "--description", paramLabel = "TEXT", defaultValue = "") String description,
            @Option(names = "--no-encrypt") boolean plain,
            @Option(names = "--passphrase-file", paramLabel = "FILE") @Nullable Path passphraseFile,
            @Option(names = "--auto-expand") boolean autoExpand,
            @Option(names = "--policy", paramLabel = "POLICY") @Nullable String policy,
            @Option(names = "--backup-prefix", paramLabel = "PREFIX", defaultValue = "") String prefix,
            @Option(names = "--tag", paramLabel = "KEY=VALUE", arity = "1..*") @Nullable Map<String, String> tags) {
        Location where = lookup.location(location);
        List<UUID> chosen = disks == null ? List.of() : lookup.disks(disks);
        Optional<UUID> served =
                Optional.ofNullable(policy).map(one -> lookup.policy(one).id());
        Optional<char[]> passphrase = plain
                ? Optional.empty()
                : new Passphrases(context).chosen(passphraseFile, text.get("command.vault.passphrase"));
        Vault made;
        try {
            NewVault wanted = new NewVault(
                    name,
                    description,
                    where.id(),
                    capacity.gigabytes(),
                    chosen,
                    !plain,
                    passphrase,
                    autoExpand,
                    prefix,
                    tags == null ? Map.of() : tags,
                    protection);
            made = served.isPresent()
                    ? context.services().policies().createVault(wanted, served.get())
                    : vaults().create(wanted);
        } finally {
            passphrase.ifPresent(chars -> Arrays.fill(chars, '\0'));
        }
        view.show(
                made,
                text.get("command.vault.created", "name", made.name(), "location", where.name()),
                vaults().bindings().warnings(where.id(), chosen));
        if (!plain) {
            context.output()
                    .note(
                            passphrase.isPresent()
                                    ? text.get("command.vault.key.passphrase")
                                    : text.get("command.vault.key.alone", "word", Context.word(made.name())));
        }
        return ExitStatus.DONE;
    }

    @Command(name = "list")
    int list(
            @Option(names = "--tag", paramLabel = "KEY=VALUE", arity = "1..*") @Nullable Map<String, String> tags,
            @Option(names = "--status", paramLabel = "STATUS") @Nullable VaultStatus status) {
        view.list(
                vaults().list(new VaultFilter(
                        status == null ? Set.of() : Set.of(status),
                        Optional.empty(),
                        tags == null ? Map.of() : tags,
                        "",
                        false)),
                text.get("command.vault.none"));
        return ExitStatus.DONE;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed) {
        view.details(lookup.vault(typed));
        return ExitStatus.DONE;
    }

    @Command(name = "rename")
    int rename(
            @Parameters(index = "0", paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Parameters(index = "1", paramLabel = "NAME", descriptionKey = "NAME") String name,
            @Option(names = "--description", paramLabel = "TEXT") @Nullable String description) {
        Vault vault = lookup.vault(typed);
        vaults().rename(vault.id(), name, description == null ? vault.description() : description);
        view.show(vaults().get(vault.id()), text.get("command.vault.renamed", "before", vault.name(), "name", name));
        return ExitStatus.DONE;
    }

    @Command(name = "expand")
    int expand(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--by", paramLabel = "SIZE", required = true) Sizes.Capacity by,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Vault vault = lookup.vault(typed);
        Task task = context.services().capacity().expand(vault.id(), by.gigabytes());
        if (noWait) {
            return new TaskView(context).started(task);
        }
        new Waits(context).succeed(task);
        Vault now = vaults().get(vault.id());
        view.show(now, text.get("command.vault.expanded", "name", now.name(), "capacity", now.capacityBytes()));
        return ExitStatus.DONE;
    }

    @Command(name = "set")
    int set(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--auto-expand", paramLabel = "on|off") @Nullable Switch autoExpand,
            @Option(names = "--auto-bind", paramLabel = "PATTERN|off") @Nullable String autoBind,
            @Option(names = "--auto-bind-below", paramLabel = "DIR") @Nullable Path below) {
        Vault vault = lookup.vault(typed);
        if (autoExpand != null) {
            vaults().autoExpand(vault.id(), autoExpand == Switch.ON);
        }
        if (autoBind != null) {
            String folder = below == null ? "" : below.toString();
            vaults().autoBinding()
                    .set(
                            vault.id(),
                            autoBind.equalsIgnoreCase("off")
                                    ? Optional.empty()
                                    : Optional.of(new AutoBindRule(autoBind, folder)));
        }
        view.show(vaults().get(vault.id()), text.get("command.vault.changed", "name", vault.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "tag")
    int tag(
            @Parameters(index = "0", paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Parameters(index = "1..*", paramLabel = "KEY=VALUE", descriptionKey = "TAG") @Nullable
                    Map<String, String> tags,
            @Option(names = "--remove", paramLabel = "KEY", arity = "1..*") @Nullable List<String> removed) {
        Vault vault = lookup.vault(typed);
        Map<String, String> all = new LinkedHashMap<>(vault.tags());
        all.putAll(tags == null ? Map.of() : tags);
        all.keySet().removeAll(removed == null ? Set.of() : Set.copyOf(removed));
        vaults().tag(vault.id(), all);
        view.show(vaults().get(vault.id()), text.get("command.vault.changed", "name", vault.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "bind")
    int bind(
            @Parameters(index = "0", paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "DISK", descriptionKey = "DISK")
                    List<String> disks) {
        Vault vault = lookup.vault(typed);
        List<UUID> chosen = lookup.disks(disks);
        vaults().bindings().bind(vault.id(), chosen);
        view.show(
                vaults().get(vault.id()),
                text.get("command.vault.bound", "n", chosen.size(), "name", vault.name()),
                vaults().bindings().warnings(vault.locationId(), chosen));
        return ExitStatus.DONE;
    }

    @Command(name = "unbind")
    int unbind(
            @Parameters(index = "0", paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "DISK", descriptionKey = "DISK")
                    List<String> disks,
            @Option(names = "--backups", paramLabel = "keep|trash|delete", defaultValue = "keep") Unbinding.Fate fate,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Vault vault = lookup.vault(typed);
        List<UUID> chosen = lookup.disks(disks);
        if (fate == Unbinding.Fate.DELETE) {
            context.confirm(yes, text.get("command.vault.unbind.confirm", "n", chosen.size(), "name", vault.name()));
        }
        List<String> notes = notes(vault, chosen, fate);
        Optional<Task> task = context.services().unbinding().unbind(vault.id(), chosen, fate);
        notes.forEach(context.output()::note);
        if (task.isPresent() && !noWait) {
            new Waits(context).succeed(task.get());
        }
        view.show(
                vaults().get(vault.id()), text.get("command.vault.unbound", "n", chosen.size(), "name", vault.name()));
        return ExitStatus.DONE;
    }

    /** What becomes of the backups of disks that are unbound, and which of the disks a rule takes in again (V14, V8). */
    private List<String> notes(Vault vault, List<UUID> disks, Unbinding.Fate fate) {
        List<String> notes = new ArrayList<>();
        int backups = context.services().unbinding().backups(vault.id(), disks);
        if (backups > 0) {
            notes.add(
                    switch (fate) {
                        case KEEP -> text.get("command.vault.unbind.kept", "n", backups);
                        case TRASH -> text.get("command.vault.unbind.trashed", "n", backups, "days", BackupTrash.DAYS);
                        case DELETE -> text.get("command.vault.unbind.deleted", "n", backups);
                    });
        }
        List<Disk> leaving = disks.stream().map(context.services().disks()::get).toList();
        vaults().autoBinding()
                .again(leaving)
                .forEach((other, fitting) -> notes.add(text.get(
                        "vault.unbind.again",
                        "disks",
                        fitting.stream().map(Disk::name).toList(),
                        "n",
                        fitting.size(),
                        "vault",
                        other.name())));
        return notes;
    }

    @Command(name = "migrate")
    int migrate(
            @Parameters(index = "0", paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "DISK", descriptionKey = "DISK")
                    List<String> disks,
            @Option(names = "--to", paramLabel = "VAULT", descriptionKey = "to", required = true) String to,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        return move(lookup.vault(typed), lookup.disks(disks), lookup.vault(to), noWait);
    }

    @Command(name = "merge")
    int merge(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--into", paramLabel = "VAULT", descriptionKey = "into", required = true) String into,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        return move(lookup.vault(typed), List.of(), lookup.vault(into), noWait);
    }

    /** What becomes of policies, which do not move, and of what another console made. */
    private List<String> notes(Vault from, List<UUID> disks, Vault into) {
        Handover handover = Handover.of(context.services().policies(), from.id(), into.id());
        List<String> notes = new ArrayList<>();
        notes.add(handover.after()
                .makes()
                .map(policy -> text.get(
                        handover.goesOn() ? "vault.migrate.policy.same" : "vault.migrate.policy.other",
                        "policy",
                        policy.name()))
                .orElse(text.get("vault.migrate.policy.none", "vault", into.name())));
        handover.stopsCopying()
                .ifPresent(policy -> notes.add(text.get("vault.migrate.copies.end", "policy", policy.name())));
        handover.beginsCopying()
                .ifPresent(policy -> notes.add(text.get("vault.migrate.copies.begin", "policy", policy.name())));
        long taken = context.services()
                .migrations()
                .preview(from.id(), disks, into.id())
                .taken();
        if (taken > 0) {
            notes.add(text.get("vault.migrate.taken", "n", taken));
        }
        return notes;
    }

    private int move(Vault from, List<UUID> disks, Vault into, boolean noWait) {
        List<String> notes = notes(from, disks, into);
        List<Task> tasks = context.services().migrations().start(from.id(), disks, into.id());
        notes.forEach(context.output()::note);
        if (noWait) {
            TaskView shown = new TaskView(context);
            tasks.forEach(shown::started);
            return ExitStatus.DONE;
        }
        Waits waits = new Waits(context);
        long backups = 0;
        for (Task task : tasks) {
            backups += Waits.number(waits.succeed(task), "backups");
        }
        view.show(
                vaults().get(into.id()),
                text.get(
                        "command.vault.migrated",
                        "n",
                        tasks.size(),
                        "backups",
                        backups,
                        "from",
                        from.name(),
                        "name",
                        into.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "keep")
    int keep(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        Vault vault = lookup.vault(typed);
        context.services().attaching().keepProblem(vault.id()).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        context.confirm(yes, text.get("command.vault.keep.confirm", "name", vault.name()));
        context.services().attaching().keep(vault.id());
        view.show(vaults().get(vault.id()), text.get("vault.keep.done", "vault", vault.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "lock")
    int lock(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        Vault vault = lookup.vault(typed);
        context.confirm(yes, text.get("command.vault.lock.confirm", "name", vault.name()));
        vaults().lock(vault.id(), vault.name());
        view.show(vaults().get(vault.id()), text.get("command.vault.locked", "name", vault.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "delete")
    int delete(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        Vault vault = lookup.vault(typed);
        long backups =
                context.services().backups().count(org.coffer.console.backup.BackupFilter.ALL.inVault(vault.id()));
        context.confirm(yes, text.get("command.vault.delete.confirm", "name", vault.name(), "n", backups));
        context.services().trash().delete(vault.id(), vault.name());
        view.show(
                vaults().get(vault.id()),
                text.get(
                        "command.vault.deleted",
                        "name",
                        vault.name(),
                        "days",
                        Vaults.TRASH_DAYS,
                        "word",
                        Context.word(vault.name())));
        return ExitStatus.DONE;
    }

    @Command(name = "collect")
    int collect(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Vault vault = lookup.vault(typed);
        Task task = context.services().cleaning().start(vault.id());
        if (noWait) {
            return new TaskView(context).started(task);
        }
        long freed = Waits.number(new Waits(context).succeed(task), "freed");
        context.output()
                .show(
                        new Fields()
                                .with("id", vault.id())
                                .with("name", vault.name())
                                .with("task", task.id())
                                .with("freedBytes", freed),
                        text.get("command.vault.collected", "name", vault.name(), "freed", freed));
        return ExitStatus.DONE;
    }

    @Command(name = "verify")
    int verify(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--data", paramLabel = "PERCENT", defaultValue = "0") int percent,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Vault vault = lookup.vault(typed);
        Task task = context.services().verification().start(vault.id(), percent);
        return noWait ? new TaskView(context).started(task) : new VerifyView(context).show(task, vault.name());
    }

    @Command(name = "unlock")
    int unlock(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--passphrase-file", paramLabel = "FILE") @Nullable Path passphraseFile) {
        Vault vault = lookup.vault(typed);
        char[] secret = new Passphrases(context).required(passphraseFile, text.get("command.vault.secret"));
        try {
            vaults().keys().unlock(vault.id(), secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
        view.show(vaults().get(vault.id()), text.get("command.vault.unlocked", "name", vault.name()));
        return ExitStatus.DONE;
    }

    /** The names of disks, for people. */
    static List<String> names(Console services, List<UUID> disks) {
        return disks.stream()
                .map(id -> services.disks().find(id).map(Disk::name).orElse("?"))
                .toList();
    }
}
