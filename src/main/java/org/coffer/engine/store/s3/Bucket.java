package org.coffer.engine.store.s3;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Requests;

/** Asks things of one bucket: signed, repeated as patience allows, and with failures that a person can read. */
final class Bucket implements AutoCloseable {
    private final S3Address address;
    private final Exchanges exchanges;
    private final Retrying retrying;
    private final Faults faults;
    private final Refusals refusals;
    /** Whether it ever did what it was asked to, so that name, key and region were right. */
    private final AtomicBoolean worked = new AtomicBoolean();
    /** Whether it answers as a kind of server whose lists show a put when they come to it. */
    private final AtomicBoolean unbounded = new AtomicBoolean();

    /**
     * A bucket.
     *
     * @param pauses the time that passes between tries
     * @throws IOException if the certificates to trust cannot be read
     */
    Bucket(S3Settings settings, Supplier<S3Credentials> credentials, Clock clock, RandomGenerator random, Pauses pauses)
            throws IOException {
        this.address = settings.address();
        this.exchanges =
                new Exchanges(Clients.make(settings), new Signing(address, credentials, clock), clock, settings);
        this.retrying = new Retrying(settings.patience(), random, pauses.nanos(), pauses.sleep());
        this.faults = new Faults(address, settings.network(), System.getenv());
        this.refusals = new Refusals(address, clock);
    }

    S3Address address() {
        return address;
    }

    Requests requests() {
        return exchanges.requests();
    }

    /**
     * Whether the server is of a kind whose lists lag without a bound: then one that shows a put at once proves nothing. Known
     * once it answered. It is Swift, which names each request so. <cite>OpenStack, Object Storage API, X-Trans-Id</cite>.
     */
    boolean listsWithoutBound() {
        return unbounded.get();
    }

    /** Does what is asked, and reads the answer; what it reads into must stand a second try. */
    <T> T ask(S3Request asked, Exchanges.Reading<T> reading) throws StoreException {
        return ask(asked, 0, new Trace(), reading);
    }

    /** @param expected bytes that the answer will hold, 0 if few */
    <T> T ask(S3Request asked, long expected, Exchanges.Reading<T> reading) throws StoreException {
        return ask(asked, expected, new Trace(), reading);
    }

    /** The same, for somebody who wants to know how far the first try got. */
    <T> T ask(S3Request asked, Trace first, Exchanges.Reading<T> reading) throws StoreException {
        return ask(asked, 0, first, reading);
    }

    private <T> T ask(S3Request asked, long expected, Trace first, Exchanges.Reading<T> reading) throws StoreException {
        return retrying.run(repeated -> {
            try {
                T result = exchanges.send(asked, repeated ? new Trace() : first, expected, repeated, answer -> {
                    if (answer.header("X-Trans-Id") != null) {
                        unbounded.set(true);
                    }
                    return reading.read(answer);
                });
                worked.set(true);
                return result;
            } catch (StoreException e) {
                throw new Retrying.Failed(new Fault(e, Fault.Again.NO, Optional.empty()));
            } catch (Refusal said) {
                throw new Retrying.Failed(refusals.of(said, asked, worked.get()));
            } catch (IOException e) {
                throw new Retrying.Failed(faults.of(e));
            }
        });
    }

    @Override
    public void close() {
        exchanges.close();
    }
}
