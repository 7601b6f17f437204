package org.coffer.engine.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One side of a connection: numbers and bytes, each as a whole. Reading belongs to one thread, and so does writing. */
final class Wire {
    private final SocketChannel socket;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 << 10).limit(0);

    Wire(SocketChannel socket) {
        this.socket = socket;
    }

    private ByteBuffer need(int bytes) throws IOException {
        if (in.remaining() < bytes) {
            in.compact();
            while (in.position() < bytes) {
                if (socket.read(in) < 0) {
                    throw new EOFException("the client is gone");
                }
            }
            in.flip();
        }
        return in;
    }

    short readShort() throws IOException {
        return need(Short.BYTES).getShort();
    }

    int readInt() throws IOException {
        return need(Integer.BYTES).getInt();
    }

    long readLong() throws IOException {
        return need(Long.BYTES).getLong();
    }

    /** Fills the remaining room. */
    void read(ByteBuffer dst) throws IOException {
        while (dst.hasRemaining()) {
            if (in.hasRemaining()) {
                int length = Math.min(in.remaining(), dst.remaining());
                dst.put(dst.position(), in, in.position(), length);
                dst.position(dst.position() + length);
                in.position(in.position() + length);
            } else if (socket.read(dst) < 0) {
                throw new EOFException("the client is gone");
            }
        }
    }

    byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        read(ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Passes over bytes. */
    void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            int here = (int) Math.min(left, in.capacity());
            here = Math.min(here, need(1).remaining());
            in.position(in.position() + here);
            left -= here;
        }
    }

    /** Ends the connection, for whoever reads or writes now too. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing left to close.
        }
    }

    /** Sends everything that remains in the buffers, in order. */
    void write(ByteBuffer... buffers) throws IOException {
        ByteBuffer last = buffers[buffers.length - 1];
        while (last.hasRemaining() || anyRemaining(buffers)) {
            socket.write(buffers);
        }
    }

    private static boolean anyRemaining(ByteBuffer[] buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) {
                return true;
            }
        }
        return false;
    }
}
