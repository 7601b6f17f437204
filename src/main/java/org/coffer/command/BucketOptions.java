package org.coffer.command;

import java.nio.file.Path;
import org.coffer.console.location.BucketFields;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a bucket in object storage. Its secret comes from a file or the environment only. */
final class BucketOptions {
    @Option(names = "--s3", required = true)
    boolean s3;

    @Option(names = "--endpoint", paramLabel = "URL", required = true)
    String endpoint = "";

    @Option(names = "--bucket", paramLabel = "BUCKET", required = true)
    String bucket = "";

    @Option(names = "--prefix", paramLabel = "PREFIX")
    String prefix = "";

    @Option(names = "--path-style")
    boolean pathStyle;

    @Option(names = "--access-key", paramLabel = "KEY")
    String accessKey = "";

    @Option(names = "--secret-key-file", paramLabel = "FILE")
    @Nullable
    Path secretFile;

    @Option(names = "--ca", paramLabel = "FILE")
    @Nullable
    Path authority;

    @Option(names = "--proxy", paramLabel = "HOST:PORT")
    String proxy = "";

    @Option(names = "--proxy-user", paramLabel = "USER")
    String proxyUser = "";

    @Option(names = "--proxy-password-file", paramLabel = "FILE")
    @Nullable
    Path proxyPassword;

    @Option(names = "--list-delay", paramLabel = "TIME")
    String listDelay = "";

    BucketFields fields(String region) {
        return new BucketFields(
                endpoint,
                bucket,
                prefix,
                region,
                pathStyle,
                accessKey,
                authority == null ? "" : authority.toString(),
                proxy,
                proxyUser,
                listDelay);
    }
}
