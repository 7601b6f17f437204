package org.coffer.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints what a shell needs to complete the other commands. */
@Command(name = "completion")
final class CompletionCommand implements Callable<Integer> {
    /** The shells that are known. */
    enum Shell {
        BASH,
        ZSH
    }

    private final Context context;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "bash|zsh", descriptionKey = "bash|zsh")
    Shell shell;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields before call
    CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash(Cli.NAME, spec.root().commandLine());
        if (shell == Shell.ZSH) {
            context.terminal().out().println("autoload -U +X compinit && compinit");
            context.terminal().out().println("autoload -U +X bashcompinit && bashcompinit");
        }
        context.terminal().out().println(script);
        return ExitStatus.DONE;
    }
}
