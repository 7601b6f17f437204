package org.coffer.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.text.Text;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One command as it was typed at one terminal: first understood, then carried out, in this process or, once more
 * understood, in the one that owns the home. Everything that it has to say goes through the terminal.
 */
public final class Cli {
    /** The program's name as it is typed. */
    static final String NAME = "coffer";

    private static final Logger LOG = Logger.getLogger(Cli.class.getName());
    private static final int NARROWEST = 60;
    private static final int WIDEST = 110;

    private final Terminal terminal;
    private final Context context;
    private final CommandLine commands;
    private final UsageErrors errors;

    /**
     * Makes ready what understanding needs whatever was typed: Java makes a class of each kind of annotation when it first
     * meets one. Another thread can do that while the sentences are read.
     */
    public static void prepare() {
        Nouns.prepare();
    }

    /**
     * The command that was typed at {@code terminal}.
     *
     * @param opened the home; asked only by commands that need it
     */
    public Cli(Terminal terminal, Clock clock, Opened opened) {
        this.terminal = terminal;
        Text text = Text.of(language(terminal), clock);
        this.context = new Context(terminal, text, clock, opened);
        this.errors = new UsageErrors(text);
        this.commands = new CommandLine(new Root(context));
        new Nouns(context).addTo(commands, terminal.invocation().words());
        commands.setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(Math.clamp(terminal.invocation().columns(), NARROWEST, WIDEST))
                .setColorScheme(new ColorScheme.Builder(CommandLine.Help.defaultColorScheme(
                                terminal.invocation().output() ? Ansi.ON : Ansi.OFF))
                        .build())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(TaskStatus.class, typed -> constant(TaskStatus.values(), typed))
                .registerConverter(TaskType.class, typed -> constant(TaskType.values(), typed))
                .registerConverter(Instant.class, typed -> Times.moment(typed, clock))
                .registerConverter(Sizes.Capacity.class, Sizes::capacity)
                .registerConverter(Path.class, this::path)
                .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown));
    }

    /** No path at all would mean the caller's folder, which nobody asked for. */
    private Path path(String typed) {
        if (typed.isBlank()) {
            throw new CommandLine.TypeConversionException(typed);
        }
        return context.path(Path.of(typed));
    }

    /** The constant that {@code typed} names as scripts write it: {@code timed-out}. */
    private static <E extends Enum<E>> E constant(E[] all, String typed) {
        return Arrays.stream(all)
                .filter(one -> Fields.word(one).equals(typed.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new CommandLine.TypeConversionException(typed));
    }

    /** The value of {@code --home}, if one was given; looked for before the command is understood. */
    public static Optional<String> home(List<String> words) {
        return value(words, "--home");
    }

    private static Language language(Terminal terminal) {
        return value(terminal.invocation().words(), "--lang")
                .or(() -> Optional.of(terminal.invocation().language()))
                .flatMap(Language::parse)
                .orElse(Language.ENGLISH);
    }

    private static Optional<String> value(List<String> words, String option) {
        for (Iterator<String> word = words.iterator(); word.hasNext(); ) {
            String one = word.next();
            if (one.equals("--")) {
                break;
            }
            if (one.equals(option) && word.hasNext()) {
                return Optional.of(word.next());
            }
            if (one.startsWith(option + '=')) {
                return Optional.of(one.substring(option.length() + 1));
            }
        }
        return Optional.empty();
    }

    /** What is known of a command before it is carried out. */
    public sealed interface Understood {
        /** Nothing is left to do: help was shown, or the command was wrong. */
        record Finished(int status) implements Understood {}

        /**
         * It can be carried out.
         *
         * @param needsHome whether it works on a home
         * @param owning whether it is nothing without owning that home itself
         * @param background whether what it starts goes on after it ends
         */
        record Ready(boolean needsHome, boolean owning, boolean background, ParseResult parsed) implements Understood {}
    }

    /** Understands the command; shows help, and what is wrong with it. */
    public Understood understand() {
        List<String> words = new ArrayList<>(terminal.invocation().words());
        try {
            ParseResult parsed = commands.parseArgs(words.toArray(String[]::new));
            if (parsed.asCommandLineList().stream().anyMatch(CommandLine::isUsageHelpRequested)) {
                explain();
            }
            Integer shown = CommandLine.executeHelpRequest(parsed);
            if (shown != null) {
                flush();
                return new Understood.Finished(shown);
            }
            language(parsed);
            CommandLine leaf = leaf(parsed);
            if (!leaf.getSubcommands().isEmpty()) {
                return missingVerb(leaf);
            }
            return new Understood.Ready(Nouns.needsHome(leaf), Nouns.owning(leaf), Nouns.background(parsed), parsed);
        } catch (ParameterException e) {
            return wrong(e, words);
        }
    }

    /** Has the commands explained; only for help, because going through all sentences takes a while. */
    private void explain() {
        commands.setResourceBundle(new HelpTexts(context.text()));
    }

    private void language(ParseResult parsed) {
        String tag = parsed.matchedOptionValue("--lang", "en");
        if (Language.parse(tag).isEmpty()) {
            throw new ParameterException(
                    commands, "", null, commands.getCommandSpec().findOption("--lang"), tag);
        }
    }

    private static CommandLine leaf(ParseResult parsed) {
        List<CommandLine> chain = parsed.asCommandLineList();
        return chain.getLast();
    }

    private Understood missingVerb(CommandLine noun) {
        if (context.output().json()) {
            context.output().usage(context.text().get("command.error.verb"), errors.remedy(noun));
        } else {
            explain();
            noun.usage(terminal.err(), commands.getColorScheme());
        }
        flush();
        return new Understood.Finished(ExitStatus.USAGE);
    }

    private Understood wrong(ParameterException e, List<String> words) {
        // The option may stand behind the word that was wrong.
        if (words.contains("--json")) {
            context.output().useJson();
        }
        context.output().usage(errors.what(e), errors.remedy(e.getCommandLine()));
        flush();
        return new Understood.Finished(ExitStatus.USAGE);
    }

    /** Carries out what was understood and says with which status it ended. */
    public int carryOut(Understood.Ready ready) {
        try {
            return commands.getExecutionStrategy().execute(ready.parsed());
        } catch (ParameterException e) {
            return ((Understood.Finished) wrong(e, terminal.invocation().words())).status();
        } catch (CommandLine.ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } finally {
            flush();
        }
    }

    /** Understands and carries out: how the owner of the home treats what came from another process. */
    public int run() {
        return switch (understand()) {
            case Understood.Finished finished -> finished.status();
            case Understood.Ready ready -> carryOut(ready);
        };
    }

    /** Says that a window was there already, and that it is in front now. */
    public int broughtToFront() {
        context.output().note(context.text().get("command.front"));
        return ExitStatus.DONE;
    }

    /** Shows what stopped a command, and says with which status it ends. */
    public int failed(Throwable thrown) {
        if (thrown instanceof UnconfirmedException) {
            return ExitStatus.UNCONFIRMED;
        }
        if (terminal.interrupted()) {
            return ExitStatus.INTERRUPTED;
        }
        Problem problem = Problem.from(thrown);
        if (problem instanceof Problem.Bug bug) {
            LOG.log(Level.SEVERE, "a command failed", thrown);
            context.output().bug(bug, context.log());
            flush();
            return ExitStatus.BUG;
        }
        context.output().problem(problem);
        flush();
        return ExitStatus.PROBLEM;
    }

    private void flush() {
        for (PrintWriter stream : List.of(terminal.out(), terminal.err())) {
            stream.flush();
        }
    }
}
