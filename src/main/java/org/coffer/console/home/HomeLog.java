package org.coffer.console.home;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The home's log: {@code coffer.log} and up to four older files beside it, 5 MB each. Only the home's owner writes it.
 * Secrets never reach it: nothing that holds one has a text form.
 */
public final class HomeLog extends Handler {
    private static final long LARGEST = 5_000_000;
    private static final int OLDER_FILES = 4;

    private final Path path;
    private @Nullable Writer writer;
    private long written;

    private HomeLog(Path path) throws IOException {
        this.path = path;
        setFormatter(new Lines());
        setLevel(Level.INFO);
        Files.createDirectories(path.toAbsolutePath().getParent());
        open();
    }

    /**
     * Lets everything that this process logs go to the home's log, and nothing to the terminal.
     *
     * @throws org.coffer.problem.ProblemException if the log cannot be written
     */
    public static HomeLog open(Home home) {
        try {
            HomeLog log = new HomeLog(home.log());
            quiet().addHandler(log);
            return log;
        } catch (IOException e) {
            throw home.trouble(e);
        }
    }

    /** Stops logging to the terminal, which belongs to what users asked for. */
    public static Logger quiet() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        return root;
    }

    private void open() throws IOException {
        writer = Files.newBufferedWriter(
                path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        written = Files.size(path);
    }

    @Override
    public synchronized void publish(LogRecord message) {
        if (writer == null || !isLoggable(message)) {
            return;
        }
        try {
            String line = getFormatter().format(message);
            writer.write(line);
            writer.flush();
            written += line.length();
            if (written >= LARGEST) {
                rotate();
            }
        } catch (IOException e) {
            reportError(null, e, ErrorManager.WRITE_FAILURE);
        }
    }

    private void rotate() throws IOException {
        closeFile();
        for (int i = OLDER_FILES; i >= 1; i--) {
            Path from = i == 1 ? path : older(i - 1);
            if (Files.exists(from)) {
                Files.move(from, older(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    private Path older(int number) {
        return path.resolveSibling("coffer." + number + ".log");
    }

    @Override
    public synchronized void flush() {
        // Every line is flushed when it is written: the last one before a crash is the one that matters.
    }

    @Override
    public synchronized void close() {
        Logger.getLogger("").removeHandler(this);
        closeFile();
    }

    private void closeFile() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                reportError(null, e, ErrorManager.CLOSE_FAILURE);
            }
            writer = null;
        }
    }

    /** One line a message: time, level, who, text; a trace below it. */
    private static final class Lines extends Formatter {
        @Override
        public String format(LogRecord message) {
            StringWriter text = new StringWriter();
            text.append(message.getInstant().toString())
                    .append(' ')
                    .append(message.getLevel().getName())
                    .append(' ')
                    .append(message.getLoggerName())
                    .append(": ")
                    .append(formatMessage(message))
                    .append('\n');
            if (message.getThrown() != null) {
                message.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            return text.toString();
        }
    }
}
