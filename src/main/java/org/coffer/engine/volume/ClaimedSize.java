package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How large a file system says that it is; of the place it lies in it may use less. Sources as for {@link Header}. */
public final class ClaimedSize {
    private static final int LENGTH = 4096;
    private static final int EXT = 1024;
    private static final int EXT_64_BITS = 0x80;

    private ClaimedSize() {}

    /**
     * Bytes of a file system.
     *
     * @param format {@code ext2}, {@code ext3}, {@code ext4}, {@code xfs} or {@code ntfs}
     */
    public static long of(Bytes volume, String format) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        volume.read(0, start);
        start.flip();
        return switch (format) {
            case "ext2", "ext3", "ext4" -> ext(start);
            case "xfs" -> start.order(ByteOrder.BIG_ENDIAN).getLong(8) * Integer.toUnsignedLong(start.getInt(4));
            case "ntfs" -> start.getLong(40) * Short.toUnsignedLong(start.getShort(11));
            default -> throw new IllegalArgumentException(format);
        };
    }

    private static long ext(ByteBuffer start) {
        long blocks = Integer.toUnsignedLong(start.getInt(EXT + 4));
        if ((start.getInt(EXT + 96) & EXT_64_BITS) != 0) {
            blocks |= Integer.toUnsignedLong(start.getInt(EXT + 0x150)) << 32;
        }
        return blocks << (10 + start.getInt(EXT + 24));
    }
}
