package org.coffer.engine.nbd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves one disk to clients of the protocol for network block devices, on a Unix socket or on a port that only this computer
 * reaches.
 *
 * <p><b>Promises.</b> Several clients see one disk: what one wrote and was answered, the others read, and a flush of one is a
 * flush for all. No byte goes out that was not checked; what cannot be had is an error. <b>Limits.</b> 64 connections, 10
 * seconds for a handshake, 64 requests of a connection at once, 32 MiB each. A client that breaks the protocol loses its
 * connection, the others do not notice.
 *
 * <p>The protocol is {@code doc/proto.md} of the Network Block Device project.
 */
public final class NbdServer implements AutoCloseable {
    private static final int MOST_CLIENTS = 64;
    private static final int HANDSHAKE_SECONDS = 10;
    private static final Duration LEAVING = Duration.ofSeconds(10);

    private final ServedDisk disk;
    private final String name;
    private final Consumer<Exception> trouble;
    private final ServerSocketChannel listener;
    private final SocketAddress address;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Thread accepting;

    private NbdServer(ServedDisk disk, String name, Consumer<Exception> trouble, ServerSocketChannel listener)
            throws IOException {
        this.disk = disk;
        this.name = name;
        this.trouble = trouble;
        this.listener = listener;
        this.address = listener.getLocalAddress();
        this.accepting = Thread.ofPlatform().daemon().name("nbd-" + name).unstarted(this::accept);
        accepting.start();
    }

    /**
     * Serves on a Unix socket, which only its owner may open.
     *
     * @param disk what to serve; the caller closes it after the server
     * @param name what a list of exports calls it; clients need not name it
     * @param path of the socket; nothing may be there
     * @param trouble is told what went wrong with the disk, by any thread
     * @throws IOException if there is something at the path, or nothing may be made there
     */
    public static NbdServer onSocket(ServedDisk disk, String name, Path path, Consumer<Exception> trouble)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return new NbdServer(disk, name, trouble, listener);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /**
     * Serves on a port of this computer, which every program on it may open.
     *
     * @param port 0 for any that is free
     * @throws IOException if the port is taken
     */
    public static NbdServer onPort(ServedDisk disk, String name, int port, Consumer<Exception> trouble)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new NbdServer(disk, name, trouble, listener);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /** The disk's address, as the project's {@code doc/uri.md} writes them. */
    public String uri() {
        if (address instanceof UnixDomainSocketAddress unix) {
            String path = URLEncoder.encode(unix.getPath().toString(), StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%2F", "/");
            return "nbd+unix:///?socket=" + path;
        }
        InetSocketAddress loopback = (InetSocketAddress) address;
        return "nbd://127.0.0.1:" + loopback.getPort();
    }

    /** The port; 0 on a socket. */
    public int port() {
        return address instanceof InetSocketAddress loopback ? loopback.getPort() : 0;
    }

    /** How many clients there are. */
    public int clients() {
        return clients.size();
    }

    private void accept() {
        while (true) {
            SocketChannel client;
            try {
                client = listener.accept();
            } catch (IOException closed) {
                return;
            }
            if (clients.size() >= MOST_CLIENTS) {
                close(client);
            } else {
                clients.add(client);
                Thread thread = Thread.ofPlatform().daemon().name("nbd-client").unstarted(() -> serve(client));
                threads.add(thread);
                thread.start();
            }
        }
    }

    private void serve(SocketChannel client) {
        try {
            if (address instanceof InetSocketAddress) {
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            Wire wire = new Wire(client);
            Handshake handshake = new Handshake(wire, disk, name);
            if (settled(client, handshake)) {
                new Transmission(wire, disk, handshake.terms(), trouble).run();
            }
        } catch (IOException gone) {
            // A client that leaves without a word, or talks nonsense, is no trouble of ours.
        } finally {
            close(client);
            clients.remove(client);
            threads.remove(Thread.currentThread());
        }
    }

    /** Settles the terms; a client that takes too long for it is sent away. */
    private static boolean settled(SocketChannel client, Handshake handshake) throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                if (!done.await(HANDSHAKE_SECONDS, TimeUnit.SECONDS)) {
                    close(client);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return handshake.run();
        } finally {
            done.countDown();
        }
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            // There is nothing left to close.
        }
    }

    /**
     * Sends all clients away, takes no more, and waits a while for what is being answered. The disk stays open; one that waits
     * for a store that does not answer finds it closed afterwards.
     */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            accepting.join();
            clients.forEach(NbdServer::close);
            for (Thread thread : threads) {
                thread.join(LEAVING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (address instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
    }
}
