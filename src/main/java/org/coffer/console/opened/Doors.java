package org.coffer.console.opened;

import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.coffer.console.opened.NewOpening.Address;
import org.coffer.console.opened.OpenDiskStore.Row;
import org.coffer.engine.nbd.NbdServer;
import org.coffer.engine.nbd.ReadableDisk;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where open disks are served: sockets and ports, chosen, checked and opened. A socket of Coffer's choice lies in the home, in a
 * folder that is its user's alone; where files have no such rights, or where sockets are not used, a port takes its place.
 */
final class Doors {
    /** Bytes that the system has for the path of a socket, less one for the end. */
    private static final int LONGEST_SOCKET = 107;
    /** Letters of an ID that tell sockets apart. */
    private static final int SHORT = 8;
    /** What a file is, in the bits of its mode, and the one for sockets. */
    private static final int KIND = 0170000;

    private static final int SOCKET = 0140000;

    private final Path home;
    /** Where what was open when this process began was served: only those sockets can be left over. */
    private final Map<UUID, Path> earlier = new HashMap<>();

    /**
     * Doors of a home.
     *
     * @param left what the process before this one left open
     */
    Doors(Path home, List<Row> left) {
        this.home = home;
        for (Row row : left) {
            Path socket = row.socket();
            if (row.served() && socket != null) {
                earlier.put(row.id(), socket);
            }
        }
    }

    /**
     * A door.
     *
     * @param socket null for a port
     * @param port 0 for any that is free
     */
    record Door(@Nullable Path socket, int port) {}

    /**
     * The door that is meant by an address.
     *
     * @throws ProblemException {@code open.home-long} if the home leaves no room for the path of a socket
     */
    Door door(Address wanted, UUID id) {
        return switch (wanted) {
            case Address.Anywhere ignored -> own(id);
            case Address.Socket at -> new Door(at.path().toAbsolutePath(), 0);
            case Address.Port at -> new Door(null, at.number());
        };
    }

    private Door own(UUID id) {
        if (!home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new Door(null, 0);
        }
        Path socket = ownSocket(id);
        if (isLong(socket)) {
            throw new ProblemException(Problem.of("open.home-long", "path", home.toString(), "most", LONGEST_SOCKET));
        }
        return new Door(socket, 0);
    }

    private Path ownSocket(UUID id) {
        return home.toAbsolutePath().resolve("open").resolve(id.toString().substring(0, SHORT));
    }

    /**
     * A socket of Coffer's choice for one more server of the same disk.
     *
     * @throws ProblemException {@code open.home-long} if the home leaves no room for its path
     */
    Path beside(UUID id) throws IOException {
        Path own = ownSocket(id);
        Path socket = own.resolveSibling(own.getFileName() + "m");
        if (isLong(socket)) {
            throw new ProblemException(Problem.of("open.home-long", "path", home.toString(), "most", LONGEST_SOCKET));
        }
        PrivateFolder.make(home.toAbsolutePath().resolve("open"));
        return socket;
    }

    private static boolean isLong(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET;
    }

    /**
     * Opens the door of a row.
     *
     * @param name what the disk is called there
     * @throws ProblemException {@code open.taken}, {@code open.socket-long}, {@code open.failed}
     */
    NbdServer open(Row row, ReadableDisk disk, String name, NbdServer.Watcher watcher) {
        Path socket = row.socket();
        String address = socket == null ? "127.0.0.1:" + row.port() : socket.toString();
        try {
            if (socket == null) {
                return NbdServer.onPort(disk, name, row.port(), watcher);
            }
            clear(row, socket);
            return NbdServer.onSocket(disk, name, socket, watcher);
        } catch (BindException e) {
            throw new ProblemException(Problem.of("open.taken", "address", address), e);
        } catch (IOException e) {
            throw failed(address, e);
        }
    }

    private void clear(Row row, Path socket) throws IOException {
        if (isLong(socket)) {
            throw new ProblemException(
                    Problem.of("open.socket-long", "path", socket.toString(), "most", LONGEST_SOCKET));
        }
        Path folder = socket.getParent();
        boolean own = socket.equals(ownSocket(row.id()));
        if (own && folder != null) {
            PrivateFolder.make(folder);
        }
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (own && isSocket(socket)) {
            Files.delete(socket); // Left by a process that died: no other disk is served at the name of this one.
        } else if (!isLeft(row, socket)) {
            throw new ProblemException(Problem.of("open.taken", "address", socket.toString()));
        }
    }

    /** Removes a socket that a process before this one served the row at, and that nobody answers at any more. */
    private boolean isLeft(Row row, Path socket) throws IOException {
        if (!socket.equals(earlier.get(row.id())) || !isSocket(socket)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return !probe.isConnected();
        } catch (IOException nobody) {
            Files.delete(socket);
            return true;
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                && (mode & KIND) == SOCKET;
    }

    static ProblemException failed(String address, Exception cause) {
        return new ProblemException(
                Problem.of("open.failed", "address", address, "cause", String.valueOf(cause.getMessage())), cause);
    }
}
