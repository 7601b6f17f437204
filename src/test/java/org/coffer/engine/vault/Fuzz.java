package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.coffer.engine.store.StoreException;
import org.jspecify.annotations.Nullable;

/** What every parser of stored bytes promises, whatever the bytes are. */
final class Fuzz {
    /** More than any parser needs for what the tests give it, and less than a length field could ask for. */
    private static final long MOST_ALLOCATED = 128L << 20;

    private static final long MOST_NANOS = 10_000_000_000L;

    private Fuzz() {}

    /** Reads bytes; the exceptions are those that say that they are damaged. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(byte[] bytes) throws IOException;
    }

    /** Writes what was read. */
    @FunctionalInterface
    interface Writer<T> {
        byte[] write(T value);
    }

    /** A parser gives a value or says that the bytes are damaged, soon, and without taking much memory. */
    static <T> @Nullable T read(byte[] bytes, Parser<T> parser) {
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = memory.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        T value;
        try {
            value = parser.parse(bytes);
        } catch (DamagedException e) {
            assertThat(e.object()).isNotEmpty();
            value = null;
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.MISSING);
            value = null;
        } catch (IOException e) {
            throw new AssertionError("not a declared exception", e);
        }
        assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(MOST_NANOS);
        assertThat(memory.getCurrentThreadAllocatedBytes() - allocated)
                .as("bytes allocated for %d", bytes.length)
                .isLessThan(MOST_ALLOCATED);
        return value;
    }

    /** The same; and a value that was read is the same after being written and read again. */
    static <T> void check(byte[] bytes, Parser<T> parser, Writer<T> writer) throws IOException {
        T value = read(bytes, parser);
        if (value != null) {
            byte[] written = writer.write(value);
            byte[] again = writer.write(parser.parse(written));
            assertThat(Arrays.equals(again, written))
                    .as("equal after being written and read again")
                    .isTrue();
        }
    }
}
