package org.coffer.engine.store.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Reads what good answers hold, and finds out when it cannot be what was asked for. */
final class Answers {
    /** The header that keeps an object's own checksum. */
    static final String SHA256 = "x-amz-meta-coffer-sha256";

    /** Most bytes of a message; a page of 1,000 names of 1,024 letters has a third of it. */
    private static final long MOST = 8 << 20;

    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");

    private static final Pattern ELEMENT = Pattern.compile("<([A-Za-z][\\w:.-]*)");

    private Answers() {}

    /** What arrived is not what was sent. */
    static final class Harmed extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        Harmed(String message) {
            super(message);
        }
    }

    /** This is no answer of object storage. */
    static final class Foreign extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        Foreign(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The whole content, held against its checksum where it has one. */
    static byte[] whole(Response answer) throws IOException {
        byte[] content = answer.body().bytes();
        String said = answer.header(SHA256);
        if (said != null) {
            MessageDigest digest = Digests.sha256();
            digest.update(content);
            if (!Digests.hex(digest).equals(said)) {
                throw new Harmed("the content does not match its checksum");
            }
        }
        return content;
    }

    /** Fills a buffer from a position of the object on, whether the server sent that part or everything. */
    static void part(Response answer, long offset, ByteBuffer target) throws IOException {
        BufferedSource source = answer.body().source();
        if (answer.code() == 206) {
            Range sent = Range.of(answer).orElseThrow(() -> new Harmed("a part without its place"));
            if (sent.from() != offset) {
                throw new Harmed("another part than the one that was asked for");
            }
        } else {
            source.skip(offset);
        }
        while (target.hasRemaining()) {
            if (source.read(target) < 0) {
                throw new EOFException("the part ends early");
            }
        }
    }

    /** The last bytes of the object, or all if it is shorter. */
    static byte[] suffix(Response answer, int length) throws IOException {
        BufferedSource source = answer.body().source();
        long size = answer.body().contentLength();
        if (answer.code() == 206) {
            Range sent = Range.of(answer).orElseThrow(() -> new Harmed("a part without its place"));
            boolean end = sent.size() < 0 || sent.to() + 1 == sent.size();
            if (!end || sent.to() - sent.from() + 1 > length) {
                throw new Harmed("another part than the one that was asked for");
            }
        } else if (size > length) {
            source.skip(size - length);
        } else {
            return whole(answer);
        }
        return source.readByteArray();
    }

    /** The bytes that an answer says it holds; a size of -1 is one that the server does not know. */
    record Range(long from, long to, long size) {
        static Optional<Range> of(Response answer) {
            Matcher said = RANGE.matcher(String.valueOf(answer.header("Content-Range")));
            return said.matches()
                    ? Optional.of(new Range(
                            Long.parseLong(said.group(1)),
                            Long.parseLong(said.group(2)),
                            said.group(3).equals("*") ? -1 : Long.parseLong(said.group(3))))
                    : Optional.empty();
        }
    }

    /** A message of a certain kind. */
    static <T> T message(Class<T> type, Response answer) throws IOException {
        String text = text(answer);
        refuse(text);
        try {
            return Messages.read(type, text);
        } catch (Messages.Unreadable e) {
            throw foreign(text, answer, e);
        }
    }

    /**
     * A message of a certain name, of which nothing is needed but that it came. Ceph leaves elements empty that others fill.
     *
     * @param name of its root
     */
    static boolean named(String name, Response answer) throws IOException {
        String text = text(answer);
        refuse(text);
        Matcher root = ELEMENT.matcher(text);
        if (!root.find() || !root.group(1).equals(name) || isCut(text)) {
            throw foreign(text, answer, null);
        }
        return true;
    }

    /** Some answers begin before their server knows that it fails. */
    private static void refuse(String text) throws IOException {
        if (text.contains("<Error>") && text.contains("<Code>") && !text.contains("Result")) {
            throw Refusal.late(text);
        }
    }

    private static IOException foreign(String text, Response answer, @Nullable Exception cause) {
        return answer.body().contentLength() < 0 && isCut(text)
                ? new EOFException("the message ends early")
                : new Foreign("not a message of object storage", cause);
    }

    /** Whether a message began and did not come to its end: of an answer without a length nothing else tells. */
    private static boolean isCut(String text) {
        String message = text.strip();
        if (!message.startsWith("<?")) {
            return "<?".startsWith(message);
        }
        Matcher root = ELEMENT.matcher(message);
        return !root.find() || !message.endsWith("</" + root.group(1) + ">");
    }

    private static String text(Response answer) throws IOException {
        BufferedSource source = answer.body().source();
        if (source.request(MOST + 1)) {
            throw new Harmed("a message larger than any");
        }
        return source.readString(StandardCharsets.UTF_8);
    }

    /** Nothing; what there is, is read to its end, so that the connection can be used again. */
    static boolean nothing(Response answer) throws IOException {
        answer.body().source().skip(Math.max(0, Math.min(answer.body().contentLength(), MOST)));
        return true;
    }
}
