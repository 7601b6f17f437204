package org.coffer.engine.work;

/**
 * Requests to object storage by kind, as its price lists tell them apart, and the bytes that went with them. Each try
 * counts, because each is paid for.
 *
 * @param puts objects and parts written, and uploads begun and ended
 * @param gets objects read, whole or in part
 * @param heads objects asked for, without their content
 * @param lists pages of listings
 * @param deletes deletes, of one object or many at once
 * @param again how many of all these were repetitions after a failure
 * @param sent bytes of content that went out
 * @param received bytes of content that came in
 */
public record Requests(
        long puts, long gets, long heads, long lists, long deletes, long again, long sent, long received) {
    /** No request at all. */
    public static final Requests NONE = new Requests(0, 0, 0, 0, 0, 0, 0, 0);

    /** These and those. */
    public Requests plus(Requests other) {
        return new Requests(
                puts + other.puts,
                gets + other.gets,
                heads + other.heads,
                lists + other.lists,
                deletes + other.deletes,
                again + other.again,
                sent + other.sent,
                received + other.received);
    }

    /** These without those that were counted before. */
    public Requests minus(Requests before) {
        return new Requests(
                puts - before.puts,
                gets - before.gets,
                heads - before.heads,
                lists - before.lists,
                deletes - before.deletes,
                again - before.again,
                sent - before.sent,
                received - before.received);
    }

    /** How many requests these are. */
    public long total() {
        return puts + gets + heads + lists + deletes;
    }
}
