package org.coffer.engine.store.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** How far one try of a request got, and how much moved. */
final class Trace extends EventListener {
    /** The steps of a connection, in their order. */
    enum Reached {
        NOTHING,
        ADDRESS,
        SERVER,
        SECRECY,
        CONNECTION
    }

    private Reached reached = Reached.NOTHING;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    /** The trace that a request carries. */
    static EventListener of(Call call) {
        Trace carried = call.request().tag(Trace.class);
        return carried == null ? EventListener.NONE : carried;
    }

    synchronized Reached reached() {
        return reached;
    }

    /** Bytes of content that went out. */
    long sent() {
        return sent.get();
    }

    /** Bytes of content that came in. */
    long received() {
        return received.get();
    }

    private synchronized void reach(Reached step) {
        if (step.compareTo(reached) > 0) {
            reached = step;
        }
    }

    @Override
    public void dnsEnd(Call call, String domainName, List<InetAddress> inetAddressList) {
        reach(Reached.ADDRESS);
    }

    @Override
    public void secureConnectStart(Call call) {
        reach(Reached.SERVER);
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        reach(Reached.SECRECY);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress inetSocketAddress, Proxy proxy, @Nullable Protocol protocol) {
        reach(Reached.SECRECY);
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        reach(Reached.CONNECTION);
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        sent.set(byteCount);
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
        received.set(byteCount);
    }

    @Override
    public void responseFailed(Call call, IOException ioe) {
        // What came in before is not known; nothing is made of it.
    }
}
