package org.coffer.engine.store.s3;

/**
 * What signs requests. Never shown: its text holds nothing secret.
 *
 * @param accessKey the name of the key
 * @param secretKey the key
 * @param token what goes with a key that lives for hours; empty for others
 */
public record S3Credentials(String accessKey, String secretKey, String token) {
    /** A key that lives until it is revoked. */
    public S3Credentials(String accessKey, String secretKey) {
        this(accessKey, secretKey, "");
    }

    @Override
    public String toString() {
        return "S3Credentials[…]";
    }
}
