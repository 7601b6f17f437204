package org.coffer.machine;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.machine.FoundDisk.Encryption;
import org.coffer.machine.FoundDisk.Kind;
import org.coffer.machine.FoundDisk.Role;
import org.coffer.machine.FoundDisk.State;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Any other system: image files by the JDK alone. It finds no devices and says so by {@link #knowsDevices}, sees no holes,
 * and cannot tell what lies on what.
 */
final class PortableMachine implements Machine {
    @Override
    public boolean knowsDevices() {
        return false;
    }

    @Override
    public List<FoundDisk> disks() {
        return List.of();
    }

    @Override
    public FoundDisk inspect(Path image) {
        Images.Image found = Images.look(image);
        return new FoundDisk(
                "image:" + found.path(),
                found.name(),
                found.path(),
                Kind.IMAGE,
                found.size(),
                "",
                "",
                Role.DATA,
                State.AVAILABLE,
                null,
                List.of(),
                Encryption.NONE,
                "",
                List.of());
    }

    @Override
    public BlockSource source(FoundDisk disk) {
        return PortableFile.open(inspect(disk.path()).named(disk.name()), false);
    }

    @Override
    public BlockTarget target(FoundDisk disk) {
        return PortableFile.open(inspect(disk.path()).named(disk.name()), true);
    }

    @Override
    public BlockTarget newImage(Path file, long size) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProblemException(Problem.of("image.exists", "path", file.toString()));
        }
        return PortableFile.make(file, size);
    }

    @Override
    public List<FoundDisk> holding(Path path) {
        return List.of();
    }

    @Override
    public Overlap overlap(FoundDisk disk, Path folder) {
        return Overlap.NONE;
    }

    @Override
    public boolean administrator() {
        return false;
    }

    @Override
    public OptionalLong written(FoundDisk disk) {
        return OptionalLong.empty();
    }

    @Override
    public void gentle() {
        // The JDK knows no priorities for disks.
    }
}
