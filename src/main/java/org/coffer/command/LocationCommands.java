package org.coffer.command;

import java.nio.file.Path;
import java.util.List;
import org.coffer.console.location.Address;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.location.TestStep;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code location}: the places where vaults live. */
@Command(name = "location")
final class LocationCommands {
    private final Context context;
    private final Text text;
    private final Lookup lookup;

    LocationCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
    }

    @Command(name = "add")
    int add(
            @Parameters(paramLabel = "NAME", descriptionKey = "NAME") String name,
            @Option(names = "--folder", paramLabel = "DIR", required = true) Path folder,
            @Option(names = "--region", paramLabel = "REGION") @Nullable String region,
            @Option(names = "--limit", paramLabel = "SIZE") @Nullable String limit) {
        Location added = context.services()
                .locations()
                .add(new NewLocation(
                        name,
                        new Address.Folder(folder),
                        region == null ? "" : region,
                        limit == null ? 0 : limit(limit)));
        context.output()
                .show(
                        fields(added),
                        text.get("command.location.added", "name", added.name(), "free", added.freeBytes()));
        return ExitStatus.DONE;
    }

    @Command(name = "list")
    int list() {
        Table table = new Table()
                .words(text.get("command.column.name"))
                .words(text.get("command.column.status"))
                .numbers(text.get("command.column.free"))
                .words(text.get("command.column.path"));
        List<Location> all = context.services().locations().list();
        all.forEach(
                location -> table.row(location.name(), text.word(location.status()), free(location), location.where()));
        context.output()
                .show(all.stream().map(LocationCommands::fields).toList(), table, text.get("command.location.none"));
        return ExitStatus.DONE;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed) {
        Location location = lookup.location(typed);
        Table details = new Table().words("").words("");
        details.row(text.get("command.column.name"), location.name())
                .row(text.get("command.column.id"), location.id().toString())
                .row(text.get("command.column.kind"), text.word(location.kind()))
                .row(text.get("command.column.path"), location.where())
                .row(text.get("command.column.status"), text.word(location.status()))
                .row(text.get("command.column.free"), free(location))
                .row(
                        text.get("command.column.limit"),
                        location.limit() == 0 ? "—" : text.get("command.location.limit", "mb", location.limit()));
        context.output().show(fields(location), details);
        location.problem()
                .ifPresent(
                        problem -> context.output().note(text.explain(problem).line()));
        return ExitStatus.DONE;
    }

    @Command(name = "set")
    int set(
            @Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed,
            @Option(names = "--limit", paramLabel = "SIZE", required = true) String limit) {
        Location now =
                context.services().locations().limit(lookup.location(typed).id(), limit(limit));
        context.output()
                .show(
                        fields(now),
                        now.limit() == 0
                                ? text.get("command.location.unlimited", "name", now.name())
                                : text.get("command.location.limited", "name", now.name(), "mb", now.limit()));
        return ExitStatus.DONE;
    }

    /** A size a second; {@code none} and 0 take the limit away. */
    static long limit(String typed) {
        return typed.equalsIgnoreCase("none") ? 0 : Sizes.megabytes(typed);
    }

    @Command(name = "test")
    int test(@Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed) {
        Location location = lookup.location(typed);
        List<TestStep> steps = context.services().locations().test(location.address());
        for (TestStep step : steps) {
            context.output().note((step.passed() ? "✓ " : "✗ ") + text.word(step.act()));
        }
        steps.stream().flatMap(step -> step.problem().stream()).findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        context.output().show(fields(location), text.get("command.location.tested", "name", location.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "remove")
    int remove(@Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed) {
        Location location = lookup.location(typed);
        context.services().locations().remove(location.id());
        context.output().show(fields(location), text.get("command.location.removed", "name", location.name()));
        return ExitStatus.DONE;
    }

    private String free(Location location) {
        return location.freeBytes() < 0 ? "—" : text.formats().size(location.freeBytes());
    }

    private static Fields fields(Location location) {
        return new Fields()
                .with("id", location.id())
                .with("name", location.name())
                .with("kind", location.kind())
                .with("path", location.where())
                .with("region", location.region())
                .with("status", location.status())
                .with("freeBytes", location.freeBytes() < 0 ? null : location.freeBytes())
                .with("limitBytesPerSecond", location.limit() == 0 ? null : location.limit() * Location.MB);
    }
}
