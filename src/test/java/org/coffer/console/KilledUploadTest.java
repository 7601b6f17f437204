package org.coffer.console;

import java.util.Optional;
import org.coffer.console.attach.Attached;
import org.coffer.console.attach.Attaching;
import org.coffer.console.location.BucketFields;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.location.Secret;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Credentials;
import org.coffer.engine.store.s3.S3Settings;

/** Killed while it uploads to S3Proxy. */
class KilledUploadTest extends KilledUploadContract {
    static NewLocation place(S3Settings bucket) {
        return place(bucket, LocalBucket.KEY);
    }

    static NewLocation place(S3Settings bucket, S3Credentials key) {
        return place(bucket, key, "");
    }

    /** @param listDelay as somebody would type it; empty for what the trial finds */
    static NewLocation place(S3Settings bucket, S3Credentials key, String listDelay) {
        BucketFields fields = new BucketFields(
                bucket.address().endpoint().toString(),
                bucket.address().bucket(),
                "desk",
                "",
                true,
                key.accessKey(),
                "",
                "");
        fields = fields.listing(listDelay);
        return new NewLocation("cloud", fields.address(), new Secret(key.secretKey()), "", 0);
    }

    static Attached attach(TestHome home, NewLocation where, String code, boolean ownerGone) {
        Location place = home.console().locations().add(where);
        Attaching attaching = home.console().attaching();
        try (OpenedStranger opened =
                attaching.open(attaching.find(place.id()).getFirst(), Optional.of(code.toCharArray()))) {
            return attaching.attach(opened, ownerGone);
        }
    }

    @Override
    S3Settings fresh() {
        return LocalBucket.shared().fresh();
    }

    @Override
    S3Credentials key() {
        return LocalBucket.KEY;
    }
}
