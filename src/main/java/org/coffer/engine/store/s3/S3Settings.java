package org.coffer.engine.store.s3;

/**
 * Everything about a place in object storage but what signs its requests.
 *
 * @param address where it is
 * @param network how it is reached
 * @param habits what is known of its ways
 * @param patience how long it is waited for
 */
public record S3Settings(S3Address address, S3Network network, S3Habits habits, S3Patience patience) {
    /** A place that is reached directly, and of which nothing special is known. */
    public static S3Settings of(S3Address address) {
        return new S3Settings(address, S3Network.direct(), S3Habits.standard(), S3Patience.standard());
    }

    /** The same place, reached in another way. */
    public S3Settings with(S3Network other) {
        return new S3Settings(address, other, habits, patience);
    }

    /** The same place, with other habits. */
    public S3Settings with(S3Habits other) {
        return new S3Settings(address, network, other, patience);
    }

    /** The same place, waited for in another way. */
    public S3Settings with(S3Patience other) {
        return new S3Settings(address, network, habits, other);
    }
}
