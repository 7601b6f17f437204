package org.coffer.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.disk.Extent;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** An open disk that is being overwritten: a device held against mounting, or an image file kept sparse. */
final class DiskTarget implements BlockTarget {
    private static final int ZEROS = 1 << 20;

    private final DiskSource disk;
    private final RawFile file;
    private final Path path;
    private final boolean device;

    DiskTarget(DiskSource disk, RawFile file, Path path, boolean device) {
        this.disk = disk;
        this.file = file;
        this.path = path;
        this.device = device;
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public String name() {
        return disk.name();
    }

    @Override
    public void read(long position, ByteBuffer dst) throws IOException {
        disk.read(position, dst);
    }

    @Override
    public List<Extent> data(long from, long to) throws IOException {
        return disk.data(from, to);
    }

    @Override
    public long check() {
        return disk.check();
    }

    @Override
    public void write(long position, ByteBuffer src) throws IOException {
        if (position < 0 || position + src.remaining() > size()) {
            throw new IllegalArgumentException("writing beyond the end: " + position + "+" + src.remaining());
        }
        try {
            file.write(position, src);
        } catch (Errno e) {
            throw explain(e, position);
        }
    }

    @Override
    public void zero(long position, long length) throws IOException {
        try {
            file.punch(position, length);
        } catch (Errno e) {
            if (e.gone() || e.number() == Errno.EIO) {
                throw explain(e, position);
            }
            writeZeros(position, length);
        }
    }

    private void writeZeros(long position, long length) throws IOException {
        if (device) {
            try {
                file.zeroOut(position, length);
                return;
            } catch (Errno e) {
                if (e.gone() || e.number() == Errno.EIO) {
                    throw explain(e, position);
                }
            }
        }
        ByteBuffer zeros = RawFile.buffer((int) Math.min(ZEROS, length));
        for (long at = position; at < position + length; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), position + length - at));
            write(at, zeros);
        }
    }

    private IOException explain(Errno trouble, long position) {
        if (trouble.gone() || trouble.number() == Errno.EIO) {
            check();
        }
        if (trouble.gone()) {
            throw new ProblemException(Problem.of("disk.lost", "disk", name(), "percent", 0), trouble);
        }
        if (trouble.number() == Errno.EIO) {
            throw new ProblemException(Problem.of("disk.write", "disk", name(), "place", position), trouble);
        }
        if (trouble.number() == Errno.ENOSPC) {
            throw new ProblemException(Problem.of("image.room", "path", path.toString()), trouble);
        }
        return trouble;
    }

    @Override
    public void flush() throws IOException {
        try {
            file.sync();
        } catch (Errno e) {
            throw explain(e, 0);
        }
        file.forgetWritten();
    }

    /** Devices are read back in the end instead: a forged one writes over its beginning when its real end is reached. */
    @Override
    public boolean readsBack() {
        return !device && file.isDirect();
    }

    @Override
    public void settle(long restored) throws IOException {
        if (restored < size()) {
            new GptMover(this).move();
        }
        if (device) {
            readTable();
        }
    }

    /** The kernel's own view of the partitions is a comfort, not part of the restore. */
    private void readTable() throws IOException {
        try {
            file.readTable();
        } catch (Errno e) {
            boolean notPartitionable = e.number() == Errno.EINVAL || e.number() == Errno.ENOTTY;
            if (!notPartitionable && e.number() != Errno.EBUSY) {
                throw explain(e, 0);
            }
        }
    }

    @Override
    public void close() {
        disk.close();
    }
}
