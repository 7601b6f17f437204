package org.coffer.console.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Whether Coffer starts when its user logs in, so that policies run without anybody opening the window (Z3): an entry in the
 * desktop's autostart folder, as the <a href="https://specifications.freedesktop.org/autostart-spec/latest/">Desktop
 * Application Autostart Specification</a> has it. The file is the only truth and is read each time, because desktops have
 * switches of their own for it. Each home has an entry of its own.
 */
public final class Autostart {
    /** What makes the program start without showing its window. */
    public static final String HIDDEN = "--hidden";

    /** The entry, but for what it starts. */
    private static final String ENTRY = "/autostart/coffer.desktop";

    private final Path file;
    private final List<String> command;

    /**
     * An entry.
     *
     * @param folder the desktop's autostart folder; made when it is needed
     * @param name the name of the entry's file
     * @param command the program and its arguments
     */
    Autostart(Path folder, String name, List<String> command) {
        this.file = folder.resolve(name);
        this.command = List.copyOf(command);
    }

    /**
     * The entry of a home; empty where the system has no place for one that Coffer knows.
     *
     * @param system the name of the operating system, as in the property {@code os.name}
     * @param userHome the user's own folder
     * @param environment the environment variables
     * @param program what starts Coffer
     */
    public static Optional<Autostart> of(
            Home home, String system, Path userHome, Map<String, String> environment, Path program) {
        if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
            return Optional.empty();
        }
        // The convention says that a relative path in the variable is to be ignored.
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = config.startsWith("/") ? Path.of(config) : userHome.resolve(".config");
        String directory = home.directory().toString();
        boolean usual = Home.usual(system, userHome, Map.of()).equals(home);
        String name = usual ? "coffer.desktop" : "coffer-" + shortName(directory) + ".desktop";
        return Optional.of(new Autostart(
                base.resolve("autostart"), name, List.of(program.toString(), "--home", directory, HIDDEN)));
    }

    private static String shortName(String path) {
        return UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
    }

    /** Where the entry is, or would be. */
    public Path file() {
        return file;
    }

    /**
     * Whether it starts.
     *
     * @throws ProblemException {@code autostart.failed} if the entry cannot be read
     */
    public boolean on() {
        try {
            return Files.exists(file)
                    && Files.readAllLines(file).stream()
                            .map(line -> line.replace(" ", "").toLowerCase(Locale.ROOT))
                            .noneMatch(line ->
                                    line.equals("hidden=true") || line.equals("x-gnome-autostart-enabled=false"));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Lets it start, or no longer. The entry is there as a whole or not at all, whatever crashes.
     *
     * @throws ProblemException {@code autostart.failed}
     */
    public void set(boolean on) {
        try {
            if (on) {
                write();
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder: " + file);
        }
        Files.createDirectories(folder);
        String exec = command.stream().map(Autostart::quoted).collect(Collectors.joining(" "));
        Path fresh = Files.createTempFile(folder, ".coffer", ".new");
        try {
            Files.writeString(fresh, entry().replace("@EXEC@", exec));
            try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static String entry() throws IOException {
        try (InputStream in = Objects.requireNonNull(Autostart.class.getResourceAsStream(ENTRY), ENTRY)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * An argument as the key {@code Exec} wants it: in quotes, with a backslash before what is special in them, and each of
     * these backslashes doubled because the value is a string of the file; a percent sign begins a field code.
     */
    static String quoted(String argument) {
        String inQuotes = argument.replaceAll("([\\\\\"`$])", "\\\\$1");
        return '"' + inQuotes.replace("\\", "\\\\").replace("%", "%%") + '"';
    }

    private ProblemException failed(IOException e) {
        return new ProblemException(
                Problem.of("autostart.failed", "file", file.toString(), "cause", String.valueOf(e.getMessage())), e);
    }
}
