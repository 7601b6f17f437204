package org.coffer.command;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.command.terminal.Terminal;
import org.coffer.problem.Problem;
import org.coffer.text.Text;

/** Shows results and trouble: as sentences and tables for people, or with {@code --json} as one line for machines. */
final class Output {
    private static final JSON JSON_WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final Terminal terminal;
    private final Text text;
    private boolean json;

    Output(Terminal terminal, Text text) {
        this.terminal = terminal;
        this.text = text;
    }

    /** From now on results are JSON. */
    void useJson() {
        json = true;
    }

    boolean json() {
        return json;
    }

    /** A result: {@code fields} for machines, {@code sentence} for people. */
    void show(Fields fields, String sentence) {
        if (json) {
            machine(fields.map());
        } else {
            terminal.out().println(sentence);
        }
    }

    /** A list: one object a row for machines, {@code table} for people, or {@code none} if there are no rows. */
    void show(List<Fields> rows, Table table, String none) {
        if (json) {
            machine(rows.stream().map(Fields::map).toList());
        } else if (table.empty()) {
            terminal.out().println(none);
        } else {
            table.lines().forEach(terminal.out()::println);
        }
    }

    /** One object in full: its fields for machines, name and value in two columns for people. */
    void show(Fields fields, Table details) {
        if (json) {
            machine(fields.map());
        } else {
            details.lines().stream().skip(1).forEach(terminal.out()::println);
        }
    }

    /** Something worth knowing beside the result; never on standard output. */
    void note(String sentence) {
        terminal.err().println(sentence);
    }

    /** What happened, why, and what to do. */
    void problem(Problem problem) {
        Text.Explanation explanation = text.explain(problem);
        trouble(
                problem.code(),
                (explanation.what() + ' ' + explanation.why()).strip(),
                explanation.remedy(),
                List.of(explanation.what(), explanation.why(), explanation.remedy()));
    }

    /** A mistake in Coffer. Its details are in the log; without one they are shown here and now. */
    void bug(Problem.Bug bug, Optional<Path> log) {
        String what = text.explain(bug).what();
        String remedy = log.map(path -> text.get("command.bug.log", "log", path.toString()))
                .orElseGet(() -> text.get("command.bug.here"));
        if (log.isEmpty()) {
            terminal.err().println(bug.details());
        }
        trouble(bug.code(), what + ' ' + bug.args().get("details"), remedy, List.of(what, remedy));
    }

    /** A command that was not understood. */
    void usage(String what, String remedy) {
        trouble("usage", what, remedy, List.of(what, remedy));
    }

    /** An act that needs a confirmation which nobody can give here. */
    void unconfirmed(String question) {
        String remedy = text.get("command.confirm.how");
        trouble("confirmation.needed", question, remedy, List.of(question, remedy));
    }

    private void trouble(String code, String message, String remedy, List<String> lines) {
        if (json) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", code);
            error.put("message", message);
            error.put("remedy", remedy);
            machine(Map.of("error", error));
        } else {
            lines.stream().filter(line -> !line.isBlank()).forEach(terminal.err()::println);
        }
    }

    private void machine(Object value) {
        try {
            terminal.out().println(JSON_WRITER.asString(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
