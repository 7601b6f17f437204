package org.coffer.command;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

    /** Has Java make its classes of the annotations that verbs have; any noun that has every kind will do. */
    static void prepare() {
        for (Method verb : TrashCommands.class.getDeclaredMethods()) {
            Objects.requireNonNull(verb.getAnnotations());
            Objects.requireNonNull(verb.getParameterAnnotations());
        }
    }

    /**
     * Adds the noun and the verb that the command begins with: reading the options of all others would take most of the
     * time of a short command. All are added where none is named, for the help and for what resembles a mistyped one; none
     * for the version, which is asked for alone.
     */
    void addTo(CommandLine root, List<String> words) {
        if (words.equals(List.of("--version"))) {
            return;
        }
        List<String> typed = leading(words);
        Optional<Supplier<Object>> named = typed.stream()
                .findFirst()
                .filter(noun -> !noun.equals(KNOWS_ALL))
                .map(nouns::get);
        if (named.isPresent()) {
            add(root, named.get().get(), typed.size() > 1 ? typed.get(1) : "");
        } else {
            nouns.values().forEach(noun -> add(root, noun.get(), ""));
        }
    }

    private static void add(CommandLine root, Object noun, String verb) {
        CommandLine line = new CommandLine(noun);
        List<Method> verbs = CommandLine.getCommandMethods(noun.getClass(), null);
        List<Method> named = verbs.stream()
                .filter(method -> method.getAnnotation(Command.class).name().equals(verb))
                .toList();
        (named.isEmpty() ? verbs : named).forEach(method -> line.addSubcommand(new CommandLine(method)));
        root.addSubcommand(line);
    }

    /** The first two words that are neither an option of the program nor the value of one. */
    private static List<String> leading(List<String> words) {
        List<String> leading = new ArrayList<>();
        for (int i = 0; i < words.size() && leading.size() < 2; i++) {
            String word = words.get(i);
            if (word.equals("--home") || word.equals("--lang")) {
                i++;
            } else if (!word.startsWith("-")) {
                leading.add(word);
            }
        }
        return leading;
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
