package org.coffer.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEntry;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit}: who changed what. */
@Command(name = "audit", addMethodSubcommands = false)
final class AuditCommands {
    private static final int PAGE = 500;

    private final Context context;
    private final Text text;

    AuditCommands(Context context) {
        this.context = context;
        this.text = context.text();
    }

    private Audit audit() {
        return context.services().audit();
    }

    @Command(name = "list")
    int list(
            @Option(names = "--since", paramLabel = "TIME", descriptionKey = "filter.since") @Nullable Instant since,
            @Option(names = "--event", paramLabel = "EVENT", descriptionKey = "filter.event") @Nullable String event) {
        List<AuditEntry> found = matching(since, event);
        Table table = new Table()
                .words(text.get("command.column.time"))
                .words(text.get("command.column.event"))
                .words(text.get("command.column.object"))
                .words(text.get("command.column.who"))
                .words(text.get("command.column.from"))
                .words(text.get("command.column.result"));
        found.forEach(entry -> table.row(
                text.formats().time(entry.at()),
                text.word(entry.event()),
                entry.objectName(),
                entry.caller().who(),
                text.word(entry.caller().from()),
                text.get(entry.succeeded() ? "command.audit.done" : "command.audit.failed")));
        context.output()
                .show(found.stream().map(AuditCommands::fields).toList(), table, text.get("command.audit.none"));
        return ExitStatus.DONE;
    }

    @Command(name = "export")
    int export(
            @Option(names = "--since", paramLabel = "TIME", descriptionKey = "filter.since") @Nullable Instant since,
            @Option(names = "--event", paramLabel = "EVENT", descriptionKey = "filter.event") @Nullable String event) {
        context.output().useJson();
        matching(since, event).forEach(entry -> context.output().show(fields(entry), ""));
        return ExitStatus.DONE;
    }

    @Command(name = "verify")
    int verify() {
        Optional<Long> broken = audit().firstBrokenLine();
        if (broken.isPresent()) {
            throw new ProblemException(Problem.of("audit.broken", "line", broken.get()));
        }
        long lines = audit().count(AuditFilter.ALL);
        context.output()
                .show(
                        new Fields().with("lines", lines).with("whole", true),
                        text.get("command.audit.whole", "n", lines));
        return ExitStatus.DONE;
    }

    private List<AuditEntry> matching(@Nullable Instant since, @Nullable String event) {
        AuditFilter filter = new AuditFilter(
                Optional.ofNullable(event).map(AuditCommands::event), Optional.empty(), Optional.ofNullable(since), "");
        List<AuditEntry> found = new ArrayList<>();
        List<AuditEntry> page;
        do {
            page = audit().list(filter, found.size(), PAGE);
            found.addAll(page);
        } while (page.size() == PAGE);
        return found;
    }

    private static AuditEvent event(String name) {
        return Arrays.stream(AuditEvent.values())
                .filter(event -> event.apiName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of("audit.event", "event", name)));
    }

    private static Fields fields(AuditEntry entry) {
        return new Fields()
                .with("seq", entry.seq())
                .with("at", entry.at())
                .with("event", entry.event().apiName())
                .with("objectType", entry.objectType())
                .with("objectId", entry.objectId())
                .with("objectName", entry.objectName())
                .with("who", entry.caller().who())
                .with("from", entry.caller().from())
                .with("succeeded", entry.succeeded())
                .with("before", entry.before())
                .with("after", entry.after())
                .with("hash", entry.hash());
    }
}
