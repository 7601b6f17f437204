package org.coffer.engine.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * An S3 server in a process of its own, for measuring: {@code StorageServer FOLDER MILLISECONDS [lean]}. It keeps objects as
 * files, answers each request so much later, prints its port, and ends when its input ends. It is S3Proxy, or, to see what the
 * client costs by itself, {@link LeanServer}.
 */
public final class StorageServer {
    private static final String BUCKET = "bench";

    private StorageServer() {}

    /** Serves. */
    public static void main(String[] args) throws Exception {
        Duration way = Duration.ofMillis(Long.parseLong(args[1]));
        boolean lean = args.length > 2 && args[2].equals("lean");
        System.out.println(
                lean
                        ? new LeanServer(Path.of(args[0]), way).port()
                        : proxy(args[0], way).getPort());
        System.in.readAllBytes();
        System.exit(0);
    }

    private static S3Proxy proxy(String folder, Duration way) throws Exception {
        BlobStore files = new FilesystemNio2BlobStore(folder);
        files.createContainer(CreateBucketRequest.builder().bucket(BUCKET).build());
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new Far(files, way))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, LocalBucket.KEY.accessKey(), LocalBucket.KEY.secretKey())
                .v4MaxNonChunkedRequestSize(1 << 28)
                .build();
        proxy.start();
        return proxy;
    }

    /** The store in such a server, as the product would use it. */
    public static ObjectStore store(int port) throws StoreException {
        S3Address address = new S3Address(URI.create("http://127.0.0.1:" + port), "us-east-1", BUCKET, "", true);
        S3Habits habits = S3Habits.standard().conditionalPut(true);
        return new S3Store(
                S3Settings.of(address).with(habits),
                () -> LocalBucket.KEY,
                java.time.Clock.systemUTC(),
                new SplittableRandom());
    }

    /** Where the file of a key for such a server's vault is kept. */
    public static Path key(int port) {
        return Path.of(System.getProperty("java.io.tmpdir"), "coffer-bench-" + port);
    }

    /** A store some way off. */
    private static final class Far extends ForwardingBlobStore {
        private final Duration way;

        Far(BlobStore store, Duration way) {
            super(store);
            this.way = way;
        }

        private void travel() {
            try {
                Thread.sleep(way);
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }

        @Override
        public ListObjectsV2Response list(ListObjectsV2Request request) {
            travel();
            return super.list(request);
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
            travel();
            return super.putBlob(request, content);
        }

        @Override
        public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
            travel();
            return super.blobMetadata(request);
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
            travel();
            return super.getBlob(request);
        }

        @Override
        public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
            travel();
            return super.removeBlob(request);
        }
    }
}
