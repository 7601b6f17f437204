package org.coffer.console.home;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/**
 * Who owns a home, as the file {@code lock} says. The file is only a note: the kernel's lock on it is what counts, and
 * that one goes with the process, however it ends.
 *
 * @param pid the process
 * @param user the account that runs it
 * @param since when it took the home
 * @param socket where it answers
 */
public record HomeOwner(long pid, String user, Instant since, Path socket) {

    /** The account of this process. */
    static String currentUser() {
        return System.getProperty("user.name", "?");
    }

    /** Reads who owns {@code home}; empty if nobody noted it, or not completely yet. */
    public static Optional<HomeOwner> of(Home home) {
        Properties note = new Properties();
        try {
            note.load(new StringReader(Files.readString(home.lock())));
            return Optional.of(new HomeOwner(
                    Long.parseLong(note.getProperty("pid", "")),
                    note.getProperty("user", ""),
                    Instant.parse(note.getProperty("since", "")),
                    Path.of(note.getProperty("socket", ""))));
        } catch (IOException | NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The note to be written into the file. */
    String note() {
        Properties note = new Properties();
        note.setProperty("pid", Long.toString(pid));
        note.setProperty("user", user);
        note.setProperty("since", since.toString());
        note.setProperty("socket", socket.toString());
        StringWriter text = new StringWriter();
        try {
            note.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
