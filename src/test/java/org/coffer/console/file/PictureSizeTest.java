package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures as programs write them, and one that is small in a file and would be huge on the screen. */
class PictureSizeTest {
    private static byte[] picture(String format) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(37, 21, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
    void theBeginningOfAPictureTellsItsSize(String format) throws IOException {
        byte[] bytes = picture(format);
        String name = format.toUpperCase(Locale.ROOT);
        assertThat(PictureSize.of(name, ByteBuffer.wrap(bytes))).contains(new PictureSize(37, 21));
        assertThat(Previews.of(ByteBuffer.wrap(bytes), true))
                .isInstanceOfSatisfying(
                        FilePreview.Picture.class,
                        picture -> assertThat(picture.format()).isEqualTo(name));
        for (int cut = 0; cut < Math.min(bytes.length, 700); cut += 7) {
            byte[] beginning = Arrays.copyOf(bytes, cut);
            assertThat(PictureSize.of(name, ByteBuffer.wrap(beginning)).stream())
                    .as("cut off after %d bytes", cut)
                    .allMatch(new PictureSize(37, 21)::equals);
        }
    }

    @Test
    void aPictureThatWouldFillTheMemoryIsNotOfferedToBeDecoded() throws IOException {
        byte[] bytes = picture("png");
        ByteBuffer.wrap(bytes).putInt(16, 30_000).putInt(20, 30_000);
        assertThat(Previews.of(ByteBuffer.wrap(bytes), true)).isEqualTo(new FilePreview.TooLarge(30_000, 30_000));
        ByteBuffer.wrap(bytes).putInt(16, -1).putInt(20, -1);
        assertThat(Previews.of(ByteBuffer.wrap(bytes), true)).isInstanceOf(FilePreview.TooLarge.class);
    }
}
