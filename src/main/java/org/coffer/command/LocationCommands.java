package org.coffer.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.coffer.console.attach.Forgetting;
import org.coffer.console.location.Address;
import org.coffer.console.location.BucketFields;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.location.NewLocation;
import org.coffer.console.location.Secret;
import org.coffer.console.location.TestReport;
import org.coffer.console.location.TestStep;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code location}: the places where vaults live. */
@Command(name = "location", addMethodSubcommands = false)
final class LocationCommands {
    /** The variable that holds the secret key of object storage. */
    private static final String SECRET = "COFFER_S3_SECRET_KEY";

    private static final Map<TestStep.Result, String> MARKS = Map.of(
            TestStep.Result.PASSED, "✓",
            TestStep.Result.FAILED, "✗",
            TestStep.Result.ABSENT, "–",
            TestStep.Result.SKIPPED, "·");

    private final Context context;
    private final Text text;
    private final Lookup lookup;

    LocationCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
    }

    /** Where a new location is. */
    static final class Where {
        @Option(names = "--folder", paramLabel = "DIR", required = true)
        @Nullable
        Path folder;

        @ArgGroup(exclusive = false)
        @Nullable
        BucketOptions bucket;
    }

    @Command(name = "add")
    int add(
            @Parameters(paramLabel = "NAME", descriptionKey = "NAME") String name,
            @ArgGroup(multiplicity = "1") Where where,
            @Option(names = "--region", paramLabel = "REGION") @Nullable String region,
            @Option(names = "--limit", paramLabel = "SIZE") @Nullable String limit) {
        long most = limit == null ? 0 : limit(limit);
        Location added = context.services().locations().add(wanted(name, where, region == null ? "" : region, most));
        context.output()
                .show(
                        fields(added),
                        added.freeBytes() < 0
                                ? text.get("command.location.added.bucket", "name", added.name())
                                : text.get("command.location.added", "name", added.name(), "free", added.freeBytes()));
        return ExitStatus.DONE;
    }

    private NewLocation wanted(String name, Where where, String region, long most) {
        if (where.bucket == null) {
            return new NewLocation(name, new Address.Folder(Objects.requireNonNull(where.folder)), region, most);
        }
        BucketFields fields = where.bucket.fields(region);
        fields.problems().values().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return new NewLocation(name, fields.address(), secret(where.bucket), "", most);
    }

    private Secret secret(BucketOptions bucket) {
        return new Secret(secret(bucket.secretFile).text(), password(bucket.proxyPassword));
    }

    /** What goes with the user that the proxy knows; empty without a file. */
    private String password(@Nullable Path file) {
        if (file == null) {
            return "";
        }
        char[] typed = new Passphrases(context).given(file).orElseThrow();
        String password = new String(typed);
        Arrays.fill(typed, '\0');
        return password;
    }

    /** The secret key of object storage: from a file, the variable, or whoever sits there. */
    private Secret secret(@Nullable Path file) {
        Passphrases passphrases = new Passphrases(context);
        char[] typed = passphrases
                .given(file, SECRET)
                .or(() -> context.terminal().invocation().input()
                        ? context.terminal().askSecret(text.get("command.location.secret.ask") + ' ')
                        : Optional.empty())
                .filter(given -> given.length > 0)
                .orElseThrow(() -> new ProblemException(Problem.of("storage.field.secret")));
        Secret secret = new Secret(new String(typed));
        Arrays.fill(typed, '\0');
        return secret;
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
        if (location.address() instanceof Address.Bucket bucket) {
            BucketFields way = BucketFields.of(bucket);
            details.row(text.get("command.column.ca"), orNone(way.authority()))
                    .row(text.get("command.column.proxy"), orNone(way.proxy()))
                    .row(text.get("command.column.proxy-user"), orNone(way.proxyUser()))
                    .row(
                            text.get("command.column.list-delay"),
                            bucket.listDelay()
                                    .map(most -> text.get("command.location.list-delay", "time", most))
                                    .orElse(text.get("command.location.list-delay.none")));
        }
        context.output().show(fields(location), details);
        location.problem()
                .ifPresent(
                        problem -> context.output().note(text.explain(problem).line()));
        return ExitStatus.DONE;
    }

    @Command(name = "set")
    int set(
            @Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed,
            @Option(names = "--limit", paramLabel = "SIZE") @Nullable String limit,
            @ArgGroup(exclusive = false) @Nullable Way way) {
        Location before = lookup.location(typed);
        if (limit == null && way == null) {
            throw new ProblemException(Problem.of("location.set.nothing", "location", before.name()));
        }
        long most = limit == null ? 0 : limit(limit); // Read before anything changes.
        Locations locations = context.services().locations();
        Location now = before;
        if (way != null) {
            BucketFields wanted = way.over(fields(before.address(), before.name()));
            if (way.proxyPassword != null && wanted.proxyUser().isEmpty()) {
                throw new ProblemException(Problem.of("storage.field.proxy-user")); // Nobody would be asked for it.
            }
            now = locations.reach(before.id(), wanted, secret(way));
        }
        if (limit != null) {
            now = locations.limit(before.id(), most);
        }
        context.output().show(fields(now), changes(now, limit != null, way));
        return ExitStatus.DONE;
    }

    /** What was set, a line each: how the location is from now on. */
    private String changes(Location now, boolean limited, @Nullable Way way) {
        List<String> lines = new ArrayList<>();
        if (way != null) {
            BucketFields to = fields(now.address(), now.name());
            if (way.authority != null) {
                lines.add(
                        to.authority().isEmpty()
                                ? text.get("command.location.trusted.system", "name", now.name())
                                : text.get("command.location.trusted", "name", now.name(), "path", to.authority()));
            }
            if (way.proxied()) {
                lines.add(proxy(now.name(), to));
            }
            if (way.listDelay != null && now.address() instanceof Address.Bucket bucket) {
                lines.add(bucket.listDelay()
                        .map(most -> text.get("command.location.listed", "name", now.name(), "time", most))
                        .orElse(text.get("command.location.listed.at-once", "name", now.name())));
            }
        }
        if (limited) {
            lines.add(
                    now.limit() == 0
                            ? text.get("command.location.unlimited", "name", now.name())
                            : text.get("command.location.limited", "name", now.name(), "mb", now.limit()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String proxy(String name, BucketFields to) {
        if (to.proxy().isEmpty()) {
            return text.get("command.location.direct", "name", name);
        }
        return to.proxyUser().isEmpty()
                ? text.get("command.location.proxied", "name", name, "proxy", to.proxy())
                : text.get("command.location.proxied.user", "name", name, "proxy", to.proxy(), "user", to.proxyUser());
    }

    private Secret secret(Way way) {
        return new Secret("", password(way.proxyPassword));
    }

    private static BucketFields fields(Address address, String location) {
        if (address instanceof Address.Bucket bucket) {
            return BucketFields.of(bucket);
        }
        throw new ProblemException(Problem.of("location.keyless", "location", location));
    }

    /** How a bucket is reached. */
    static final class Way {
        private static final String NONE = "none";

        @Option(names = "--ca", paramLabel = "FILE")
        @Nullable
        String authority;

        @Option(names = "--proxy", paramLabel = "HOST:PORT")
        @Nullable
        String proxy;

        @Option(names = "--proxy-user", paramLabel = "USER")
        @Nullable
        String user;

        @Option(names = "--proxy-password-file", paramLabel = "FILE")
        @Nullable
        Path proxyPassword;

        @Option(names = "--list-delay", paramLabel = "TIME")
        @Nullable
        String listDelay;

        /** What was there, with what was given in its place. */
        BucketFields over(BucketFields before) {
            String through = given(proxy, before.proxy());
            return before.reached(
                            before.accessKey(),
                            given(authority, before.authority()),
                            through,
                            given(user, through.isEmpty() ? "" : before.proxyUser()))
                    .listing(given(listDelay, before.listDelay()));
        }

        /** Whether anything was said of a proxy. */
        boolean proxied() {
            return proxy != null || user != null || proxyPassword != null;
        }

        private static String given(@Nullable String now, String before) {
            return now == null ? before : now.equalsIgnoreCase(NONE) ? "" : now;
        }
    }

    @Command(name = "key")
    int key(
            @Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed,
            @Option(names = "--access-key", paramLabel = "KEY", required = true) String accessKey,
            @Option(names = "--secret-key-file", paramLabel = "FILE") @Nullable Path file) {
        Location location = lookup.location(typed);
        fields(location.address(), location.name());
        Location now = context.services().locations().key(location.id(), accessKey, secret(file));
        context.output().show(fields(now), text.get("command.location.key.changed", "name", now.name()));
        return ExitStatus.DONE;
    }

    /** A size a second; {@code none} and 0 take the limit away. */
    static long limit(String typed) {
        return typed.equalsIgnoreCase("none") ? 0 : Sizes.megabytes(typed);
    }

    @Command(name = "test")
    int test(@Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed) {
        Location location = lookup.location(typed);
        TestReport report = context.services().locations().test(location.id());
        for (TestStep step : report.steps()) {
            context.output().note(MARKS.get(step.result()) + ' ' + text.word(step.act()));
        }
        if (!report.usable()) {
            throw new ProblemException(report.problem().orElseThrow());
        }
        report.problem()
                .ifPresent(
                        problem -> context.output().note(text.explain(problem).line()));
        Location now = context.services().locations().get(location.id());
        context.output().show(fields(now), text.get("command.location.tested", "name", now.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "attach")
    int attach(
            @Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed,
            @ArgGroup AttachCommand.@Nullable FormerOwner owner,
            @Option(names = "--passphrase-file", paramLabel = "FILE") @Nullable Path passphraseFile) {
        return new AttachCommand(context).attach(lookup.location(typed), owner, passphraseFile);
    }

    @Command(name = "remove")
    int remove(@Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed) {
        Location location = lookup.location(typed);
        context.services().locations().remove(location.id());
        context.output().show(fields(location), text.get("command.location.removed", "name", location.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "forget")
    int forget(
            @Parameters(paramLabel = "LOCATION", descriptionKey = "LOCATION") String typed,
            @Option(names = "--yes") boolean yes) {
        Location location = lookup.location(typed);
        Forgetting forgetting = context.services().forgetting();
        forgetting.refusal(location.id()).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        int n = forgetting.vaultsAt(location.id()).size();
        context.confirm(yes, text.get("command.location.forget.confirm", "name", location.name(), "n", n));
        forgetting.forget(location.id());
        context.output()
                .show(fields(location), text.get("command.location.forgotten", "name", location.name(), "n", n));
        return ExitStatus.DONE;
    }

    private static String orNone(String given) {
        return given.isEmpty() ? "—" : given;
    }

    private String free(Location location) {
        return location.freeBytes() < 0 ? "—" : text.formats().size(location.freeBytes());
    }

    private static Fields fields(Location location) {
        Optional<BucketFields> way = location.address() instanceof Address.Bucket bucket
                ? Optional.of(BucketFields.of(bucket))
                : Optional.empty();
        return new Fields()
                .with("id", location.id())
                .with("name", location.name())
                .with("kind", location.kind())
                .with("path", location.where())
                .with("region", location.region())
                .with("status", location.status())
                .with("freeBytes", location.freeBytes() < 0 ? null : location.freeBytes())
                .with("limitBytesPerSecond", location.limit() == 0 ? null : location.limit() * Location.MB)
                .with("ca", way.map(BucketFields::authority).filter(given -> !given.isEmpty()))
                .with("proxy", way.map(BucketFields::proxy).filter(given -> !given.isEmpty()))
                .with("proxyUser", way.map(BucketFields::proxyUser).filter(given -> !given.isEmpty()))
                .with("listDelaySeconds", listDelay(location));
    }

    /** Zero where each list shows at once what was put; nothing for a folder. */
    private static @Nullable Long listDelay(Location location) {
        return location.address() instanceof Address.Bucket bucket
                ? bucket.listDelay().map(Duration::toSeconds).orElse(0L)
                : null;
    }
}
