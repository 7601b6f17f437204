package org.coffer.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a real disk and lets something happen at the n-th read or write. */
class Between implements BlockTarget {
    /** What happens; true if the real disk is still to be asked. */
    interface Event {
        boolean happen() throws IOException;
    }

    private final BlockSource disk;
    private final int turn;
    private final Event event;
    private boolean atOnce = true;
    private boolean countsReads;
    private final AtomicInteger calls = new AtomicInteger();

    /** Before the {@code turn}-th call to read of a source, or to write of a target, counted from 1. */
    Between(BlockSource disk, int turn, Event event) {
        this.disk = disk;
        this.turn = turn;
        this.event = event;
        this.countsReads = !(disk instanceof BlockTarget);
    }

    /** Counts the reads of a target, and no longer its writes. */
    Between countingReads() {
        countsReads = true;
        return this;
    }

    private boolean goOn(boolean counts) throws IOException {
        return !counts || calls.incrementAndGet() != turn || event.happen();
    }

    private BlockTarget target() {
        return (BlockTarget) disk;
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
        if (goOn(countsReads)) {
            disk.read(position, dst);
        }
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
        if (goOn(!countsReads)) {
            target().write(position, src);
        }
    }

    @Override
    public void zero(long position, long length) throws IOException {
        target().zero(position, length);
    }

    @Override
    public boolean readsBack() {
        return atOnce && target().readsBack();
    }

    /** The same disk, read back only in the end. */
    Between readInTheEnd() {
        atOnce = false;
        return this;
    }

    @Override
    public void flush() throws IOException {
        target().flush();
    }

    @Override
    public void settle(long restored) throws IOException {
        target().settle(restored);
    }

    @Override
    public void close() {
        disk.close();
    }
}
