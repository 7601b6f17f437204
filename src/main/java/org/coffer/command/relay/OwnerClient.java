package org.coffer.command.relay;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.coffer.command.relay.Wire.Frame;
import org.coffer.command.relay.Wire.Kind;
import org.coffer.command.terminal.Invocation;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.home.HomeOwner;

/** The caller's side of the way to the owner of the home. */
final class OwnerClient {
    private OwnerClient() {}

    /** What came of knocking. */
    sealed interface Reply {
        /** Nobody is there, or it went away before it answered: the home may be free in a moment. */
        record Nobody() implements Reply {}

        /** Somebody is there who cannot do it, or does not answer. */
        record Refused() implements Reply {}

        /** It was done. */
        record Done(int status) implements Reply {}
    }

    /** Asks {@code owner} to bring its window to the front. */
    static Reply front(HomeOwner owner, Duration patience) {
        Reply reply = knock(owner, Kind.FRONT, out -> out.writeInt(Wire.VERSION), patience, wire -> 0);
        // A command without a window may be done in a moment.
        return reply instanceof Reply.Refused ? new Reply.Nobody() : reply;
    }

    /** Lets {@code owner} carry out what was typed at {@code terminal}. */
    static Reply run(HomeOwner owner, Terminal terminal, Duration patience) {
        Invocation invocation = terminal.invocation();
        Wire.Body request = out -> {
            out.writeInt(Wire.VERSION);
            invocation.write(out);
        };
        return knock(owner, Kind.RUN, request, patience, wire -> converse(wire, terminal));
    }

    private interface Conversation {
        int hold(Wire wire) throws IOException;
    }

    private static Reply knock(
            HomeOwner owner, Kind kind, Wire.Body request, Duration patience, Conversation conversation) {
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            Wire wire = new Wire(socket);
            try {
                socket.connect(UnixDomainSocketAddress.of(owner.socket()));
                wire.send(kind, request);
                if (!wire.ready(patience)) {
                    return new Reply.Refused();
                }
                Frame answer = wire.receive();
                if (answer == null) {
                    return new Reply.Nobody();
                }
                if (answer.kind() != Kind.WELCOME) {
                    return new Reply.Refused();
                }
            } catch (IOException e) {
                return new Reply.Nobody();
            }
            return new Reply.Done(conversation.hold(wire));
        } catch (IOException e) {
            throw new OwnerGoneException(e);
        }
    }

    private static int converse(Wire wire, Terminal terminal) throws IOException {
        for (Frame frame = wire.receive(); frame != null; frame = wire.receive()) {
            switch (frame.kind()) {
                case OUT -> write(terminal.out(), frame);
                case ERR -> write(terminal.err(), frame);
                case ASK -> answer(wire, terminal.ask(frame.text()).map(OwnerClient::bytes));
                case ASK_SECRET -> answerSecret(wire, terminal, frame.text());
                case READ -> content(wire, terminal, Path.of(frame.text()));
                case WRITE -> keep(wire, terminal, frame.data());
                case EXIT -> {
                    return frame.data().readInt();
                }
                default -> throw new IOException("unexpected " + frame.kind());
            }
        }
        throw new IOException("the owner of the home ended");
    }

    private static void write(java.io.PrintWriter stream, Frame frame) {
        stream.write(frame.text());
        stream.flush();
    }

    private static void answer(Wire wire, Optional<byte[]> answer) throws IOException {
        wire.send(answer.isPresent() ? Kind.ANSWER : Kind.NO_ANSWER, answer.orElse(new byte[0]));
    }

    private static void answerSecret(Wire wire, Terminal terminal, String question) throws IOException {
        Optional<char[]> secret = terminal.askSecret(question);
        answer(wire, secret.map(chars -> {
            byte[] bytes = bytes(new String(chars));
            Arrays.fill(chars, '\0');
            return bytes;
        }));
    }

    private static void content(Wire wire, Terminal terminal, Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = terminal.read(file);
        } catch (IOException e) {
            wire.send(Kind.NO_ANSWER, String.valueOf(e.getMessage()));
            return;
        }
        wire.send(Kind.ANSWER, bytes);
    }

    private static void keep(Wire wire, Terminal terminal, java.io.DataInputStream wanted) throws IOException {
        Path file = Path.of(wanted.readUTF());
        try {
            terminal.writeSecret(file, wanted.readAllBytes());
        } catch (IOException e) {
            wire.send(Kind.NO_ANSWER, String.valueOf(e.getMessage()));
            return;
        }
        wire.send(Kind.ANSWER, new byte[0]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The owner ended while it carried out a command. */
    static final class OwnerGoneException extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        OwnerGoneException(Throwable cause) {
            super(cause);
        }
    }
}
