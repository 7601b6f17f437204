package org.coffer.command;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The nouns of the command line: one class each. What does not work yet is not here. */
final class Nouns {
    private static final Set<String> WITHOUT_HOME = Set.of("completion", "demo");

    private final Context context;

    Nouns(Context context) {
        this.context = context;
    }

    void addTo(CommandLine root) {
        root.addSubcommand(new OverviewCommand(context));
        root.addSubcommand(new DiskCommands(context));
        root.addSubcommand(new LocationCommands(context));
        root.addSubcommand(new VaultCommands(context));
        root.addSubcommand(new BackupCommands(context));
        root.addSubcommand(new RestoreCommands(context));
        root.addSubcommand(new TaskCommands(context));
        root.addSubcommand(new TrashCommands(context));
        root.addSubcommand(new KeyCommands(context));
        root.addSubcommand(new AuditCommands(context));
        root.addSubcommand(new DaemonCommand(context));
        root.addSubcommand(new DemoCommand(context));
        root.addSubcommand(new CompletionCommand(context));
    }

    /** Whether a command works on a home. */
    static boolean needsHome(CommandLine leaf) {
        return !WITHOUT_HOME.contains(leaf.getCommandName());
    }

    /** Whether what a command starts is to go on when the command has ended. */
    static boolean background(ParseResult parsed) {
        ParseResult leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        return leaf.hasMatchedOption("--no-wait");
    }
}
