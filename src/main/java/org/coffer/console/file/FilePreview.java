package org.coffer.console.file;

import java.nio.ByteBuffer;

/** The beginning of a file, as far as it can be shown. */
public sealed interface FilePreview {
    /** Points of the largest picture that is shown: a few bytes can stand for many. */
    long MOST_POINTS = 64_000_000;

    /**
     * Text.
     *
     * @param text the beginning of it
     * @param charset the encoding it was taken for: {@code UTF-8}, {@code UTF-16LE}, {@code UTF-16BE} or {@code GB18030}
     * @param whole whether that is all
     */
    record Text(String text, String charset, boolean whole) implements FilePreview {}

    /**
     * A picture.
     *
     * @param format {@code PNG}, {@code JPEG}, {@code GIF} or {@code BMP}
     * @param bytes the file's first bytes, read-only
     * @param whole whether that is all of it; a picture that is cut off may still be shown in part
     */
    record Picture(String format, ByteBuffer bytes, boolean whole) implements FilePreview {}

    /**
     * A picture that has more points than are shown.
     *
     * @param width points
     * @param height points
     */
    record TooLarge(long width, long height) implements FilePreview {}

    /** Nothing that can be shown: empty, or of another kind. */
    record None() implements FilePreview {}
}
