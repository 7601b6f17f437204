package org.coffer.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.disk.Extent;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** An image file read and written through the JDK: every byte counts as allocated. */
final class PortableFile implements BlockTarget {
    private static final int ZEROS = 1 << 20;

    private final String name;
    private final Path path;
    private final FileChannel file;
    private final long size;

    private PortableFile(String name, Path path, FileChannel file, long size) {
        this.name = name;
        this.path = path;
        this.file = file;
        this.size = size;
    }

    static PortableFile open(FoundDisk image, boolean writing) {
        try {
            FileChannel file = writing
                    ? FileChannel.open(image.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)
                    : FileChannel.open(image.path(), StandardOpenOption.READ);
            return new PortableFile(image.name(), image.path(), file, file.size());
        } catch (IOException e) {
            throw denied(image.path(), e);
        }
    }

    static PortableFile make(Path path, long size) {
        try {
            FileChannel file = FileChannel.open(
                    path,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.SPARSE);
            file.write(ByteBuffer.allocate(1), size - 1);
            return new PortableFile(Images.nameOf(path), path, file, size);
        } catch (FileSystemException e) {
            throw denied(path, e);
        } catch (IOException e) {
            throw new ProblemException(Problem.of("image.room", "path", path.toString()), e);
        }
    }

    private static ProblemException denied(Path path, IOException cause) {
        return new ProblemException(Problem.of("image.denied", "path", path.toString()), cause);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(long position, ByteBuffer dst) throws IOException {
        long at = position;
        while (dst.hasRemaining()) {
            int got = file.read(dst, at);
            if (got < 0) {
                check();
                throw new IOException("nothing at " + at);
            }
            at += got;
        }
    }

    @Override
    public List<Extent> data(long from, long to) {
        return from < Math.min(to, size) ? List.of(new Extent(from, Math.min(to, size))) : List.of();
    }

    @Override
    public long check() {
        try {
            long now = Files.size(path);
            if (now < size) {
                throw new ProblemException(Problem.of("disk.shrunk", "disk", name, "before", size, "now", now));
            }
            return now;
        } catch (IOException e) {
            throw new ProblemException(Problem.of("disk.lost", "disk", name, "percent", 0), e);
        }
    }

    @Override
    public void write(long position, ByteBuffer src) throws IOException {
        long at = position;
        while (src.hasRemaining()) {
            at += file.write(src, at);
        }
    }

    @Override
    public void zero(long position, long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, length));
        for (long at = position; at < position + length; at += zeros.capacity()) {
            write(at, zeros.clear().limit((int) Math.min(zeros.capacity(), position + length - at)));
        }
    }

    @Override
    public void flush() throws IOException {
        file.force(true);
    }

    @Override
    public void settle(long restored) throws IOException {
        if (restored < size) {
            new GptMover(this).move();
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
