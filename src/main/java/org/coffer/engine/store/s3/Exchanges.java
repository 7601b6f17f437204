package org.coffer.engine.store.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.coffer.engine.work.RequestMeter;
import org.coffer.engine.work.Requests;
import org.coffer.engine.work.Work;

/**
 * Sends single requests and hears their answers: no more at once than the place may have, none longer than its bytes
 * justify.
 *
 * <p><b>Promises.</b> {@link #send} returns what the answer held, or throws. An interrupt, or the wish of the caller's
 * {@link Work} to stop, is heard within {@link #LOOK}: the connection is cut, and the call fails. What is asked when the
 * wish is known already, such as a last marker, has a little time ({@link Stop#GRACE}). Whatever happened, the exchange is over when it returns, so that the caller's buffers are free; only one that cannot be cut (a name server that
 * does not answer) is left behind, and said to be {@link Left}.
 *
 * <p>Each exchange runs on a thread of its own, because a thread that waits for a socket hears nothing else. They are as
 * many as requests are in flight, and do not keep the program from ending.
 */
final class Exchanges implements AutoCloseable {
    /** How soon a wish to stop is heard. */
    static final Duration LOOK = Duration.ofMillis(50);

    /** How long an exchange that was cut may take to end. */
    private static final Duration END = Duration.ofSeconds(5);

    /** Bytes up to which a request carries little. */
    private static final long SMALL = 64 << 10;

    /** Slower than this in bytes a second, a transfer is given up: a quarter of an old telephone line. */
    private static final long SLOWEST = 16 << 10;

    private final OkHttpClient client;
    private final Signing signing;
    private final Clock clock;
    private final Duration silence;
    /** Two for each request in flight; one that carries little takes one, because it is on its way most of its time. */
    private final Semaphore places;

    private final ExecutorService threads;
    private final RequestMeter meter = new RequestMeter();
    private volatile boolean untidy;

    /** Reads what it wants out of a good answer. */
    @FunctionalInterface
    interface Reading<T> {
        T read(Response answer) throws IOException;
    }

    /** An exchange was cut because the caller was asked to stop. */
    static final class Stopped extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("asked to stop");
        }
    }

    /** An exchange was to be cut, and did not end: it may still read or write the caller's buffers. */
    static final class Left extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        Left() {
            super("asked to stop, and the request did not end");
        }
    }

    Exchanges(OkHttpClient client, Signing signing, Clock clock, S3Settings settings) {
        this.client = client;
        this.signing = signing;
        this.clock = clock;
        this.silence = settings.patience().silence();
        this.places = new Semaphore(2 * settings.habits().inFlight(), true);
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("s3-", 0).factory());
    }

    /** All requests so far. */
    Requests requests() {
        return meter.sum();
    }

    /**
     * Sends a request once.
     *
     * @param expected bytes that the answer will hold, 0 if few
     * @param repeated whether it was sent before
     * @throws Refusal if the server says no
     * @throws IOException if no answer could be had
     */
    <T> T send(S3Request asked, Trace trace, long expected, boolean repeated, Reading<T> reading) throws IOException {
        Work work = Work.current();
        Stop stop = new Stop(work);
        int room = asked.size() + expected > SMALL ? 2 : 1;
        try {
            takePlace(stop, room);
            try {
                return sendNow(asked, trace, expected, repeated, reading, stop);
            } finally {
                places.release(room);
            }
        } finally {
            stop.close();
        }
    }

    private <T> T sendNow(S3Request asked, Trace trace, long expected, boolean repeated, Reading<T> reading, Stop stop)
            throws IOException {
        Call call = client.newCall(tidy(asked, signing.sign(asked, trace)));
        long seconds = (asked.size() + expected) / SLOWEST;
        call.timeout().timeout(2 * silence.toMillis() + seconds * 1000, TimeUnit.MILLISECONDS);
        try {
            return await(new FutureTask<>(() -> exchange(call, reading)), call, stop);
        } finally {
            Requests made = count(asked.act(), repeated, trace);
            meter.count(made);
            stop.work().requested(made);
        }
    }

    /** A server that was seen to leave something behind such an answer gets a connection for each, so that it goes with that. */
    private Request tidy(S3Request asked, Request signed) {
        return untidy && asked.act() == S3Request.Act.HEAD
                ? signed.newBuilder().header("Connection", "close").build()
                : signed;
    }

    private <T> T exchange(Call call, Reading<T> reading) throws IOException {
        try (Response answer = call.execute()) {
            if (!answer.isSuccessful()) {
                throw Refusal.read(answer, clock.instant());
            }
            return reading.read(answer);
        } catch (ProtocolException e) {
            // Some servers put bytes behind an answer that has none (Swift's, to HEAD), which the next request would
            // take for its own
            // answer. Where one connection has such a rest all others may have one.
            untidy = true;
            client.connectionPool().evictAll();
            throw e;
        }
    }

    private void takePlace(Stop stop, int room) throws Stopped {
        boolean taken = false;
        while (!taken) {
            try {
                taken = places.tryAcquire(room, LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                stop.interrupt();
            }
            if (!taken && stop.now()) {
                throw new Stopped();
            }
        }
    }

    private <T> T await(FutureTask<T> running, Call call, Stop stop) throws IOException {
        long cut = 0;
        try {
            threads.execute(running);
        } catch (RejectedExecutionException e) {
            throw new IOException("closed", e);
        }
        while (true) {
            try {
                return running.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                stop.interrupt();
            } catch (ExecutionException e) {
                if (cut != 0) {
                    throw new Stopped();
                }
                throw thrown(e);
            } catch (TimeoutException e) {
                if (cut != 0 && System.nanoTime() - cut > END.toNanos()) {
                    throw new Left();
                }
            }
            if (cut == 0 && stop.now()) {
                call.cancel();
                cut = System.nanoTime();
            }
        }
    }

    private static IOException thrown(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException failure -> failure;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(e.getCause());
        };
    }

    private static Requests count(S3Request.Act act, boolean repeated, Trace trace) {
        return new Requests(
                act == S3Request.Act.WRITE ? 1 : 0,
                act == S3Request.Act.READ ? 1 : 0,
                act == S3Request.Act.HEAD ? 1 : 0,
                act == S3Request.Act.LIST ? 1 : 0,
                act == S3Request.Act.DELETE ? 1 : 0,
                repeated ? 1 : 0,
                trace.sent(),
                trace.received());
    }

    @Override
    public void close() {
        threads.shutdown();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
