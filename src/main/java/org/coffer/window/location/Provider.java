package org.coffer.window.location;

/**
 * What is known of a kind of object storage, so that less has to be typed.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/s3.html">endpoints of Amazon S3</a>
 */
enum Provider {
    /** Huawei Cloud's Object Storage Service. */
    OBS("https://obs.{region}.myhuaweicloud.com", "cn-north-4", false),
    /** Amazon S3. */
    AWS("https://s3.{region}.amazonaws.com", "us-east-1", false),
    /** MinIO, at its usual port. */
    MINIO("https://{host}:9000", "us-east-1", true),
    /** The gateway of Ceph, at its usual port. */
    CEPH("https://{host}:7480", "us-east-1", true),
    /** Anything else that speaks S3. */
    OTHER("", "", true);

    private static final String REGION = "{region}";

    private final String pattern;
    private final String region;
    private final boolean pathStyle;

    Provider(String pattern, String region, boolean pathStyle) {
        this.pattern = pattern;
        this.region = region;
        this.pathStyle = pathStyle;
    }

    /** The endpoint in a region; empty where it depends on whose server it is. */
    String endpoint(String where) {
        return pattern.contains(REGION) ? pattern.replace(REGION, where) : "";
    }

    /** How an endpoint looks. */
    String example() {
        return pattern.isEmpty()
                ? "https://storage.example.com"
                : pattern.replace(REGION, region).replace("{host}", "storage.example.com");
    }

    /** The region that most use. */
    String region() {
        return region;
    }

    /** Whether buckets stand in the path of addresses there. */
    boolean pathStyle() {
        return pathStyle;
    }
}
