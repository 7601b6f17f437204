package org.coffer.command.relay;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.coffer.command.relay.Wire.Frame;
import org.coffer.command.relay.Wire.Kind;
import org.coffer.command.terminal.Invocation;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.home.HomeOwnership;

/**
 * The door of the process that owns a home: other processes of the same user come here with their commands. Runs from
 * the moment the home is taken; a command that comes before everything is open waits inside the handler.
 *
 * <p>An owner that is done calls {@link #awaitIdle()}, so that no command that was let in is lost; only then it closes
 * what it opened.
 */
public final class OwnerServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OwnerServer.class.getName());

    /** Carries out a command, to its exit status. Called by many threads at once. */
    public interface Handler {
        /** Carries out what {@code terminal} says was typed there. */
        int run(Terminal terminal);
    }

    private final ServerSocketChannel door;
    private final Path path;
    private final Handler handler;
    private final BooleanSupplier front;
    private int guests;

    private OwnerServer(ServerSocketChannel door, Path path, Handler handler, BooleanSupplier front) {
        this.door = door;
        this.path = path;
        this.handler = handler;
        this.front = front;
    }

    /** Has Java load what a door is made of; another thread can do that while the home is found. */
    public static void prepare() {
        try {
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.FINE, "opening the door will say so", e);
        }
    }

    /**
     * Opens the door of an owned home.
     *
     * @param front brings the window to the front; false if there is none
     */
    public static OwnerServer open(HomeOwnership ownership, Handler handler, BooleanSupplier front) throws IOException {
        Path path = ownership.owner().socket();
        // Only the holder of the home's lock comes here, so a socket that is there belongs to a process that is gone.
        Files.deleteIfExists(path);
        ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            door.bind(UnixDomainSocketAddress.of(path));
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            door.close();
            throw e;
        }
        OwnerServer server = new OwnerServer(door, path, handler, front);
        Thread.ofPlatform().daemon().name("owner door").start(server::welcome);
        return server;
    }

    private void welcome() {
        try {
            while (true) {
                SocketChannel guest = door.accept();
                if (!enter()) {
                    guest.close();
                    return;
                }
                Thread.ofPlatform().daemon().name("guest").start(() -> serve(guest));
            }
        } catch (ClosedChannelException e) {
            // Closed by close() or awaitIdle(): nobody is let in any more.
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the door does not open any more", e);
        }
    }

    private synchronized boolean enter() {
        if (!door.isOpen()) {
            return false;
        }
        guests++;
        return true;
    }

    private synchronized void leave() {
        guests--;
        notifyAll();
    }

    private void serve(SocketChannel guest) {
        try (Wire wire = new Wire(guest)) {
            Frame request = wire.receive();
            if (request == null) {
                return;
            }
            DataInputStream data = request.data();
            if (data.readInt() != Wire.VERSION) {
                wire.send(Kind.REFUSED, "");
            } else if (request.kind() == Kind.FRONT) {
                wire.send(front.getAsBoolean() ? Kind.WELCOME : Kind.REFUSED, "");
            } else if (request.kind() == Kind.RUN) {
                run(wire, Invocation.read(data));
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "a caller went away", e);
        } finally {
            leave();
        }
    }

    private void run(Wire wire, Invocation invocation) throws IOException {
        wire.send(Kind.WELCOME, "");
        RemoteTerminal terminal = new RemoteTerminal(wire, invocation);
        Thread.ofPlatform().daemon().name("guest's answers").start(terminal::listen);
        int status = handler.run(terminal);
        terminal.out().flush();
        terminal.err().flush();
        wire.send(Kind.EXIT, out -> out.writeInt(status));
    }

    /** How many commands of others are being carried out. */
    public synchronized int guests() {
        return guests;
    }

    /** Waits until no command of another process is left, and lets no new one in after that. */
    public synchronized void awaitIdle() throws InterruptedException, IOException {
        while (guests > 0) {
            wait();
        }
        close();
    }

    /** Lets nobody in any more. */
    @Override
    public synchronized void close() throws IOException {
        if (door.isOpen()) {
            door.close();
            Files.deleteIfExists(path);
        }
    }
}
