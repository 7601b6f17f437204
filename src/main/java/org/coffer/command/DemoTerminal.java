package org.coffer.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.command.terminal.Invocation;
import org.coffer.command.terminal.Terminal;

/** Where the demonstration types its commands: results are kept, progress goes to the real terminal. */
final class DemoTerminal implements Terminal {
    private final Terminal real;
    private final Invocation invocation;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PrintWriter outWriter = new PrintWriter(out, true);
    private final PrintWriter errWriter = new PrintWriter(err, true);

    DemoTerminal(Terminal real, Path directory, List<String> words) {
        this.real = real;
        Invocation outer = real.invocation();
        this.invocation =
                new Invocation(words, directory, outer.language(), false, false, false, outer.columns(), Map.of());
    }

    /** What was written to standard output. */
    String output() {
        outWriter.flush();
        return out.toString();
    }

    /** What was written to standard error. */
    String errors() {
        errWriter.flush();
        return err.toString();
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

    @Override
    public Optional<String> ask(String question) {
        return Optional.empty();
    }

    @Override
    public Optional<char[]> askSecret(String question) {
        return Optional.empty();
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return real.read(file);
    }

    @Override
    public void writeSecret(Path file, byte[] content) throws IOException {
        throw new IOException("the demonstration writes nothing");
    }

    @Override
    public boolean interrupted() {
        return real.interrupted();
    }

    @Override
    public Interest onInterrupt(Runnable action) {
        return real.onInterrupt(action);
    }
}
