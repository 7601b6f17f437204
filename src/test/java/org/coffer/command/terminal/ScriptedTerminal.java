package org.coffer.command.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A terminal whose person types from a script, and whose screen can be read. Without a script nobody is there. */
public final class ScriptedTerminal implements Terminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PrintWriter outWriter = new PrintWriter(out, true);
    private final PrintWriter errWriter = new PrintWriter(err, true);
    private final Interrupts interrupts = new Interrupts();
    private final Deque<String> script;
    private final List<String> questions = new ArrayList<>();
    private final Invocation invocation;

    private ScriptedTerminal(Invocation invocation, List<String> script) {
        this.invocation = invocation;
        this.script = new ArrayDeque<>(script);
    }

    /** A pipe: nobody is there to be asked. */
    public static ScriptedTerminal pipe(Path directory, String... words) {
        return new ScriptedTerminal(
                new Invocation(List.of(words), directory, "en", false, false, false, 80, Map.of()), List.of());
    }

    /** A terminal with a person who will type {@code answers}. */
    public static ScriptedTerminal person(Path directory, List<String> answers, String... words) {
        return new ScriptedTerminal(
                new Invocation(List.of(words), directory, "en", true, true, true, 100, Map.of()), answers);
    }

    /** A pipe with environment variables. */
    public static ScriptedTerminal with(Path directory, Map<String, String> environment, String... words) {
        return new ScriptedTerminal(
                new Invocation(List.of(words), directory, "en", false, false, false, 80, environment), List.of());
    }

    @Override
    public Invocation invocation() {
        return invocation;
    }

    @Override
    public PrintWriter out() {
        return outWriter;
    }

    @Override
    public PrintWriter err() {
        return errWriter;
    }

    /** What was written to standard output so far. */
    public String output() {
        outWriter.flush();
        return out.toString();
    }

    /** What was written to standard error so far. */
    public String errors() {
        errWriter.flush();
        return err.toString();
    }

    /** What was asked so far. */
    public List<String> questions() {
        return questions;
    }

    @Override
    public Optional<String> ask(String question) {
        questions.add(question);
        return Optional.ofNullable(script.poll());
    }

    @Override
    public Optional<char[]> askSecret(String question) {
        return ask(question).map(String::toCharArray);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return Files.readAllBytes(invocation.directory().resolve(file));
    }

    @Override
    public void writeSecret(Path file, byte[] content) throws IOException {
        SecretFile.write(invocation.directory().resolve(file), content);
    }

    @Override
    public boolean interrupted() {
        return interrupts.interrupted();
    }

    @Override
    public Interest onInterrupt(Runnable action) {
        return interrupts.add(action);
    }

    /** Ctrl+C. */
    public void interrupt() {
        interrupts.interrupt();
    }
}
