package org.coffer.command;

import java.util.concurrent.Callable;
import org.coffer.console.overview.Attention;
import org.coffer.console.overview.Overview;
import org.coffer.text.Text;
import picocli.CommandLine.Command;

/** {@code overview}: am I safe, what runs, what must I do. */
@Command(name = "overview")
final class OverviewCommand implements Callable<Integer> {
    /** How many of the next runs scripts are told. */
    private static final int NEXT_RUNS = 10;

    private final Context context;
    private final Text text;

    OverviewCommand(Context context) {
        this.context = context;
        this.text = context.text();
    }

    @Override
    public Integer call() {
        context.services().disks().refresh();
        Overview now = context.services().overviews().now();
        if (context.output().json()) {
            context.output().show(fields(now), "");
            return ExitStatus.DONE;
        }
        StringBuilder all = new StringBuilder(text.word(now.verdict())).append('\n');
        all.append(text.get(
                "command.overview.numbers",
                "protected",
                now.protectedDisks(),
                "disks",
                now.disks(),
                "stored",
                now.stored(),
                "vaults",
                now.vaults().size(),
                "running",
                now.running().size()));
        now.needs().forEach(need -> all.append("\n  • ").append(words(text, need)));
        context.services()
                .policies()
                .agenda()
                .upcoming(1)
                .forEach(run -> all.append('\n')
                        .append(text.get(
                                "command.overview.next",
                                "policy",
                                run.policy().name(),
                                "vault",
                                run.vault().name(),
                                "at",
                                run.at())));
        context.output().show(new Fields(), all.toString());
        return ExitStatus.DONE;
    }

    /** What needs somebody: {@code The last backup of web failed}. */
    static String words(Text text, Attention need) {
        return text.get("word.overview.kind." + Fields.word(need.kind()), "name", need.name(), "number", need.number());
    }

    private Fields fields(Overview now) {
        return new Fields()
                .with("verdict", now.verdict())
                .with("disks", now.disks())
                .with("protectedDisks", now.protectedDisks())
                .with("oldestGood", now.oldestGood())
                .with("storedBytes", now.stored())
                .with(
                        "needs",
                        now.needs().stream()
                                .map(need -> new Fields()
                                        .with("kind", need.kind())
                                        .with("name", need.name())
                                        .with("message", words(text, need)))
                                .toList())
                .with(
                        "running",
                        now.running().stream()
                                .map(task -> TaskView.fields(task, text))
                                .toList())
                .with(
                        "nextRuns",
                        context.services().policies().agenda().upcoming(NEXT_RUNS).stream()
                                .map(run -> new Fields()
                                        .with("policy", run.policy().name())
                                        .with("vault", run.vault().name())
                                        .with("at", run.at()))
                                .toList())
                .with("vaults", now.vaults().stream().map(vault -> vault.name()).toList());
    }
}
