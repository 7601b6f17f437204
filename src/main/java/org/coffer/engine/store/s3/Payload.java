package org.coffer.engine.store.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that go out, with their checksum. They can be sent any number of times; the positions of the buffers stay where
 * they are.
 *
 * @param parts the bytes, in order
 * @param length how many
 * @param sha256 their checksum in hexadecimal
 */
record Payload(List<ByteBuffer> parts, long length, String sha256) {
    /** How much is handed to the socket at once, so that no object is copied onto the heap as a whole. */
    private static final int STEP = 64 << 10;

    static final Payload NONE = of();

    static Payload of(ByteBuffer... parts) {
        return of(List.of(parts));
    }

    private static Payload of(List<ByteBuffer> parts) {
        MessageDigest digest = Digests.sha256();
        long length = 0;
        for (ByteBuffer part : parts) {
            length += part.remaining();
            digest.update(part.duplicate());
        }
        return new Payload(parts, length, Digests.hex(digest));
    }

    /** Some of the bytes, as a payload of their own. */
    Payload slice(long from, long size) {
        List<ByteBuffer> within = new ArrayList<>();
        long at = 0;
        for (ByteBuffer part : parts) {
            long begin = Math.max(from, at);
            long end = Math.min(from + size, at + part.remaining());
            if (begin < end) {
                within.add(part.slice(part.position() + (int) (begin - at), (int) (end - begin)));
            }
            at += part.remaining();
        }
        return of(within);
    }

    RequestBody body() {
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return null;
            }

            @Override
            public long contentLength() {
                return length;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                for (ByteBuffer part : parts) {
                    for (int at = 0; at < part.remaining(); at += STEP) {
                        sink.write(part.slice(part.position() + at, Math.min(STEP, part.remaining() - at)));
                    }
                }
            }
        };
    }
}
