package org.coffer.engine.store.s3;

import io.minio.messages.CompleteMultipartUpload;
import io.minio.messages.InitiateMultipartUploadResult;
import io.minio.messages.ListMultipartUploadsResult;
import io.minio.messages.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.function.Predicate;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.s3.S3Request.Act;
import org.coffer.engine.work.Work;

/**
 * Large objects, uploaded in parts side by side. Nobody sees anything of them before the last request, which makes the
 * object. Parts that never became one cost money and are not in any listing; they are thrown away when an upload fails, and
 * what dead processes left by sweeping: of a session that is settled at once, of everybody else after a day, by the
 * collector.
 */
final class Uploads {
    private static final System.Logger LOG = System.getLogger(Uploads.class.getName());

    /** Statuses of who may not list uploads or throw them away, or cannot. */
    private static final Set<Integer> NOT_TO_BE_HAD = Set.of(400, 403, 404, 405, 501);

    private final Bucket bucket;
    private final long size;

    /** @param size bytes in a part */
    Uploads(Bucket bucket, long size) {
        this.bucket = bucket;
        this.size = size;
    }

    void put(String key, Payload whole) throws StoreException {
        String id = begin(key, whole);
        boolean done = false;
        try {
            complete(key, id, whole, parts(key, id, whole));
            done = true;
        } finally {
            if (!done) {
                abortQuietly(key, id);
            }
        }
    }

    private String begin(String key, Payload whole) throws StoreException {
        S3Request asked = S3Request.post(key, Payload.NONE, Act.WRITE)
                .query("uploads", "")
                .header(Answers.SHA256, whole.sha256());
        return bucket.ask(
                asked,
                answer -> Answers.message(InitiateMultipartUploadResult.class, answer)
                        .uploadId());
    }

    private Part[] parts(String key, String id, Payload whole) throws StoreException {
        int count = Math.toIntExact(Math.ceilDiv(whole.length(), size));
        Work work = Work.current();
        List<RunnableFuture<Part>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i + 1;
            FutureTask<Part> part = new FutureTask<>(() -> part(key, id, number, whole));
            running.add(part);
            Thread.ofPlatform().daemon().name("s3-part-" + number).start(() -> work.part(part));
        }
        Part[] parts = new Part[count];
        StoreException failed = null;
        // All are waited for, even after a failure: they read the caller's buffers.
        for (int i = 0; i < count; i++) {
            try {
                parts[i] = wait(running.get(i));
            } catch (StoreException e) {
                failed = failed == null ? e : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return parts;
    }

    private static Part wait(RunnableFuture<Part> part) throws StoreException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return part.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StoreException failure -> throw failure;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Part part(String key, String id, int number, Payload whole) throws StoreException {
        long from = (number - 1) * size;
        Payload bytes = whole.slice(from, Math.min(size, whole.length() - from));
        S3Request asked = S3Request.put(key, bytes)
                .query("partNumber", String.valueOf(number))
                .query("uploadId", id);
        return bucket.ask(asked, answer -> {
            Answers.nothing(answer);
            String tag = answer.header("ETag");
            if (tag == null) {
                throw new IOException("a part without a tag");
            }
            return new Part(number, tag.replace("\"", ""));
        });
    }

    private void complete(String key, String id, Payload whole, Part[] parts) throws StoreException {
        S3Request asked = S3Request.post(
                        key, Payload.of(ByteBuffer.wrap(Messages.write(new CompleteMultipartUpload(parts)))), Act.WRITE)
                .query("uploadId", id);
        try {
            bucket.ask(asked, answer -> Answers.named("CompleteMultipartUploadResult", answer));
        } catch (StoreException e) {
            // The answer to a try that did it may have been lost, and then the upload is over for the next.
            if (!(e.getCause() instanceof Refusal said) || !said.code().equals("NoSuchUpload") || !there(key, whole)) {
                throw e;
            }
        }
    }

    private boolean there(String key, Payload whole) throws StoreException {
        return bucket.ask(S3Request.head(key), answer -> whole.sha256().equals(answer.header(Answers.SHA256)));
    }

    private void abortQuietly(String key, String id) {
        try {
            abort(key, id);
        } catch (StoreException e) {
            // The failure that led here is the one to tell; sweeping finds the parts.
            return;
        }
    }

    private void abort(String key, String id) throws StoreException {
        try {
            bucket.ask(S3Request.delete(key, Act.WRITE).query("uploadId", id), Answers::nothing);
        } catch (StoreException e) {
            if (!(e.getCause() instanceof Refusal said) || said.status() != 404) {
                throw e;
            }
        }
    }

    /** Throws away the parts of all unfinished uploads under a prefix. */
    void sweep(String prefix) throws StoreException {
        for (ListMultipartUploadsResult.Upload left : unfinished(prefix)) {
            abort(left.objectName(), left.uploadId());
        }
    }

    /**
     * Throws away the parts of unfinished uploads that were begun before a moment, as far as the place lets this be done:
     * one that is begun takes minutes, so that nobody can be at it after a day.
     *
     * @param before by the clock of the place
     * @param keys of which objects, by their full names
     */
    void sweep(String prefix, Instant before, Predicate<String> keys) throws StoreException {
        try {
            for (ListMultipartUploadsResult.Upload left : unfinished(prefix)) {
                if (left.initiated() != null
                        && left.initiated().toInstant().isBefore(before)
                        && keys.test(left.objectName())) {
                    abort(left.objectName(), left.uploadId());
                }
            }
        } catch (StoreException e) {
            if (!(e.getCause() instanceof Refusal said) || !NOT_TO_BE_HAD.contains(said.status())) {
                throw e;
            }
            LOG.log(System.Logger.Level.INFO, "unfinished uploads are left to the place", e);
        }
    }

    private List<ListMultipartUploadsResult.Upload> unfinished(String prefix) throws StoreException {
        List<ListMultipartUploadsResult.Upload> found = new ArrayList<>();
        String key = "";
        String id = "";
        while (true) {
            S3Request asked = S3Request.list().query("uploads", "").query("prefix", prefix);
            if (!key.isEmpty()) {
                asked = asked.query("key-marker", key).query("upload-id-marker", id);
            }
            ListMultipartUploadsResult page =
                    bucket.ask(asked, answer -> Answers.message(ListMultipartUploadsResult.class, answer));
            page.uploads().stream()
                    .filter(left -> left.objectName().startsWith(prefix))
                    .forEach(found::add);
            String next = page.nextKeyMarker();
            if (!page.isTruncated() || next == null || (next.equals(key) && id.equals(page.nextUploadIdMarker()))) {
                return found;
            }
            key = next;
            id = String.valueOf(page.nextUploadIdMarker());
        }
    }
}
