package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Makes image files: all hole at first, durable by name before anything is written into them. */
final class NewImage {
    private NewImage() {}

    /** Makes a file as {@link Machine#newImage} says. */
    static DiskTarget make(Path path, long size) {
        String shown = path.toString();
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProblemException(Problem.of("image.exists", "path", shown));
        }
        if (SpecialFiles.hold(folder)) {
            throw new ProblemException(Problem.of("location.special", "path", folder.toString()));
        }
        try {
            make(path, folder, size);
            RawFile file = RawFile.openImage(shown);
            String name = Images.nameOf(path);
            Presence presence = Presence.OfImage.at(name, path.toRealPath());
            return new DiskTarget(new DiskSource(name, file, size, presence, true), file, path, false);
        } catch (Errno e) {
            throw new ProblemException(
                    switch (e.number()) {
                        case Errno.ENOENT -> Problem.of("location.missing", "path", folder.toString());
                        case Errno.EACCES, Errno.EPERM, Errno.EROFS -> Problem.of("image.denied", "path", shown);
                        default -> Problem.of("image.room", "path", shown);
                    },
                    e);
        } catch (IOException e) {
            throw new ProblemException(Problem.of("image.denied", "path", shown), e);
        }
    }

    private static void make(Path path, Path folder, long size) throws IOException {
        try (RawFile file = RawFile.open(path.toString(), Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL);
                RawFile parent = RawFile.open(folder.toString(), Posix.O_RDONLY)) {
            try {
                file.truncate(size);
                file.sync();
                parent.sync();
            } catch (IOException e) {
                Files.deleteIfExists(path);
                throw e;
            }
        }
    }
}
