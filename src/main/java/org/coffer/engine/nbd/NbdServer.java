package org.coffer.engine.nbd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Serves one disk to clients of the protocol for network block devices, on a Unix socket or on a port that only this computer
 * reaches.
 *
 * <p><b>Promises.</b> Several clients see one disk: what one wrote and was answered, the others read, and a flush of one is a
 * flush for all. No byte goes out that was not checked; what cannot be had is an error. <b>Limits.</b> 64 clients, 64 requests
 * of a client at once, 32 MiB each. A client that breaks the protocol loses its connection, the others do not notice.
 *
 * <p><b>Those who connect and say nothing</b> have 10 seconds for the handshake, and make way sooner: of more than 16 that are
 * still at it, the one that waited longest is sent away. So a flood of connections costs 16 threads, and whoever speaks
 * gets in.
 *
 * <p>The protocol is {@code doc/proto.md} of the Network Block Device project.
 */
public final class NbdServer implements AutoCloseable {
    private static final int MOST_CLIENTS = 64;
    private static final int MOST_SETTLING = 16;
    private static final int HANDSHAKE_SECONDS = 10;
    /** How long {@link #close} waits for all that is being answered. */
    private static final Duration LEAVING = Duration.ofSeconds(10);
    /** After a connection that could not be taken, as when too many files are open. */
    private static final long PAUSE_MILLIS = 100;

    private final ReadableDisk disk;
    private final String name;
    private final Watcher watcher;
    private final ServerSocketChannel listener;
    private final SocketAddress address;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    /** Who has not settled its terms, in the order of coming. */
    private final Deque<SocketChannel> settling = new ConcurrentLinkedDeque<>();

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Thread accepting;

    /** Is told what happens, by any thread. */
    @FunctionalInterface
    public interface Watcher {
        /** Something went wrong with the disk, or with the server; not with a client. */
        void trouble(Exception what);

        /** A client came or left. */
        default void clientsChanged() {}
    }

    private NbdServer(ReadableDisk disk, String name, Watcher watcher, ServerSocketChannel listener)
            throws IOException {
        this.disk = disk;
        this.name = name;
        this.watcher = watcher;
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
     * @param watcher is told what happens
     * @throws IOException if there is something at the path, or nothing may be made there
     */
    public static NbdServer onSocket(ReadableDisk disk, String name, Path path, Watcher watcher) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return new NbdServer(disk, name, watcher, listener);
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
    public static NbdServer onPort(ReadableDisk disk, String name, int port, Watcher watcher) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new NbdServer(disk, name, watcher, listener);
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

    /** How many clients there are; those that have not settled their terms do not count. */
    public int clients() {
        return clients.size();
    }

    private void accept() {
        while (true) {
            try {
                begin(listener.accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException refused) {
                // Such as too many open files: those who are here go on, and others come in when that has passed.
                watcher.trouble(refused);
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void begin(SocketChannel client) {
        settling.addLast(client);
        if (settling.size() > MOST_SETTLING) {
            Optional.ofNullable(settling.pollFirst()).ifPresent(NbdServer::close);
        }
        Thread thread = Thread.ofPlatform().daemon().name("nbd-client").unstarted(() -> serve(client));
        threads.add(thread);
        thread.start();
    }

    private void serve(SocketChannel client) {
        try {
            if (address instanceof InetSocketAddress) {
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            Wire wire = new Wire(client);
            Handshake handshake = new Handshake(wire, disk, name);
            boolean stays = settled(client, handshake) && enter(client);
            settling.remove(client); // Not sooner: who is in neither list is not sent away by close().
            if (stays) {
                watcher.clientsChanged();
                new Transmission(wire, disk, handshake.terms(), watcher).run();
            }
        } catch (IOException gone) {
            // A client that leaves without a word, or talks nonsense, is no trouble of ours.
        } finally {
            close(client);
            settling.remove(client);
            if (clients.remove(client)) {
                watcher.clientsChanged();
            }
            threads.remove(Thread.currentThread());
        }
    }

    /** Counts a client in; false if there are too many. */
    private synchronized boolean enter(SocketChannel client) {
        return clients.size() < MOST_CLIENTS && clients.add(client);
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
            settling.forEach(NbdServer::close);
            clients.forEach(NbdServer::close);
            long end = System.nanoTime() + LEAVING.toNanos();
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (address instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
    }
}
