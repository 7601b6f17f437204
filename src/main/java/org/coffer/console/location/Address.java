package org.coffer.console.location;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.coffer.engine.store.s3.S3Address;
import org.coffer.engine.store.s3.S3Habits;
import org.coffer.engine.store.s3.S3Network;
import org.coffer.engine.store.s3.S3Proxy;

/** Where a location is. */
public sealed interface Address {
    /** What kind of place it is. */
    Location.Kind kind();

    /** The address for people: a path, or that of a bucket. */
    String text();

    /** The region that its place has by itself. */
    default Optional<String> region() {
        return Optional.empty();
    }

    /** The folder, if it is one on this computer. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /** Whether the place itself can keep objects from being deleted until a moment (V16). */
    default boolean retains() {
        return false;
    }

    /**
     * A folder on an attached disk or a network mount.
     *
     * @param path its path, made absolute and plain
     */
    record Folder(Path path) implements Address {
        /** Any path of the folder. */
        public Folder {
            path = path.toAbsolutePath().normalize();
        }

        @Override
        public Location.Kind kind() {
            return Location.Kind.FOLDER;
        }

        @Override
        public String text() {
            return path.toString();
        }

        @Override
        public Optional<Path> folder() {
            return Optional.of(path);
        }
    }

    /**
     * A bucket in object storage that speaks S3, or what lies below a prefix in it.
     *
     * @param at the server, the bucket and the prefix
     * @param network how it is reached
     * @param accessKey the name of the key; the key itself is among the home's secrets
     * @param habits what trying it out found of its ways
     */
    record Bucket(S3Address at, S3Network network, String accessKey, S3Habits habits) implements Address {
        @Override
        public Location.Kind kind() {
            return Location.Kind.S3;
        }

        @Override
        public String text() {
            return at.toString();
        }

        @Override
        public Optional<String> region() {
            return Optional.of(at.region());
        }

        @Override
        public boolean retains() {
            return habits.objectLock();
        }

        /** How long a list there may fail to show what was put; empty if each shows it at once. */
        public Optional<Duration> listDelay() {
            return habits.staleness().filter(Duration::isPositive);
        }

        /** The same bucket, of whose ways something was found out. */
        Bucket with(S3Habits found) {
            return new Bucket(at, network, accessKey, found);
        }

        /** How it is reached, with what the proxy wants to hear. */
        S3Network network(Secret secret) {
            return new S3Network(
                    network.authority(),
                    network.proxy()
                            .map(proxy ->
                                    new S3Proxy(proxy.host(), proxy.port(), proxy.user(), secret.proxyPassword())));
        }
    }
}
