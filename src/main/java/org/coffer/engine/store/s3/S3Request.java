package org.coffer.engine.store.s3;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request before it is signed: the same for every try.
 *
 * @param method what HTTP calls it
 * @param key the object's whole name in the bucket; empty for the bucket itself
 * @param query names and values of the address's query
 * @param headers names and values beside those that every request has
 * @param payload what goes out; null for nothing
 * @param act what it is for
 */
record S3Request(
        String method,
        String key,
        List<Pair> query,
        List<Pair> headers,
        @Nullable Payload payload,
        Act act) {
    /** What a request is for: which right it needs, and how it is counted. */
    enum Act {
        WRITE,
        READ,
        HEAD,
        LIST,
        DELETE
    }

    record Pair(String name, String value) {}

    static S3Request get(String key) {
        return new S3Request("GET", key, List.of(), List.of(), null, Act.READ);
    }

    static S3Request head(String key) {
        return new S3Request("HEAD", key, List.of(), List.of(), null, Act.HEAD);
    }

    static S3Request put(String key, Payload payload) {
        return new S3Request("PUT", key, List.of(), List.of(), payload, Act.WRITE);
    }

    static S3Request post(String key, Payload payload, Act act) {
        return new S3Request("POST", key, List.of(), List.of(), payload, act);
    }

    static S3Request delete(String key, Act act) {
        return new S3Request("DELETE", key, List.of(), List.of(), null, act);
    }

    static S3Request list() {
        return new S3Request("GET", "", List.of(), List.of(), null, Act.LIST);
    }

    S3Request query(String name, String value) {
        return new S3Request(method, key, and(query, name, value), headers, payload, act);
    }

    S3Request header(String name, String value) {
        return new S3Request(method, key, query, and(headers, name, value), payload, act);
    }

    private static List<Pair> and(List<Pair> pairs, String name, String value) {
        List<Pair> more = new ArrayList<>(pairs);
        more.add(new Pair(name, value));
        return List.copyOf(more);
    }

    /** Bytes on their way in one direction or the other, as far as they are known before. */
    long size() {
        return payload == null ? 0 : payload.length();
    }
}
