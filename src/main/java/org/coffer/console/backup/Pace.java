package org.coffer.console.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.coffer.console.location.Location;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.Extent;
import org.coffer.engine.store.Throttle;

/** Keeps what the runs of each policy read below its limit, all of them together (B13). */
final class Pace {
    private final Map<UUID, Throttle> throttles = new ConcurrentHashMap<>();

    /**
     * A source that waits its turn before each read.
     *
     * @param megabytes MB a second, from now on for all runs of the policy
     */
    BlockSource of(UUID policy, long megabytes, BlockSource source) {
        return new Paced(source, throttle(policy, megabytes));
    }

    /** What waits until so many bytes may be read for a policy. */
    LongConsumer of(UUID policy, long megabytes) {
        return throttle(policy, megabytes)::take;
    }

    private Throttle throttle(UUID policy, long megabytes) {
        Throttle throttle = throttles.computeIfAbsent(policy, id -> Throttle.unlimited());
        throttle.limit(megabytes * Location.MB);
        return throttle;
    }

    private record Paced(BlockSource source, Throttle throttle) implements BlockSource {
        @Override
        public void read(long position, ByteBuffer dst) throws IOException {
            throttle.take(dst.remaining());
            source.read(position, dst);
        }

        @Override
        public long size() {
            return source.size();
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public boolean isInMemory(long position, int length) {
            return source.isInMemory(position, length);
        }

        @Override
        public List<Extent> data(long from, long to) throws IOException {
            return source.data(from, to);
        }

        @Override
        public long check() {
            return source.check();
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
