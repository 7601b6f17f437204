package org.coffer.engine.store.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The line between a client and an S3 server, for tests that break it: a small proxy on the loopback address that passes
 * requests and answers on, and does to each what a plan says.
 *
 * <pre>
 *   S3Store ──▶ Wire ──▶ LocalBucket
 *                 └ plan: cut, lose, flip, slow, refuse, stale …
 * </pre>
 */
public final class Wire implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, byte[]> lists = new HashMap<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile Function<Seen, Trouble> plan = request -> Trouble.NONE;
    private volatile long latency;
    private volatile @Nullable SSLContext secrets;

    /**
     * A request that came by.
     *
     * @param number how many came before
     * @param line method and address
     * @param size bytes of content
     */
    public record Seen(int number, String line, int size) {
        /** Whether it is of a method, and its address holds a word. */
        public boolean is(String method, String word) {
            return line.startsWith(method + " ") && line.contains(word);
        }
    }

    /** What may happen to one request. */
    public sealed interface Trouble {
        /** Nothing. */
        Trouble NONE = new Good();

        /** It passes. */
        record Good() implements Trouble {}

        /** It is cut off when so many bytes of its content have passed; nothing comes back. */
        record CutRequest(int after) implements Trouble {}

        /** It is served, and its answer is cut off when so many bytes, with the head, have passed. */
        record CutAnswer(int after) implements Trouble {}

        /** One bit of its content is another when it arrives. */
        record FlipRequest() implements Trouble {}

        /** One bit of the end of its answer is another when it arrives. */
        record FlipAnswer() implements Trouble {}

        /** Its answer comes in pieces of so many bytes, with so many milliseconds between them. */
        record Slow(int bytes, int millis) implements Trouble {}

        /** It is answered without the server. */
        record Answer(String head, String body) implements Trouble {}

        /** It arrives, and nothing comes back until this opens. */
        record Silent(CountDownLatch until) implements Trouble {}

        /** If it is a listing that was seen before, the answer of then. */
        record Stale() implements Trouble {}
    }

    private Wire(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
        Thread.ofPlatform().daemon().name("wire").start(this::accept);
    }

    /** A line to a server on the loopback address. */
    public static Wire to(int port) {
        try {
            return new Wire(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same, encrypted on the client's side. */
    public static Wire to(int port, SSLContext secrets) {
        Wire wire = to(port);
        wire.exchange(secrets);
        return wire;
    }

    /** From now on the server has another certificate. */
    public void exchange(SSLContext other) {
        secrets = other;
    }

    /** Where the client connects. */
    public int port() {
        return server.getLocalPort();
    }

    /** From now on the plan says what happens. */
    public void plan(Function<Seen, Trouble> next) {
        plan = next;
    }

    /** From now on each request takes so many milliseconds longer. */
    public void latency(long millis) {
        latency = millis;
    }

    /** What came by so far. */
    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Most requests that waited for their answers at one time. */
    public int most() {
        return most.get();
    }

    private synchronized Seen note(String line, int size) {
        Seen next = new Seen(seen.size(), line, size);
        seen.add(next);
        return next;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofPlatform().daemon().name("wire-client").start(() -> serve(client));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private Socket secured(Socket accepted) throws IOException {
        SSLContext context = secrets;
        return context == null
                ? accepted
                : context.getSocketFactory().createSocket(accepted, InputStream.nullInputStream(), true);
    }

    private void serve(Socket accepted) {
        try (accepted;
                Socket client = secured(accepted);
                InputStream in = new BufferedInputStream(client.getInputStream())) {
            client.setTcpNoDelay(true);
            String head = head(in);
            if (head != null) {
                byte[] body = in.readNBytes(length(head));
                Seen request = note(head.substring(0, head.indexOf('\r')), body.length);
                delay();
                treat(request, plan.apply(request), head, body, client.getOutputStream());
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone, or the plan was to cut.
        } finally {
            open.remove(accepted);
        }
    }

    /** Counts a request until its answer begins: whoever has all of one may have sent the next before it is seen to end here. */
    private void delay() throws InterruptedException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            if (latency > 0) {
                Thread.sleep(latency);
            }
        } finally {
            now.decrementAndGet();
        }
    }

    private void treat(Seen request, Trouble trouble, String head, byte[] body, OutputStream out)
            throws IOException, InterruptedException {
        switch (trouble) {
            case Trouble.Good good -> pass(head, body, out, Integer.MAX_VALUE, 64 << 10, 0, request);
            case Trouble.CutRequest cut -> {
                try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
                    upstream.getOutputStream().write(closing(head));
                    upstream.getOutputStream().write(body, 0, Math.min(cut.after(), body.length));
                    upstream.getOutputStream().flush();
                }
            }
            case Trouble.CutAnswer cut -> pass(head, body, out, cut.after(), 64 << 10, 0, request);
            case Trouble.FlipRequest flip -> {
                body[body.length / 2] ^= 4;
                pass(head, body, out, Integer.MAX_VALUE, 64 << 10, 0, request);
            }
            case Trouble.FlipAnswer flip -> {
                byte[] answer = fetch(head, body);
                answer[answer.length - 1] ^= 4;
                out.write(answer);
            }
            case Trouble.Slow slow -> pass(head, body, out, Integer.MAX_VALUE, slow.bytes(), slow.millis(), request);
            case Trouble.Answer said -> {
                byte[] text = said.body().getBytes(StandardCharsets.UTF_8);
                out.write((said.head() + "\r\nContent-Length: " + text.length + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.write(text);
            }
            case Trouble.Silent silent -> silent.until().await();
            case Trouble.Stale stale -> {
                byte[] before = known(request);
                if (before == null) {
                    pass(head, body, out, Integer.MAX_VALUE, 64 << 10, 0, request);
                } else {
                    out.write(before);
                }
            }
        }
        out.flush();
    }

    private synchronized byte @Nullable [] known(Seen list) {
        return lists.get(list.line());
    }

    private synchronized void remember(Seen list, byte[] answer) {
        lists.put(list.line(), answer);
    }

    private byte[] fetch(String head, byte[] body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try {
            pass(head, body, whole, Integer.MAX_VALUE, 64 << 10, 0, null);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return whole.toByteArray();
    }

    private void pass(String head, byte[] body, OutputStream out, int most, int step, int pause, @Nullable Seen request)
            throws IOException, InterruptedException {
        Seen list = request != null && request.is("GET", "list-type") ? request : null;
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
            upstream.setTcpNoDelay(true);
            upstream.getOutputStream().write(closing(head));
            upstream.getOutputStream().write(body);
            upstream.getOutputStream().flush();
            InputStream answer = upstream.getInputStream();
            byte[] piece = new byte[step];
            int left = most;
            for (int count = answer.read(piece); count >= 0 && left > 0; count = answer.read(piece)) {
                out.write(piece, 0, Math.min(count, left));
                out.flush();
                left -= count;
                if (list != null) {
                    copy.write(piece, 0, count);
                }
                if (pause > 0) {
                    Thread.sleep(pause);
                }
            }
        }
        if (list != null) {
            remember(list, copy.toByteArray());
        }
    }

    /** The head, saying that the connection ends with the answer. */
    private static byte[] closing(String head) {
        StringBuilder lines = new StringBuilder();
        for (String line : head.strip().split("\r\n", -1)) {
            if (!line.toLowerCase(Locale.ROOT).startsWith("connection:")) {
                lines.append(line).append("\r\n");
            }
        }
        return lines.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    /** Nobody answers any more at this end, and what was under way is cut. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
