package org.coffer.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself, with the options that every command has. */
@Command(name = Cli.NAME, synopsisSubcommandLabel = "NOUN VERB", versionProvider = Version.class)
final class Root {
    private final Context context;

    /** Read before, because the way in depends on it; it stands here for the help. */
    @Option(names = "--home", paramLabel = "DIR", descriptionKey = "home", scope = ScopeType.INHERIT)
    @Nullable
    Path home;

    /** Read before, because the words of errors depend on it; it stands here for the help. */
    @Option(names = "--lang", paramLabel = "en|zh", descriptionKey = "lang", scope = ScopeType.INHERIT)
    @Nullable
    String language;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "help",
            scope = ScopeType.INHERIT)
    boolean help;

    @Option(names = "--version", versionHelp = true, descriptionKey = "version")
    boolean version;

    Root(Context context) {
        this.context = context;
    }

    @Option(names = "--json", descriptionKey = "json", scope = ScopeType.INHERIT)
    void json(boolean wanted) {
        if (wanted) {
            context.output().useJson();
        }
    }
}
