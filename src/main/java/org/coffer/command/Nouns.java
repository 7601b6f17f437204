package org.coffer.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The nouns of the command line: one class each. What does not work yet is not here. */
final class Nouns {
    private static final Set<String> WITHOUT_HOME = Set.of("completion", "demo");
    /** The one that has to know all others. */
    private static final String KNOWS_ALL = "completion";

    private final Map<String, Supplier<Object>> nouns = new LinkedHashMap<>();

    Nouns(Context context) {
        nouns.put("overview", () -> new OverviewCommand(context));
        nouns.put("disk", () -> new DiskCommands(context));
        nouns.put("location", () -> new LocationCommands(context));
        nouns.put("vault", () -> new VaultCommands(context));
        nouns.put("backup", () -> new BackupCommands(context));
        nouns.put("restore", () -> new RestoreCommands(context));
        nouns.put("policy", () -> new PolicyCommands(context));
        nouns.put("task", () -> new TaskCommands(context));
        nouns.put("trash", () -> new TrashCommands(context));
        nouns.put("key", () -> new KeyCommands(context));
        nouns.put("audit", () -> new AuditCommands(context));
        nouns.put("daemon", () -> new DaemonCommand(context));
        nouns.put("demo", () -> new DemoCommand(context));
        nouns.put(KNOWS_ALL, () -> new CompletionCommand(context));
    }

    /**
     * Adds the noun that the command begins with: reading the verbs and options of all others would take most of the time
     * of a short command. All are added where none is named, for the help and for what resembles a mistyped one.
     */
    void addTo(CommandLine root, List<String> words) {
        Optional<Supplier<Object>> named =
                first(words).filter(noun -> !noun.equals(KNOWS_ALL)).map(nouns::get);
        if (named.isPresent()) {
            root.addSubcommand(named.get().get());
        } else {
            nouns.values().forEach(noun -> root.addSubcommand(noun.get()));
        }
    }

    /** The first word that is neither an option of the program nor the value of one. */
    private static Optional<String> first(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--home") || word.equals("--lang")) {
                i++;
            } else if (!word.startsWith("-")) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    /** Whether a command works on a home. */
    static boolean needsHome(CommandLine leaf) {
        return !WITHOUT_HOME.contains(leaf.getCommandName());
    }

    /** Whether a command is nothing without owning the home itself. */
    static boolean owning(CommandLine leaf) {
        return leaf.getCommandName().equals("daemon");
    }

    /** Whether what a command starts is to go on when the command has ended. */
    static boolean background(ParseResult parsed) {
        ParseResult leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        return leaf.hasMatchedOption("--no-wait") || isOpening(leaf);
    }

    /** {@code restore open}: somebody has to serve the disk. */
    private static boolean isOpening(ParseResult leaf) {
        return leaf.commandSpec().name().equals("open")
                && leaf.commandSpec().parent().name().equals("restore");
    }
}
