package org.coffer.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.coffer.console.attach.Attached;
import org.coffer.console.attach.Attaching;
import org.coffer.console.location.Location;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Remembered;
import org.coffer.console.vault.Stranger;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code location attach}: brings back the vaults that lie in a location (V17). */
final class AttachCommand {
    private final Context context;
    private final Text text;
    private final Attaching attaching;

    AttachCommand(Context context) {
        this.context = context;
        this.text = context.text();
        this.attaching = context.services().attaching();
    }

    /** What became of the console that kept the vaults so far. */
    static final class FormerOwner {
        @Option(names = "--yes")
        boolean gone;

        @Option(names = "--beside")
        boolean stays;
    }

    /** Vaults that were opened, and why others were not. */
    private record Found(List<OpenedStranger> opened, List<Stranger> known, List<Fields> refused, List<Problem> why) {}

    int attach(Location location, @Nullable FormerOwner owner, @Nullable Path passphraseFile) {
        List<Stranger> strangers = attaching.find(location.id());
        if (strangers.isEmpty()) {
            throw new ProblemException(Problem.of("attach.none", "location", location.name()));
        }
        Found found = open(strangers, passphraseFile);
        try {
            if (found.opened().isEmpty() && found.known().isEmpty()) {
                throw new ProblemException(found.why().getFirst());
            }
            ask(found.opened(), owner);
            boolean gone = owner == null || !owner.stays;
            List<Attached> attached = found.opened().stream()
                    .map(opened -> attaching.attach(opened, gone))
                    .toList();
            show(location, found, attached);
        } finally {
            found.opened().forEach(OpenedStranger::close);
        }
        return ExitStatus.DONE;
    }

    private Found open(List<Stranger> strangers, @Nullable Path passphraseFile) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        boolean locked = strangers.stream()
                .anyMatch(one -> one.encrypted() && one.problem().isEmpty());
        Optional<char[]> secret = locked
                ? Optional.of(new Passphrases(context).required(passphraseFile, text.get("command.vault.secret")))
                : Optional.empty();
        try {
            for (Stranger one : strangers) {
                open(one, secret, found);
            }
        } finally {
            secret.ifPresent(chars -> Arrays.fill(chars, '\0'));
        }
        return found;
    }

    /** One that cannot be opened keeps no other from being brought back; a location that fails does. */
    private void open(Stranger one, Optional<char[]> secret, Found found) {
        if (one.problem()
                .filter(problem -> problem.code().equals("vault.known"))
                .isPresent()) {
            found.known().add(one);
            return;
        }
        try {
            found.opened().add(attaching.open(one, secret));
        } catch (ProblemException e) {
            found.why().add(e.problem());
            found.refused()
                    .add(new Fields()
                            .with("folder", one.folder())
                            .with("state", "refused")
                            .with("error", Fields.of(e.problem(), text)));
        }
    }

    /** Asked only where another console kept one of them. */
    private void ask(List<OpenedStranger> opened, @Nullable FormerOwner owner) {
        List<Remembered.Owner> former = opened.stream()
                .flatMap(one -> attaching.formerOwner(one).stream())
                .distinct()
                .toList();
        if (former.isEmpty() || (owner != null && owner.stays)) {
            return;
        }
        List<String> hosts =
                former.stream().map(Remembered.Owner::host).distinct().toList();
        context.confirm(
                owner != null && owner.gone,
                text.get("command.location.attach.question", "n", opened.size(), "hosts", hosts));
    }

    private void show(Location location, Found found, List<Attached> attached) {
        List<Fields> rows = new ArrayList<>();
        attached.forEach(one -> rows.add(fields(one)));
        found.known().forEach(one -> rows.add(known(one)));
        rows.addAll(found.refused());
        found.why()
                .forEach(problem -> context.output().note(text.explain(problem).line()));
        attached.stream()
                .flatMap(one -> one.notes().stream())
                .forEach(note -> context.output().note(text.explain(note).line()));
        String sentence = attached.isEmpty()
                ? text.get("command.location.attach.nothing", "location", location.name())
                : text.get(
                        "command.location.attach.done",
                        "n",
                        attached.size(),
                        "names",
                        attached.stream().map(one -> one.vault().name()).toList(),
                        "backups",
                        attached.stream().mapToInt(Attached::backups).sum());
        context.output().show(new Fields().with("location", location.name()).with("vaults", rows), sentence);
    }

    private Fields fields(Attached one) {
        return new Fields()
                .with("id", one.vault().id())
                .with("name", one.vault().name())
                .with("state", "attached")
                .with("backups", one.backups())
                .with(
                        "disks",
                        one.vault().disks().stream()
                                .map(disk ->
                                        context.services().disks().get(disk).name())
                                .toList())
                .with("tags", one.vault().tags())
                .with("policy", one.policy().map(Policy::name))
                .with("policyEnabled", one.policy().map(Policy::enabled))
                .with(
                        "notes",
                        one.notes().stream().map(note -> Fields.of(note, text)).toList());
    }

    private Fields known(Stranger one) {
        return new Fields()
                .with("id", one.known().orElseThrow())
                .with(
                        "name",
                        context.services()
                                .vaults()
                                .get(one.known().orElseThrow())
                                .name())
                .with("state", "known");
    }
}
