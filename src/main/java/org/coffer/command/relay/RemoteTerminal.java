package org.coffer.command.relay;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.coffer.command.relay.Wire.Frame;
import org.coffer.command.relay.Wire.Kind;
import org.coffer.command.terminal.Interrupts;
import org.coffer.command.terminal.Invocation;
import org.coffer.command.terminal.Terminal;

/**
 * The terminal of a command that another process was asked to carry out: everything written goes to the caller, and
 * questions are asked there. When the caller is gone, writing goes nowhere and questions have no answer.
 */
final class RemoteTerminal implements Terminal {
    private static final Frame GONE = new Frame(Kind.NO_ANSWER, new byte[0]);

    private final Wire wire;
    private final Invocation invocation;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Interrupts interrupts = new Interrupts();
    private final BlockingQueue<Frame> answers = new LinkedBlockingQueue<>();

    RemoteTerminal(Wire wire, Invocation invocation) {
        this.wire = wire;
        this.invocation = invocation;
        this.out = new PrintWriter(new Frames(Kind.OUT), true);
        this.err = new PrintWriter(new Frames(Kind.ERR), true);
    }

    /** Takes answers from the caller until it goes away. */
    void listen() {
        try {
            for (Frame frame = wire.receive(); frame != null; frame = wire.receive()) {
                if (frame.kind() == Kind.ANSWER || frame.kind() == Kind.NO_ANSWER) {
                    answers.add(frame);
                }
            }
        } catch (IOException e) {
            // A caller that was killed looks like this; it is gone all the same.
        }
        interrupts.interrupt();
        answers.add(GONE);
    }

    @Override
    public Invocation invocation() {
        return invocation;
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    @Override
    public Optional<String> ask(String question) {
        Frame answer = request(Kind.ASK, question);
        return answer.kind() == Kind.ANSWER ? Optional.of(answer.text()) : Optional.empty();
    }

    @Override
    public Optional<char[]> askSecret(String question) {
        Frame answer = request(Kind.ASK_SECRET, question);
        return answer.kind() == Kind.ANSWER ? Optional.of(answer.text().toCharArray()) : Optional.empty();
    }

    @Override
    public byte[] read(Path file) throws IOException {
        Frame answer = request(Kind.READ, file.toString());
        if (answer.kind() != Kind.ANSWER) {
            throw new IOException(answer.text());
        }
        return answer.body();
    }

    @Override
    public void writeSecret(Path file, byte[] content) throws IOException {
        Frame answer = request(Kind.WRITE, body -> {
            body.writeUTF(file.toString());
            body.write(content);
        });
        if (answer.kind() != Kind.ANSWER) {
            throw new IOException(answer.text());
        }
    }

    private Frame request(Kind kind, String text) {
        return request(kind, body -> body.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private synchronized Frame request(Kind kind, Wire.Body body) {
        out.flush();
        err.flush();
        try {
            wire.send(kind, body);
            Frame answer = answers.take();
            if (answer == GONE) {
                answers.add(GONE);
            }
            return answer;
        } catch (IOException e) {
            return GONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GONE;
        }
    }

    @Override
    public boolean interrupted() {
        return interrupts.interrupted();
    }

    @Override
    public Interest onInterrupt(Runnable action) {
        return interrupts.add(action);
    }

    /** Collects what is written and sends it when flushed. */
    private final class Frames extends Writer {
        private static final int PIECE = 8 * 1024;
        private final Kind kind;
        private final StringBuilder text = new StringBuilder();

        Frames(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void write(char[] chars, int from, int length) throws IOException {
            text.append(chars, from, length);
            if (text.length() >= PIECE) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            String all = text.toString();
            text.setLength(0);
            int from = 0;
            while (from < all.length()) {
                int to = Math.min(all.length(), from + PIECE);
                // A frame is decoded alone, so no character may lie across two.
                if (to < all.length() && Character.isHighSurrogate(all.charAt(to - 1))) {
                    to--;
                }
                wire.send(kind, all.substring(from, to));
                from = to;
            }
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
