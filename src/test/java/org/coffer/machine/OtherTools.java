package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A folder of programs that this computer uses in place of its own, so that a test says how they behave. */
public final class OtherTools {
    private final Path folder;

    /** Programs that will be put into {@code folder}. */
    public OtherTools(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Puts a shell script in the place of a tool. */
    public void put(String name, String... lines) throws IOException {
        Path script = folder.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** Lets the computer's own tool be found again. */
    public void remove(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }

    /** This computer with these tools. */
    public Machine machine(Path memory) {
        return new LinuxMachine(Path.of("/"), new DiskMemory(memory), this::find);
    }

    Optional<Path> find(String name) {
        Path own = folder.resolve(name);
        return Files.isExecutable(own) ? Optional.of(own) : Tool.find(name);
    }
}
