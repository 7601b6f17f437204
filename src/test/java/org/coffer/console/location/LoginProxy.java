package org.coffer.console.location;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A web proxy that passes nobody on who does not say who they are: 407 until the first request of a line does. */
public final class LoginProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final int server;
    private final String login;
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /** A proxy on the loopback address in front of what listens on {@code server}. */
    public LoginProxy(int server, String user, String password) throws IOException {
        this.server = server;
        this.login = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.ISO_8859_1));
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    /** Host and port, as it is typed. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Lines that were let through. */
    public int passed() {
        return passed.get();
    }

    /** Lines that were not. */
    public int refused() {
        return refused.get();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket line = socket.accept();
                Thread.ofVirtual().start(() -> serve(line));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void serve(Socket line) {
        try (line) {
            byte[] head = head(line.getInputStream());
            if (!new String(head, StandardCharsets.ISO_8859_1).contains(login)) {
                refused.incrementAndGet();
                line.getOutputStream()
                        .write(String.join(
                                        "\r\n",
                                        "HTTP/1.1 407 Proxy Authentication Required",
                                        "Proxy-Authenticate: Basic realm=\"here\"",
                                        "Content-Length: 0",
                                        "Connection: close",
                                        "",
                                        "")
                                .getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
            passed.incrementAndGet();
            try (Socket on = new Socket(InetAddress.getLoopbackAddress(), server)) {
                on.getOutputStream().write(head);
                Thread back = Thread.ofVirtual().start(() -> pump(on, line));
                pump(line, on);
                back.join();
            }
        } catch (IOException | InterruptedException e) {
            return; // Whoever is at the end of the line notices.
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.write(next);
        }
        return head.toByteArray();
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                out.write(some, 0, n);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            return; // Closed by the other side.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
