package org.coffer.console.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the first bytes of a file are. Pictures are known by their signatures (PNG specification, 5.2; JFIF 1.02; GIF 89a;
 * {@code BITMAPFILEHEADER}); text by a byte order mark (Unicode, 23.8), else by being without mistakes in one of the encodings,
 * tried in an order in which a wrong one rarely passes.
 */
final class Previews {
    private static final List<Charset> MARKED =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    private static final Charset GB18030 = Charset.forName("GB18030");

    private Previews() {}

    /** @param whole whether {@code start} is all of the file */
    static FilePreview of(ByteBuffer start, boolean whole) {
        if (!start.hasRemaining()) {
            return new FilePreview.None();
        }
        Optional<String> picture = picture(start);
        if (picture.isPresent()) {
            return PictureSize.of(picture.get(), start)
                    .<FilePreview>map(size -> picture(picture.get(), size, start, whole))
                    .orElse(new FilePreview.None());
        }
        return text(start, whole);
    }

    private static Optional<String> picture(ByteBuffer start) {
        if (begins(start, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return Optional.of("PNG");
        }
        if (begins(start, 0xff, 0xd8, 0xff)) {
            return Optional.of("JPEG");
        }
        if (begins(start, 'G', 'I', 'F', '8', '7', 'a') || begins(start, 'G', 'I', 'F', '8', '9', 'a')) {
            return Optional.of("GIF");
        }
        // Two letters are little: the four reserved bytes behind the size are zeros.
        if (begins(start, 'B', 'M') && start.remaining() > 26 && start.getInt(start.position() + 6) == 0) {
            return Optional.of("BMP");
        }
        return Optional.empty();
    }

    private static FilePreview picture(String format, PictureSize size, ByteBuffer start, boolean whole) {
        return size.exceeds(FilePreview.MOST_POINTS)
                ? new FilePreview.TooLarge(size.width(), size.height())
                : new FilePreview.Picture(format, start.asReadOnlyBuffer(), whole);
    }

    private static boolean begins(ByteBuffer start, int... bytes) {
        if (start.remaining() < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((start.get(start.position() + i) & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static FilePreview text(ByteBuffer start, boolean whole) {
        for (Charset charset : MARKED) {
            byte[] mark = "\ufeff".getBytes(charset);
            int[] bytes = new int[mark.length];
            for (int i = 0; i < mark.length; i++) {
                bytes[i] = mark[i] & 0xff;
            }
            if (begins(start, bytes)) {
                return decoded(
                                start.slice(start.position() + mark.length, start.remaining() - mark.length),
                                charset,
                                whole)
                        .orElse(new FilePreview.None());
            }
        }
        return decoded(start, StandardCharsets.UTF_8, whole)
                .or(() -> wide(start).flatMap(charset -> decoded(start, charset, whole)))
                .or(() -> decoded(start, GB18030, whole))
                .orElse(new FilePreview.None());
    }

    /** Text in two bytes a character has many zeros in every other place, if it is in Latin letters at all. */
    private static Optional<Charset> wide(ByteBuffer start) {
        int[] zeros = new int[2];
        for (int i = 0; i < start.remaining(); i++) {
            if (start.get(start.position() + i) == 0) {
                zeros[i % 2]++;
            }
        }
        int many = start.remaining() / 8;
        if (zeros[1] > many && zeros[0] == 0) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return zeros[0] > many && zeros[1] == 0 ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    private static Optional<FilePreview> decoded(ByteBuffer start, Charset charset, boolean whole) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(start.remaining() + 1);
        // The last character may be cut off where not all of the file is there.
        CoderResult result = decoder.decode(start.duplicate(), text, whole);
        if (result.isError()) {
            return Optional.empty();
        }
        String read = text.flip().toString();
        return read.chars().allMatch(Previews::isText)
                ? Optional.of(new FilePreview.Text(read, charset.name(), whole))
                : Optional.empty();
    }

    /** No control character but those that texts have. */
    private static boolean isText(int c) {
        boolean control = c < ' ' || (c >= 0x7f && c < 0xa0);
        return !control || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0x1b || c == 0x85;
    }
}
