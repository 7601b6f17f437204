package org.coffer.engine.store.s3;

import io.minio.messages.Contents;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListObjectsResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * Lists objects, page by page. A next page is asked for by the server's token and, for servers of the first version of this
 * call, which know none, by the last name.
 */
final class Listing {
    private static final String DELIMITER = "/";

    private final Bucket bucket;
    private final String prefix;

    /** @param prefix what the names of all objects begin with, and is not shown */
    Listing(Bucket bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** All objects whose names begin with {@code inner}, in the order of their names. */
    List<StoredObject> all(String inner) throws StoreException {
        List<StoredObject> found = new ArrayList<>();
        ListBucketResultV2 page = page(prefix + inner, "", null, null);
        while (true) {
            String last = null;
            for (Contents object : page.contents()) {
                last = object.objectName();
                // A name that ends in '/' is what some programs keep for a folder.
                if (last.startsWith(prefix + inner) && !last.endsWith("/")) {
                    found.add(new StoredObject(last.substring(prefix.length()), object.size()));
                }
            }
            if (!page.isTruncated()) {
                break;
            }
            page = next(page, prefix + inner, "", last);
        }
        found.sort(Comparator.comparing(StoredObject::name));
        return found;
    }

    /** What lies right below {@code inner}, as a folder shows it, in the order of the names. */
    List<String> beneath(String inner) throws StoreException {
        SortedSet<String> found = new TreeSet<>();
        ListBucketResultV2 page = page(prefix + inner, DELIMITER, null, null);
        while (true) {
            String last = null;
            for (Contents object : page.contents()) {
                last = later(last, object.objectName());
                found.add(object.objectName());
            }
            for (ListObjectsResult.Prefix folder : page.commonPrefixes()) {
                last = later(last, folder.toItem().objectName());
                found.add(folder.toItem().objectName());
            }
            if (!page.isTruncated()) {
                break;
            }
            page = next(page, prefix + inner, DELIMITER, last);
        }
        String whole = prefix + inner;
        // The name of the folder itself is what some programs keep for one.
        return found.stream()
                .filter(name -> name.startsWith(whole) && name.length() > whole.length())
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private static String later(@Nullable String one, String other) {
        return one == null || one.compareTo(other) < 0 ? other : one;
    }

    /**
     * The page after one that is not the last. It may be empty, and not the last either, where much was deleted in between; a
     * listing that ended there would make what comes later look as if it were gone.
     */
    private ListBucketResultV2 next(ListBucketResultV2 page, String wanted, String delimiter, @Nullable String last)
            throws StoreException {
        String token = page.nextContinuationToken();
        if (token != null || last != null) {
            ListBucketResultV2 next = page(wanted, delimiter, token, last);
            if (token == null || !next.isTruncated() || !token.equals(next.nextContinuationToken())) {
                return next;
            }
        }
        throw new StoreException(
                StoreException.Kind.OTHER, wanted + ": the server says that its list goes on, and not where");
    }

    /** One page; the first without a token and a last name. */
    private ListBucketResultV2 page(String wanted, String delimiter, @Nullable String token, @Nullable String last)
            throws StoreException {
        S3Request asked = S3Request.list().query("list-type", "2").query("prefix", wanted);
        if (!delimiter.isEmpty()) {
            asked = asked.query("delimiter", delimiter);
        }
        if (token != null) {
            asked = asked.query("continuation-token", token);
        } else if (last != null) {
            asked = asked.query("start-after", last).query("marker", last);
        }
        return bucket.ask(asked, answer -> Answers.message(ListBucketResultV2.class, answer));
    }

    /** Asks for a single name, only to see whether listing is possible. */
    static void one(Bucket bucket, String prefix, Trace trace, Exchanges.Reading<Boolean> also) throws StoreException {
        S3Request asked =
                S3Request.list().query("list-type", "2").query("prefix", prefix).query("max-keys", "1");
        bucket.ask(asked, trace, answer -> {
            boolean seen = also.read(answer);
            Answers.message(ListBucketResultV2.class, answer);
            return seen;
        });
    }
}
