package org.coffer.console.home;

import java.util.ResourceBundle;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is logged by {@link System.Logger} to Java's logging, as Java does by itself where nobody offers anything
 * else. To know that nobody does, it opens every file of the class path, a twentieth of a short command; this one, found in
 * the first, saves that.
 */
public final class LogFinder extends System.LoggerFinder {
    /** For Java, which makes one. */
    public LogFinder() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Named(Logger.getLogger(name));
    }

    private record Named(Logger logger) implements System.Logger {
        @Override
        public String getName() {
            return logger.getName();
        }

        @Override
        public boolean isLoggable(System.Logger.Level level) {
            return logger.isLoggable(level(level));
        }

        @Override
        public void log(
                System.Logger.Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String text,
                @Nullable Throwable thrown) {
            LogRecord line = line(level, bundle, text);
            line.setThrown(thrown);
            logger.log(line);
        }

        @Override
        public void log(
                System.Logger.Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object... values) {
            LogRecord line = line(level, bundle, format);
            line.setParameters(values);
            logger.log(line);
        }

        private LogRecord line(System.Logger.Level level, @Nullable ResourceBundle bundle, @Nullable String text) {
            LogRecord line = new LogRecord(level(level), text);
            line.setLoggerName(logger.getName());
            line.setResourceBundle(bundle);
            return line;
        }

        private static java.util.logging.Level level(System.Logger.Level level) {
            return switch (level) {
                case ALL -> java.util.logging.Level.ALL;
                case TRACE -> java.util.logging.Level.FINER;
                case DEBUG -> java.util.logging.Level.FINE;
                case INFO -> java.util.logging.Level.INFO;
                case WARNING -> java.util.logging.Level.WARNING;
                case ERROR -> java.util.logging.Level.SEVERE;
                case OFF -> java.util.logging.Level.OFF;
            };
        }
    }
}
