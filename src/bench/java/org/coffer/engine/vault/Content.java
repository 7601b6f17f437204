package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** What frames are made of: three kinds that zstd and the filter treat differently. */
public enum Content {
    /** Words out of a few hundred. */
    TEXT {
        @Override
        void fill(ByteBuffer out, SplittableRandom random) {
            while (out.hasRemaining()) {
                long word = random.nextInt(400) * 0x9e3779b97f4a7c15L;
                for (int i = 0; i < 2 + (word >>> 61) && out.hasRemaining(); i++) {
                    out.put((byte) ('a' + ((word >>> (7 * i)) & 15)));
                }
                if (out.hasRemaining()) {
                    out.put((byte) ' ');
                }
            }
        }
    },
    /** Instructions out of a few hundred, and a call in about every 60th byte. */
    CODE {
        @Override
        void fill(ByteBuffer out, SplittableRandom random) {
            out.order(ByteOrder.LITTLE_ENDIAN);
            while (out.remaining() > Long.BYTES) {
                if (random.nextInt(15) == 0) {
                    out.put((byte) 0xe8).putInt(random.nextInt(200) * 5_000 - out.position() - Integer.BYTES);
                } else {
                    out.putInt((int) (random.nextInt(300) * 0x9e3779b97f4a7c15L));
                }
            }
            out.position(out.limit());
        }
    },
    /** What does not compress. */
    NOISE {
        @Override
        void fill(ByteBuffer out, SplittableRandom random) {
            while (out.remaining() >= Long.BYTES) {
                out.putLong(random.nextLong());
            }
            out.position(out.limit());
        }
    };

    /** Fills what remains. */
    abstract void fill(ByteBuffer out, SplittableRandom random);

    /** A direct buffer full of it. */
    ByteBuffer of(int length) {
        ByteBuffer all = ByteBuffer.allocateDirect(length);
        fill(all, new SplittableRandom(1));
        return all.flip();
    }
}
