package org.coffer.engine.store.s3;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server is reached.
 *
 * @param authority a file of certificates (PEM) to trust beside those that the system trusts
 * @param proxy the web proxy to go through
 */
public record S3Network(Optional<Path> authority, Optional<S3Proxy> proxy) {
    /** Directly, trusting whom the system trusts. */
    public static S3Network direct() {
        return new S3Network(Optional.empty(), Optional.empty());
    }
}
