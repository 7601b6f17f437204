package org.coffer.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.policy.EditEffect;
import org.coffer.console.policy.Farewell;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.SlotFate;
import org.coffer.console.policy.SlotRun;
import org.coffer.console.policy.Undated;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policy}: backups that happen by themselves, and go when they should. */
@Command(name = "policy", addMethodSubcommands = false)
final class PolicyCommands {
    private final Context context;
    private final Text text;
    private final Lookup lookup;
    private final PolicyView view;

    PolicyCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
        this.view = new PolicyView(context);
    }

    private Policies policies() {
        return context.services().policies();
    }

    @Command(name = "create")
    int create(
            @Parameters(paramLabel = "NAME", descriptionKey = "NAME") String name,
            @Mixin PlanOptions options,
            @Option(names = "--disabled") boolean disabled) {
        PolicyPlan plan =
                options.fresh(name, context.services().clock().getZone()).enabled(!disabled);
        Policy made = policies().create(options.to(plan, lookup));
        view.show(made, text.get("command.policy.created", "name", made.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "list")
    int list() {
        view.list(policies().list());
        return ExitStatus.DONE;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed) {
        view.details(lookup.policy(typed));
        return ExitStatus.DONE;
    }

    @Command(name = "edit")
    int edit(
            @Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed,
            @Mixin PlanOptions options,
            @Option(names = "--name", paramLabel = "NAME") @Nullable String name,
            @Option(names = "--restart") boolean restart,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        Policy before = lookup.policy(typed);
        PolicyPlan plan = options.to(options.over(before.plan()), lookup);
        PolicyPlan named = name == null ? plan : plan.named(name);
        policies().problems(named, Optional.of(before.id())).values().stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        confirm(before, named, yes);
        Policy after = policies().edit(before.id(), named, restart);
        view.show(after, text.get("command.policy.changed", "name", after.name()));
        if (Undated.leaves(before.plan(), after.plan())) {
            offerDates(after);
        }
        return ExitStatus.DONE;
    }

    /** Earlier backups have no date and stay, unless they are given one (P7). */
    private void offerDates(Policy policy) {
        var undated = new Undated(
                policies(), context.services().backups(), context.services().clock());
        List<Undated.Dated> found = undated.find(policy);
        if (!found.isEmpty()) {
            context.output().note(text.get("command.policy.undated", "n", found.size()));
        }
    }

    /** Asks if an edit lets backups go. */
    private void confirm(Policy before, PolicyPlan wanted, boolean yes) {
        EditEffect effect = context.services().simulator().effect(before.id(), wanted);
        if (effect.count() > 0) {
            context.confirm(
                    yes,
                    text.get(
                            "command.policy.deletes",
                            "name",
                            before.name(),
                            "n",
                            effect.count(),
                            "frees",
                            effect.frees()));
        }
    }

    @Command(name = "enable")
    int enable(
            @Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        Policy before = lookup.policy(typed);
        confirm(before, before.plan().enabled(true), yes);
        Policy after = policies().enable(before.id(), true);
        view.show(after, text.get("command.policy.enabled", "name", after.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "disable")
    int disable(@Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed) {
        Policy after = policies().enable(lookup.policy(typed).id(), false);
        view.show(after, text.get("command.policy.disabled", "name", after.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "delete")
    int delete(
            @Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        Policy policy = lookup.policy(typed);
        context.confirm(yes, farewell(policy));
        policies().delete(policy.id());
        view.show(policy, text.get("command.policy.deleted", "name", policy.name()));
        return ExitStatus.DONE;
    }

    private String farewell(Policy policy) {
        List<String> vaults =
                policies().vaultsOf(policy.id()).stream().map(Vault::name).toList();
        Farewell farewell = context.services().simulator().farewell(policy.id());
        List<String> words = new ArrayList<>();
        words.add(text.get("command.policy.confirm", "name", policy.name()));
        if (!vaults.isEmpty()) {
            words.add(text.get(
                    policy.kind() == PolicyKind.REPLICATION
                            ? "policies.delete.vaults.copies"
                            : "policies.delete.vaults",
                    "n",
                    vaults.size(),
                    "names",
                    vaults));
        }
        farewell.first()
                .ifPresent(first -> words.add(
                        text.get("policies.delete.dated", "n", farewell.dated().size(), "first", first)));
        if (!farewell.staying().isEmpty()) {
            words.add(
                    text.get("policies.delete.staying", "n", farewell.staying().size()));
        }
        return String.join(" ", words);
    }

    @Command(name = "bind")
    int bind(
            @Parameters(index = "0", paramLabel = "POLICY", descriptionKey = "POLICY") String typed,
            @Parameters(index = "1", paramLabel = "VAULT", descriptionKey = "VAULT") String typedVault) {
        Policy policy = lookup.policy(typed);
        Vault vault = lookup.vault(typedVault);
        Optional<Policy> left = policies().bind(policy.id(), vault.id());
        view.show(policy, text.get("command.policy.bound", "name", policy.name(), "vault", vault.name()));
        left.ifPresent(other ->
                context.output().note(text.get("command.policy.left", "name", other.name(), "vault", vault.name())));
        return ExitStatus.DONE;
    }

    @Command(name = "unbind")
    int unbind(
            @Parameters(paramLabel = "VAULT", descriptionKey = "VAULT") String typed,
            @Option(names = "--replication") boolean replication) {
        Vault vault = lookup.vault(typed);
        Policy policy = policies().unbind(vault.id(), replication ? PolicyKind.REPLICATION : PolicyKind.BACKUP);
        view.show(policy, text.get("command.policy.unbound", "name", policy.name(), "vault", vault.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "run")
    int run(
            @Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed,
            @Option(names = "--resource", paramLabel = "DISK", descriptionKey = "DISK", arity = "1..*") @Nullable
                    List<String> resources,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Policy policy = lookup.policy(typed);
        policies()
                .agenda()
                .soon(policy.id())
                .map(soon -> text.explain(soon).line())
                .ifPresent(context.output()::note);
        List<UUID> chosen = resources == null ? List.of() : lookup.disks(resources);
        List<Task> started = policies().byHand().run(policy.id(), chosen);
        List<Task> shown = noWait ? started : new Waits(context).all(started);
        new BackupView(context).made(shown, noWait);
        shown.stream()
                .filter(task -> task.status().ended())
                .flatMap(task -> Waits.failure(task).stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        return ExitStatus.DONE;
    }

    @Command(name = "asked")
    int asked() {
        view.slots(asked(Optional.empty(), Optional.empty()), text.get("command.policy.asked.none"));
        return ExitStatus.DONE;
    }

    private List<SlotRun> asked(Optional<UUID> policy, Optional<UUID> vault) {
        return context.services().scheduler().open().stream()
                .filter(slot -> slot.fate() == SlotFate.ASKED)
                .filter(slot -> policy.isEmpty() || policy.get().equals(slot.policy()))
                .filter(slot -> vault.isEmpty() || vault.get().equals(slot.vault()))
                .toList();
    }

    /** What is answered. */
    static final class Answer {
        @Option(names = "--run", required = true)
        boolean run;

        @Option(names = "--skip", required = true)
        boolean skip;
    }

    @Command(name = "answer")
    int answer(
            @Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed,
            @ArgGroup(exclusive = true, multiplicity = "1") Answer answer,
            @Option(names = "--vault", paramLabel = "VAULT", descriptionKey = "VAULT") @Nullable String typedVault,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Policy policy = lookup.policy(typed);
        Optional<UUID> vault =
                Optional.ofNullable(typedVault).map(one -> lookup.vault(one).id());
        List<SlotRun> questions = asked(Optional.of(policy.id()), vault);
        if (questions.isEmpty()) {
            throw new ProblemException(Problem.of("policy.not-asked", "policy", policy.name()));
        }
        List<SlotRun> answered = questions.stream()
                .flatMap(slot -> context.services().scheduler().answer(slot, answer.run).stream())
                .toList();
        if (!noWait) {
            // What this process starts ends with it.
            new Waits(context).all(answered.stream().flatMap(this::begun).toList());
        }
        view.slots(answered, "");
        return ExitStatus.DONE;
    }

    /** The tasks of a slot that was started. */
    private Stream<Task> begun(SlotRun slot) {
        Backup.Automatic from = new Backup.Automatic(slot.policy(), slot.slot());
        UUID where = policies()
                .find(slot.policy())
                .flatMap(policy -> policy.plan().target())
                .orElse(slot.vault());
        return context.services().backups().ofVault(where).stream()
                .filter(backup -> backup.automatic().equals(Optional.of(from)))
                .flatMap(backup -> backup.taskId().stream())
                .flatMap(task -> context.services().tasks().find(task).stream());
    }

    @Command(name = "believe-clock")
    int believeClock(@Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        context.services().simulator().clockDoubt().ifPresent(doubt -> {
            context.confirm(
                    yes,
                    text.get(
                            doubt.gone().isEmpty() ? "command.policy.believe.none" : "command.policy.believe",
                            "now",
                            doubt.now(),
                            "before",
                            doubt.trusted(),
                            "n",
                            doubt.gone().size(),
                            "frees",
                            doubt.frees()));
            context.services().clockWatch().believe();
        });
        context.output().note(text.get("command.policy.believed"));
        return ExitStatus.DONE;
    }

    @Command(name = "preview")
    int preview(
            @Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed,
            @Option(names = "--from", paramLabel = "TIME") @Nullable Instant from,
            @Option(names = "--count", paramLabel = "N", defaultValue = "10") int count) {
        Policy policy = lookup.policy(typed);
        Instant since = from == null ? context.services().clock().instant() : from.minusMillis(1);
        if (count < 1) {
            throw PlanOptions.unreadable("--count", Integer.toString(count), null);
        }
        view.runs(policy, policies().agenda().nextRuns(policy, since, Math.min(count, 1000)));
        return ExitStatus.DONE;
    }

    @Command(name = "simulate")
    int simulate(
            @Parameters(paramLabel = "POLICY", descriptionKey = "POLICY") String typed,
            @Option(names = "--resource", paramLabel = "DISK", descriptionKey = "DISK", required = true)
                    String resource,
            @Option(names = "--at", paramLabel = "TIME") @Nullable Instant at,
            @Option(names = "--vault", paramLabel = "VAULT") @Nullable String in,
            @Option(names = "--edit") boolean edit,
            @Option(names = "--restart") boolean restart,
            @Mixin PlanOptions options) {
        Policy policy = lookup.policy(typed);
        Disk disk = lookup.disk(resource);
        UUID vault = in == null ? holding(disk) : lookup.vault(in).id();
        PolicyPlan plan = options.over(policy.plan());
        if (!edit && (restart || !plan.equals(policy.plan()))) {
            throw new ProblemException(Problem.of("policy.edit-only", "policy", policy.name()));
        }
        policies().problems(plan, Optional.of(policy.id())).values().stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        Instant shown = at == null ? context.services().clock().instant() : at;
        Policy edited = policies().edited(policy, plan, restart);
        view.simulation(context.services().simulator().look(edited, vault, disk.id(), shown));
        return ExitStatus.DONE;
    }

    /** The vault to which a disk is bound; of one that is not, the vault with its newest backup, which was left there. */
    private UUID holding(Disk disk) {
        return context.services()
                .vaults()
                .bindings()
                .vaultOf(disk.id())
                .map(Vault::id)
                .or(() ->
                        context
                                .services()
                                .backups()
                                .list(BackupFilter.ALL.ofDisk(disk.id()), BackupSort.NEWEST, 0, 1)
                                .stream()
                                .map(Backup::vaultId)
                                .findFirst())
                .orElseThrow(() -> new ProblemException(Problem.of("policy.disk-unbound", "disk", disk.name())));
    }
}
