package org.coffer.console.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.disk.Extent;

/**
 * A target that says so once, before the first byte of it changes. A restore that finds nothing to change, or fails while
 * it only compares, never says so. Any number of threads; none writes before the mark is made.
 */
final class MarkedTarget implements BlockTarget {
    private final BlockTarget target;
    private final Runnable mark;
    private boolean marked;

    MarkedTarget(BlockTarget target, Runnable mark) {
        this.target = target;
        this.mark = mark;
    }

    private synchronized void mark() {
        if (!marked) {
            mark.run();
            marked = true;
        }
    }

    @Override
    public void write(long position, ByteBuffer src) throws IOException {
        mark();
        target.write(position, src);
    }

    @Override
    public void zero(long position, long length) throws IOException {
        mark();
        target.zero(position, length);
    }

    @Override
    public void settle(long restored) throws IOException {
        if (restored < target.size()) {
            mark(); // The second copy of a partition table moves to the end.
        }
        target.settle(restored);
    }

    @Override
    public boolean readsBack() {
        return target.readsBack();
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    @Override
    public long size() {
        return target.size();
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public void read(long position, ByteBuffer dst) throws IOException {
        target.read(position, dst);
    }

    @Override
    public List<Extent> data(long from, long to) throws IOException {
        return target.data(from, to);
    }

    @Override
    public long check() {
        return target.check();
    }

    @Override
    public void close() {
        target.close();
    }
}
