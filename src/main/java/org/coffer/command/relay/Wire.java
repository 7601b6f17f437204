package org.coffer.command.relay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Frames on a socket between a caller and the owner of its home. A frame is one byte of kind, four bytes of length, and
 * the body. One thread reads; any may write.
 */
final class Wire implements Closeable {
    /** Raised by one whenever a frame changes; two different ones do not talk. */
    static final int VERSION = 2;

    private static final int LARGEST_BODY = 1 << 20;

    /** What a frame says, and its number on the wire. */
    enum Kind {
        /** Caller: version, then the invocation: carry this out. */
        RUN(1),
        /** Caller: version: bring your window to the front. */
        FRONT(2),
        /** Owner: I am here and will do it. */
        WELCOME(3),
        /** Owner: I cannot do this; the body is empty. */
        REFUSED(4),
        /** Owner: text for standard output. */
        OUT(5),
        /** Owner: text for standard error. */
        ERR(6),
        /** Owner: ask the person this question. */
        ASK(7),
        /** Owner: ask without showing the answer. */
        ASK_SECRET(8),
        /** Owner: send the content of the file of this path. */
        READ(9),
        /** Caller: the answer or the content. */
        ANSWER(10),
        /** Caller: there is no answer; the body says why. */
        NO_ANSWER(11),
        /** Owner: the end; the body is the exit status. */
        EXIT(12),
        /** Owner: write this path, then this content, to a file that nobody else may read; answered by an empty answer. */
        WRITE(13);

        private final byte number;

        Kind(int number) {
            this.number = (byte) number;
        }

        static @Nullable Kind of(byte number) {
            for (Kind kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** One frame. */
    static final class Frame {
        private final Kind kind;
        private final byte[] body;

        Frame(Kind kind, byte[] body) {
            this.kind = kind;
            this.body = body;
        }

        Kind kind() {
            return kind;
        }

        byte[] body() {
            return body;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        DataInputStream data() {
            return new DataInputStream(new ByteArrayInputStream(body));
        }
    }

    /** Writes the body of a frame. */
    interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private final SocketChannel socket;

    Wire(SocketChannel socket) {
        this.socket = socket;
    }

    void send(Kind kind, String text) throws IOException {
        send(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(Kind kind, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        send(kind, bytes.toByteArray());
    }

    synchronized void send(Kind kind, byte[] body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(5 + body.length)
                .put(kind.number)
                .putInt(body.length)
                .put(body)
                .flip();
        while (frame.hasRemaining()) {
            socket.write(frame);
        }
    }

    /** The next frame; null at the end. */
    @Nullable
    Frame receive() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(5);
        if (!fill(head)) {
            return null;
        }
        Kind kind = Kind.of(head.get(0));
        int length = head.getInt(1);
        if (kind == null || length < 0 || length > LARGEST_BODY) {
            throw new IOException("not a frame");
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        return fill(body) ? new Frame(kind, body.array()) : null;
    }

    private boolean fill(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether something can be read within {@code patience}. */
    boolean ready(Duration patience) throws IOException {
        try (Selector selector = Selector.open()) {
            socket.configureBlocking(false);
            SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
            boolean ready = selector.select(Math.max(1, patience.toMillis())) > 0;
            key.cancel();
            selector.selectNow();
            return ready;
        } finally {
            if (socket.isOpen()) {
                socket.configureBlocking(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
