package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.Console;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CliTest {
    private static final Path HERE = Path.of("/tmp");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private static Cli cli(ScriptedTerminal terminal) {
        return new Cli(
                terminal,
                Clock.systemUTC(),
                opened(() -> new ProblemException(Problem.of("home.denied", "home", "/h", "user", "ana"))));
    }

    /** A home that cannot be opened, for this reason. */
    private static Opened opened(Supplier<RuntimeException> why) {
        return new Opened() {
            @Override
            public Console console() {
                throw why.get();
            }

            @Override
            public Optional<Path> log() {
                return Optional.of(Path.of("/h/log/coffer.log"));
            }
        };
    }

    /** Every command there is, as the words that lead to it. */
    static Stream<List<String>> levels() {
        Context context = new Context(
                ScriptedTerminal.pipe(HERE),
                Text.of(Language.ENGLISH, Clock.systemUTC()),
                Clock.systemUTC(),
                opened(IllegalStateException::new));
        CommandLine root = new CommandLine(new Root(context));
        new Nouns(context).addTo(root, List.of());
        List<List<String>> found = new ArrayList<>();
        collect(root, List.of(), found);
        return found.stream();
    }

    private static void collect(CommandLine command, List<String> words, List<List<String>> found) {
        found.add(words);
        command.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new ArrayList<>(words);
            longer.add(name);
            collect(sub, longer, found);
        });
    }

    private static String help(List<String> words, String language) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--help", "--lang", language));
        ScriptedTerminal terminal = ScriptedTerminal.pipe(HERE, all.toArray(String[]::new));
        assertThat(cli(terminal).run()).isZero();
        assertThat(terminal.errors()).isEmpty();
        return terminal.output();
    }

    @ParameterizedTest
    @MethodSource("levels")
    void everyLevelHelpsInBothLanguagesWithAnExample(List<String> words) {
        String english = help(words, "en");
        String chinese = help(words, "zh");
        String command = String.join(" ", words);
        assertThat(english).contains("Usage: coffer " + command, "Options:", "Example:\n");
        assertThat(english.substring(english.indexOf("Example:"))).contains("coffer " + command);
        assertThat(HAN.matcher(english).results().count()).isLessThan(4);
        assertThat(chinese).contains("用法：coffer " + command, "选项：", "示例：\n");
        assertThat(chinese.substring(chinese.indexOf("示例："))).contains("coffer " + command);
        // The line above the usage says what the command is for, and every option and parameter is explained.
        assertThat(HAN.matcher(chinese.lines().findFirst().orElse("")).find()).isTrue();
        assertThat(unexplained(chinese)).isEmpty();
        assertThat(unexplained(english)).isEmpty();
    }

    /** Lines of the lists that name something and say nothing about it. */
    private static List<String> unexplained(String help) {
        List<String> lines = help.lines().toList();
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean names = lines.get(i).matches("^ {2,6}(-|\\[?<?[A-Z]).*");
            boolean explained = lines.get(i).matches(".*\\S {2,}\\S.*|^ {2}coffer .*");
            boolean below = i + 1 < lines.size() && lines.get(i + 1).matches("^ {12,}\\S.*");
            if (names && !explained && !below) {
                bare.add(lines.get(i));
            }
        }
        return bare;
    }

    @Test
    void wrongUsageIsSaidInTheChosenLanguageAndEndsWithTwo() {
        ScriptedTerminal english = ScriptedTerminal.pipe(HERE, "daemon", "--nonsense");
        assertThat(cli(english).run()).isEqualTo(2);
        assertThat(english.errors()).contains("not understood: --nonsense", "See: coffer daemon --help");
        assertThat(english.output()).isEmpty();

        ScriptedTerminal chinese = ScriptedTerminal.pipe(HERE, "completion", "--lang", "zh");
        assertThat(cli(chinese).run()).isEqualTo(2);
        assertThat(chinese.errors()).contains("缺少：bash|zsh");

        ScriptedTerminal value = ScriptedTerminal.pipe(HERE, "completion", "fish");
        assertThat(cli(value).run()).isEqualTo(2);
        assertThat(value.errors()).contains("fish cannot be the value of bash|zsh");

        ScriptedTerminal language = ScriptedTerminal.pipe(HERE, "--lang", "fr", "completion", "bash");
        assertThat(cli(language).run()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "location add shelf --folder @",
                "restore disk web --file @",
                "disk add @",
                "daemon --home @",
                "key show-recovery web --save @"
            })
    void anEmptyPathIsWrongUsageAndNeverTheCallersFolder(String typed) {
        String[] words = Stream.of(typed.split(" "))
                .map(word -> word.equals("@") ? "" : word)
                .toArray(String[]::new);
        ScriptedTerminal terminal = ScriptedTerminal.pipe(HERE, words);
        assertThat(cli(terminal).run()).isEqualTo(2);
        assertThat(terminal.errors()).contains("must not be empty");
    }

    @Test
    void anExpectedProblemEndsWithOneAndSaysWhatWhyAndWhatToDo() {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(HERE, "daemon");
        assertThat(cli(terminal).run()).isEqualTo(1);
        assertThat(terminal.output()).isEmpty();
        assertThat(terminal.errors().lines())
                .containsExactly(
                        "Coffer cannot write to its data directory /h.",
                        "Account ana lacks the right, or the file system is read-only.",
                        "Change the folder's permissions, or choose another with --home or COFFER_HOME.");
    }

    @Test
    void withJsonAProblemIsAnObjectOnStandardOutput() throws IOException {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(HERE, "daemon", "--json");
        assertThat(cli(terminal).run()).isEqualTo(1);
        assertThat(terminal.errors()).isEmpty();
        assertThat(terminal.output().lines()).hasSize(1);
        Map<String, Object> error = errorOf(terminal.output());
        assertThat(error).containsOnlyKeys("code", "message", "remedy").containsEntry("code", "home.denied");
        assertThat((String) error.get("message")).startsWith("Coffer cannot write");
        assertThat((String) error.get("remedy")).startsWith("Change the folder's permissions");
    }

    @Test
    void withJsonWrongUsageIsAnObjectToo() throws IOException {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(HERE, "nonsense", "--json");
        assertThat(cli(terminal).run()).isEqualTo(2);
        assertThat(errorOf(terminal.output())).containsEntry("code", "usage");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> errorOf(String json) throws IOException {
        return (Map<String, Object>)
                Objects.requireNonNull(JSON.std.mapFrom(json).get("error"));
    }

    @Test
    void aBugEndsWithSeventyAndNamesTheLog() {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(HERE, "daemon");
        Cli cli = new Cli(terminal, Clock.systemUTC(), opened(() -> new IllegalStateException("broken")));
        assertThat(cli.run()).isEqualTo(70);
        assertThat(terminal.errors()).contains("Coffer made a mistake.", "/h/log/coffer.log");
    }

    @Test
    void theHomeIsFoundBeforeTheCommandIsUnderstood() {
        assertThat(Cli.home(List.of("vault", "list", "--home", "/a b"))).contains("/a b");
        assertThat(Cli.home(List.of("--home=/x", "vault"))).contains("/x");
        assertThat(Cli.home(List.of("vault", "list"))).isEmpty();
        assertThat(Cli.home(List.of("disk", "add", "--", "--home", "/x"))).isEmpty();
    }
}
