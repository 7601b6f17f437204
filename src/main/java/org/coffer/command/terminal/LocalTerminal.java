package org.coffer.command.terminal;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The terminal, or the pipes, of this very process. */
public final class LocalTerminal implements Terminal {
    private static final int LARGEST_FILE = 64 * 1024;
    private static final int USUAL_COLUMNS = 80;

    private final Invocation invocation;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Interrupts interrupts = new Interrupts();

    /** Writes results to {@code out} and everything else to {@code err}, in UTF-8. */
    public LocalTerminal(Invocation invocation, PrintStream out, PrintStream err) {
        this.invocation = invocation;
        this.out = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    /**
     * The terminal of the process, described by what the launcher saw: Java cannot tell which of the three streams is
     * a terminal nor how wide it is.
     *
     * @param words the command's words
     * @param language the language of the system
     * @param environment all environment variables
     */
    public static LocalTerminal ofProcess(List<String> words, String language, Map<String, String> environment) {
        String streams = System.getProperty("coffer.terminal");
        if (streams == null) {
            streams = console().isPresent() ? "012" : "";
        }
        Map<String, String> chosen = new LinkedHashMap<>(environment);
        chosen.keySet().retainAll(Invocation.VARIABLES);
        return new LocalTerminal(
                new Invocation(
                        words,
                        Path.of("").toAbsolutePath(),
                        language,
                        // A person is asked through the console, which needs both ends.
                        streams.contains("0") && streams.contains("1"),
                        streams.contains("1"),
                        streams.contains("2"),
                        Integer.getInteger("coffer.columns", USUAL_COLUMNS),
                        chosen),
                System.out,
                System.err);
    }

    @Override
    public Invocation invocation() {
        return invocation;
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    @Override
    public Optional<String> ask(String question) {
        err.print(question);
        err.flush();
        return console().map(Console::readLine);
    }

    @Override
    public Optional<char[]> askSecret(String question) {
        err.print(question);
        err.flush();
        return console().map(Console::readPassword);
    }

    /** The console, where a person sits at it. Some versions of Java return null without one, and others do not. */
    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(invocation.directory().resolve(file))) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new IOException(file + " has more than 64 KiB");
            }
            return bytes;
        }
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

    /** Ctrl+C was pressed, or the system asks the process to end. */
    public void interrupt() {
        interrupts.interrupt();
    }
}
