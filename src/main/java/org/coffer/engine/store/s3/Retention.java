package org.coffer.engine.store.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.coffer.engine.store.StoreException;

/**
 * How S3 is told to keep a version of an object: <cite>S3 API Reference, PutObject and PutObjectRetention</cite>. The mode is
 * always COMPLIANCE, which nobody can lift or shorten, not the owner of the bucket either. Requests about it have to carry an
 * MD5 of what they send.
 */
final class Retention {
    private static final String UNTIL = "x-amz-object-lock-retain-until-date";
    private static final String MODE = "x-amz-object-lock-mode";
    private static final String KEPT = "COMPLIANCE";

    private Retention() {}

    /** A put whose object is kept from the beginning. */
    static S3Request on(S3Request put, Instant until) {
        Payload payload = put.payload();
        return put.header(MODE, KEPT)
                .header(UNTIL, text(until))
                .header("Content-MD5", md5(payload == null ? Payload.NONE : payload));
    }

    /** The request that keeps an object which is there. */
    static S3Request request(String key, Instant until) {
        String message = "<Retention xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Mode>" + KEPT
                + "</Mode><RetainUntilDate>" + text(until) + "</RetainUntilDate></Retention>";
        Payload payload = Payload.of(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
        return S3Request.put(key, payload).query("retention", "").header("Content-MD5", md5(payload));
    }

    /** Whether an object is kept as long as that already. */
    static boolean reaches(Bucket bucket, String key, Instant until) throws StoreException {
        return bucket.ask(S3Request.head(key), answer -> {
            String said = answer.header(UNTIL);
            try {
                return said != null && !Instant.parse(said).isBefore(until.truncatedTo(ChronoUnit.SECONDS));
            } catch (DateTimeException e) {
                throw new IOException("no moment: " + said, e);
            }
        });
    }

    private static String text(Instant until) {
        return until.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String md5(Payload payload) {
        MessageDigest md5 = Digests.md5();
        payload.parts().forEach(part -> md5.update(part.duplicate()));
        return Base64.getEncoder().encodeToString(md5.digest());
    }
}
