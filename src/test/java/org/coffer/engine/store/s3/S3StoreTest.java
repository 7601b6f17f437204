package org.coffer.engine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreContract;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Requests;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bucket keeps what it was given, or says why not: all that a folder promises, and what only buckets have. */
class S3StoreTest extends StoreContract {
    private final S3Settings settings = LocalBucket.shared().fresh();
    private final S3Store store = LocalBucket.store(settings);

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected int large() {
        return (11 << 20) + 12_345;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPutIsOneRequestWhereTheServerCanBeToldNotToOverwrite() throws IOException {
        try (S3Store told = LocalBucket.store(settings.with(settings.habits().conditionalPut(true)))) {
            told.put("a", bytes(10, 1));
            assertThat(told.requests().total()).isEqualTo(1);
            told.put("a", bytes(10, 1));
            assertThat(kindOf(() -> told.put("a", bytes(10, 2)))).isEqualTo(StoreException.Kind.CONFLICT);
            assertThat(told.get("a")).containsOnly(1);
        }
    }

    @Test
    void listingsGoOnAfterTheThousandNamesOfAPage() throws IOException {
        try (S3Store told = LocalBucket.store(settings.with(settings.habits().conditionalPut(true)))) {
            List<String> names =
                    IntStream.range(0, 1_003).mapToObj("p/%05d"::formatted).toList();
            names.parallelStream().forEach(name -> {
                try {
                    told.put(name, bytes(1, 1));
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            });
            Requests before = told.requests();
            assertThat(told.list("p/")).extracting(StoredObject::name).isEqualTo(names);
            assertThat(told.requests().minus(before).lists()).isEqualTo(2);

            told.delete(names);
            assertThat(told.requests().minus(before).deletes())
                    .as("a thousand at once")
                    .isEqualTo(2);
            assertThat(told.list("p/")).isEmpty();
        }
    }

    @Test
    void whatADeadUploadLeftIsNotListedAndCanBeSweptUp() throws IOException {
        List<String> left = begin("data/1/x", "data/1/y", "data/2/z");
        assertThat(store.list("")).isEmpty();

        store.sweep("data/1/");
        assertThat(unfinished()).containsExactly("some where/data/2/z");
        store.sweep("data/");
        assertThat(unfinished()).isEmpty();
        assertThat(left).hasSize(3);
    }

    /** The server says of each that it was begun in 2010. */
    @Test
    void whatWasBegunLongAgoByNobodyAliveIsSweptAndNothingElse() throws IOException {
        begin("data/1/x", "data/2/y", "condemned/3");

        store.sweep(Instant.parse("2009-01-01T00:00:00Z"), name -> true);
        assertThat(unfinished()).as("begun since").hasSize(3);
        store.sweep(Instant.now(), name -> !name.startsWith("data/2/"));
        assertThat(unfinished()).containsExactly("some where/data/2/y");
    }

    private List<String> begin(String... names) throws IOException {
        try (Bucket bucket =
                S3Store.open(settings, () -> LocalBucket.KEY, java.time.Clock.systemUTC(), new java.util.Random(1))) {
            List<String> ids = new java.util.ArrayList<>();
            for (String name : names) {
                S3Request asked = S3Request.post(settings.address().prefix() + name, Payload.NONE, S3Request.Act.WRITE)
                        .query("uploads", "");
                ids.add(bucket.ask(
                        asked,
                        answer -> Answers.message(io.minio.messages.InitiateMultipartUploadResult.class, answer)
                                .uploadId()));
            }
            return ids;
        }
    }

    private List<String> unfinished() throws IOException {
        try (Bucket bucket =
                S3Store.open(settings, () -> LocalBucket.KEY, java.time.Clock.systemUTC(), new java.util.Random(1))) {
            return bucket
                    .ask(
                            S3Request.list().query("uploads", ""),
                            answer -> Answers.message(io.minio.messages.ListMultipartUploadsResult.class, answer))
                    .uploads()
                    .stream()
                    .map(upload -> upload.objectName())
                    .toList();
        }
    }

    @Test
    void anObjectThatWasCopiedThereByOtherMeansIsComparedByItsContent() throws IOException {
        S3Address inside = settings.address();
        String key = inside.prefix() + "copied";
        try (Bucket bucket =
                S3Store.open(settings, () -> LocalBucket.KEY, java.time.Clock.systemUTC(), new java.util.Random(1))) {
            bucket.ask(S3Request.put(key, Payload.of(bytes(100, 3))), Answers::nothing);
        }
        store.put("copied", bytes(100, 3));
        assertThat(kindOf(() -> store.put("copied", bytes(100, 4)))).isEqualTo(StoreException.Kind.CONFLICT);
    }

    @Test
    void whatOneRunOfWorkAskedForIsCountedWithIt() throws IOException {
        Work work = new Work();
        store.put("other", bytes(10, 1));
        work.part(() -> {
            try {
                store.put("a", bytes(1000, 1));
                store.read("a", 10, ByteBuffer.allocate(100));
                store.list("");
                store.delete("a");
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        });
        Requests made = work.requests();
        assertThat(made.puts()).isEqualTo(1);
        assertThat(made.heads()).isEqualTo(1);
        assertThat(made.gets()).isEqualTo(1);
        assertThat(made.lists()).isEqualTo(1);
        assertThat(made.deletes()).isEqualTo(1);
        assertThat(made.again()).isZero();
        assertThat(made.sent()).isEqualTo(1000);
        assertThat(made.received()).isGreaterThan(100);
        assertThat(store.requests().minus(made).total()).isEqualTo(2);
    }

    @Test
    void nothingSecretIsInAnyText() {
        assertThat(List.of(LocalBucket.KEY.toString(), store.toString(), settings.toString(), store.where()))
                .noneMatch(text -> text.contains("secret") || text.contains("coffer-key"));
    }
}
