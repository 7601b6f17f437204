package org.coffer.engine.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A store that gets into trouble at its n-th call of any kind, put, get, read, list, delete or sync, and is seen through a
 * {@link Patience} whose clock runs only while a call hangs.
 *
 * <p>What hangs comes to pass when {@link #recover} is called, long after everybody has given it up.
 */
public final class TroubledStore implements AutoCloseable {
    /** What happens at the n-th call. */
    public enum Trouble {
        /** From then on nothing new can be put. */
        FULL,
        /** That call fails with an error of input or output, once. */
        FAILS,
        /** That call does what it should, and says that it failed. */
        LIES,
        /** From then on the place is not there. */
        GONE,
        /** That call hangs, and no other. */
        HANGS,
        /** From then on every call hangs. */
        ALL_HANG,
        /** That call takes four minutes. */
        SLOW
    }

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final ObjectStore real;
    private final Trouble trouble;
    private final int at;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch recovered = new CountDownLatch(1);
    /** One party for each call that hangs, and one for whoever waits for them to end. */
    private final Phaser hung = new Phaser(1);

    /** @param at the call at which it begins, counted from 0 */
    public TroubledStore(ObjectStore real, Trouble trouble, int at) {
        this.real = real;
        this.trouble = trouble;
        this.at = at;
    }

    /** The store as its user sees it. */
    public ObjectStore seen() {
        Patience patience = new Patience(
                Duration.ofMinutes(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofMillis(10),
                this::clock);
        return new PatientStore(new Calls(), patience);
    }

    /** Whether there was a call at which the trouble could begin. */
    public boolean struck() {
        return calls.get() > at;
    }

    private long clock() {
        asked.incrementAndGet();
        return hanging.get() > 0 ? now.addAndGet(60 * MINUTE) : now.get();
    }

    /** Lets everything that hangs go on, and waits until it has come to pass. */
    public void recover() {
        recovered.countDown();
        hung.arriveAndAwaitAdvance();
    }

    @Override
    public void close() {
        recover();
    }

    private interface Call<T> {
        T make() throws StoreException;
    }

    private <T> T call(boolean puts, Call<T> call) throws StoreException {
        int number = calls.getAndIncrement();
        if (number < at) {
            return call.make();
        }
        boolean first = number == at;
        switch (trouble) {
            case FULL -> refuse(puts, StoreException.Kind.FULL);
            case FAILS -> refuse(first, StoreException.Kind.DAMAGED);
            case LIES -> {
                if (first) {
                    call.make();
                }
                refuse(first, StoreException.Kind.DAMAGED);
            }
            case GONE -> refuse(true, StoreException.Kind.UNREACHABLE);
            case HANGS -> {
                if (first) {
                    return late(call);
                }
            }
            case ALL_HANG -> {
                return late(call);
            }
            case SLOW -> {
                if (first) {
                    now.addAndGet(4 * MINUTE);
                    int before = asked.get();
                    while (asked.get() < before + 2 && recovered.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                }
            }
        }
        return call.make();
    }

    private static void refuse(boolean now, StoreException.Kind kind) throws StoreException {
        if (now) {
            throw new StoreException(kind, "the test made trouble");
        }
    }

    /** Does what it should when the store has recovered. */
    private <T> T late(Call<T> call) throws StoreException {
        if (hung.register() < 0) {
            throw new StoreException(StoreException.Kind.UNREACHABLE, "the test is over");
        }
        hanging.incrementAndGet();
        try {
            recovered.await();
            return call.make();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            hanging.decrementAndGet();
            hung.arriveAndDeregister();
        }
    }

    private final class Calls implements ObjectStore {
        private void act(boolean puts, Runner act) throws StoreException {
            call(puts, () -> {
                act.run();
                return true;
            });
        }

        @Override
        public void put(String name, ByteBuffer... bytes) throws StoreException {
            act(true, () -> real.put(name, bytes));
        }

        @Override
        public byte[] get(String name) throws StoreException {
            return call(false, () -> real.get(name));
        }

        @Override
        public void read(String name, long offset, ByteBuffer target) throws StoreException {
            act(false, () -> real.read(name, offset, target));
        }

        @Override
        public byte[] suffix(String name, int length) throws StoreException {
            return call(false, () -> real.suffix(name, length));
        }

        @Override
        public List<StoredObject> list(String prefix) throws StoreException {
            return call(false, () -> real.list(prefix));
        }

        @Override
        public void delete(String name) throws StoreException {
            act(false, () -> real.delete(name));
        }

        @Override
        public void syncDeletes() throws StoreException {
            act(false, real::syncDeletes);
        }

        @Override
        public void sweep(String prefix) throws StoreException {
            act(false, () -> real.sweep(prefix));
        }

        @Override
        public void sweep(Instant before, Predicate<String> names) throws StoreException {
            act(false, () -> real.sweep(before, names));
        }

        @Override
        public Room room() throws StoreException {
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

    private interface Runner {
        void run() throws StoreException;
    }
}
