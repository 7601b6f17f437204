package org.coffer.engine.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client as they were before structured answers: names an export, and reads one answer at a time. */
final class OldClient implements AutoCloseable {
    final SocketChannel socket;
    final long size;

    OldClient(NbdServer server) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    OldClient(Path path) throws IOException {
        this(UnixDomainSocketAddress.of(path));
    }

    private OldClient(SocketAddress address) throws IOException {
        socket = SocketChannel.open(address);
        receive(18);
        send(ByteBuffer.allocate(20)
                .putInt(Nbd.FIXED_NEWSTYLE)
                .putLong(Nbd.OPTION)
                .putInt(Nbd.OPT_EXPORT_NAME)
                .putInt(0)
                .flip());
        size = receive(10 + 124).getLong();
    }

    static ByteBuffer head(int type, long offset, int length) {
        return head(0, type, offset, length);
    }

    static ByteBuffer head(int flags, int type, long offset, int length) {
        return ByteBuffer.allocate(28)
                .putInt(Nbd.REQUEST)
                .putShort((short) flags)
                .putShort((short) type)
                .putLong(offset)
                .putLong(offset)
                .putInt(length)
                .flip();
    }

    /** The error of the answer; what content it has is still to be taken by {@link #data}. */
    int request(int type, long offset, int length) throws IOException {
        send(head(type, offset, length));
        return answer();
    }

    /** The error of the answer to a request that has no content and counts only when it lasts. */
    int requestThatLasts(int type, long offset, int length) throws IOException {
        send(head(Nbd.FLAG_FUA, type, offset, length));
        return answer();
    }

    /** The same for a write. */
    int writeThatLasts(long offset, byte[] bytes) throws IOException {
        send(head(Nbd.FLAG_FUA, Nbd.CMD_WRITE, offset, bytes.length));
        send(ByteBuffer.wrap(bytes));
        return answer();
    }

    int answer() throws IOException {
        ByteBuffer answer = receive(16);
        if (answer.getInt() != Nbd.SIMPLE_REPLY) {
            throw new IOException("this is no simple answer");
        }
        return answer.getInt();
    }

    int write(long offset, byte[] bytes) throws IOException {
        send(head(Nbd.CMD_WRITE, offset, bytes.length));
        send(ByteBuffer.wrap(bytes));
        return answer();
    }

    byte[] read(long offset, int length) throws IOException {
        int error = request(Nbd.CMD_READ, offset, length);
        if (error != 0) {
            throw new IOException("error " + error);
        }
        return data(length);
    }

    byte[] data(int length) throws IOException {
        byte[] bytes = new byte[length];
        receive(length).get(bytes);
        return bytes;
    }

    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    private ByteBuffer receive(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
