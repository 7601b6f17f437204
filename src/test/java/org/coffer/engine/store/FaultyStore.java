package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A store that dies at its n-th durable step (put, delete, sync), either just before the step or just after it took
 * effect without saying so, and stays dead: what a crash or a pulled plug looks like from the outside. It can also refuse
 * exactly one step and live on.
 */
public final class FaultyStore implements ObjectStore {
    /** How a step fails. */
    public enum Fault {
        /** The step does not happen, nor any later one. */
        DIES_BEFORE,
        /** The step happens, but nobody learns of it; no later one does. */
        DIES_AFTER,
        /** The step does not happen; later ones do. */
        FAILS_ONCE
    }

    private final ObjectStore real;
    private final Fault fault;
    private final int at;
    private final AtomicInteger steps = new AtomicInteger();

    /** @param at the step that fails, counted from 0 */
    public FaultyStore(ObjectStore real, Fault fault, int at) {
        this.real = real;
        this.fault = fault;
        this.at = at;
    }

    /** Durable steps so far. */
    public int steps() {
        return steps.get();
    }

    /** Whether the fault has struck. */
    public boolean struck() {
        return steps.get() > at;
    }

    private interface Step {
        void run() throws StoreException;
    }

    private void step(Step step) throws StoreException {
        int number = steps.getAndIncrement();
        if (number < at || (number > at && fault == Fault.FAILS_ONCE)) {
            step.run();
            return;
        }
        if (number == at && fault == Fault.DIES_AFTER) {
            step.run();
        }
        throw new StoreException(StoreException.Kind.UNREACHABLE, "the test pulled the plug at step " + number);
    }

    private void alive() throws StoreException {
        if (struck() && fault != Fault.FAILS_ONCE) {
            throw new StoreException(StoreException.Kind.UNREACHABLE, "the plug is out");
        }
    }

    @Override
    public void put(String name, ByteBuffer... bytes) throws StoreException {
        step(() -> real.put(name, bytes));
    }

    @Override
    public byte[] get(String name) throws StoreException {
        alive();
        return real.get(name);
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        alive();
        real.read(name, offset, target);
    }

    @Override
    public byte[] suffix(String name, int length) throws StoreException {
        alive();
        return real.suffix(name, length);
    }

    @Override
    public List<StoredObject> list(String prefix) throws StoreException {
        alive();
        return real.list(prefix);
    }

    @Override
    public void delete(String name) throws StoreException {
        step(() -> real.delete(name));
    }

    @Override
    public void syncDeletes() throws StoreException {
        step(real::syncDeletes);
    }

    @Override
    public void sweep(String prefix) throws StoreException {
        alive();
        real.sweep(prefix);
    }

    @Override
    public void sweep(Instant before, Predicate<String> names) throws StoreException {
        alive();
        real.sweep(before, names);
    }

    @Override
    public Room room() throws StoreException {
        alive();
        return real.room();
    }

    @Override
    public Optional<Duration> staleness() {
        return real.staleness();
    }

    @Override
    public String where() {
        return real.where();
    }

    @Override
    public void close() {
        real.close();
    }
}
