package org.coffer.console.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How large a picture is, by its first bytes alone, so that one that would fill the memory is never decoded. Sources: PNG
 * specification, 11.2.2; ITU-T T.81, B.2.2; GIF 89a, 18; {@code BITMAPINFOHEADER} and {@code BITMAPCOREHEADER}.
 *
 * @param width points
 * @param height points
 */
record PictureSize(long width, long height) {
    private static final int CORE_HEADER = 12;

    /** The size of a picture; empty if its beginning does not tell. */
    static Optional<PictureSize> of(String format, ByteBuffer start) {
        ByteBuffer bytes = start.slice().order(ByteOrder.BIG_ENDIAN);
        try {
            PictureSize found = switch (format) {
                case "PNG" -> png(bytes);
                case "JPEG" -> jpeg(bytes);
                case "GIF" -> gif(bytes.order(ByteOrder.LITTLE_ENDIAN));
                case "BMP" -> bmp(bytes.order(ByteOrder.LITTLE_ENDIAN));
                default -> new PictureSize(0, 0);
            };
            return Optional.of(found).filter(size -> size.width > 0 && size.height > 0);
        } catch (IndexOutOfBoundsException e) {
            // It is cut off before it says so.
            return Optional.empty();
        }
    }

    /** Whether it has more points than {@code most}. */
    boolean exceeds(long most) {
        return width > most / height;
    }

    private static PictureSize png(ByteBuffer bytes) {
        boolean header = bytes.getInt(12) == 0x49484452; // IHDR
        return header ? new PictureSize(unsigned(bytes.getInt(16)), unsigned(bytes.getInt(20))) : new PictureSize(0, 0);
    }

    /** Goes from marker to marker until the frame's header; entropy-coded data comes only after it. */
    private static PictureSize jpeg(ByteBuffer bytes) {
        int at = 2;
        while (true) {
            while (unsigned(bytes.get(at)) == 0xff && unsigned(bytes.get(at + 1)) == 0xff) {
                at++; // Fill bytes.
            }
            int marker = unsigned(bytes.get(at + 1));
            if (unsigned(bytes.get(at)) != 0xff) {
                return new PictureSize(0, 0);
            }
            if (isFrame(marker)) {
                return new PictureSize(unsigned(bytes.getShort(at + 7)), unsigned(bytes.getShort(at + 5)));
            }
            at += 2 + unsigned(bytes.getShort(at + 2));
        }
    }

    /** The headers of frames, without the tables that have numbers among theirs. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static PictureSize gif(ByteBuffer bytes) {
        return new PictureSize(unsigned(bytes.getShort(6)), unsigned(bytes.getShort(8)));
    }

    private static PictureSize bmp(ByteBuffer bytes) {
        return bytes.getInt(14) == CORE_HEADER
                ? new PictureSize(unsigned(bytes.getShort(18)), unsigned(bytes.getShort(20)))
                : new PictureSize(Math.abs((long) bytes.getInt(18)), Math.abs((long) bytes.getInt(22)));
    }

    private static int unsigned(byte value) {
        return Byte.toUnsignedInt(value);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
