package org.coffer.command;

import java.util.List;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in the chosen language what was wrong with a command; picocli's own sentences are English only. */
final class UsageErrors {
    private final Text text;

    UsageErrors(Text text) {
        this.text = text;
    }

    String what(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched);
            case MissingParameterException missing ->
                text.get("command.error.missing", "names", names(missing.getMissing()));
            case OverwrittenOptionException twice ->
                text.get("command.error.twice", "option", name(twice.getOverwritten()));
            case ParameterException empty
            when empty.getArgSpec() != null
                    && empty.getValue() != null
                    && empty.getValue().isBlank() ->
                text.get("command.error.empty", "option", name(empty.getArgSpec()));
            case ParameterException other
            when other.getArgSpec() != null && other.getValue() != null ->
                text.get("command.error.value", "value", other.getValue(), "option", name(other.getArgSpec()))
                        + reason(other);
            default -> text.get("command.error.other", "detail", String.valueOf(e.getMessage()));
        };
    }

    /** A converter's own explanation, where it has one. */
    private String reason(ParameterException e) {
        Problem problem = Problem.from(e);
        return problem instanceof Problem.Expected ? ' ' + text.explain(problem).line() : "";
    }

    /** Where the right way is written. */
    String remedy(CommandLine command) {
        return text.get("command.error.see", "command", command.getCommandSpec().qualifiedName(" ") + " --help");
    }

    private String unknown(UnmatchedArgumentException e) {
        String words = String.join(" ", e.getUnmatched());
        List<String> near = e.getSuggestions().stream().limit(3).toList();
        return near.isEmpty()
                ? text.get("command.error.unknown", "words", words)
                : text.get("command.error.near", "words", words, "near", near);
    }

    private static List<String> names(List<ArgSpec> missing) {
        return missing.stream().map(UsageErrors::name).toList();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
