package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.S3Store;
import org.coffer.engine.store.s3.Wire;
import org.coffer.engine.work.Requests;

/**
 * Measures how long it takes to open a vault of many backups over a way that takes its time, with nothing kept near and with all
 * of it: {@code FarBench 1000 50} for 1,000 backups and 50 ms a request. The server is a real one, in this process.
 */
final class FarBench {
    private static final int ROUNDS = 3;

    private FarBench() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int backups = Integer.parseInt(arguments[0]);
        MemoryStore made = new MemoryStore();
        Lab.create(made).close();
        try (Vault vault = Lab.open(made)) {
            byte[] disk = Lab.noise(Lab.BLOCK, 1);
            Commit last = null;
            for (int i = 0; i < backups; i++) {
                last = Lab.backUp(vault, "b" + i, Lab.changed(disk, i, 0), last);
            }
        }
        S3Settings bucket = LocalBucket.shared().fresh();
        try (S3Store direct = LocalBucket.store(bucket)) {
            made.objects().forEach((name, bytes) -> put(direct, name, bytes));
        }
        Path near = Files.createTempDirectory("far-bench");
        try (Wire wire = Wire.to(LocalBucket.shared().port());
                S3Store far = LocalBucket.store(LocalBucket.through(wire.port(), bucket))) {
            open(far, NearCache.none()); // Classes are loaded, connections are there.
            wire.latency(Long.parseLong(arguments[1]));
            for (int round = 0; round < ROUNDS; round++) {
                measure("nothing kept", far, NearCache.none());
            }
            open(far, NearCache.in(near, NearCache.USUAL, Lab.CLOCK));
            for (int round = 0; round < ROUNDS; round++) {
                measure("all kept", far, NearCache.in(near, NearCache.USUAL, Lab.CLOCK));
            }
            System.out.println("at most " + wire.most() + " requests at once");
        }
        try (Stream<Path> files = Files.walk(near).sorted(java.util.Comparator.reverseOrder())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        System.exit(0);
    }

    private static void put(S3Store store, String name, byte[] bytes) {
        try {
            store.put(name, ByteBuffer.wrap(bytes));
        } catch (org.coffer.engine.store.StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void measure(String what, S3Store far, NearCache near) {
        Requests before = far.requests();
        long start = System.nanoTime();
        int found = open(far, near);
        long took = System.nanoTime() - start;
        Requests made = far.requests().minus(before);
        System.out.printf(
                "%s: %d backups in %.2f s, %d gets, %d lists%n", what, found, took / 1e9, made.gets(), made.lists());
    }

    private static int open(S3Store far, NearCache near) {
        try (Vault vault = Vault.open(
                far, "bench", new Unlock.Key(Lab.key()), null, near, Lab.CLOCK, new SecureRandom(), Lab.SMALL)) {
            return vault.backups().size();
        }
    }
}
